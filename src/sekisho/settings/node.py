"""Values that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.wire import pointer as pointers

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "DEEPEST",
    "MOST_NODES",
    "Array",
    "Member",
    "Node",
    "Reason",
    "Region",
    "Scalar",
    "SettingsError",
    "Table",
    "Text",
    "locate",
    "texts",
]

DEEPEST: Final = 100
"""No host nests its settings deeper; what does is not read."""

MOST_NODES: Final = 2_000_000
"""A YAML file of a few lines can stand for more values than fit into memory."""


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A stretch of a file. Lines and columns count from 1, columns in characters; the end is behind the last one."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, number, truth value or nothing."""

    value: str | float | bool | None
    region: Region


@dataclass(frozen=True, slots=True)
class Member:
    """One key of a table with its value."""

    key: str
    key_region: Region
    node: Node


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with values, in the order of the file; a key that is there twice is here twice."""

    members: tuple[Member, ...]
    region: Region

    def member(self, key: str) -> Member | None:
        """Return the member that readers of such files take: the last of this name."""
        return next((member for member in reversed(self.members) if member.key == key), None)

    def get(self, key: str) -> Node | None:
        """Return the value of a key."""
        found = self.member(key)
        return None if found is None else found.node


@dataclass(frozen=True, slots=True)
class Array:
    """Values in a row."""

    items: tuple[Node, ...]
    region: Region


Node: TypeAlias = Scalar | Table | Array


class Reason:
    """Why a file could not be read: the stable ids."""

    NOT_TEXT: Final = "not-text"
    """The bytes are no UTF-8 (nor UTF-16 with a mark)."""
    MALFORMED: Final = "malformed"
    """The text is not of its format; the place says where reading ended."""
    TOO_DEEP: Final = "too-deep"
    """Values nest deeper than any host's settings."""
    TOO_LARGE: Final = "too-large"
    """More values than any host's settings."""


class SettingsError(Exception):
    """A text that is not of its format. Never leaves this package: `reading.read` turns it into a `Problem`."""

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"{reason} at line {line}, column {column}")
        self.reason = reason
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Text:
    """A string in a file, with its place there."""

    text: str
    """The value; a number or truth value is written as JSON writes it."""

    pointer: str
    """RFC 6901, from the root of the file."""

    key: str = ""
    """The nearest key above it."""


def texts(node: Node, pointer: str = "", key: str = "") -> Iterator[Text]:
    """Yield every string, number and truth value at or below a node, in the order of the file."""
    match node:
        case Scalar(value):
            if value is not None:
                yield Text(_written(value), pointer, key)
        case Array(items):
            for index, item in enumerate(items):
                yield from texts(item, pointers.child(pointer, index), key)
        case Table(members):
            for member in members:
                yield from texts(member.node, pointers.child(pointer, member.key), member.key)


def locate(node: Node, pointer: str) -> Region:
    """Return where a pointer leads; where a part of it is missing, the nearest place above."""
    region = node.region
    for token in pointers.parse(pointer):
        below = _below(node, token)
        if below is None:
            break
        node = below
        region = node.region
    return region


def _below(node: Node, token: str) -> Node | None:
    match node:
        case Table():
            return node.get(token)
        case Array(items):
            return items[int(token)] if token.isdecimal() and len(token) < 10 and int(token) < len(items) else None  # noqa: PLR2004 - no longer index fits
        case Scalar():
            return None


def _written(value: str | float | bool) -> str:  # noqa: FBT001 - one of three kinds of value
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case _:
            return repr(value)
