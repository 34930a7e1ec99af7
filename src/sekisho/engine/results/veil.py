"""Every text of a server's message, written so that it can be shown.

One look at all texts of the message together (`glance`) decides whether there is anything to do.
Else each string is spelt, member names included: there is no part that nobody reads.
A secret that is one by its name (`"password": …`) is cut out of all other parts of the same message too, so that a
result's text says no more than its structured twin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.engine.results.glance import OPAQUE, may_be_cut
from sekisho.engine.results.spelling import Spelt, spell
from sekisho.rules.carried import Noticed
from sekisho.text.passages import steps
from sekisho.text.secrets import named
from sekisho.text.terminal import concealed
from sekisho.wire.pointer import build
from sekisho.wire.views import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sekisho.engine.results.references import References
    from sekisho.text.passages import Path
    from sekisho.wire.strict import Json

__all__ = ["Veiled", "veil"]

_SHORTEST: Final = 8
"""Shorter secrets are cut out where they were named only: elsewhere they may be any word."""

_MOST: Final = 32
"""Secrets of one message that are looked for in its other parts."""


_NOTICED: Final = 256
"""Places that are told of."""


@dataclass(frozen=True, slots=True)
class Veiled:
    """A message's content as it is shown."""

    content: Json
    """The content."""

    noticed: tuple[Noticed, ...]
    """What was done to it, and what it held, by place; the first of many."""

    counts: Mapping[str, int]
    """How often each."""


def veil(content: Json, references: References, server: str) -> Veiled | None:
    """Return a server's content as it is shown; None where that is as it came.

    Args:
        content: a result, an error or params.
        references: of the conversation.
        server: whose they are.

    Raises:
        TooManyError: what is cut out can't be remembered.
    """
    if not may_be_cut(content):
        return None
    veiling = _Veil(references, server, frozenset(_named(content)))
    shown = veiling.shown(content, "", None)
    if not veiling.counts:
        return None
    return Veiled(shown, tuple(veiling.noticed), veiling.counts)


def _named(content: Json) -> Iterator[str]:
    """Yield the secrets that are ones by the name of their member, where they are long enough to be looked for."""
    found = 0
    stack: list[Json] = [content]
    while stack and found < _MOST:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            for name, member in _members(value):
                if not isinstance(member, str):
                    stack.append(member)
                elif (start := _secret_from(name, member)) >= 0 and len(member) - start >= _SHORTEST:
                    found += 1
                    yield member[start:]


def _members(value: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    """Yield members with the names that say what they are: `{"name": "API_KEY", "value": …}` is one by that name."""
    called = text(value.get("name")) or text(value.get("key"))
    for name, member in value.items():
        yield (called if called is not None and name == "value" else name), member


def _called(value: dict[str, Json]) -> Iterator[tuple[str, tuple[str, Json]]]:
    return zip(value, _members(value), strict=True)


def _secret_from(name: str, value: str) -> int:
    return -1 if name in OPAQUE else named(name, value)


class _Veil:
    """One message."""

    def __init__(self, references: References, server: str, known: frozenset[str]) -> None:
        self._references = references
        self._server = server
        self._known = sorted((each.encode() for each in known), key=len, reverse=True)
        self.noticed: list[Noticed] = []
        self.counts: dict[str, int] = {}

    def shown(self, value: Json, name: str, path: Path) -> Json:
        """Return a value as it is shown; nesting is bounded on the wire.

        Args:
            value: the value.
            name: of the member that it belongs to.
            path: where it stands.
        """
        if isinstance(value, str):
            return self._text(value, name, path)
        if isinstance(value, list):
            return [self.shown(each, name, (path, index)) for index, each in enumerate(value)]
        if isinstance(value, dict):
            return dict(self._member(key, called, member, path) for key, (called, member) in _called(value))
        return value

    def _member(self, key: str, called: str, value: Json, path: Path) -> tuple[str, Json]:
        # Places are told with names as they are shown: a secret may be one.
        said = self._text(key, "", path)
        return said, self.shown(value, called, (path, said))

    def _text(self, value: str, name: str, path: Path) -> str:
        data = value.encode()
        spans = [span for known in self._known for span in _every(data, known)]
        if name and (start := _secret_from(name, value)) >= 0:
            spans.append((len(value[:start].encode()), len(data)))
        tally = Spelt()
        said = spell(value, self._references, self._server, tally, spans)
        if said is not value and said != value:
            self._notice(value, tally, path)
        return said

    def _notice(self, value: str, tally: Spelt, path: Path) -> None:
        for rule, count in (
            ("result-secret", tally.secrets),
            ("result-hidden", tally.hidden),
            ("result-terminal", tally.escapes),
            ("result-forged", tally.forged),
            ("terminal-conceals", concealed(value)),
        ):
            if count:
                self.counts[rule] = self.counts.get(rule, 0) + count
                if len(self.noticed) < _NOTICED:
                    self.noticed.append(Noticed(rule, build(reversed(list(steps(path))))))


def _every(data: bytes, known: bytes) -> Iterator[tuple[int, int]]:
    place = data.find(known)
    while place >= 0:
        yield place, place + len(known)
        place = data.find(known, place + len(known))
