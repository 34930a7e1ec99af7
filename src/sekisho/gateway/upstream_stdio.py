"""The upstream face towards a server that we start: JSON-RPC, one message a line, over its standard streams."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING, Final

from sekisho.engine.events import CodeRead, ServerGarbled, ServerLeft, ServerSent, Trouble
from sekisho.gateway.behind.apart import apart
from sekisho.gateway.child import Child, ChildLimits
from sekisho.gateway.corked import Corked
from sekisho.gateway.diagnostics import Diagnostics
from sekisho.gateway.launch import LaunchError
from sekisho.wire.jsonrpc import Failure, Response, WireError, parse, parse_batch, serialise
from sekisho.wire.strict import salvage_answered_id
from sekisho.wire.versions import Revision

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from sekisho.gateway.behind.reading import Read
    from sekisho.gateway.launch import Launch
    from sekisho.gateway.link import Link
    from sekisho.gateway.warden_client import Warden
    from sekisho.wire.jsonrpc import JsonObject
    from sekisho.wire.strict import Limits

__all__ = ["StdioUpstream"]

_READ: Final = 60.0
"""How long reading the code of a server may take, in seconds; it was read before, or is read for the first time."""

_QUIET: Final = 0.5
"""How long a server has to be silent, in seconds, until code that nobody knows is read: it gets the cores first."""

_LATEST: Final = 10.0
"""How long after its first word that is done in any case, in seconds."""

_WARM: Final = 5.0
"""How long the first answer waits for what it is judged by to be loaded, in seconds; that takes a hundredth of it."""

_GRACE: Final = 2.0
"""How long a server may take to leave after its standard input was closed, in seconds."""


@dataclass(slots=True)
class _Run:
    """One life of the child. Events of a life that was ended on purpose are nobody's business."""

    upstream: StdioUpstream
    over: bool = False
    unjudged: list[bytes] | None = None
    """What the child has said while it was not judged what runs; None where nothing has to be."""
    unknown: bool = False
    """Whether nobody has read yet what runs, so that there is nothing to compare it with."""
    heard: float = 0.0
    """When the child said something last, on the clock of the loop."""
    hurried: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when what waits for silence waits no more."""

    def line(self, data: bytes) -> None:
        if not self.over:
            self.heard = asyncio.get_running_loop().time()
            self.upstream.read(data)

    def overflow(self, limit: int) -> None:
        self.upstream.say(f"the server sent a line longer than {limit} bytes and was ended")

    def diagnostics(self, data: bytes) -> None:
        self.upstream.diagnostics.feed(data)

    def end(self) -> None:
        self.over = True
        self.hurried.set()

    async def silence(self) -> None:
        """Wait until the child has said what it was asked at first, or is about to leave."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + _LATEST
        while not self.hurried.is_set() and (left := min(self.heard + _QUIET, latest) - loop.time()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.hurried.wait(), left)

    def exited(self, code: int | None, signal: int | None) -> None:
        if not self.over:
            self.end()
            self.upstream.lost(code, signal)

    def writable(self) -> None:
        """Nothing waits for this: what may be in flight is bounded by the session."""


class StdioUpstream:
    """A child process as a server.

    Args:
        launch: what to run.
        reader: reads what that is from the disk, for the session to judge, in a thread of its own; given the number of
            the child once that runs. None where nobody reads it.
        warden: starts it, and ends it with us.
        link: takes what it says.
        limits: what one message may cost.
        say: tells the person who runs us what happened to the server.
    """

    def __init__(
        self,
        launch: Launch,
        *,
        warden: Warden,
        link: Link,
        limits: Limits,
        say: Callable[[str], None],
        reader: Callable[[int | None], Read] | None = None,
    ) -> None:
        self._launch = launch
        self._reader = reader
        self._warden = warden
        self._link = link
        self._limits = limits
        self.say = say
        self._run: _Run | None = None
        self._child: Child | None = None
        self._lines: Corked | None = None
        self._waiting: list[bytes] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._learning: asyncio.Task[None] | None = None
        self._held = False
        self._leaving = False
        self.diagnostics = Diagnostics(say, link.clock)

    def start(self) -> None:
        """Start a child, in place of the one before; what is sent meanwhile waits (the session bounds how much)."""
        self.stop()
        self._run = _Run(self)
        self._spawn(self._begin(self._run))

    async def _begin(self, run: _Run) -> None:
        """Start a child: what is known to run code that may not run is not started at all."""
        if self._reader is not None and self._link.session.knows_code:
            run.unjudged = None if await self._judge(self._reader, run, None) else []
            if run.over:
                return
        elif self._reader is not None:
            run.unknown = True
        try:
            limits = ChildLimits(line=self._limits.bytes)
            child = await Child.start(self._launch, run, warden=self._warden, limits=limits)
        except LaunchError as error:
            self.say(str(error))
            if not run.over:
                run.over = True
                self._gone(Trouble.CANNOT_START)
            return
        if run.over:
            await child.stop(grace=_GRACE)
            return
        self._child = child
        if self._held:
            child.pause()
        self._lines = Corked(child.write)
        child.write(b"".join(self._waiting))
        self._waiting.clear()
        _warming()

    def _gone(self, trouble: Trouble) -> None:
        self._waiting.clear()
        self._link.receive(ServerLeft(trouble, self._link.clock()))

    async def _judge(self, reader: Callable[[int | None], Read], run: _Run, pid: int | None) -> bool:
        """Have the session judge what runs; tell whether nothing else can. Where it may not run, the run is over."""
        found = await self._found(reader, pid)
        if run.over:
            return False
        if found is None:
            self.stop()
            self._gone(Trouble.CODE_UNREAD)
            return False
        if found.whole or pid is not None:
            self._link.receive(CodeRead(found.body, self._link.clock()))
            run.over = self._link.session.refuses_code
        return found.whole and not found.fetches

    async def _learn(self, reader: Callable[[int | None], Read], run: _Run, pid: int) -> None:
        """Read what runs for the first time; the server goes on meanwhile, as there is nothing to compare it with."""
        await run.silence()
        found = await self._found(reader, pid)
        if found is not None:
            self._link.receive(CodeRead(found.body, self._link.clock()))

    async def _found(self, reader: Callable[[int | None], Read], pid: int | None) -> Read | None:
        try:
            return await apart(lambda: reader(pid), _READ)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, it is not read
            self.say(f"the code of the server can't be read: {str(error) or f'it took more than {_READ:g} seconds'}")
            return None

    async def _admit(self, run: _Run) -> None:
        """Judge what was started before anything is taken from it."""
        child = self._child
        if child is None or self._reader is None:
            return
        child.pause()
        await self._judge(self._reader, run, child.pid)
        if run.over:
            return
        held, run.unjudged = run.unjudged or [], None
        for data in held:
            run.line(data)
        if not self._held:
            child.resume()

    def send(self, body: JsonObject, call: int | None, headers: tuple[tuple[bytes, bytes], ...]) -> None:  # noqa: ARG002 - of the port; on stdio ids are in the message and there are no headers
        """Write one message."""
        data = serialise(body) + b"\n"
        if self._lines is not None:
            self._lines.write(data)
        elif self._run is not None and not self._run.over:
            self._waiting.append(data)

    def abort(self, call: int) -> None:
        """On stdio a call has no stream of its own."""

    def listen(self) -> None:
        """On stdio there is one stream."""

    async def settled(self) -> None:
        """Nothing to wait for: a pipe keeps the order."""

    def hold(self) -> None:
        """Read no more from the child."""
        self._held = True
        if self._child is not None:
            self._child.pause()

    def flow(self) -> None:
        """Read again."""
        self._held = False
        if self._child is not None and not (self._run is not None and self._run.unjudged):
            self._child.resume()

    def stop(self) -> None:
        """End the child; its exit is not reported."""
        child = self._detach()
        if child is not None:
            self._spawn(child.stop(grace=_GRACE))

    async def aclose(self) -> None:
        """End the child and wait for it: bounded by its grace periods."""
        child = self._detach()
        if child is not None:
            await child.stop(grace=_GRACE)
        for task in list(self._tasks):
            await asyncio.wait([task], timeout=_GRACE)

    async def finish(self, patience: float) -> None:
        """Close the child's input and let it end by itself, as it would without us; then end it."""
        if self._child is None and self._tasks:
            await asyncio.wait(list(self._tasks), timeout=patience)
        if self._learning is not None and self._run is not None:
            self._run.hurried.set()
            # Else a session that is over at once would leave nothing to compare the next start with.
            await asyncio.wait([self._learning], timeout=_GRACE)
        self._leaving = True
        child = self._child
        if self._lines is not None:
            self._lines.flush()
        if child is not None:
            await child.stop(grace=patience)
        await self.aclose()

    def stderr_tail(self) -> bytes:
        """Return the last of what the child wrote to its standard error."""
        return self._child.stderr_tail() if self._child is not None else b""

    def read(self, data: bytes) -> None:
        """Take one line of the child. It waits until it was judged what runs, if that was not done before."""
        if not data or data.isspace():
            return
        run = self._run
        if run is not None and run.unknown and self._child is not None and self._reader is not None:
            run.unknown = False
            self._learning = self._spawn(self._learn(self._reader, run, self._child.pid))
        if run is not None and run.unjudged is not None:
            run.unjudged.append(data)
            if len(run.unjudged) == 1:
                self._spawn(self._admit(run))
            return
        if _warming().is_alive():
            _warming().join(_WARM)  # else both would do the rest of it
        self._take(data)

    def _take(self, data: bytes) -> None:
        now = self._link.clock()
        try:
            if self._link.session.revision is Revision.V2025_03_26:
                messages = parse_batch(data, self._limits)
            else:
                messages = [parse(data, self._limits)]
        except WireError as error:
            call = salvage_answered_id(data)
            self._link.receive(ServerGarbled(error.reason, call if isinstance(call, int) else None, now))
            return
        for message in messages:
            # On its way out it can't be held any more, and nobody is left to hear more than answers.
            if isinstance(message, Response | Failure) or not (self._leaving and self._held):
                self._link.receive(ServerSent(message, now))

    def lost(self, code: int | None, signal: int | None) -> None:
        """The child is gone by itself."""
        ending = f"by signal {signal}" if signal is not None else f"with code {code}" if code is not None else "unseen"
        self._child = self._lines = None
        self._waiting.clear()
        if self._leaving and not self._link.session.owes:
            return  # it left because it was told to, and owed nothing
        self.say(f"the server ended {ending}")
        self._link.receive(ServerLeft(Trouble.EXITED, self._link.clock()))

    def _detach(self) -> Child | None:
        if self._run is not None:
            self._run.end()
        child, self._child, self._lines = self._child, None, None
        self._waiting.clear()
        return child

    def _spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


@cache
def _warming() -> Thread:
    """Load what judges the first answer while the server starts: once, in a thread, as the start of none waits."""
    thread = Thread(target=_warm, name="warm")
    thread.start()
    return thread


def _warm() -> None:
    from sekisho.engine.warming import warm  # noqa: PLC0415 - see above

    warm()
