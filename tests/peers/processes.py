"""What processes are there, what they hold, and waiting for their end (Linux, /proc and pidfds)."""

from __future__ import annotations

import os
import select
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from peers.loops import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

__all__ = ["below", "descriptors", "mentioning", "pipes", "resident", "watched"]

_PROC: Final = Path("/proc")


def below(pid: int) -> list[int]:
    """Return the living descendants of a process, those that left its session included: parents before children.

    Not in the order of their numbers: these start over, and then the oldest has the highest.
    """
    parents: dict[int, int] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError, ValueError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if fields[0] != "Z":
                    parents[int(entry.name)] = int(fields[1])
    found: list[int] = []
    level = {pid}
    while level:
        level = {child for child, parent in parents.items() if parent in level} - {*found}
        found += sorted(level)
    return found


def descriptors(pid: int) -> int:
    """Return how many descriptors a process holds open."""
    return len(list((_PROC / str(pid) / "fd").iterdir()))


def pipes(pid: int) -> int:
    """Return how many ends of pipes a process holds open."""
    found = 0
    for entry in (_PROC / str(pid) / "fd").iterdir():
        with suppress(OSError):
            found += entry.readlink().name.startswith("pipe:")
    return found


def resident(pid: int) -> int:
    """Return the resident memory of a process, in bytes."""
    for line in (_PROC / str(pid) / "status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError(f"process {pid} is gone")


@contextmanager
def watched(*pids: int) -> Generator[Callable[[], None]]:
    """Hold on to processes; the yielded function waits until all of them are dead."""
    handles = {os.pidfd_open(pid): pid for pid in pids}

    def wait() -> None:
        for handle, pid in handles.items():
            readable, _, _ = select.select([handle], [], [], PATIENCE)
            assert readable, f"process {pid} is still alive"

    try:
        yield wait
    finally:
        for handle in handles:
            os.close(handle)


def mentioning(text: str) -> list[int]:
    """Return the living processes, ours excepted, whose command line holds `text`."""
    found: list[int] = []
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with suppress(OSError):
                if text.encode() in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
    return sorted(found)
