"""Tools of different servers that are copies of each other.

Compared are the words of the description, the parameters and the words of the name. A copy keeps two of the three:
a thief who rewrites the text still has to take the same arguments, one who adds praise or a parameter keeps the text.
Where no parameter is shared, the words alone have to be nearly all the same.
Candidates are found by their rarer words, so that the work grows with the tools and not with their pairs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.model.place import Kind
from sekisho.wire.views import nested, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.text.reading import Reading
    from sekisho.wire.jsonrpc import Json

__all__ = ["Shape", "pairs", "shape"]

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_SMALL: Final = frozenset(
    [
        "the",
        "an",
        "of",
        "to",
        "for",
        "and",
        "or",
        "in",
        "on",
        "with",
        "by",
        "from",
        "is",
        "are",
        "be",
        "this",
        "that",
        "it",
        "as",
        "at",
        "your",
        "you",
        "can",
        "will",
        "use",
        "used",
        "using",
        "tool",
        "returns",
        "return",
        "args",
        "default",
        "string",
        "list",
        "number",
        "optional",
        "any",
        "all",
    ]
)
_COMMON: Final = 40
"""A word that more tools than this have says nothing about copies."""
_CANDIDATES: Final = 30
_LEAST: Final = 3
_NAMES: Final = 0.34
_TEXT: Final = 0.8
_ALIKE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Shape:
    """What is compared of a tool."""

    words: frozenset[str]
    """Of its description, but those that are parameters."""

    parameters: frozenset[str]
    """What they are called."""

    name: frozenset[str]
    """The words of its name."""


def pairs(readings: tuple[Reading, ...]) -> Iterator[tuple[Reading, Reading]]:
    """Yield each tool that is a near copy of an earlier tool of another server, with that one; each at most once."""
    tools = [reading for reading in readings if reading.definition.place.kind is Kind.TOOL]
    holders: dict[str, list[int]] = {}
    for index, tool in enumerate(tools):
        for word in tool.shape.words | tool.shape.name:
            holders.setdefault(word, []).append(index)
    for index, tool in enumerate(tools):
        original = next((tools[at] for at in _candidates(index, tool.shape, holders) if _copies(tool, tools[at])), None)
        if original is not None:
            yield tool, original


def _candidates(index: int, shape: Shape, holders: dict[str, list[int]]) -> list[int]:
    shared: dict[int, int] = {}
    for word in sorted(shape.words | shape.name, key=lambda word: (len(holders[word]), word)):
        if len(holders[word]) > _COMMON and shared:
            break
        for at in holders[word][:_COMMON]:
            if at < index:
                shared[at] = shared.get(at, 0) + 1
    return sorted(shared, key=lambda at: (-shared[at], at))[:_CANDIDATES]


def _copies(reading: Reading, earlier: Reading) -> bool:
    if reading.definition.place.server == earlier.definition.place.server:
        return False
    one, other = reading.shape, earlier.shape
    if min(len(one.words), len(other.words)) < _LEAST - 1:
        return False
    text_ = _held(one.words, other.words)
    parameters = _alike(one.parameters, other.parameters)
    name = _alike(one.name, other.name)
    if min(len(one.words), len(other.words)) < _LEAST:
        return text_ == 1 and parameters == 1 and bool(one.parameters)
    if not one.parameters & other.parameters:
        # Nothing but words speaks for a copy then, and honest tools of one trade say the same in few of them.
        shared = len(one.words & other.words)
        return text_ >= _TEXT and name >= _NAMES and shared > _LEAST and _alike(one.words, other.words) >= _ALIKE
    return (
        (text_ >= _TEXT and parameters >= 0.5)  # noqa: PLR2004 - see the module's docstring
        or (text_ >= 0.4 and parameters == 1 and len(one.parameters) > 1 and name >= _NAMES)  # noqa: PLR2004
        or (text_ >= 0.55 and parameters >= _ALIKE and name >= 0.5)  # noqa: PLR2004
    )


def _held(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the smaller set the other one holds; a much longer one holds anything, so it counts less."""
    small, large = sorted((one, other), key=len)
    held = len(small & large) / len(small)
    return held if len(large) <= 3 * len(small) + 4 else held / 2


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def shape(definition: Json, name: str) -> Shape:
    """Return what is compared of a tool.

    Args:
        definition: as its server lists it.
        name: its name as words.
    """
    body = obj(definition)
    parameters = frozenset(name.casefold() for name in nested(body, "inputSchema", "properties"))
    described = _words(text(body.get("description")) or "") - parameters
    return Shape(described, parameters, _words(name))


def _words(said: str) -> frozenset[str]:
    return frozenset(_WORD.findall(said.casefold())) - _SMALL
