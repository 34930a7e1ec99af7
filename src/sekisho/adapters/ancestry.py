"""Which processes are above one, and since when each of them lives; Linux tells in /proc, elsewhere nobody does."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Process", "ancestors", "base_name", "boot"]

_ANCESTORS: Final = 256
_ARGUMENTS: Final = 64 * 1024
_STARTED: Final = 19
"""The place of the start time behind the name in /proc/PID/stat (field 22 of proc(5))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One process, as far as this user may see it."""

    pid: int
    """Its process id."""

    name: str
    """Its name in the process table, at most 15 characters of it."""

    program: str
    """The path of its program, empty when that may not be read."""

    arguments: tuple[str, ...]
    """Its command line, empty when that may not be read."""

    started: int = 0
    """When it began, in clock ticks since the machine did: with the process id it names one process for good."""


def ancestors(pid: int, *, proc: Path = Path("/proc")) -> Iterator[Process]:
    """Return a process and those above it, nearest first; ends where the system shows no more.

    Args:
        pid: where to begin.
        proc: where the system shows processes; for tests.
    """
    for _ in range(_ANCESTORS):
        found = _read(proc / str(pid), pid) if pid > 0 else None
        if found is None:
            return
        process, pid = found
        yield process


def boot(*, proc: Path = Path("/proc")) -> str:
    """Return what names this run of the machine, as start times count from its begin; empty where nobody tells."""
    try:
        return (proc / "sys/kernel/random/boot_id").read_text("ascii", "replace").strip()
    except OSError:
        return ""


def _read(folder: Path, pid: int) -> tuple[Process, int] | None:
    """Return a process and its parent's id."""
    try:
        status = (folder / "stat").read_bytes()
    except OSError:
        return None
    # The name stands in parentheses and may hold some itself.
    name, _, rest = status.partition(b"(")[2].rpartition(b")")
    words = rest.split()
    process = Process(
        pid=pid,
        name=_lowered(os.fsdecode(name)),
        program=_link(folder / "exe"),
        arguments=_command_line(folder / "cmdline"),
        started=int(words[_STARTED]) if len(words) > _STARTED else 0,
    )
    return process, int(words[1])


def _link(path: Path) -> str:
    try:
        return str(path.readlink())
    except OSError:
        return ""


def _command_line(path: Path) -> tuple[str, ...]:
    try:
        with path.open("rb") as file:
            data = file.read(_ARGUMENTS)
    except OSError:
        return ()
    return tuple(os.fsdecode(word) for word in data.split(b"\0") if word)


def base_name(path: str) -> str:
    """Return the name of a program without folders, case and the endings of scripts."""
    return _lowered(PurePath(path.removesuffix(" (deleted)")).name)


def _lowered(name: str) -> str:
    lowered = name.lower().replace(" ", "-")
    for suffix in (".exe", ".js", ".mjs", ".cjs", ".py", ".sh", ".appimage", ".bin"):
        lowered = lowered.removesuffix(suffix)
    return lowered
