"""Processes under test: starting and ending them, and what they cost in CPU time and memory (Linux, /proc).

Concepts: a `Process` is one started command with all of its descendants. Its *own* processes are the tree minus the
echo upstream inside of it, so that a gateway that starts the upstream itself is not charged for it. CPU time is
summed per thread from /proc/PID/task/TID/schedstat: nanoseconds, and independent of who else uses the cores.
Called by `targets`, `startup` and `sessions`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UPSTREAM_SCRIPT: Final = "echo_stdio.py"
_PROC: Final = Path("/proc")
_GRACE_SECONDS: Final = 3.0
_ENDING_SECONDS: Final = 0.3
_LAST_LINES: Final = 6

_SETTLE_LOOKS: Final = 60
_SETTLE_SECONDS: Final = 0.05
_STILL: Final = 4
Clock = dict[tuple[int, int], int]
"""CPU nanoseconds so far, by process and thread."""


class Failed(Exception):  # noqa: N818 - it names what happened, as the report prints it
    """A process did not start, ended early, or did not become ready in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Resident memory of the own processes of a target."""

    rss_mb: float
    """Sum of the resident set sizes, in MB (1,000,000 bytes); shared pages count in full."""
    pss_mb: float | None
    """Sum of the proportional set sizes in MB; None where the kernel does not tell."""

    @property
    def own_mb(self) -> float:
        """What the processes cost together: pages that they share count once, where the kernel tells."""
        return self.rss_mb if self.pss_mb is None else self.pss_mb


def free_port() -> int:
    """Return a TCP port that nobody uses right now on 127.0.0.1."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def spent(before: Clock, after: Clock) -> int:
    """Return the nanoseconds between two readings; threads that ended in between are not seen."""
    return sum(value - before.get(thread, 0) for thread, value in after.items())


def _parents() -> dict[int, tuple[int, int]]:
    """Parent and session id by process."""
    found: dict[int, tuple[int, int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                found[int(entry.name)] = (int(fields[1]), int(fields[3]))
    return found


def _is_upstream(pid: int) -> bool:
    try:
        arguments = (_PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return len(arguments) > 1 and Path(os.fsdecode(arguments[1])).name == UPSTREAM_SCRIPT


def _thread_times(pid: int) -> Clock:
    times: Clock = {}
    with contextlib.suppress(OSError):
        for task in (_PROC / str(pid) / "task").iterdir():
            with contextlib.suppress(OSError, ValueError, IndexError):
                times[pid, int(task.name)] = int((task / "schedstat").read_text().split()[0])
    return times


def _kilobytes(path: Path, label: str) -> int | None:
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith(label)), None)


def tree_of(root: int) -> list[int]:
    """Return a process and its descendants, including those that left it but kept its session."""
    parents = _parents()
    members = {root} | {pid for pid, (_, sid) in parents.items() if sid == root}
    while more := {pid for pid, (parent, _) in parents.items() if parent in members} - members:
        members |= more
    return sorted(members)


def memory_of(pids: Sequence[int]) -> Memory:
    """Read the memory of some processes."""
    resident = (_kilobytes(_PROC / str(pid) / "status", "VmRSS:") for pid in pids)
    shares = [_kilobytes(_PROC / str(pid) / "smaps_rollup", "Pss:") for pid in pids]
    known = [share for share in shares if share is not None]
    pss = sum(known) * 1024 / 1e6 if len(known) == len(shares) else None
    return Memory(rss_mb=sum(kb or 0 for kb in resident) * 1024 / 1e6, pss_mb=pss)


def cpu_of(pids: Sequence[int]) -> float:
    """Return the CPU seconds that some processes have used, their ended threads included."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class Process:
    """A started command. Its error output is kept; it and its descendants end with `stop`."""

    def __init__(
        self, command: Sequence[str], *, errors: Path, env: Mapping[str, str], pipes: bool, whole: bool = False
    ) -> None:
        """Start `command` in a session of its own.

        Args:
            command: the program and its arguments.
            errors: the file that receives the error output.
            env: the whole environment.
            pipes: whether stdin and stdout are pipes (a stdio server) or closed and discarded.
            whole: the command is an upstream itself; measure all of the tree.
        """
        self._errors = errors
        self._whole = whole
        self.helper: int | None = None
        """A process that works for it and is no descendant of it: that one and its descendants count as its own."""
        stream = subprocess.PIPE if pipes else subprocess.DEVNULL
        with errors.open("wb") as log:
            try:
                self._popen = subprocess.Popen(
                    command, stdin=stream, stdout=stream, stderr=log, env=env, start_new_session=True
                )
            except OSError as error:
                raise Failed(f"cannot start: {error.strerror}") from error

    @property
    def pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """Return the process's input and output."""
        if self._popen.stdin is None or self._popen.stdout is None:
            raise Failed("the process has no pipes")
        return self._popen.stdin, self._popen.stdout

    def ended(self) -> bool:
        """Whether the command has ended."""
        return self._popen.poll() is not None

    def last_words(self) -> str:
        """Return the last lines of the error output, for a report; a process that is about to end may do so."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(_ENDING_SECONDS)
        lines = self._errors.read_bytes()[-8192:].decode(errors="replace").splitlines()
        said = [line.rstrip() for line in lines if line.strip()][-_LAST_LINES:]
        code = self._popen.poll()
        state = "still running" if code is None else f"exit status {code}"
        return "\n".join([state, *said])

    def tree(self) -> list[int]:
        """Return the command and its descendants, including those that left it but kept its session."""
        return tree_of(self._popen.pid)

    def own(self) -> list[int]:
        """Return the tree, and that of its helper, without the echo upstream."""
        helping = tree_of(self.helper) if self.helper is not None else []
        return [pid for pid in [*self.tree(), *helping] if self._whole or not _is_upstream(pid)]

    def clock(self) -> Clock:
        """Read the CPU time of the own processes."""
        times: Clock = {}
        for pid in self.own():
            times.update(_thread_times(pid))
        return times

    def memory(self) -> Memory:
        """Read the memory of the own processes, once those of ended sessions are gone (3 s at most)."""
        return memory_of(self._settled())

    def _settled(self) -> list[int]:
        """Return the own processes when their number has stood still for a while."""
        own, still = self.own(), 0
        for _ in range(_SETTLE_LOOKS):
            time.sleep(_SETTLE_SECONDS)
            before, own = own, self.own()
            still = still + 1 if own == before else 0
            if still == _STILL:
                break
        return own

    def wait_for_port(self, port: int, *, seconds: float) -> None:
        """Wait until 127.0.0.1:`port` accepts connections, at most `seconds`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.ended():
                raise Failed(f"ended before it listened: {self.last_words()}")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return
            time.sleep(0.002)
        raise Failed(f"did not listen within {seconds:.0f} s: {self.last_words()}")

    def stop(self) -> None:
        """End the command and its descendants: end of input, SIGTERM, then SIGKILL."""
        for pipe in (self._popen.stdin, self._popen.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        with contextlib.suppress(OSError):
            os.killpg(self._popen.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(_GRACE_SECONDS)
        ended = self.ended()
        for pid in self.tree():
            if pid != self._popen.pid or not ended:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
        self._popen.wait(_GRACE_SECONDS)
