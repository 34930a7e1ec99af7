"""The table of files that no call has any business with: `data/paths.toml`, made ready for lookups by name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Places", "Table", "places"]


@dataclass(frozen=True, slots=True)
class Table:
    """Patterns of one kind. Names are compared as they are: fold them first."""

    trails: dict[str, tuple[tuple[tuple[str, ...], bool], ...]]
    """By first name: the names behind it, and whether it is a folder."""

    anchored: dict[str, tuple[tuple[tuple[str, ...], bool], ...]]
    """The same for patterns that must begin the path; the first name is the one behind the anchor."""

    endings: tuple[str, ...]
    """Endings of the last name."""

    beginnings: tuple[str, ...]
    """Beginnings of the last name."""

    def holds(self, names: Sequence[str]) -> bool:
        """Say whether a path, given as its anchor and folded names, is in the table.

        A folder is in it as well as all below it.
        """
        if len(names) > 1 and (names[-1].endswith(self.endings) or names[-1].startswith(self.beginnings)):
            return True
        if names[0] == "/" and len(names) > 1 and _any_at(self.anchored, names, 1):
            return True
        trails = self.trails
        return any(name in trails and _any_at(trails, names, at) for at, name in enumerate(names))


@dataclass(frozen=True, slots=True)
class Places:
    """The whole table."""

    credentials: Table
    """Neither read nor written."""

    secrets: Table
    """A person is asked."""

    protected: Table
    """Never written."""

    system: dict[tuple[str, ...], tuple[tuple[str, ...], ...]]
    """Folders of the system, each as its anchor and names, by the first two of these."""

    devices: frozenset[str]
    """Names of Windows devices."""

    schemes: frozenset[str]
    """Schemes that open files or run something."""


@cache
def places() -> Places:
    """Return the table, read from the package once."""
    text = files("sekisho").joinpath("data", "paths.toml").read_text(encoding="utf-8")
    lists = cast("dict[str, list[str]]", tomllib.loads(text))
    system: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for part in map(_absolute, lists["system"]):
        system[part[:2]] = (*system.get(part[:2], ()), part)
    return Places(
        credentials=_table(lists["credentials"]),
        secrets=_table(lists["secrets"]),
        protected=_table(lists["protected"]),
        system=system,
        devices=frozenset(lists["devices"]),
        schemes=frozenset(lists["schemes"]),
    )


def _table(patterns: Iterable[str]) -> Table:
    trails: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    anchored: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    endings, beginnings = list[str](), list[str]()
    for pattern in patterns:
        if pattern.startswith("*"):
            endings.append(pattern[1:])
        elif pattern.endswith("*"):
            beginnings.append(pattern[:-1])
        else:
            into = anchored if pattern.startswith("/") else trails
            first, *rest = pattern.strip("/").split("/")
            into.setdefault(first, []).append((tuple(rest), pattern.endswith("/")))
    # what must not be matched by nothing at all gets an ending that no name has
    return Table(_frozen(trails), _frozen(anchored), tuple(endings) or ("/",), tuple(beginnings) or ("/",))


def _frozen(
    table: dict[str, list[tuple[tuple[str, ...], bool]]],
) -> dict[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    return {first: tuple(rest) for first, rest in table.items()}


def _absolute(pattern: str) -> tuple[str, ...]:
    anchor, _, rest = pattern.partition("/")
    return (anchor or "/", *rest.strip("/").split("/"))


def _any_at(table: dict[str, tuple[tuple[tuple[str, ...], bool], ...]], names: Sequence[str], at: int) -> bool:
    for rest, folder in table.get(names[at], ()):
        end = at + 1 + len(rest)
        if tuple(names[at + 1 : end]) == rest and (folder or end == len(names)):
            return True
    return False
