"""What a URI fills into the templates that a server lists (RFC 6570), as arguments of these.

Read in one pass from the left, without going back: patterns of a template are what exploded in servers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from sekisho.meaning.argument import Meaning
from sekisho.meaning.tool import Tool
from sekisho.wire.views import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sekisho.meaning.argument import Argument
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["filled", "variables"]

_EXPRESSION: Final = re.compile(r"\{([+#./;?&]?)([^{}]{1,256})\}")
_LONGEST: Final = 8192
"""Characters of a URI and of a template that are read; a URI that is longer is refused anyway."""

_NAMED: Final = frozenset({";", "?", "&"})
"""Expressions in which values stand behind their names."""

_OWN: Final = frozenset({Meaning.PATH, Meaning.RESOURCE, Meaning.TEXT})
"""What leads to something of the server's own: where that is a file of this machine, its scheme says so."""


def filled(uri: str, templates: Iterable[JsonObject], about: Iterable[str]) -> tuple[Argument, ...]:
    """Return what a URI fills into templates, with what it could mean; pointers are those of the URI.

    Args:
        uri: the URI.
        templates: as the server lists them.
        about: words of the server's launch line.
    """
    return tuple(_filled(uri, templates, tuple(about))) if len(uri) <= _LONGEST else ()


def _filled(uri: str, templates: Iterable[JsonObject], about: tuple[str, ...]) -> Iterator[Argument]:
    for each in templates:
        values = variables(text(each.get("uriTemplate")) or "", uri)
        if not values:
            continue
        properties: JsonObject = {name: {"type": "string"} for name in values}
        body: JsonObject = {
            "name": each.get("name"),
            "description": each.get("description"),
            "inputSchema": {"type": "object", "properties": properties},
        }
        for argument in Tool(body, about=about).read({**values}):
            meanings = argument.meanings - _OWN
            if meanings:
                yield replace(argument, pointer="/uri", inner="", meanings=meanings)


def variables(template: str, uri: str) -> dict[str, str]:
    """Return the values of a template's variables in a URI, decoded; empty where it is none of the template."""
    found: dict[str, str] = {}
    at = end = 0
    expressions = list(_EXPRESSION.finditer(template[:_LONGEST]))
    for place, expression in enumerate(expressions):
        literal = template[end : expression.start()]
        if not uri.startswith(literal, at):
            return {}
        at, end = at + len(literal), expression.end()
        following = expressions[place + 1].start() if place + 1 < len(expressions) else len(template)
        stop = _stop(uri, at, template[end:following], last=place + 1 == len(expressions))
        if stop < 0:
            return {}
        found.update(_values(expression[1], expression[2], uri[at:stop]))
        at = stop
    return found if expressions and uri[at:] == template[end:] else {}


def _stop(uri: str, at: int, literal: str, *, last: bool) -> int:
    """Return where a value ends; -1 where what has to follow does not."""
    if last:
        return len(uri) - len(literal) if len(uri) - len(literal) >= at else -1
    return uri.find(literal, at) if literal else at


def _values(operator: str, names: str, value: str) -> Iterator[tuple[str, str]]:
    plain = [re.split(r"[:*]", name, maxsplit=1)[0] for name in names.split(",")]
    if operator in _NAMED:
        pairs = (part.partition("=") for part in re.split(r"[?&;]", value) if part)
        yield from ((name, unquote(said)) for name, _, said in pairs if name in plain)
    else:
        yield plain[0], unquote(value.removeprefix(operator) if operator != "+" else value)
