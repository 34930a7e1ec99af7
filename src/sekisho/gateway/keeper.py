"""The keeper: the process that starts one server child and answers for everything below it.

Concepts: the *request* (program, working directory, arguments, environment, three descriptors), the *reports* that a
keeper sends (`REPORT`) and the *commands* that it obeys, all on one control socket whose other end sekisho holds.
`warden.py` forks a keeper per child; `warden_client.py` speaks with it; `purge.py` does the killing.

A keeper ends its child when it is told so, when sekisho ends (the control socket ends) and when the warden ends (the
lifeline pipe ends); and it always purges before it exits, so no report `ENDED` comes while something is alive.
Only light modules are imported: see `warden.py`.
"""

from __future__ import annotations

import errno
import os
import select
import struct

from sekisho.gateway.purge import (
    LINUX,
    PDEATHSIG,
    PURGE_SECONDS,
    drain,
    exits,
    purge,
    set_process,
    signal_child,
    watch_children,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    import socket
    from collections.abc import Iterable, Sequence
    from typing import NoReturn
else:
    import _signal as signal
    import _socket as socket

TERMINATE = b"T"
"""Command: send SIGTERM to the child's process group."""

KILL = b"K"
"""Command: purge."""

REPORT = struct.Struct("!iii")
"""What a keeper says: kind and two numbers."""

STARTED = 1
"""Report: the program runs; process id of the child, process id of the keeper."""

FAILED = 2
"""Report: the program was not started; stage and errno."""

ENDED = 3
"""Report, the last: everything is dead; exit code (negative: signal), number of processes that did not die."""

UNKNOWN = 1 << 16
"""Stands for the exit code of a child that did not die."""

STAGE_FORK = 1
"""Failed while making the process."""

STAGE_CWD = 2
"""Failed while entering the working directory."""

STAGE_EXEC = 3
"""Failed while executing the program."""

_STDIO = 3
_BYTES_OF_A_DESCRIPTOR = 4
_PIECE = 1 << 20
_HEADER = struct.Struct("!II")


def pack_request(*, program: str, cwd: str, argv: Iterable[str], env: Iterable[tuple[str, str]]) -> bytes:
    """Write what a keeper is to start; the parts must not hold NUL, names of variables no `=`."""
    words = [os.fsencode(word) for word in argv]
    pairs = (os.fsencode(f"{name}={value}") for name, value in env)
    body = b"\0".join((os.fsencode(program), os.fsencode(cwd), *words, *pairs))
    return _HEADER.pack(len(body), len(words)) + body


class Program:
    """A request, read back: what to execute, where, with what."""

    __slots__ = ("argv", "cwd", "env", "path")

    def __init__(self, body: bytes, argc: int) -> None:
        """Take the body of a request and its number of arguments."""
        self.path, self.cwd, *rest = body.split(b"\0")
        self.argv = rest[:argc]
        self.env = {name: value for name, _, value in (pair.partition(b"=") for pair in rest[argc:])}


class Keeper:
    """Starts one child and answers for all of its descendants."""

    __slots__ = ("_child", "_control", "_lifeline", "_receipt", "_status", "_wake")

    def __init__(self, control: socket.socket, lifeline: int) -> None:
        """Take our end of the control socket, and the pipe that ends with the warden."""
        self._control = control
        self._lifeline = lifeline
        self._child = 0
        self._status: int | None = None
        self._receipt = -1
        self._wake = watch_children()

    def run(self) -> None:
        """Start the child, watch until it exits or must die, kill what is left, report."""
        request = read_request(self._control)
        if request is None:
            return
        program, stdio = request
        if len(stdio) != _STDIO:
            self._report(FAILED, STAGE_FORK, errno.EMFILE)
        elif self._start(program, stdio):
            self._watch()
            if self._status is None:
                signal_child(self._child, signal.SIGKILL)
            else:
                self._read_receipt()
            left = purge(self._reap, wake=self._wake, spare=(), seconds=PURGE_SECONDS)
            code = UNKNOWN if self._status is None else os.waitstatus_to_exitcode(self._status)
            self._report(ENDED, code, left)

    def _start(self, program: Program, stdio: Sequence[int]) -> bool:
        self._receipt, slip = os.pipe()
        me = os.getpid()
        try:
            self._child = os.fork()
        except OSError as error:
            self._report(FAILED, STAGE_FORK, error.errno or 0)
            return False
        if self._child == 0:
            become(program, stdio, slip, me)
        for descriptor in (slip, *stdio):
            os.close(descriptor)
        return True

    def _watch(self) -> None:
        """Return when the child has exited (there is a status) or must die (there is none)."""
        poll = select.poll()
        for descriptor in (self._control.fileno(), self._lifeline, self._wake, self._receipt):
            poll.register(descriptor, select.POLLIN)
        while self._status is None:
            for descriptor, _ in poll.poll():
                if descriptor == self._wake:
                    drain(self._wake)
                elif descriptor == self._receipt:
                    poll.unregister(descriptor)
                    self._read_receipt()
                elif descriptor == self._lifeline or not self._obey():
                    return
            self._reap()

    def _read_receipt(self) -> None:
        """Tell how the start went: the receipt ends without a word when the program was executed."""
        if self._receipt < 0:
            return
        word = os.read(self._receipt, REPORT.size)
        os.close(self._receipt)
        self._receipt = -1
        if word:
            self._report(*REPORT.unpack(word))
        else:
            self._report(STARTED, self._child, os.getpid())

    def _obey(self) -> bool:
        """Whether the child may live on."""
        try:
            commands = self._control.recv(16)
        except OSError:
            return False
        if not commands or KILL in commands:
            return False
        # The child was not collected yet, so its number, which is its group's, is nobody else's.
        signal_child(self._child, signal.SIGTERM)
        signal_child(self._child, signal.SIGCONT)
        return True

    def _reap(self) -> bool:
        found, childless = exits()
        for pid, status in found:
            if pid == self._child:
                self._status = status
                if not LINUX:
                    signal_child(pid, signal.SIGKILL)
        return childless

    def _report(self, kind: int, first: int, second: int) -> None:
        try:
            self._control.send(REPORT.pack(kind, first, second))
        except OSError:
            return  # Sekisho is gone; the work goes on.


def read_request(control: socket.socket) -> tuple[Program, list[int]] | None:
    """Read the one request of a control socket and its descriptors; None if sekisho ends before."""
    try:
        head, stdio = receive(control, _HEADER.size, _STDIO)
        head = _read(control, bytearray(head), _HEADER.size)
        if head is None:
            return None
        size, argc = _HEADER.unpack(head)
        body = _read(control, bytearray(), size)
    except OSError:
        return None
    return None if body is None else (Program(bytes(body), argc), stdio)


def _read(control: socket.socket, so_far: bytearray, size: int) -> bytearray | None:
    while len(so_far) < size:
        piece = control.recv(min(size - len(so_far), _PIECE))
        if not piece:
            return None
        so_far += piece
    return so_far


def receive(peer: socket.socket, size: int, count: int) -> tuple[bytes, list[int]]:
    """Receive bytes and at most `count` descriptors, which no executed program inherits."""
    space = socket.CMSG_SPACE(count * _BYTES_OF_A_DESCRIPTOR)
    data, ancillary, _, _ = peer.recvmsg(size, space, getattr(socket, "MSG_CMSG_CLOEXEC", 0))
    numbers: list[int] = []
    for level, kind, payload in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            whole = len(payload) // _BYTES_OF_A_DESCRIPTOR
            numbers += struct.unpack(f"{whole}i", payload[: whole * _BYTES_OF_A_DESCRIPTOR])
    for number in numbers:
        os.set_inheritable(number, False)  # noqa: FBT003 - the standard library's signature
    return data, numbers


def become(program: Program, stdio: Sequence[int], slip: int, parent: int) -> NoReturn:
    """Turn the forked process into the program; on failure write stage and errno to `slip`.

    Every descriptor but the three is closed by the execution, as Python makes none inheritable.
    """
    stage = STAGE_FORK
    try:
        os.setsid()
        set_process(PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(127)
        for target, descriptor in enumerate(stdio):
            os.dup2(descriptor, target)
        reset_signals()
        stage = STAGE_CWD
        os.chdir(program.cwd)
        stage = STAGE_EXEC
        os.execve(program.path, program.argv, program.env)  # noqa: S606 - starting programs is what this is for
    except OSError as error:
        os.write(slip, REPORT.pack(FAILED, stage, error.errno or 0))
    finally:
        os._exit(127)


def reset_signals() -> None:
    """Give the program every signal as a fresh login would: default. Nothing is blocked since the warden's start."""
    signal.set_wakeup_fd(-1)
    for number in range(1, signal.NSIG):
        try:
            signal.signal(number, signal.SIG_DFL)
        except (OSError, ValueError):
            continue  # SIGKILL, SIGSTOP, and the numbers that the C library keeps.
