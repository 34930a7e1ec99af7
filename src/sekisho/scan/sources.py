"""What there is to judge: dumps and settings, from files and folders that were named, or from this machine."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sekisho.model.scan_ids import ScanId
from sekisho.scan.collect import Collection, Outcome, collect, collect_named
from sekisho.scan.dumps import SourceError, dump, named, read
from sekisho.scan.hosts import Platform, hosts
from sekisho.scan.templates import Ground
from sekisho.settings.entry import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sekisho.rules.observed import Observed
    from sekisho.scan.dumps import Dump
    from sekisho.scan.hosts import Host
    from sekisho.scan.report import Unseen

__all__ = ["NOTHING", "Sources", "named_sources", "this_machine"]

NOTHING: Final = Collection(looked=(), settings=(), problems=())
"""No settings were looked for."""

_SETTINGS: Final = (".json", ".jsonc", ".json5", ".toml", ".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Everything that was read."""

    dumps: Mapping[str, Dump]
    """What servers offer, by their names."""

    collection: Collection
    """Settings of hosts, and where they were looked for."""

    unseen: tuple[Unseen, ...] = ()
    """What was named and not looked at."""

    started: bool = False
    """Whether its servers were started, so that what they offer is among the dumps."""

    observed: tuple[Observed, ...] = ()
    """What started servers did."""


def this_machine() -> Sources:
    """Read the settings of every host that we know, of this user, in the working directory and its repository."""
    here = Path.cwd()
    ground = Ground(
        home=Path.home(),
        folders=tuple(dict.fromkeys((here, _repository(here)))),
        platform=_platform(),
        variables=os.environ,
    )
    return Sources(dumps={}, collection=collect(ground))


def named_sources(paths: Sequence[str], tools: Sequence[str]) -> Sources:
    """Read files and folders.

    Args:
        paths: a dump, a host's settings, or a folder with either.
        tools: dumps.

    Raises:
        SourceError: one of them can't be read, or has nothing to judge.
    """
    dumps = [dump(file, read(file)) for file in tools]
    collections: list[Collection] = []
    for path in paths:
        found, collection = _folder(path) if Path(path).is_dir() else _file(path)
        dumps += found
        collections.append(collection)
    return Sources(dumps=named(dumps), collection=_joined(collections))


def _file(path: str) -> tuple[Iterable[Dump], Collection]:
    try:
        return [dump(path, read(path))], NOTHING
    except SourceError as error:
        collection = _settings([Path(path)])
        if not collection.settings:
            raise _objection(path, error, collection) from None
        return [], collection


def _objection(path: str, error: SourceError, collection: Collection) -> SourceError:
    """Say why a file is neither a dump nor settings: where reading ended, if it is of no format."""
    if error.message in {ScanId.SCAN_UNREADABLE, ScanId.SCAN_WRONG_SHAPE}:
        return error
    ends = [f"{path}:{problem.line}:{problem.column}" for problem in collection.problems]
    return SourceError(ScanId.SCAN_NEITHER, ends[0] if ends else path)


def _folder(path: str) -> tuple[Iterable[Dump], Collection]:
    """Read the settings that hosts would read in a folder, and each file right in it that is a dump or settings."""
    folder = Path(path)
    ground = Ground(home=folder, folders=(folder,), platform=_platform())
    projects = collect(ground, [_of_projects(host) for host in hosts()])
    known = {place.source.file for place in projects.looked}
    dumps: list[Dump] = []
    others: list[Path] = []
    for file in _files(folder):
        try:
            dumps.append(dump(str(file), read(str(file))))
        except SourceError:
            others += [file] * (str(file) not in known)
    collection = _joined([projects, _settings(others)])
    if not dumps and not collection.settings and not collection.problems:
        raise SourceError(ScanId.SCAN_EMPTY_FOLDER, path)
    return dumps, collection


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.suffix in _SETTINGS and file.is_file())
    except OSError as error:
        problem = error.strerror or str(error)
        raise SourceError(ScanId.SCAN_UNREADABLE, str(folder), problem=problem) from None


def _of_projects(host: Host) -> Host:
    return replace(host, paths=tuple(path for path in host.paths if path.scope is Scope.PROJECT))


def _settings(paths: Sequence[Path]) -> Collection:
    """Read files as settings of an unknown host; of those that name no server nothing is told."""
    found = collect_named(paths, Path.home())
    used = tuple(one for one in found.settings if one.entries or one.general or one.unread)
    files = {one.source.file for one in used}
    looked = tuple(one for one in found.looked if one.source.file in files or one.outcome is not Outcome.READ)
    return Collection(looked=looked, settings=used, problems=found.problems)


def _joined(collections: Sequence[Collection]) -> Collection:
    return Collection(
        looked=tuple(chain.from_iterable(one.looked for one in collections)),
        settings=tuple(chain.from_iterable(one.settings for one in collections)),
        problems=tuple(chain.from_iterable(one.problems for one in collections)),
    )


def _repository(folder: Path) -> Path:
    return next((one for one in _upwards(folder) if (one / ".git").exists()), folder)


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents


def _platform() -> Platform:
    match sys.platform:
        case "darwin":
            return Platform.MACOS
        case "win32":
            return Platform.WINDOWS
        case _:
            return Platform.LINUX
