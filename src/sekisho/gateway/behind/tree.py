"""Digests of files and folders of code, remembered by what the system says about each file.

A file is read again only if its inode, length, or one of its times is another one: the time of its last change of any
kind (`ctime`) can't be set by a program. What was changed a moment ago is not remembered, as clocks are coarse.
Folders are walked whole, so a warm start costs one look at each file. Several servers that are read at once take
turns, since threads that fight for one interpreter cost far more than their work, and share a folder that was walked
after all of them had asked, and a file that several of them have by hard links. A thread of low priority would do harm:
while it holds the interpreter and has no core, the whole process stands still (measured: 1.2 s).
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import contextmanager
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

import orjson

from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from sekisho.wire.strict import Json

__all__ = ["LARGE", "MOST", "Digests", "Entry", "Memory", "TooManyError", "entries"]

MOST: Final = 50_000
"""Files in one folder; what has more is not read."""

LARGE: Final = 1024 * 1024 * 1024
"""Bytes; a longer file is told by its length and the time of its last change, not by its contents."""

_UNREADABLE: Final = "unreadable"
_PIECE: Final = 1024 * 1024
_YOUNG: Final = 2_000_000_000
"""Nanoseconds after a change within which another one may leave the same time."""

_PATIENCE: Final = 5.0
"""Seconds for which a turn is waited for; then somebody reads from a drive that hangs, and others go on."""

_CODE: Final = (
    *(".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".node", ".wasm", ".py", ".pyc", ".pyd", ".pth"),
    *(".so", ".dylib", ".dll", ".exe", ".jar", ".class", ".rb", ".php", ".pl", ".pm", ".lua", ".sh", ".egg-link"),
)
_TYPES: Final = (".d.ts", ".d.mts", ".d.cts")
_NAMED: Final = frozenset({"package.json", "entry_points.txt", "top_level.txt", "RECORD"})
_LIBRARY: Final = ".so."
_COMPILED: Final = "__pycache__"
_DEEPEST: Final = 64

Entry: TypeAlias = "list[str | int]"
"""A file of a folder: its path in there, its device, inode, length and times; for a link also where it leads."""


class TooManyError(Exception):
    """A folder holds more files than are looked at."""


class Memory(Protocol):
    """Where digests are kept from one start to the next."""

    def load(self) -> dict[str, Json]:
        """Return what is kept; nothing where that can't be read."""
        ...

    def save(self, fresh: dict[str, Json]) -> None:
        """Keep these too; what can't be kept is worked out again."""
        ...


class Digests:
    """Digests of one process.

    Args:
        memory: where they are kept; None for nowhere.
    """

    def __init__(self, memory: Memory | None = None) -> None:
        self._memory = memory
        self._known: dict[str, Json] | None = None
        self._fresh: dict[str, Json] = {}
        self._turn = Lock()
        self._counting = Lock()
        self._inside = 0
        self._walks: dict[tuple[str, frozenset[str]], tuple[float, list[Entry]]] = {}
        self._files: dict[tuple[str | int, ...], str] = {}

    @contextmanager
    def turn(self) -> Generator[None]:
        """Wait for the turn to read; what is walked in it is shared until nobody waits any more."""
        with self._counting:
            self._inside += 1
        mine = self._turn.acquire(timeout=_PATIENCE)
        try:
            yield
        finally:
            if mine:
                self._turn.release()
            with self._counting:
                self._inside -= 1
                if not self._inside:
                    self._walks.clear()
                    self._files.clear()

    def walked(self, root: str, skip: frozenset[str], since: float) -> list[Entry]:
        """Return the files of a folder that are code, as they were then or later.

        Args:
            root: the folder.
            skip: names of folders that are passed over.
            since: when that was asked for, on the monotonic clock.

        Raises:
            TooManyError: there are more than `MOST`.
        """
        began, found = self._walks.get((root, skip), (since, None))
        if found is None or began < since:
            began = time.monotonic()
            found = entries(root, skip)
            if self._inside:
                self._walks[root, skip] = began, found
        return found

    def of(self, root: str, found: list[Entry]) -> str:
        """Return the digest of files of a folder, whatever order they come in and whenever they were written."""
        taken = sha256()
        for each in found:
            name = str(each[0]).encode(errors="surrogateescape")
            said = self._content(root, each)
            taken.update(b"%d:%d:" % (len(name), len(said)) + name + said)
        return taken.hexdigest()

    def _content(self, root: str, entry: Entry) -> bytes:
        """Return the digest of one file of a folder, with where it leads if it is a link to one."""
        target = f"\0{entry[7]}" if len(entry) > 7 else ""  # noqa: PLR2004 - a link's target is behind the rest
        if target and not entry[2]:
            return f"folder{target}".encode(errors="surrogateescape")
        file = tuple(entry[1:6])
        told = self._files.get(file)
        if told is None:
            path = os.path.join(root, str(entry[0]))  # noqa: PTH118 - many of them
            told = _file(path, int(entry[3]), int(entry[4]))
            if self._inside and told != _UNREADABLE and time.time_ns() - int(entry[5]) > _YOUNG:
                self._files[file] = told
        return f"{told}{target}".encode(errors="surrogateescape")

    def file(self, path: str) -> str:
        """Return the digest of a file; a word in its place where it can't be read."""
        try:
            found = _seen(path, os.stat(path))  # noqa: PTH116 - one system call
        except OSError:
            return _UNREADABLE
        return text(self._remembered(path, [found], lambda: _file(path, int(found[3]), int(found[4])))) or ""

    def folder(self, path: str, found: list[Entry], work: Callable[[], Json], *, kind: str) -> Json:
        """Return what `work` finds out about the files of a folder, or what it found out about the same ones before.

        Args:
            path: the folder.
            found: its files, as `entries` has them.
            work: reads them.
            kind: names what `work` finds out.
        """
        return self._remembered(f"{kind}:{path}", found, work)

    def save(self) -> None:
        """Keep what was worked out since the last time."""
        fresh, self._fresh = self._fresh, {}
        if fresh and self._memory is not None:
            self._memory.save(fresh)

    def _remembered(self, name: str, found: list[Entry], work: Callable[[], Json]) -> Json:
        if self._known is None:
            self._known = self._memory.load() if self._memory is not None else {}
        stamp = sha256(_plain(found)).hexdigest()
        kept = obj(self._known.get(name))
        if kept.get("stamp") == stamp:
            return kept.get("found")
        result = work()
        newest = max((int(each[5]) for each in found), default=0)
        if time.time_ns() - newest > _YOUNG:
            self._known[name] = self._fresh[name] = {"stamp": stamp, "found": result}
        return result


def entries(root: str, skip: frozenset[str] = frozenset()) -> list[Entry]:
    """Return the files of a folder that are code, in order; links to folders elsewhere are followed.

    Args:
        root: the folder.
        skip: names of folders that are passed over.

    Raises:
        TooManyError: there are more than `MOST`.
    """
    walk = _Walk(skip)
    walk.into(os.path.realpath(root), root, "")
    walk.follow()
    walk.found.sort()  # by name: no two have the same
    return walk.found


class _Walk:
    """A folder on its way: first what lies in it, then what its links lead to, so that each file has one name."""

    def __init__(self, skip: frozenset[str]) -> None:
        self.found: list[Entry] = []
        self._skip = skip
        self._visited: set[str] = set()
        self._links: list[tuple[str, str]] = []

    def into(self, real: str, folder: str, front: str) -> None:
        """Take in a folder and those in it."""
        waiting = [(real, folder, front)]
        while waiting:
            real, folder, front = waiting.pop()
            if real in self._visited or front.count("/") > _DEEPEST:
                continue
            self._visited.add(real)
            for each in _listed(folder):
                name = each.name
                if each.is_dir(follow_symlinks=False):
                    if name != _COMPILED and name not in self._skip:
                        waiting.append((f"{real}/{name}", each.path, f"{front}{name}/"))
                else:
                    self._take(each, front)
            if len(self.found) > MOST:
                raise TooManyError(folder)

    def follow(self) -> None:
        """Take in what links to folders lead to, unless it was taken in already."""
        while self._links:
            links, self._links = sorted(self._links), []
            for front, path in links:
                self.into(os.path.realpath(path), path, f"{front}/")

    def _take(self, each: os.DirEntry[str], front: str) -> None:
        name = each.name
        if each.is_symlink():
            self.found += _linked(each, front)
            if name not in self._skip and each.is_dir():
                self._links.append((front + name, each.path))
        elif name.endswith(_CODE):
            if not name.endswith(_TYPES):
                self._look(each, front)
        elif name in _NAMED or _LIBRARY in name:
            self._look(each, front)
        elif "." not in name:
            self._look(each, front, mode=stat.S_IXUSR)

    def _look(self, each: os.DirEntry[str], front: str, mode: int = stat.S_IFREG) -> None:
        try:
            seen = each.stat(follow_symlinks=False)
        except OSError:
            return
        if seen.st_mode & mode:
            self.found.append(_seen(front + each.name, seen))


def _plain(found: list[Entry]) -> bytes:
    try:
        return orjson.dumps(found)
    except TypeError:  # a name that is no UTF-8
        return repr(found).encode()


def _listed(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listed:
            return list(listed)
    except OSError:
        return []


def _linked(each: os.DirEntry[str], front: str) -> Iterator[Entry]:
    """Yield a link with where it leads, and with the file that is there."""
    try:
        target = os.readlink(each.path)  # noqa: PTH115 - one system call
        found = each.stat()
    except OSError:
        return
    entry = _seen(front + each.name, found)
    if stat.S_ISDIR(found.st_mode):
        entry[1:7] = [0, 0, 0, 0, 0, 0]
    yield [*entry, target]


def _seen(name: str, found: os.stat_result) -> Entry:
    ns = found.st_mtime_ns, found.st_ctime_ns
    return [name, found.st_dev, found.st_ino, found.st_size, ns[0], ns[1], found.st_mode]


def _file(path: str, size: int, changed: int) -> str:
    if size > LARGE:
        return f"{size} bytes of {changed}"
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - many of them
            taken = sha256(file.read(_PIECE))
            while piece := file.read(_PIECE) if size > _PIECE else b"":
                taken.update(piece)
    except OSError:
        return _UNREADABLE
    return taken.hexdigest()
