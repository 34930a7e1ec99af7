"""Our side of the warden: start it, ask it for keepers, hold the leash of each child.

Concepts: the `Warden` (the process that starts children, one per sekisho process) and a `Leash` (the control socket
to one child's keeper: what was reported, and the commands).
`child.py` takes a leash for every child; the processes behind it are described in `warden.py`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

from sekisho.gateway.keeper import ENDED, FAILED, KILL, REPORT, STARTED, TERMINATE, UNKNOWN
from sekisho.gateway.purge import PURGE_SECONDS, look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Ended", "Failed", "Leash", "Started", "Warden", "WardenError", "whole"]

T = TypeVar("T")

READY: Final = b"!"
ASK: Final = b"+"
GREETING_SECONDS: Final = 10.0
KILL_SECONDS: Final = PURGE_SECONDS + 2.0
LOST_SECONDS: Final = 2.0
EXIT_SECONDS: Final = 1.0

# Packages by hand: their own first lines, and what these import, are not for a process that must start in no time.
SCRIPT: Final = """
import sys
for name, path in ("sekisho", sys.argv[2]), ("sekisho.gateway", sys.argv[3]):
    sys.modules[name] = package = type(sys)(name)
    package.__path__ = [path]
from sekisho.gateway.warden import main
main()
"""
_PASSED: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE")


class WardenError(Exception):
    """The warden did not start or has died; the text says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The child runs."""

    pid: int
    """Process id of the child, which is also its group's and its session's."""

    keeper: int
    """Process id of its keeper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The child was not started."""

    stage: int
    """Where it failed (`keeper.py`), 0 if the keeper or the warden died."""

    errno: int
    """The system's reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The child and everything below it are dead."""

    code: int | None
    """Its exit code; None if a signal ended it, or if nobody knows."""

    signal: int | None
    """The signal that ended it, if one did."""

    left: int
    """Processes that could not be killed, because they run as another user or hang in the kernel."""


class Leash(asyncio.Protocol):
    """The control socket of one child's keeper. When it closes, the keeper kills the child."""

    __slots__ = ("_buffer", "_over", "_started", "_timer", "_transport", "_warden_pid", "ended", "started")

    def __init__(self, *, warden_pid: int) -> None:
        """Take the process id of the warden, the parent of the keeper."""
        loop = asyncio.get_running_loop()
        self._warden_pid = warden_pid
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._timer: asyncio.TimerHandle | None = None
        self.started: asyncio.Future[Started | Failed] = loop.create_future()
        self.ended: asyncio.Future[Ended] = loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; asyncio calls this."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Read reports; asyncio calls this."""
        self._buffer += data
        while len(self._buffer) >= REPORT.size:
            kind, first, second = REPORT.unpack_from(self._buffer)
            del self._buffer[: REPORT.size]
            self._report(kind, first, second)

    def _report(self, kind: int, first: int, second: int) -> None:
        if kind == STARTED and not self.started.done():
            self.started.set_result(Started(pid=first, keeper=second))
        elif kind == FAILED and not self.started.done():
            self.started.set_result(Failed(stage=first, errno=second))
        elif kind == ENDED:
            code = first if 0 <= first < UNKNOWN else None
            self._end(Ended(code=code, signal=-first if first < 0 else None, left=second))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - however it ended
        """The keeper is gone, asyncio calls this; without a last report nobody knows how the child ended."""
        self._end(Ended(code=None, signal=None, left=0))

    def _end(self, ended: Ended) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if not self.started.done():
            self.started.set_result(Failed(stage=0, errno=0))
        if not self.ended.done():
            self.ended.set_result(ended)

    def terminate(self) -> None:
        """Send SIGTERM to the child's process group."""
        self._command(TERMINATE)

    def kill(self) -> None:
        """Kill the child and everything below it; `ended` is set within `KILL_SECONDS` + `LOST_SECONDS`."""
        if self._timer is None and not self.ended.done():
            self._command(KILL)
            self._timer = asyncio.get_running_loop().call_later(KILL_SECONDS, self._kill_keeper)

    def release(self) -> None:
        """Close the control socket; a keeper that still works kills everything and exits."""
        if self._transport is not None:
            self._transport.abort()

    def _command(self, command: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(command)

    def _kill_keeper(self) -> None:
        """The keeper does not answer (stopped by its own child?): kill it, and the warden purges what was below."""
        if self.started.done() and isinstance(started := self.started.result(), Started):
            keeper = look(started.keeper)
            if keeper is not None and keeper.parent == self._warden_pid:
                with suppress(ProcessLookupError, PermissionError):
                    os.kill(started.keeper, signal.SIGKILL)
        self._timer = asyncio.get_running_loop().call_later(LOST_SECONDS, self.release)


@dataclass(frozen=True, slots=True)
class _Running:
    process: subprocess.Popen[bytes]
    peer: socket.socket


class Warden:
    """The process that starts our children and kills them when we end, however we end.

    One per sekisho process, used from one event loop.
    It is started by the first child, or by `spawn` or `start` earlier, so that its start overlaps with ours.
    A warden that was killed (its children die with it) is replaced at the next start of a child.
    """

    __slots__ = ("_lock", "_ready", "_running")

    def __init__(self) -> None:
        """Nothing is started yet."""
        self._lock = asyncio.Lock()
        self._running: _Running | None = None
        self._ready = False

    @property
    def pid(self) -> int | None:
        """Its process id; None before the start and after the end."""
        return self._running.process.pid if self._running is not None else None

    def spawn(self) -> None:
        """Begin to start it, without waiting and without an event loop; nothing happens if that was done.

        Raises:
            WardenError: there is no Python to run it with, or no process could be made.
        """
        if self._running is not None:
            return
        here = Path(__file__).parent
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        number = str(theirs.fileno())
        with ExitStack() as stack:
            stack.callback(ours.close)
            with theirs:
                try:
                    process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own code
                        [sys.executable, "-I", "-S", "-c", SCRIPT, number, str(here.parent), str(here)],
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.DEVNULL,
                        pass_fds=(theirs.fileno(),),
                        env={name: os.environ[name] for name in _PASSED if name in os.environ},
                        cwd="/",
                        start_new_session=True,
                    )
                except OSError as error:
                    raise WardenError(f"the warden could not be started: {error}") from error
            ours.setblocking(False)  # noqa: FBT003 - the standard library's signature
            stack.pop_all()
        self._running = _Running(process, ours)

    async def start(self) -> None:
        """Start it and wait until it takes requests.

        Raises:
            WardenError: it did not answer within 10 seconds, or died.
        """
        async with self._lock:
            await self._start()

    async def _start(self) -> _Running:
        self.spawn()
        running = self._running
        assert running is not None  # noqa: S101 - spawn sets it or raises
        if self._ready:
            return running
        greeting = b""
        try:
            async with asyncio.timeout(GREETING_SECONDS):
                greeting = await asyncio.get_running_loop().sock_recv(running.peer, 1)
        except (TimeoutError, OSError):
            pass
        if greeting != READY:
            self._forget()
            raise WardenError("the warden did not start; look at the lines above, and try `python -I -S -c pass`")
        self._ready = True
        return running

    async def leash(self, request: bytes, stdio: Sequence[int]) -> Leash:
        """Have a child started.

        Args:
            request: what to start (`keeper.pack_request`).
            stdio: descriptors that become its stdin, stdout and stderr; the caller closes its own afterwards.

        Raises:
            WardenError: the warden did not start or died.
        """
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with ExitStack() as stack:
            stack.callback(ours.close)
            with theirs:
                pid = await self._ask(theirs.fileno())
            ours.setblocking(False)  # noqa: FBT003 - the standard library's signature
            try:
                sent = socket.send_fds(ours, [request], list(stdio))
                if sent < len(request):  # to send nothing fails where the keeper has started all and is gone already
                    await loop.sock_sendall(ours, memoryview(request)[sent:])
            except OSError as error:
                raise WardenError(f"the warden died while a server was started: {error}") from error
            leash = Leash(warden_pid=pid)
            connecting = asyncio.ensure_future(loop.create_unix_connection(lambda: leash, sock=ours))
            stack.pop_all()
        await whole(connecting, undo=leash.release)
        return leash

    async def _ask(self, control: int) -> int:
        """Hand the keeper's end of a control socket to the warden; return the warden's process id."""
        async with self._lock:
            for _ in range(2):
                running = await self._start()
                try:
                    await _send(running.peer, ASK, control)
                except OSError:
                    self._forget()
                else:
                    return running.process.pid
        raise WardenError("the warden died twice in a row; something on this machine kills it")

    async def close(self) -> None:
        """End it and everything below it; bounded, and nothing happens if it does not run."""
        async with self._lock:
            if self._running is None:
                return
            peer = self._running.peer
            try:
                peer.shutdown(socket.SHUT_WR)
                async with asyncio.timeout(KILL_SECONDS):
                    while await asyncio.get_running_loop().sock_recv(peer, 16):
                        pass
            except (TimeoutError, OSError):
                pass
            finally:
                self._forget()

    def _forget(self) -> None:
        if self._running is None:
            return
        process = self._running.process
        self._running.peer.close()
        self._running = None
        self._ready = False
        try:
            process.wait(EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            with suppress(subprocess.TimeoutExpired):
                process.wait(EXIT_SECONDS)


async def whole(step: asyncio.Future[T], *, undo: Callable[[], None]) -> T:
    """Wait for a step that must not be cancelled halfway, as a transport half-made loses its descriptor.

    If the caller is cancelled, the step is finished and then undone.
    """
    try:
        return await asyncio.shield(step)
    except BaseException:
        step.add_done_callback(lambda _: undo())
        raise


async def _send(peer: socket.socket, word: bytes, descriptor: int) -> None:
    """Send one word with one descriptor, waiting while the other side is busy."""
    loop = asyncio.get_running_loop()
    while True:
        try:
            socket.send_fds(peer, [word], [descriptor])
        except BlockingIOError:
            writable: asyncio.Future[None] = loop.create_future()
            loop.add_writer(peer, lambda: writable.done() or writable.set_result(None))  # noqa: B023 - awaited here
            try:
                async with asyncio.timeout(GREETING_SECONDS):
                    await writable
            finally:
                loop.remove_writer(peer)
        else:
            return
