"""The audit's files on disk: `Segment`, the one file that a writer appends to, heads, and lines read back.

A segment appears under its name only when it is locked and holds its first line, so no reader ever sees it otherwise,
and its lock tells a running writer from one that is gone. What could not be written whole is taken back at once.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sekisho.adapters.audit import chain

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

_CREATE = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
_LOCK_POLL_S = 0.005
_MAX_HEAD = 4096
_BLOCK = 256 * 1024


class NotPlainError(OSError):
    """A name that should be a file is a link, a directory, a pipe."""


def open_plain(path: Path) -> int:
    """Open a file to read, without ever waiting for it.

    Raises:
        NotPlainError: it is no file of its own.
        OSError: it can't be opened.
    """
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENXIO}:
            raise NotPlainError(error.errno, "not a plain file", str(path)) from error
        raise
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise NotPlainError(errno.EINVAL, "not a plain file", str(path))
    return fd


class Segment:
    """One open file of a chain. Its lock makes this process its only writer until it is closed."""

    __slots__ = ("fd", "path", "size", "whole")

    def __init__(self, fd: int, path: Path, size: int) -> None:
        self.fd = fd
        """Open for appending, not inherited by children."""
        self.path = path
        """Where it is."""
        self.size = size
        """Bytes of whole lines in it."""
        self.whole = True
        """False once a half line stands at its end that could not be taken back: nothing may be appended."""

    @staticmethod
    def create(path: Path, first: bytes) -> Segment:
        """Make the file with its first line.

        Raises:
            OSError: nothing is left behind, as far as the system allows.
        """
        temporary = path.with_name(f".{path.name}.new")
        fd = os.open(temporary, _CREATE, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            segment = Segment(fd, path, 0)
            segment.write(first)
            temporary.rename(path)
        except OSError:
            os.close(fd)
            with suppress(OSError):
                temporary.unlink()
            raise
        return segment

    def write(self, data: bytes) -> None:
        """Append whole lines: one `write` unless the system takes only a part.

        Raises:
            OSError: none of `data` is in the file, or else `whole` is False from now on.
        """
        try:
            taken = os.write(self.fd, data)
            while taken < len(data):
                more = os.write(self.fd, data[taken:])
                taken += more or _refused()
        except OSError:
            self._take_back()
            raise
        self.size += len(data)

    def torn(self) -> int:
        """Return how many bytes of a half line stand at the end."""
        return max(0, os.fstat(self.fd).st_size - self.size)

    def discard(self) -> None:
        """Close and remove the file, as far as the system allows."""
        with suppress(OSError):
            self.path.unlink()
        self.close()

    def close(self) -> None:
        """Close the file, which gives up the lock."""
        with suppress(OSError):  # nothing can be done about it: what had to be on disk was synced before
            os.close(self.fd)

    def _take_back(self) -> None:
        try:
            os.ftruncate(self.fd, self.size)
        except OSError:
            self.whole = False


def _refused() -> int:
    raise OSError(errno.EIO, "the system takes no more bytes")


def write_head(directory: Path, head: chain.Head, *, key: bytes, sync: Callable[[int], None]) -> None:
    """Replace the head of a chain, so that a reader or a crash sees the old one or the new one.

    Args:
        directory: where the chain lives.
        head: what to seal.
        key: the sealing key.
        sync: flushes a descriptor; called before the new head takes the place of the old one.
    """
    path = directory / chain.head_name(head.writer)
    temporary = path.with_name(f".{path.name}.new")
    with suppress(FileNotFoundError):
        temporary.unlink()  # left behind by an attempt that failed
    fd = os.open(temporary, _CREATE, 0o600)
    try:
        Segment(fd, temporary, 0).write(chain.encode_head(head, key=key))
        sync(fd)
    finally:
        os.close(fd)
    temporary.replace(path)


def read_head(directory: Path, writer: str, *, key: bytes | None) -> chain.Head | None:
    """Return the head of a chain, None when there is none.

    Raises:
        chain.LineError: it is forged or damaged.
    """
    try:
        with os.fdopen(open_plain(directory / chain.head_name(writer)), "rb") as file:
            raw = file.read(_MAX_HEAD)
    except FileNotFoundError:
        return None
    except NotPlainError as error:
        raise chain.LineError("not a plain file") from error
    return chain.parse_head(raw, key=key, writer=writer)


def sync_directory(directory: Path) -> None:
    """Put the names in a directory on disk."""
    fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@contextmanager
def locked(fd: int, *, patience_s: float, shared: bool = False) -> Generator[None]:
    """Hold the lock of an open file.

    Args:
        fd: the file.
        patience_s: how long to wait for it, in seconds.
        shared: for reading only.

    Raises:
        TimeoutError: another process keeps it.
    """
    how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
    end = time.monotonic() + patience_s
    while True:
        try:
            fcntl.flock(fd, how)
            break
        except BlockingIOError:
            if time.monotonic() >= end:
                raise TimeoutError(errno.ETIMEDOUT, "another process keeps it locked") from None
            time.sleep(_LOCK_POLL_S)
    try:
        yield
    finally:
        fcntl.flock(fd, fcntl.LOCK_UN)


def is_live(path: Path) -> bool:
    """Say whether a writer has this file open now."""
    try:
        fd = open_plain(path)
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(fd)


@dataclass(frozen=True, slots=True)
class RawLine:
    """Bytes between two line feeds."""

    offset: int
    """Where they begin in the file."""
    number: int
    """Line number, from 1."""
    raw: bytes
    """The bytes with their line feed; only the first `MAX_LINE + 1` when there are more."""
    size: int
    """How many bytes there are in all."""
    ended: bool
    """False when the file ends before a line feed."""


def raw_lines(path: Path, *, start: int = 0) -> Iterator[RawLine]:
    """Read a file line by line from a byte offset, in bounded memory whatever is in it.

    Raises:
        OSError: as `open_plain`.
    """
    with os.fdopen(open_plain(path), "rb") as file:
        file.seek(start)
        offset, number = start, 0
        while raw := file.readline(chain.MAX_LINE + 1):
            size, last = len(raw), raw
            while not last.endswith(b"\n"):
                last = file.readline(chain.MAX_LINE + 1)
                if not last:
                    break
                size += len(last)
            number += 1
            yield RawLine(offset, number, raw, size, last.endswith(b"\n"))
            offset += size


def raw_lines_back(path: Path, end: int) -> Iterator[tuple[int, bytes]]:
    """Read the whole lines among the first `end` bytes of a file from the last to the first, with their offsets.

    A half line at the end is left out, and so is one longer than `MAX_LINE`.

    Raises:
        OSError: as `open_plain`.
    """
    fd = open_plain(path)
    try:
        rest = b""  # the beginning of the block behind: the end of a line that begins in the block before
        while end > 0:
            step = min(_BLOCK, end)
            end -= step
            block = os.pread(fd, step, end) + rest
            first = block.find(b"\n") + 1 if end else 0
            if end and not first:
                rest = block if len(block) <= chain.MAX_LINE + _BLOCK else b""
                continue
            rest = block[:first]
            yield from _reversed_lines(block, first, end)
    finally:
        os.close(fd)


def _reversed_lines(block: bytes, first: int, offset: int) -> Iterator[tuple[int, bytes]]:
    stop = block.rfind(b"\n") + 1
    while stop > first:
        start = max(first, block.rfind(b"\n", first, stop - 1) + 1)
        yield offset + start, block[start:stop]
        stop = start
