"""`Link`: performs what a session decides. It knows no rule and takes no decision.

Effects are performed in order. A record that must be durable holds back the effects behind it until it is on the
disk; a record that can't be written turns them into refusals.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, assert_never

from sekisho.adapters.recording import AuditUnavailable
from sekisho.engine.effects import (
    AbortCall,
    CloseStream,
    EndSession,
    Keep,
    Look,
    Plead,
    Record,
    SendToHost,
    SendToServer,
    StartServer,
    StopServer,
    Tell,
)
from sekisho.engine.events import (
    Looked,
    OthersPinned,
    Pinned,
    Pleaded,
    RecordFailed,
    ServerLeft,
    ServerSent,
    Ticked,
    Unkept,
)
from sekisho.engine.state import Stage
from sekisho.gateway.looking import look
from sekisho.gateway.rehearsing import rehearse_soon
from sekisho.guards.objection import Wanted
from sekisho.policy.leniency import NOTHING_HEARD
from sekisho.wire.jsonrpc import serialise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sekisho.engine.effects import (
        Effect,
    )
    from sekisho.engine.events import Event
    from sekisho.engine.session import Session
    from sekisho.engine.surface.beside import Beside
    from sekisho.gateway.desk import Desk
    from sekisho.gateway.neighbourhood import Neighbourhood
    from sekisho.gateway.turn import Turn
    from sekisho.gateway.worker import Worker
    from sekisho.guards.objection import Told
    from sekisho.pin.records import Ledger
    from sekisho.ports import AuditSink, HostFace, Upstream
    from sekisho.wire.versions import Revision

__all__ = ["Link"]

_TICK: Final = 1.0

_AHEAD: Final = 16 * 1024 * 1024
"""Characters that the worker has still to read, from which on no more is read from the server."""

_EACH: Final = 128 * 1024
"""For as many of them each message counts besides its own."""


class Link:
    """One session with its two sides and its audit.

    Args:
        session: decides.
        audit: takes the records.
        clock: monotonic seconds; the time of every event.
        turn: gathers what is decided in one turn of the event loop; without one, each decision goes its own way.
        desk: keeps what is decided about definitions; without one, nothing can be kept.
        neighbourhood: tells what is approved of other servers; without one, there is nobody beside this one.
    """

    def __init__(
        self,
        session: Session,
        audit: AuditSink,
        clock: Callable[[], float],
        turn: Turn | None = None,
        *,
        desk: Desk | None = None,
        neighbourhood: Neighbourhood | None = None,
    ) -> None:
        self.session = session
        self.clock = clock
        self._audit = audit
        self._host: HostFace | None = None
        self._upstream: Upstream | None = None
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._idle: asyncio.Future[None] | None = None
        self._turn = turn
        self._desk = desk
        if desk is not None:
            desk.join(session.server, self.pinned)
        self._neighbourhood = neighbourhood
        if neighbourhood is not None:
            neighbourhood.join(session.server, self.others_pinned)
        self._unsynced = 0
        self._queued = 0
        self._closed = False
        self._looking: list[asyncio.Task[Told]] = []
        self._unread = 0
        self._is_waiting = self._is_held = self._is_heard = False
        self._worker: Worker | None = None

    def join(self, upstream: Upstream) -> None:
        """Connect the server's side. Called once, before `open`."""
        self._upstream = upstream

    def open(self, host: HostFace) -> None:
        """Connect the host's side and start the server. Called once, before the first event."""
        self._host = host
        if self._neighbourhood is not None:
            self.others_pinned(self._neighbourhood.beside(self.session.server))
        if self.session.stage is not Stage.DOWN:
            self.upstream.start()

    def rehost(self, host: HostFace) -> None:
        """Talk to another host's side from now on: what stood between steps aside."""
        self._host = host

    @property
    def revision(self) -> Revision | None:
        """The protocol revision in force; None until it is agreed."""
        return self.session.revision

    @property
    def upstream(self) -> Upstream:
        """The server's side."""
        if self._upstream is None:
            raise RuntimeError("a link is joined and opened before it is used")
        return self._upstream

    @property
    def host(self) -> HostFace:
        """The host's side."""
        if self._host is None:
            raise RuntimeError("a link is joined and opened before it is used")
        return self._host

    def receive(self, event: Event) -> None:
        """Let the session decide about `event` and do what it says."""
        if self._closed:
            return
        if not self._is_heard and isinstance(event, ServerSent):
            self._is_heard = True
            if self._desk is not None:
                rehearse_soon(self._loop)
        effects = self.session.receive(event)
        if self._turn is None:
            self._perform(effects)
        elif effects:
            self._queued += 1
            self._turn.take(self, effects)
        self._hold_or_flow()
        self._look_whether_drained()
        if self._timer is None and not self.session.idle:
            self._timer = self._loop.call_later(_TICK, self._tick)

    async def drained(self, patience: float) -> None:
        """Wait until no answer is outstanding, for `patience` seconds at most.

        Questions of the server and listening streams do not count: whoever waits like this has nobody left to answer
        the ones, and to hear the others.
        """
        if self._owes:
            self._idle = self._loop.create_future()
            await asyncio.wait([self._idle], timeout=patience)

    def _look_whether_drained(self) -> None:
        if self._idle is not None and not (self._owes or self._idle.done()):
            self._idle.set_result(None)

    @property
    def _owes(self) -> bool:
        """Whether an answer is outstanding, or something that was decided is not done yet."""
        return bool(self.session.owes or self._unsynced or self._queued)

    def perform(self, effects: Sequence[Effect]) -> None:
        """Record and perform `effects`, in order."""
        self._queued -= 1
        self._perform(effects)
        self._look_whether_drained()

    def act(self, effects: Sequence[Effect]) -> None:
        """Perform `effects`, whose records are written."""
        self._queued -= 1
        self._act_all([effect for effect in effects if not isinstance(effect, Record)])
        self._look_whether_drained()

    def _act_all(self, effects: Sequence[Effect]) -> None:
        for place, effect in enumerate(effects):
            if isinstance(effect, Keep):
                if not self._keeps(effect, effects[place + 1 :]):
                    return
            else:
                self._act(effect)

    def lose(self, effects: Sequence[Effect]) -> None:
        """Refuse what `effects` would have done: they can't be recorded."""
        self._queued -= 1
        self._lost(effects)
        self._look_whether_drained()

    def hold(self) -> None:
        """Read no more from the server: the host does not take what was read."""
        self._is_held = True
        self.upstream.hold()

    def flow(self) -> None:
        """Read again."""
        self._is_held = False
        if not self._is_waiting:
            self.upstream.flow()

    def listen(self) -> None:
        """Open the standalone stream of a 2025 HTTP session, where there is such a thing."""
        self.upstream.listen()

    async def settled(self) -> None:
        """Wait until notifications and answers that were sent have arrived; bounded."""
        await self.upstream.settled()

    async def finish(self, patience: float) -> None:
        """Let open calls and then the server end, each for `patience` seconds at most."""
        await self.drained(patience)
        await self.upstream.finish(patience)

    async def aclose(self) -> None:
        """Take no more events, end the server and wait for that, bounded."""
        self.close()
        await self.upstream.aclose()

    def close(self) -> None:
        """Take no more events; what was decided is done first."""
        if self._turn is not None:
            self._turn.flush()
        self._closed = True
        for task in self._looking:
            task.cancel()
        if self._worker is not None:
            self._worker.give_back()
            self._worker = None
        if self._desk is not None:
            self._desk.leave(self.session.server, self.pinned)
        if self._neighbourhood is not None:
            self._neighbourhood.leave(self.session.server, self.others_pinned)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tick(self) -> None:
        self._timer = None
        self.receive(Ticked(self.clock()))

    def _perform(self, effects: Sequence[Effect]) -> None:
        for place, effect in enumerate(effects):
            if isinstance(effect, Record):
                if not self._recorded(effect, effects[place + 1 :]):
                    return
            elif isinstance(effect, Keep):
                if not self._keeps(effect, effects[place + 1 :]):
                    return
            else:
                self._act(effect)

    def _recorded(self, record: Record, rest: Sequence[Effect]) -> bool:
        """Write a record; False when the effects behind it wait for the disk, or are lost."""
        try:
            if not record.durable:
                self._audit.append(record)
                return True
            self._audit.append_durable(record, lambda written: self._after_sync(rest, written=written))
            self._unsynced += 1
        except AuditUnavailable:
            self._lost(rest)
        return False

    def _keeps(self, keep: Keep, rest: Sequence[Effect]) -> bool:
        """Keep what was decided about definitions; False when the effects behind it are lost."""
        now = self._desk.keep(keep, self.pinned) if self._desk is not None else None
        if now is keep.after:
            return True
        self.receive(Unkept(keep, now, self.clock(), rest))
        return False

    def _look(self, asked: Look) -> None:
        """Find facts out while others go on; the answer comes whatever happens."""
        if self._worker is None and any(need.wanted is Wanted.WORKER for need in asked.needs):
            from sekisho.gateway.worker import borrow  # noqa: PLC0415 - few sessions ever need one

            self._worker = borrow()
        task = self._loop.create_task(look(asked.needs, self._worker))
        self._looking.append(task)
        size = sum(len(need.subject) + _EACH for need in asked.needs if need.wanted is Wanted.WORKER)
        self._unread += size
        self._hold_or_flow()

        def answer(done: asyncio.Task[Told]) -> None:
            self._looking.remove(done)
            self._unread -= size
            if not self._closed and not done.cancelled():
                self.receive(Looked(asked.channel, asked.id, done.result(), self.clock()))

        task.add_done_callback(answer)

    def _hold_or_flow(self) -> None:
        """Read no more from the server while the worker has much to read, or reads what comes before anything else.

        What waits for a record on its way to the disk counts as well: nothing bounds how long that takes.
        """
        much = self._unread > (_AHEAD // 2 if self._is_waiting else _AHEAD)
        is_waiting = much or self.session.waits_in_order
        if is_waiting == self._is_waiting or self._closed:
            return
        self._is_waiting = is_waiting
        if is_waiting:
            self.upstream.hold()
        elif not self._is_held:
            self.upstream.flow()

    def pinned(self, ledger: Ledger | None) -> None:
        """Go by another ledger from now on."""
        self.receive(Pinned(ledger, self.clock()))

    def others_pinned(self, others: Beside) -> None:
        """Go by other surfaces beside this server from now on."""
        self.receive(OthersPinned(others, self.clock()))

    def _after_sync(self, rest: Sequence[Effect], *, written: bool) -> None:
        self._unsynced -= 1
        if self._closed:
            return
        if written:
            self._perform(rest)
        else:
            self._lost(rest)
        self._look_whether_drained()

    def _lost(self, rest: Sequence[Effect]) -> None:
        self.receive(RecordFailed(self.clock(), rest))

    def _act(self, effect: Effect) -> None:  # noqa: C901, PLR0912 - one line for each kind of effect
        match effect:
            case SendToServer():
                self.upstream.send(effect.body, effect.call, effect.headers)
            case SendToHost():
                self.host.deliver(effect, serialise(effect.body))
            case CloseStream():
                self.host.close_stream(effect.channel, effect.about)
            case AbortCall():
                self.upstream.abort(effect.call)
            case StartServer():
                self.upstream.start()
            case StopServer():
                self.upstream.stop()
                self._loop.call_soon(self.receive, ServerLeft(effect.trouble, self.clock()))
            case EndSession():
                self.host.end_session()
            case Look():
                self._look(effect)
            case Plead():
                heard = self._desk.hear(self.session.server, effect) if self._desk is not None else NOTHING_HEARD
                self._loop.call_soon(self.receive, Pleaded(effect.channel, effect.id, heard, self.clock()))
            case Tell():
                if self._desk is not None:
                    self._desk.tell(effect.message, effect.values)
            case Record() | Keep():
                raise AssertionError("what is kept is kept before effects are performed")
            case _:
                assert_never(effect)
