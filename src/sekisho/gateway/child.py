"""One server child: lines out of its stdout, bytes into its stdin, and its end, whatever happens.

Concepts: a `Child` (a running server), its `ChildEvents` (who is told), its `ChildLimits` (what it may cost) and its
`Ending` (why we ended it, if we did).
`Child.start` takes a `Launch` (`launch.py`) and has it started by the warden (`warden_client.py`), which also kills
everything that the child leaves behind; `child_pipes.py` reads. Works on asyncio's own loop and on uvloop.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from io import FileIO
from typing import TYPE_CHECKING, Final, Protocol, cast

from sekisho.gateway.child_pipes import LineReader, TailReader
from sekisho.gateway.keeper import STAGE_FORK, pack_request
from sekisho.gateway.launch import LaunchError, failure, resolve
from sekisho.gateway.pipes import entrusted
from sekisho.gateway.warden_client import KILL_SECONDS, LOST_SECONDS, Failed, Started, WardenError, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sekisho.gateway.launch import Launch
    from sekisho.gateway.warden_client import Ended, Leash, Warden

__all__ = ["Child", "ChildEvents", "ChildLimits", "Ending"]

_BOUND_OF_A_KILL: Final = KILL_SECONDS + LOST_SECONDS + 1.0


class ChildEvents(Protocol):
    """Who is told; called from the event loop, must not block and must not raise.

    Nothing is called before `Child.start` has returned to a caller that awaits it directly.
    """

    def line(self, data: bytes) -> None:
        """One line of stdout, without its newline and without a carriage return before that.

        Blank lines come as they are, and so does what stands after the last newline when stdout ends.
        """
        ...

    def overflow(self, limit: int) -> None:
        """A line, or what waits for the child's stdin, passed its limit: the memory is released, the child is ended.

        `Child.ending` says which of the two it was. No line comes after this.
        """
        ...

    def diagnostics(self, data: bytes) -> None:
        """Bytes of stderr, as they come."""
        ...

    def exited(self, code: int | None, signal: int | None) -> None:
        """The child and everything below it are dead; exactly once, after the last line.

        One of the two is None; both are if nobody knows, because its keeper was killed and the child with it.
        """
        ...

    def writable(self) -> None:
        """What waits for the child's stdin had passed the high-water mark and fell below the low-water mark."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLimits:
    """What a child may cost."""

    line: int = 32 * 1024 * 1024
    """Bytes of one line of stdout."""

    stdin_buffer: int = 64 * 1024 * 1024
    """Bytes that wait for the child to read its stdin."""

    high_water: int = 1024 * 1024
    """Bytes that wait for the child; when there were more, `writable` will be called."""

    low_water: int = 256 * 1024
    """Bytes that still wait when `writable` is called."""

    start: float = 10.0
    """Seconds until the program must have been executed."""

    half_closed: float = 2.0
    """Seconds that a child may live on after it closed its stdout or stdin."""

    term: float = 2.0
    """Seconds between SIGTERM and SIGKILL."""

    drain: float = 2.0
    """Seconds until stdout and stderr must end after everything is dead; longer, somebody else holds them."""


class Ending(Enum):
    """Why we ended a child."""

    STOPPED = "stopped"
    """`Child.stop` was called."""

    LINE = "line"
    """A line of stdout passed its limit."""

    STDIN = "stdin"
    """It did not read its stdin, and what waited passed the limit."""

    HALF_CLOSED = "half-closed"
    """It closed its stdout or stdin and lived on."""

    FAULT = "fault"
    """`ChildEvents.line` raised."""


class _Input(asyncio.BaseProtocol):
    """The child's stdin, as its transport sees it."""

    __slots__ = ("_drained", "_lost", "transport")

    def __init__(self, *, lost: Callable[[], None], drained: Callable[[], None]) -> None:
        self._lost = lost
        self._drained = drained
        self.transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.WriteTransport", transport)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - however it ended
        self.transport = None
        self._lost()

    def resume_writing(self) -> None:
        self._drained()

    def drop(self) -> None:
        """Close it at once, with what waits. asyncio stumbles when a pipe that is about to close is aborted."""
        transport = self.transport
        if transport is not None and (not transport.is_closing() or transport.get_write_buffer_size()):
            transport.abort()


class Child:
    """A running server child. Made by `Child.start`."""

    __slots__ = (
        *("_done", "_end", "_ending", "_events", "_input", "_leash", "_limits", "_loop"),
        *("_stderr", "_stdout", "_stopping", "_timers", "_writing", "pid"),
    )

    def __init__(self, events: ChildEvents, *, leash: Leash, pid: int, limits: ChildLimits) -> None:
        """Take what `start` has prepared; nothing is read yet."""
        self._loop = asyncio.get_running_loop()
        self._events = events
        self._leash = leash
        self._limits = limits
        self._input = _Input(lost=self._input_lost, drained=events.writable)
        self._stdout = LineReader(
            events.line,
            limit=limits.line,
            overflow=lambda: self._overflow(Ending.LINE, limits.line),
            fault=lambda: self._kill(Ending.FAULT),
            on_end=self._output_ended,
        )
        self._stderr = TailReader(self._settle, events.diagnostics)
        self._writing = True
        self._stopping = False
        self._ending: Ending | None = None
        self._end: Ended | None = None
        self._timers: list[asyncio.TimerHandle] = []
        self._done: asyncio.Future[None] = self._loop.create_future()
        self.pid = pid

    @classmethod
    async def start(cls, launch: Launch, events: ChildEvents, *, warden: Warden, limits: ChildLimits) -> Child:
        """Start a child and begin to read it.

        Raises:
            LaunchError: the program or the working directory is missing or refused, the process could not be made
                within `limits.start`, or the warden does not work.
        """
        path = resolve(launch)
        request = pack_request(program=path, cwd=launch.cwd, argv=launch.argv, env=launch.env.items())
        with ExitStack() as stack:
            try:
                with ExitStack() as theirs:
                    files, numbers = _pipes(stack, theirs)
                    leash = await warden.leash(request, numbers)
            except WardenError as error:
                raise LaunchError(str(error), where=path, next_step="Try again") from error
            except OSError as error:
                raise failure(stage=STAGE_FORK, number=error.errno or 0, launch=launch, path=path) from error
            stack.callback(leash.release)
            pid = await _started(leash, launch=launch, path=path, seconds=limits.start)
            child = cls(events, leash=leash, pid=pid, limits=limits)
            connecting = asyncio.ensure_future(child._connect(files))
            stack.pop_all()
        await whole(connecting, undo=child._close)
        leash.ended.add_done_callback(child._ended)
        child._stdout.resume()
        return child

    async def _connect(self, files: Sequence[FileIO]) -> None:
        stdin, stdout, stderr = files
        writing, _ = await self._loop.connect_write_pipe(lambda: self._input, entrusted(stdin))
        writing.set_write_buffer_limits(high=self._limits.high_water, low=self._limits.low_water)
        await self._loop.connect_read_pipe(lambda: self._stdout, entrusted(stdout))
        await self._loop.connect_read_pipe(lambda: self._stderr, entrusted(stderr))

    @property
    def buffered(self) -> int:
        """Bytes that were written and not yet taken by the child's pipe; 0 after its end."""
        transport = self._input.transport
        return transport.get_write_buffer_size() if transport is not None else 0

    @property
    def ending(self) -> Ending | None:
        """Why we ended it, or are about to; None while it lives and when it ended by itself."""
        return self._ending

    @property
    def left(self) -> int:
        """Processes of this child that could not be killed (another user's, or hanging in the kernel)."""
        return self._end.left if self._end is not None else 0

    def write(self, data: bytes) -> None:
        """Queue bytes for the child's stdin; never blocks.

        Ignored once its stdin is closed. If more than `ChildLimits.stdin_buffer` would wait, nothing is queued and
        the child is ended; `overflow` is called in the next turn of the loop.
        """
        transport = self._input.transport
        if transport is None or not self._writing:
            return
        if transport.get_write_buffer_size() + len(data) > self._limits.stdin_buffer:
            self._writing = False
            self._input.drop()
            self._loop.call_soon(self._overflow, Ending.STDIN, self._limits.stdin_buffer)
            return
        transport.write(data)

    def pause(self) -> None:
        """Deliver no line until `resume`; the child blocks when its pipe is full. `stop` lifts it for good."""
        if not self._stopping:
            self._stdout.pause()

    def resume(self) -> None:
        """Deliver lines again."""
        self._stdout.resume()

    def stderr_tail(self) -> bytes:
        """Return the last 64 KiB of its stderr, also after its end."""
        return self._stderr.tail

    async def stop(self, *, grace: float) -> None:
        """End it: close its stdin, wait, SIGTERM to its process group, wait, kill everything of it.

        Lines are still delivered until it is dead, and `exited` was called when this returns.
        Takes `grace` + `ChildLimits.term` + 10 seconds at worst; a second call does no harm and may hurry the first.
        If the caller is cancelled, the child is killed at once.

        Args:
            grace: seconds that it may take to leave by itself.
        """
        self._stopping = True
        self._ending = self._ending or Ending.STOPPED
        self._stdout.resume()
        steps: tuple[tuple[Callable[[], None], float], ...] = (
            (self._close_input, grace),
            (self._leash.terminate, self._limits.term),
            (self._leash.kill, _BOUND_OF_A_KILL),
        )
        try:
            for step, seconds in steps:
                if not self._done.done():
                    step()
                    await asyncio.wait((self._done,), timeout=seconds)
        except asyncio.CancelledError:
            self._leash.kill()
            raise
        self._finish()

    def _close_input(self) -> None:
        self._writing = False
        if self._input.transport is not None:
            self._input.transport.close()

    def _input_lost(self) -> None:
        if self._writing:
            self._writing = False
            self._half_closed()

    def _output_ended(self) -> None:
        if self._end is None:
            self._half_closed()
        self._settle()

    def _half_closed(self) -> None:
        """It closed one of its pipes: usually it is about to exit, and else nobody can speak with it."""
        if self._end is None:
            self._later(self._limits.half_closed, self._end_half_closed)

    def _end_half_closed(self) -> None:
        if self._end is None:
            self._ending = self._ending or Ending.HALF_CLOSED
            self._leash.terminate()
            self._later(self._limits.term, self._leash.kill)

    def _overflow(self, ending: Ending, limit: int) -> None:
        if self._done.done():
            return
        self._kill(ending)
        self._events.overflow(limit)

    def _kill(self, ending: Ending) -> None:
        self._ending = self._ending or ending
        self._writing = False
        self._stdout.cut()
        self._leash.kill()

    def _ended(self, ended: asyncio.Future[Ended]) -> None:
        self._end = ended.result()
        self._writing = False
        self._input.drop()
        self._later(self._limits.drain, self._give_up_draining)
        self._settle()

    def _give_up_draining(self) -> None:
        if self._stdout.paused:
            self._later(self._limits.drain, self._give_up_draining)
        else:
            self._finish()

    def _settle(self) -> None:
        if self._end is not None and self._stdout.ended and self._stderr.ended:
            self._finish()

    def _finish(self) -> None:
        if not self._done.done():
            self._close()
            code, signal = (self._end.code, self._end.signal) if self._end is not None else (None, None)
            self._events.exited(code, signal)

    def _close(self) -> None:
        """Let go of everything; whatever still lives below the keeper is killed."""
        self._writing = False
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        self._input.drop()
        self._stdout.close()
        self._stderr.close()
        self._leash.release()
        if not self._done.done():
            self._done.set_result(None)

    def _later(self, seconds: float, action: Callable[[], None]) -> None:
        if not self._done.done():
            now = self._loop.time()
            self._timers = [timer for timer in self._timers if timer.when() > now]
            self._timers.append(self._loop.call_later(seconds, action))


def _pipes(ours: ExitStack, theirs: ExitStack) -> tuple[list[FileIO], list[int]]:
    """Make stdin, stdout and stderr: our ends as files, the child's as numbers, each closed by its stack."""
    files: list[FileIO] = []
    numbers: list[int] = []
    for mode in ("wb", "rb", "rb"):
        reading, writing = os.pipe()
        mine, his = (writing, reading) if mode == "wb" else (reading, writing)
        theirs.callback(os.close, his)
        files.append(ours.enter_context(FileIO(mine, mode)))
        numbers.append(his)
    return files, numbers


async def _started(leash: Leash, *, launch: Launch, path: str, seconds: float) -> int:
    """Wait until the program was executed; return its process id."""
    await asyncio.wait((leash.started,), timeout=seconds)
    if not leash.started.done():
        raise LaunchError(
            f"the program was not executed within {seconds:g} s",
            where=path,
            next_step="Look whether its file system answers",
        )
    match leash.started.result():
        case Started(pid=pid):
            return pid
        case Failed(stage=0):
            raise LaunchError(
                "the process that starts servers died",
                where=path,
                next_step="Try again; if this repeats, something on this machine kills it",
            )
        case Failed(stage=stage, errno=number):
            raise failure(stage=stage, number=number, launch=launch, path=path)
