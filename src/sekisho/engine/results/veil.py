"""Every text of a server's message, written so that it can be shown.

One look at all texts of the message together (`glance`) decides whether there is anything to do.
Else each string is spelt, member names included: there is no part that nobody reads.
A secret that is one by its name (`"password": …`) is cut out of all other parts of the same message too, so that a
result's text says no more than its structured twin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.engine.results.adjacent import crossing, runs
from sekisho.engine.results.blobs import is_blob, said_in, written
from sekisho.engine.results.glance import MINTED, OPAQUE, PRIVATE, may_be_cut, without_secrets
from sekisho.engine.results.spelling import Spelt, spell
from sekisho.rules.carried import Noticed
from sekisho.text.assigned import named
from sekisho.text.encoded import secrets
from sekisho.text.passages import steps
from sekisho.text.terminal import concealed
from sekisho.wire.pointer import build
from sekisho.wire.views import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.engine.results.adjacent import Span
    from sekisho.engine.results.references import References
    from sekisho.text.passages import Path
    from sekisho.wire.strict import Json

__all__ = ["Veiled", "veil"]

_PICTURE: Final = re.compile(r"[A-Za-z0-9+/]*={0,2}")

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
    veiling = _Veil(references, server, frozenset(_named(content)), without_secrets(content))
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
    minted = value.keys() >= MINTED
    for name, member in value.items():
        if name == "value" and called is not None:
            yield called, member
        else:
            yield (PRIVATE if minted and name == "d" else name), member


def _called(value: dict[str, Json]) -> Iterator[tuple[str, tuple[str, Json]]]:
    return zip(value, _members(value), strict=True)


def _secret_from(name: str, value: str) -> int:
    return -1 if name in OPAQUE else named(name, value)


class _Veil:
    """One message."""

    def __init__(self, references: References, server: str, known: frozenset[str], without: frozenset[str]) -> None:
        self._references = references
        self._server = server
        self._known = sorted((each.encode() for each in known), key=len, reverse=True)
        self._without = without
        self.noticed: list[Noticed] = []
        self.counts: dict[str, int] = {}

    def shown(self, value: Json, name: str, path: Path, spans: Sequence[Span] = ()) -> Json:
        """Return a value as it is shown; nesting is bounded on the wire.

        Args:
            value: the value.
            name: of the member that it belongs to.
            path: where it stands.
            spans: what lies in its `text` of secrets that go on in the texts beside it, in bytes.
        """
        if isinstance(value, str):
            return self._text(value, name, path, spans)
        if isinstance(value, list):
            split = _split(value)
            return [self.shown(each, name, (path, at), split.get(at, ())) for at, each in enumerate(value)]
        if not isinstance(value, dict):
            return value
        members: dict[str, Json] = {}
        for key, (called, member) in _called(value):
            # Places are told with names as they are shown: a secret may be one.
            said = self._text(key, "", path)
            if isinstance(member, str) and is_blob(key, value):
                members[said] = self._blob(member, (path, said))
            else:
                members[said] = self.shown(member, called, (path, said), spans if key == "text" else ())
        return members

    def _blob(self, value: str, path: Path) -> str:
        """Return what is in base64 as it is shown: a text is written anew, a picture is left as it is."""
        said = said_in(value)
        if said is not None:
            shown = self._text(said, "", path)
            return value if shown == said else written(shown)
        is_one = any(2 * (end - start) > len(value) for start, end in secrets(value.encode()))
        return self._text(value, "", path) if is_one or _PICTURE.fullmatch(value) is None else value

    def _text(self, value: str, name: str, path: Path, split: Sequence[Span] = ()) -> str:
        data = value.encode()
        spans = [*split, *(span for known in self._known for span in _every(data, known))]
        if value not in self._without:
            spans += secrets(data)
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


def _split(value: list[Json]) -> dict[int, list[Span]]:
    """Return what lies in each text of a list of secrets that begin in one and end in another."""
    found: dict[int, list[Span]] = {}
    for run in runs(value):
        for pieces in crossing(run, secrets("".join([said for _, said in run]).encode())):
            (_, said), first = pieces[0]
            # One that is whole in its own text does not go on: the next text begins with other words.
            if not any(first[0] >= start and end == first[1] for start, end in secrets(said.encode())):
                for (index, _), span in pieces:
                    found.setdefault(index, []).append(span)
    return found


def _every(data: bytes, known: bytes) -> Iterator[tuple[int, int]]:
    place = data.find(known)
    while place >= 0:
        yield place, place + len(known)
        place = data.find(known, place + len(known))
