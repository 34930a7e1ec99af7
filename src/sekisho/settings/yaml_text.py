"""YAML with places: libyaml's events, put together here, so that depth and aliases stay bounded.

PyYAML's own composer recurses in C without a bound, and aliases let a small file stand for billions of values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import yaml

from sekisho.settings.node import DEEPEST, MOST_NODES, Array, Member, Reason, Region, Scalar, SettingsError, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.node import Node

__all__ = ["parse_yaml"]

_PLAIN: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
_MERGE: Final = "<<"


def parse_yaml(text: str) -> Node:
    """Return the value in `text`; numbers stay as they are written.

    Raises:
        SettingsError: there is none, or more than one document.
    """
    try:
        builder = _Builder()
        for event in _events(text):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise SettingsError(Reason.MALFORMED, *((mark.line + 1, mark.column + 1) if mark else (1, 1))) from None
    except yaml.YAMLError:
        # A character that YAML does not allow at all; the error has no line.
        raise SettingsError(Reason.MALFORMED) from None
    return builder.root or Scalar(None, Region(1, 1, 1, 1))


def _events(text: str) -> Iterator[yaml.Event]:
    return yaml.parse(text, Loader=yaml.CSafeLoader)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - the stubs leave it untyped


@dataclass(slots=True)
class _Open:
    """A collection that has not ended."""

    start: tuple[int, int]
    table: bool
    anchor: str | None
    nodes: list[Node] = field(default_factory=list["Node"])
    size: int = 1


class _Builder:
    """Puts the events of one document together."""

    def __init__(self) -> None:
        self._stack: list[_Open] = []
        self._known: dict[str, tuple[Node, int]] = {}
        self.root: Node | None = None

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                if len(self._stack) >= DEEPEST:
                    raise _error(event, Reason.TOO_DEEP)
                table = isinstance(event, yaml.MappingStartEvent)
                self._stack.append(_Open(_start(event), table, event.anchor))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = self._stack.pop()
                self._place(_closed(done, event), done.size, done.anchor, event)
            case yaml.ScalarEvent():
                self._place(_scalar(event), 1, event.anchor, event)
            case yaml.DocumentStartEvent() if self.root is not None:
                raise _error(event)
            case yaml.AliasEvent():
                if event.anchor not in self._known:
                    raise _error(event)
                node, size = self._known[event.anchor]
                self._place(node, size, None, event)
            case _:
                pass

    def _place(self, node: Node, size: int, anchor: str | None, event: yaml.Event) -> None:
        if anchor is not None:
            self._known[anchor] = (node, size)
        if self._stack:
            above = self._stack[-1]
            above.nodes.append(node)
            above.size += size
            if above.size > MOST_NODES:
                raise _error(event, Reason.TOO_LARGE)
        else:
            self.root = node


def _closed(done: _Open, end: yaml.Event) -> Node:
    region = Region(*done.start, *_end(end))
    if not done.table:
        return Array(tuple(done.nodes), region)
    members: list[Member] = []
    for key, node in zip(done.nodes[::2], done.nodes[1::2], strict=True):
        name = key.value if isinstance(key, Scalar) and isinstance(key.value, str) else ""
        if name == _MERGE:
            # What is merged in comes first, so that the table's own keys win.
            members = [*_merged(node), *members]
        else:
            members.append(Member(name, key.region, node))
    return Table(tuple(members), region)


def _merged(node: Node) -> Iterator[Member]:
    match node:
        case Table(members):
            yield from members
        case Array(items):
            for item in reversed(items):
                yield from _merged(item)
        case Scalar():
            pass


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    plain = event.style is None or event.style == ""
    value = _PLAIN.get(event.value, event.value) if plain else event.value
    return Scalar(value, Region(*_start(event), *_end(event)))


def _start(event: yaml.Event) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _end(event: yaml.Event) -> tuple[int, int]:
    return event.end_mark.line + 1, event.end_mark.column + 1


def _error(event: yaml.Event, reason: str = Reason.MALFORMED) -> SettingsError:
    return SettingsError(reason, *_start(event))
