"""The processes below a child, where the system tells them (Linux): what a runner started that fetches first."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

__all__ = ["Process", "below", "process"]

_LONGEST: Final = 128 * 1024
_MOST: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One of them."""

    pid: int
    """Its number."""

    argv: tuple[str, ...]
    """Its command line. A process can write another one over it."""

    executable: str
    """The file that it executes, which it can't."""

    cwd: str
    """Where it is."""


def process(pid: int) -> Process | None:
    """Return a process; None where there is none, or the system does not tell."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123 - no file of a disk
            words = file.read(_LONGEST).rstrip(b"\0").split(b"\0")
        executable, cwd = os.readlink(f"/proc/{pid}/exe"), os.readlink(f"/proc/{pid}/cwd")  # noqa: PTH115 - as above
    except OSError:
        return None
    return Process(pid=pid, argv=tuple(map(os.fsdecode, words)), executable=executable, cwd=cwd)


def below(pid: int) -> list[Process]:
    """Return what a process has started, the oldest first."""
    found: list[int] = []
    try:
        for task in sorted(os.listdir(f"/proc/{pid}/task"), key=int):  # noqa: PTH208 - no folder of a disk
            with open(f"/proc/{pid}/task/{task}/children", "rb") as file:  # noqa: PTH123 - as above
                found += map(int, file.read(_LONGEST).split())
    except (OSError, ValueError):
        return []
    return [each for each in map(process, sorted(found)[:_MOST]) if each is not None]
