"""The table of files that no call has any business with: `data/paths.toml`, made ready for lookups by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Access", "Places", "Table", "innocent", "places", "touches"]


_WILD: Final = re.compile(r"[*?\[{]")
_CLASS: Final = re.compile(r"\[[^\]]*\]?")
_CHOICES: Final = 16
_LONGEST_PATTERN: Final = 64


class Access(StrEnum):
    """What a call does with a file."""

    READ = "read"
    WRITE = "write"
    """Also where it is not known."""


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

    names: frozenset[str]
    """The first names of all patterns of the three tables."""

    endings: tuple[str, ...]
    """Endings of the last name, of the three."""

    beginnings: tuple[str, ...]
    """Beginnings of it."""


@cache
def places() -> Places:
    """Return the table, read from the package once."""
    import tomllib  # noqa: PLC0415 - a server starts without the table
    from importlib.resources import files  # noqa: PLC0415 - as above

    text = files("sekisho").joinpath("data", "paths.toml").read_text(encoding="utf-8")
    lists = cast("dict[str, list[str]]", tomllib.loads(text))
    system: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for part in map(_absolute, lists["system"]):
        system[part[:2]] = (*system.get(part[:2], ()), part)
    tables = [_table(lists[name]) for name in ("credentials", "secrets", "protected")]
    return Places(
        credentials=tables[0],
        secrets=tables[1],
        protected=tables[2],
        names=frozenset(name for table in tables for name in (*table.trails, *table.anchored)),
        endings=tuple(end for table in tables for end in table.endings),
        beginnings=tuple(begin for table in tables for begin in table.beginnings),
        system=system,
        devices=frozenset(lists["devices"]),
        schemes=frozenset(lists["schemes"]),
    )


def innocent(path: str) -> bool:
    """Say whether a path, with slashes, breaks no rule by what it names; False says nothing."""
    names = path.casefold().split("/")
    table = places()
    return (
        table.names.isdisjoint(names)
        and not names[-1].endswith(table.endings)
        and not names[-1].startswith(table.beginnings)
        and _WILD.search(path) is None
        and "::$" not in path
    )


def touches(path: Sequence[str], access: Access) -> Iterator[str]:
    """Yield the rules that a path breaks by what it names: its anchor, empty if not known, and its names."""
    names = "/".join(path[1:]).casefold().split("/")
    if any("::$" in name for name in names):
        names = [name.partition("::$")[0] for name in names]
    names = [path[0], *names]
    table = places()
    if table.credentials.holds(names) or any(map(table.credentials.holds, _matched(names, table.credentials))):
        yield "path-credential"
    elif table.secrets.holds(names):
        yield "path-secret"
    if access is Access.WRITE and table.protected.holds(names):
        yield "path-protected"


def _matched(names: Sequence[str], table: Table) -> Iterator[Sequence[str]]:
    """Yield what a pattern for hidden files or keys (`.s*h`, `.{ssh,x}`, `id_?sa`) may be expanded to."""
    for at, name in enumerate(names):
        if name.startswith((".", "id_")) and _WILD.search(name) and len(name) <= _LONGEST_PATTERN:
            for first in _expanded(name, table):
                yield (*names[:at], first, *names[at + 1 :])


def _expanded(name: str, table: Table) -> Iterator[str]:
    """Yield the first names of trails that a pattern stands for, with each alternative of its first braces."""
    before, brace, rest = name.partition("{")
    choices, _, after = rest.partition("}")
    for choice in choices.split(",")[:_CHOICES]:
        pattern = _CLASS.sub("?", f"{before}{choice}{after}") if brace else _CLASS.sub("?", name)
        if pattern.strip(".*?"):
            yield from (first for first in table.trails if fnmatchcase(first, pattern))


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
