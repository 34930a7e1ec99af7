"""The host's answer about its roots, narrowed to the folders that a person listed for the server.

A folder of the host inside of a listed one stays; one around listed ones becomes these; any other is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit

from sekisho.guards.path import names_of
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sekisho.policy.facts import ServerFacts
    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["answered", "narrowed"]

_ROOTS: Final = "roots"
_RESPONSES: Final = "inputResponses"
_HERE: Final = frozenset({"", "localhost"})


def narrowed(facts: ServerFacts | None, result: Json) -> Json:
    """Return an answer to `roots/list` without what no list has; the same object where nothing is listed."""
    if facts is None or not isinstance(result, dict):
        return result
    lists = _lists(facts)
    if not lists:
        return result
    roots: list[JsonObject] = [obj(each) for each in items(result.get(_ROOTS))]
    for listed in lists:
        roots = [left for each in roots for left in _within(each, listed, facts)]
    return {**result, _ROOTS: [*roots]}


def answered(facts: ServerFacts | None, params: JsonObject) -> JsonObject:
    """Return a request that brings answers (2026-07-28, basic/patterns/mrtr) with roots as `narrowed` leaves them."""
    responses = params.get(_RESPONSES)
    if not isinstance(responses, dict) or facts is None or not _lists(facts):
        return params
    left: JsonObject = {
        key: narrowed(facts, each) if isinstance(obj(each).get(_ROOTS), list) else each
        for key, each in responses.items()
    }
    return {**params, _RESPONSES: left}


def _lists(facts: ServerFacts) -> list[Sequence[str]]:
    own: list[Sequence[str]] = [facts.path.roots] if _ROOTS in facts.listed else []
    return [*own, *(listed.values for kind, listed in facts.limits if kind == _ROOTS)]


def _within(root: JsonObject, listed: Sequence[str], facts: ServerFacts) -> Iterable[JsonObject]:
    path = _path(text(root.get("uri")) or "", windows=facts.path.windows)
    if path is None:
        return
    names = _names(path, facts)
    if any(names[: len(each)] == each for each in (_names(folder, facts) for folder in listed)):
        yield root
        return
    for folder in listed:
        if _names(folder, facts)[: len(names)] == names:
            yield {**root, "uri": f"file://{'/' if facts.path.windows else ''}{quote(folder)}"}


def _path(uri: str, *, windows: bool) -> str | None:
    """Return the path of a `file:` URI of this machine; None for any other."""
    try:
        parts = urlsplit(uri)
        path = unquote(parts.path, errors="strict")
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in _HERE or not path.startswith("/"):
        return None
    return path[1:] if windows else path


def _names(path: str, facts: ServerFacts) -> tuple[str, ...]:
    names = names_of(path, windows=facts.path.windows)
    return tuple(name.casefold() for name in names) if facts.path.caseless else names
