"""Two texts of one definition compared, field by field."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sekisho.pin.canonical import canonical
from sekisho.wire.pointer import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.wire.strict import Json

__all__ = ["Change", "Edit", "changes"]

_SETS: Final = frozenset({"required", "enum", "type"})
"""Arrays whose members are compared as a whole: a position in them means nothing."""

_KEYED: Final = "name"


class Edit(StrEnum):
    """What was done to a field."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that is not what it was."""

    edit: Edit
    """What was done to it."""

    path: tuple[str | int, ...]
    """Where it stands in the definition: in the new one, or in the old one where it was removed."""

    before: Json = None
    """What it was; None where it was added."""

    after: Json = None
    """What it is; None where it was removed."""

    @property
    def pointer(self) -> str:
        """Where it stands, as a JSON pointer."""
        return build(self.path)


def changes(before: Json, after: Json) -> tuple[Change, ...]:
    """Return every field that differs. None of them means that both have the same fingerprint."""
    return tuple(_changes((), before, after))


def _changes(path: tuple[str | int, ...], before: Json, after: Json) -> Iterator[Change]:
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _members(path, before, after)
    elif isinstance(before, list) and isinstance(after, list) and not (path and path[-1] in _SETS):
        yield from _elements(path, before, after)
    elif canonical(before) != canonical(after):
        yield Change(edit=Edit.CHANGED, path=path, before=before, after=after)


def _members(path: tuple[str | int, ...], before: dict[str, Json], after: dict[str, Json]) -> Iterator[Change]:
    for key, value in before.items():
        if key not in after:
            yield Change(edit=Edit.REMOVED, path=(*path, key), before=value)
        else:
            yield from _changes((*path, key), value, after[key])
    for key, value in after.items():
        if key not in before:
            yield Change(edit=Edit.ADDED, path=(*path, key), after=value)


def _elements(path: tuple[str | int, ...], before: list[Json], after: list[Json]) -> Iterator[Change]:
    old, new = _names(before), _names(after)
    if old is not None and new is not None:
        yield from _named(path, before, after, {name: index for index, name in enumerate(old)}, new)
        return
    for index, (one, other) in enumerate(zip(before, after, strict=False)):
        yield from _changes((*path, index), one, other)
    for index, value in enumerate(before[len(after) :], len(after)):
        yield Change(edit=Edit.REMOVED, path=(*path, index), before=value)
    for index, value in enumerate(after[len(before) :], len(before)):
        yield Change(edit=Edit.ADDED, path=(*path, index), after=value)


def _named(
    path: tuple[str | int, ...], before: list[Json], after: list[Json], old: dict[str, int], new: list[str]
) -> Iterator[Change]:
    """Compare arrays of named objects, such as a prompt's arguments, by name."""
    for index, name in enumerate(new):
        if name in old:
            yield from _changes((*path, index), before[old[name]], after[index])
        else:
            yield Change(edit=Edit.ADDED, path=(*path, index), after=after[index])
    for name in old.keys() - set(new):
        yield Change(edit=Edit.REMOVED, path=(*path, old[name]), before=before[old[name]])
    if [name for name in old if name in set(new)] != [name for name in new if name in old]:
        yield Change(edit=Edit.CHANGED, path=path, before=list(old), after=list(new))


def _names(values: list[Json]) -> list[str] | None:
    """Return the names of an array of objects that each have one of their own."""
    names = [name for value in values if isinstance(value, dict) and isinstance(name := value.get(_KEYED), str)]
    return names if len(names) == len(values) and max(Counter(names).values(), default=1) == 1 else None
