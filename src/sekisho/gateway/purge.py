"""The process tree below the warden and the keepers: watch it, walk it, kill it.

Concepts: an *exit* (a child was collected), a *descendant* (a process below us in /proc, by its number and the time
of its birth, because numbers are used again) and the *purge*, which kills every descendant.
`warden.py` and `keeper.py` call this; it runs in the warden's processes, never in sekisho's own.

Limits: a process that runs as another user can not be killed and is counted as left.
Elsewhere than on Linux there is no tree to walk: process groups are all that is reached (untested).
Only light modules are imported: see `warden.py`.
"""

from __future__ import annotations

import os
import select
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Collection, Iterable
else:
    import _signal as signal

LINUX = sys.platform == "linux"

PURGE_SECONDS = 5.0
"""How long a purge tries before it gives up on what does not die."""

PDEATHSIG = 1
"""`prctl`: the signal that this process gets when its parent dies."""

NAME = 15
"""`prctl`: the name that `ps` shows."""

CHILD_SUBREAPER = 36
"""`prctl`: orphans below this process become its children."""

_FREEZE_ROUNDS = 50
_GRABS = 50
_EMPTY_WALKS = 5
_NAP_SECONDS = 0.02
_BLINK_SECONDS = 0.001


def set_process(option: int, value: int | bytes) -> None:
    """Call `prctl` where there is one.

    Raises:
        OSError: the system refuses.
    """
    if not LINUX:
        return
    import ctypes  # noqa: PLC0415 - sekisho imports this file for a constant and needs no ctypes

    # The prototype is variadic: unsigned longs, or a pointer.
    argument = ctypes.c_char_p(value) if isinstance(value, bytes) else ctypes.c_ulong(value)
    nothing = ctypes.c_ulong(0)
    if ctypes.CDLL(None, use_errno=True).prctl(option, argument, nothing, nothing, nothing) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def watch_children() -> int:
    """Make SIGCHLD readable; return the descriptor to poll."""
    readable, writable = os.pipe()
    for descriptor in (readable, writable):
        os.set_blocking(descriptor, False)
    signal.set_wakeup_fd(writable)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    return readable


def drain(descriptor: int) -> None:
    """Empty a non-blocking pipe."""
    try:
        while os.read(descriptor, 4096):
            pass
    except BlockingIOError:
        return


def exits() -> tuple[list[tuple[int, int]], bool]:
    """Collect every child that has exited (process id, wait status), and tell whether no child is left.

    A subreaper without children has no descendants either.
    """
    found: list[tuple[int, int]] = []
    try:
        while (collected := os.waitpid(-1, os.WNOHANG))[0]:
            found.append(collected)
    except ChildProcessError:
        return found, True
    return found, False


def purge(reap: Callable[[], bool], *, wake: int, spare: Collection[int], seconds: float) -> int:
    """Kill every descendant, except `spare` and what is below these.

    Everything is stopped before anything is killed, so that a fork storm can not run ahead of us.

    Args:
        reap: collects exits and tells whether no child is left.
        wake: becomes readable when a child exits (`watch_children`).
        spare: process ids of children that stay.
        seconds: when to give up.

    Returns:
        How many processes did not die.
    """
    deadline = time.monotonic() + seconds
    empty = 0
    while not reap():
        victims = freeze(reap, spare)
        for pid, process in victims.items():
            strike(pid, process, signal.SIGKILL)
        # A walk can miss what forks while it walks. Without spared children, only having no child at all counts.
        empty = 0 if victims else empty + 1
        if spare and empty == _EMPTY_WALKS:
            return 0
        if time.monotonic() > deadline:
            return max(len(victims), 1)
        select.select([wake], [], [], _NAP_SECONDS if victims else _BLINK_SECONDS)
        drain(wake)
    return 0


def freeze(reap: Callable[[], bool], spare: Collection[int]) -> dict[int, Process]:
    """Stop every descendant until a walk finds no new one; return them.

    A process that forks and exits faster than we walk is met in two ways from the second round on.
    Its group is stopped as a whole, which no fork gets around; nobody else's process is in it, because every child
    has a session of its own and no process can join a session.
    And orphans that just became our own children are stopped at once: their numbers are theirs until we collect them.
    """
    frozen: dict[int, Process] = {}
    for _ in range(_FREEZE_ROUNDS):
        reap()
        found = descendants(os.getpid(), spare)
        fresh = {pid: process for pid, process in found.items() if frozen.get(pid) != process}
        if not fresh:
            return found
        for pid, process in fresh.items():
            strike(pid, process, signal.SIGSTOP)
        if frozen:
            for group in {process.group for process in fresh.values()} - {os.getpgrp()}:
                _signal(os.killpg, group, signal.SIGSTOP)
            for _ in range(_GRABS):
                for pid in _own_children():
                    if pid not in spare:
                        _signal(os.kill, pid, signal.SIGSTOP)
        frozen |= fresh
    return frozen


def descendants(root: int, spare: Collection[int]) -> dict[int, Process]:
    """Walk /proc for what lives below `root`, by process id; empty where there is no /proc."""
    processes: dict[int, Process] = {}
    below: dict[int, list[int]] = {}
    for pid in _processes():
        process = look(pid)
        if process is not None and process.state != b"Z":
            processes[pid] = process
            below.setdefault(process.parent, []).append(pid)
    found: dict[int, Process] = {}
    waiting = [root]
    while waiting:
        for pid in below.pop(waiting.pop(), ()):
            if pid not in spare:
                found[pid] = processes[pid]
                waiting.append(pid)
    return found


def _processes() -> Iterable[int]:
    if not LINUX:
        return ()
    try:
        names = os.listdir("/proc")  # noqa: PTH208 - pathlib is not light
    except OSError:
        return ()
    return map(int, filter(str.isdigit, names))


def _own_children() -> list[int]:
    """Our children, fast; empty where the kernel was built without this file."""
    try:
        descriptor = os.open(f"/proc/self/task/{os.getpid()}/children", os.O_RDONLY)
    except OSError:
        return []
    try:
        return list(map(int, os.read(descriptor, 65536).rpartition(b" ")[0].split()))
    finally:
        os.close(descriptor)


class Process:
    """A process as /proc tells of it; two with the same number are the same if they were born at the same time."""

    __slots__ = ("born", "group", "parent", "state")

    def __init__(self, fields: list[bytes]) -> None:
        """Take the fields after the name."""
        self.state = fields[0]
        self.parent = int(fields[1])
        self.group = int(fields[2])
        self.born = int(fields[19])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Process) and self.born == other.born

    def __hash__(self) -> int:
        return self.born


def look(pid: int) -> Process | None:
    """Read what /proc tells of a process; None if there is none."""
    try:
        descriptor = os.open(f"/proc/{pid}/stat", os.O_RDONLY)
    except OSError:
        return None
    try:
        # The name, in parentheses, may hold anything; the fields after it are numbers, except the first.
        fields = os.read(descriptor, 4096).rpartition(b")")[2].split()
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return Process(fields) if fields else None


def strike(pid: int, process: Process, number: int) -> None:
    """Send a signal to a process that was looked at, never to a later owner of its number."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    except (AttributeError, OSError):  # No such call here: looking again is all there is.
        handle = -1
    try:
        if look(pid) != process:
            return
        if handle < 0:
            os.kill(pid, number)
        else:
            signal.pidfd_send_signal(handle, number)
    except OSError:
        return  # Dead already, or not ours to kill: the purge counts it.
    finally:
        if handle >= 0:
            os.close(handle)


def signal_child(pid: int, number: int) -> None:
    """Send a signal, once, to the process group of a child that was not collected yet."""
    if not _signal(os.killpg, pid, number):
        _signal(os.kill, pid, number)  # It has not made its group yet.


def _signal(send: Callable[[int, int], None], pid: int, number: int) -> bool:
    try:
        send(pid, number)
    except OSError:
        return False
    return True
