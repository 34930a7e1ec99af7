"""Finds and reads the settings of hosts under a home and a project's folder. Starts nothing, follows no loop.

What was looked at is part of the answer, with what was there: a host without a file and a file that could not be read
are different things, and neither is "clean".
"""

from __future__ import annotations

import fnmatch
import os
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sekisho.scan.hosts import Basis, hosts
from sekisho.scan.templates import expand
from sekisho.settings.entry import Problem, Scope, Settings, Source
from sekisho.settings.formats import format_of
from sekisho.settings.reading import EVERY_KEY, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sekisho.scan.hosts import Host
    from sekisho.scan.templates import Ground
    from sekisho.settings.reading import KeyPath

__all__ = ["Collection", "Looked", "Outcome", "collect", "collect_named"]

_MOST_BYTES: Final = 32 * 1024 * 1024
_MOST_FOLDERS: Final = 2_000
_DEEPEST: Final = 8
_MAGIC: Final = frozenset("*?[")


class Outcome(StrEnum):
    """What was at a place."""

    READ = "read"
    """A file, and it was read."""
    ABSENT = "absent"
    """Nothing."""
    SAME = "same"
    """A file that was read under another name (a link)."""
    DENIED = "denied"
    """A file that this user may not read."""
    NO_FILE = "no-file"
    """Something that is no plain file: a folder, a pipe, a device, a loop of links."""
    TOO_LARGE = "too-large"
    """A file longer than any settings, or a pattern with more folders below it than are looked into."""
    BROKEN = "broken"
    """A file that could not be read as settings: see the problem of the same file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One place that was looked at."""

    source: Source
    """Host, scope, and the path; of a pattern that nothing fits, the pattern."""

    basis: Basis
    """How sure it is that the host looks there too."""

    outcome: Outcome
    """What was there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Everything that was found."""

    looked: tuple[Looked, ...]
    """Where, with the outcome, in the order of the table of hosts."""

    settings: tuple[Settings, ...]
    """The files that were read; some name no server."""

    problems: tuple[Problem, ...]
    """The files that are there and can't be read as settings."""


def collect(ground: Ground, table: Sequence[Host] | None = None) -> Collection:
    """Look at every place of every host.

    Args:
        ground: home, project folder, platform and variables; nothing is taken from the process.
        table: the hosts; all that we know when it is not given.
    """
    gathering = _Gathering()
    for host in hosts() if table is None else table:
        for place in host.paths:
            if ground.platform not in place.platforms:
                continue
            for folder, rest in expand(place.path, place.scope, ground):
                budget = _Budget(_MOST_FOLDERS)
                for path in _matches(folder, rest, budget):
                    source = Source(host=host.id, scope=place.scope, file=str(path), home=str(ground.home))
                    gathering.look(path, source, place.basis, place.keys)
                if budget.spent:
                    source = Source(host=host.id, scope=place.scope, file=str(folder / rest), home=str(ground.home))
                    gathering.leave(source, place.basis)
    return gathering.done()


def collect_named(paths: Iterable[Path], home: Path) -> Collection:
    """Read files that were named, whatever host they are of."""
    gathering = _Gathering()
    for path in paths:
        source = Source(host="", scope=Scope.NAMED, file=str(path), home=str(home))
        gathering.look(path, source, Basis.VERIFIED, EVERY_KEY)
    return gathering.done()


class _Gathering:
    def __init__(self) -> None:
        self._looked: list[Looked] = []
        self._settings: list[Settings] = []
        self._problems: list[Problem] = []
        self._seen: set[tuple[int, int]] = set()

    def look(self, path: Path, source: Source, basis: Basis, keys: Sequence[KeyPath]) -> None:
        outcome = self._outcome(path, source, keys)
        self._looked.append(Looked(source=source, basis=basis, outcome=outcome))

    def leave(self, source: Source, basis: Basis) -> None:
        self._looked.append(Looked(source=source, basis=basis, outcome=Outcome.TOO_LARGE))

    def done(self) -> Collection:
        return Collection(looked=tuple(self._looked), settings=tuple(self._settings), problems=tuple(self._problems))

    def _outcome(self, path: Path, source: Source, keys: Sequence[KeyPath]) -> Outcome:
        try:
            data, identity = _content(path)
        except _UnfitError as unfit:
            return unfit.outcome
        if identity in self._seen:
            return Outcome.SAME
        self._seen.add(identity)
        match read(data, source, format_of(path.name), keys):
            case Settings() as settings:
                self._settings.append(settings)
                return Outcome.READ
            case Problem() as problem:
                self._problems.append(problem)
                return Outcome.BROKEN


class _UnfitError(Exception):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def _content(path: Path) -> tuple[bytes, tuple[int, int]]:
    """Return a plain file's bytes and which file it is."""
    try:
        # Without waiting: a pipe would wait for a writer for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError):
        raise _UnfitError(Outcome.ABSENT) from None
    except PermissionError:
        raise _UnfitError(Outcome.DENIED) from None
    except (OSError, ValueError):
        # A loop of links, a socket, a name that the system does not take.
        raise _UnfitError(Outcome.NO_FILE) from None
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise _UnfitError(Outcome.NO_FILE)
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(_MOST_BYTES + 1)
    finally:
        os.close(descriptor)
    if len(data) > _MOST_BYTES:
        raise _UnfitError(Outcome.TOO_LARGE)
    return data, (about.st_dev, about.st_ino)


def _matches(folder: Path, pattern: str, budget: _Budget) -> Iterator[Path]:
    """Yield the paths that fit; the pattern itself when none does, so that it is listed as looked at."""
    path = folder / pattern
    if not _MAGIC & {*pattern}:
        yield path
    else:
        yield from sorted(_walk(folder, tuple(pattern.split("/")), budget)) or [path]


@dataclass(slots=True)
class _Budget:
    """How many folders may still be opened for one pattern."""

    folders: int
    spent: bool = False
    """More would have been opened."""


def _walk(folder: Path, parts: tuple[str, ...], budget: _Budget, depth: int = 0) -> Iterator[Path]:
    head, rest = parts[0], parts[1:]
    if head == "**":
        yield from _walk(folder, rest, budget, depth)
        for entry in _entries(folder, budget):
            # Links to folders are not followed: they may lead round in a circle.
            if entry.is_dir(follow_symlinks=False) and depth < _DEEPEST:
                yield from _walk(Path(entry.path), parts, budget, depth + 1)
        return
    for path in _named(folder, head, budget):
        if not rest:
            yield path
        elif path.is_dir():
            yield from _walk(path, rest, budget, depth)


def _named(folder: Path, name: str, budget: _Budget) -> list[Path]:
    if _MAGIC & {*name}:
        fitting = [entry for entry in _entries(folder, budget) if fnmatch.fnmatchcase(entry.name, name)]
        return [Path(entry.path) for entry in fitting]
    path = folder / name
    return [path] if os.path.lexists(path) else []


def _entries(folder: Path, budget: _Budget) -> list[os.DirEntry[str]]:
    if budget.folders <= 0:
        budget.spent = True
        return []
    budget.folders -= 1
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []
