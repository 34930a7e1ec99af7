"""`HubLink`: performs what a hub decides. It knows no rule and takes no decision.

Above it is a host's face, below it are the backends of the servers, each of which takes it for its host.
Events that effects cause are handled one after the other, never inside of each other.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, assert_never

from sekisho.engine.effects import CloseStream, Record, SendToHost
from sekisho.engine.events import Halted, HostGarbled, HostLeft, HostSent, Resumed, Ticked
from sekisho.engine.hub.steps import (
    Add,
    Configured,
    Drop,
    Faulted,
    FromServer,
    Renew,
    Repinned,
    SessionOver,
    StreamClosed,
    ToServer,
    Unrecorded,
)
from sekisho.wire.jsonrpc import serialise

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from sekisho.engine.events import Event
    from sekisho.engine.hub.hub import Hub
    from sekisho.engine.hub.steps import HubEffect, HubEvent
    from sekisho.pin.records import Ledger
    from sekisho.ports import AuditSink, Backend, HostFace
    from sekisho.wire.jsonrpc import Id, JsonObject
    from sekisho.wire.versions import Revision

__all__ = ["HubLink"]


class _Below:
    """The host's side of one server's backend. What an ended session still says goes nowhere."""

    def __init__(self, link: HubLink, server: int) -> None:
        self._link = link
        self._server = server
        self.over = False

    def deliver(self, sent: SendToHost, data: bytes) -> None:
        if not self.over:
            self._link.take(FromServer(self._server, sent, self._link.clock()), sent.body, data)

    def close_stream(self, channel: int, about: Id) -> None:
        if not self.over:
            self._link.take(StreamClosed(self._server, channel, about, self._link.clock()))

    def end_session(self) -> None:
        if not self.over:
            self.over = True
            self._link.take(SessionOver(self._server, self._link.clock()))


class HubLink:
    """A hub with its host, its servers and its audit: a `ports.Backend`.

    Args:
        hub: decides.
        makers: one for each server, in the hub's order; makes what is behind it.
        audit: takes the hub's own records.
        clock: monotonic seconds.
    """

    def __init__(
        self, hub: Hub, makers: Sequence[Callable[[], Backend]], audit: AuditSink, clock: Callable[[], float]
    ) -> None:
        self._hub = hub
        self._makers = dict(enumerate(makers))
        self._named: Mapping[str, Callable[[], Backend]] = {}
        self.clock = clock
        self._audit = audit
        self._host: HostFace | None = None
        self._backends = {place: make() for place, make in enumerate(makers)}
        self._faces = {place: _Below(self, place) for place in self._backends}
        self._steps: deque[Callable[[], None]] = deque()
        self._unsynced = 0
        self._busy = self._closed = self._held = self._listens = False
        self._timer: asyncio.TimerHandle | None = None
        self._idle: asyncio.Future[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._stops: list[Callable[[], None]] = []

    @property
    def revision(self) -> Revision | None:
        """The protocol revision in force towards the host; None until it is agreed."""
        return self._hub.revision

    @property
    def host(self) -> HostFace:
        """The host's side."""
        if self._host is None:
            raise RuntimeError("a hub's link is opened before it is used")
        return self._host

    def open(self, host: HostFace) -> None:
        """Connect the host's side and start all servers at once. Called once, before the first event."""
        self._host = host
        for place, backend in self._backends.items():
            backend.open(self._faces[place])

    def configure(self, makers: Mapping[str, Callable[[], Backend]], fresh: frozenset[str]) -> None:
        """Go on with these servers, in this order.

        Args:
            makers: makes what is behind each, by alias.
            fresh: those that are not what they were before.
        """
        self._named = makers
        self.take(Configured(tuple(makers), fresh, self.clock()))

    def repinned(self, alias: str, ledger: Ledger | None) -> None:
        """Something else is approved of a server than before."""
        self.take(Repinned(alias, ledger))

    def until_closed(self, stop: Callable[[], None]) -> None:
        """Have `stop` called when this is closed."""
        self._stops.append(stop)

    def receive(self, event: Event) -> None:
        """Let an event of the host happen."""
        if not isinstance(event, HostSent | HostGarbled | HostLeft | Ticked | Halted | Resumed):
            raise TypeError("what happens to a server comes from its backend")
        self.take(event)

    def take(self, event: HubEvent, body: JsonObject | None = None, data: bytes = b"") -> None:
        """Let the hub decide about `event`; `data` is what `body` is on the wire."""
        self._do(lambda: self._perform(self._hub.receive(event), body, data))

    def _do(self, step: Callable[[], None]) -> None:
        """Take a step, and those that it causes, one after the other. No step raises."""
        if self._closed:
            return
        self._steps.append(step)
        if self._busy:
            return
        self._busy = True
        while self._steps:
            self._steps.popleft()()
        self._busy = False
        self._set_timer()
        if self._idle is not None and not (self._owes or self._idle.done()):
            self._idle.set_result(None)

    @property
    def _owes(self) -> bool:
        """Whether an answer is outstanding, or something that was decided waits for the disk."""
        return bool(self._hub.owes or self._unsynced)

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        when = self._hub.wakes_at
        if when is not None and not self._closed:
            delay = max(0.0, when - self.clock())
            self._timer = asyncio.get_running_loop().call_later(delay, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self.take(Ticked(self.clock()))

    def _perform(self, effects: Sequence[HubEffect], told: JsonObject | None, wire: bytes) -> None:
        for place, effect in enumerate(effects):
            if isinstance(effect, Record):
                if not self._recorded(effect, effects[place + 1 :]):
                    return
                continue
            try:
                self._act(effect, told, wire)
            except Exception:  # noqa: BLE001 - what comes behind it belongs to others, who are owed their answers
                self.take(Faulted())

    def _recorded(self, record: Record, rest: Sequence[HubEffect]) -> bool:
        """Write a record; False when the effects behind it wait for the disk, or are lost."""
        try:
            if not record.durable:
                self._audit.append(record)
                return True
            self._audit.append_durable(record, lambda written: self._after_sync(rest, written=written))
            self._unsynced += 1
        except Exception:  # noqa: BLE001 - an audit that is not available, or a fault: it is not on record
            self.take(Unrecorded(rest))
        return False

    def _after_sync(self, rest: Sequence[HubEffect], *, written: bool) -> None:
        self._unsynced -= 1
        if written:
            self._do(lambda: self._perform(rest, None, b""))
        else:
            self.take(Unrecorded(rest))

    def _act(
        self, effect: ToServer | Renew | Add | Drop | SendToHost | CloseStream, told: JsonObject | None, wire: bytes
    ) -> None:
        match effect:
            case ToServer():
                backend = self._backends.get(effect.server)
                if backend is not None:  # one that was let go while this waited for the disk is owed nothing
                    backend.receive(effect.event)
            case SendToHost():
                self.host.deliver(effect, wire if effect.body is told else serialise(effect.body))
            case CloseStream():
                self.host.close_stream(effect.channel, effect.about)
            case Renew():
                self._let_go(effect.server)
                self._start(effect.server)
            case Add():
                self._makers[effect.server] = self._named[effect.alias]
                self._start(effect.server)
            case Drop():
                self._let_go(effect.server)
                del self._makers[effect.server]
            case _:
                assert_never(effect)

    def _let_go(self, server: int) -> None:
        self._faces.pop(server).over = True
        self._end(self._backends.pop(server).aclose())

    def _start(self, server: int) -> None:
        backend, face = self._makers[server](), _Below(self, server)
        self._backends[server], self._faces[server] = backend, face
        backend.open(face)
        if self._held:
            backend.hold()
        if self._listens:
            backend.listen()

    def _end(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    def hold(self) -> None:
        """The host does not read: read no more from the servers."""
        self._held = True
        for backend in self._backends.values():
            backend.hold()

    def flow(self) -> None:
        """Read again."""
        self._held = False
        for backend in self._backends.values():
            backend.flow()

    def listen(self) -> None:
        """The host opened its standalone stream: open those of the servers."""
        self._listens = True
        for backend in self._backends.values():
            backend.listen()

    async def settled(self) -> None:
        """Wait until notifications and answers that were sent have arrived; bounded by each server's own bound."""
        await asyncio.gather(*(backend.settled() for backend in self._backends.values()))

    async def finish(self, patience: float) -> None:
        """Let what owes an answer and then the servers end, each for `patience` seconds at most."""
        if self._owes:
            self._idle = asyncio.get_running_loop().create_future()
            await asyncio.wait([self._idle], timeout=patience)
        await asyncio.gather(*(backend.finish(patience) for backend in self._backends.values()))

    async def aclose(self) -> None:
        """Take no more events, end all servers and wait for that, bounded."""
        self._closed = True
        for stop in self._stops:
            stop()
        if self._timer is not None:
            self._timer.cancel()
        await asyncio.gather(*(backend.aclose() for backend in self._backends.values()), *self._ending)
