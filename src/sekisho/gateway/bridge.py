"""`Bridge`: the shell of `engine.bridge`, between a host's face and the links to one server.

Until it is known whether host and server share a generation it passes messages through its core. When they do, it
steps aside: the link talks to the host's face, and what the host says goes to the link with one call more.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Final, assert_never

from sekisho.adapters.recording import AuditUnavailable
from sekisho.engine.bridge.either import Either
from sekisho.engine.bridge.moves import Down, Renew
from sekisho.engine.bridge.newer import NewerServer
from sekisho.engine.effects import CloseStream, EndSession, Record, SendToHost
from sekisho.engine.events import HostGarbled, HostLeft, HostSent, Trouble
from sekisho.model.messages import refusal
from sekisho.wire.jsonrpc import error_body, serialise
from sekisho.wire.versions import SekishoCode

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from sekisho.engine.bridge.moves import Move
    from sekisho.engine.bridge.older import OlderServer
    from sekisho.engine.events import Event
    from sekisho.gateway.link import Link
    from sekisho.ports import AuditSink, HostFace
    from sekisho.wire.jsonrpc import Id
    from sekisho.wire.versions import Revision

__all__ = ["Bridge"]

_TICK: Final = 1.0
_CLOSING: Final = 10.0
_NUMBERS: Final = 2**30


class _Spoke:
    """The host's side of one link, as long as the bridge stands between and has not let the link go."""

    __slots__ = ("_bridge", "_number", "over")

    def __init__(self, bridge: Bridge, number: int) -> None:
        self._bridge = bridge
        self._number = number
        self.over = False

    def deliver(self, sent: SendToHost, data: bytes) -> None:  # noqa: ARG002 - of the port; it is written anew
        """Pass on what the session says."""
        self._say(sent)

    def close_stream(self, channel: int, about: Id) -> None:
        """Pass on that a request gets no answer."""
        self._say(CloseStream(channel, about))

    def end_session(self) -> None:
        """Pass on that the session is over."""
        self._say(EndSession())

    def _say(self, effect: SendToHost | CloseStream | EndSession) -> None:
        if not self.over:
            self._bridge.heard(self._number, effect)


class Bridge:
    """What a host's face talks to.

    Args:
        server: the server's identity.
        link: makes a link to it.
        audit: takes what the bridge decides by itself.
        older: the core for newer hosts; the one for older hosts has no secrets and is made here.
    """

    def __init__(self, *, server: str, link: Callable[[], Link], audit: AuditSink, older: OlderServer) -> None:
        self._make = link
        self._audit = audit
        self._links: dict[int, Link] = {0: link()}
        self._spokes: dict[int, _Spoke] = {}
        self._host: HostFace | None = None
        self._core = Either(NewerServer(server, first=secrets.randbelow(_NUMBERS)), older)
        self._take: Callable[[Event], None] = self._received
        self._waiting: list[Move] = []
        self._performing = False
        self._timer: asyncio.TimerHandle | None = None
        self._closing: list[asyncio.Task[None]] = []

    @property
    def first(self) -> Link:
        """The first link, which is the only one unless hosts declare several sets of capabilities."""
        return self._links[0]

    @property
    def clock(self) -> Callable[[], float]:
        """Monotonic seconds; the time of every event."""
        return self.first.clock

    @property
    def revision(self) -> Revision | None:
        """The protocol revision in force towards the host; None until it is agreed."""
        return self.first.revision if self._core.revision is None else self._core.revision

    def open(self, host: HostFace) -> None:
        """Connect the host's side and start the server. Called once, before the first event."""
        self._host = host
        self._open(0, self.first)

    def receive(self, event: Event) -> None:
        """Let an event of the host happen."""
        self._take(event)

    def _received(self, event: Event) -> None:
        match event:
            case HostSent():
                self._perform(self._core.from_host(event))
            case HostLeft():
                self._perform(self._core.left(event))
            case HostGarbled():
                self.first.receive(event)
            case _:
                for link in list(self._links.values()):
                    link.receive(event)

    def heard(self, number: int, effect: SendToHost | CloseStream | EndSession) -> None:
        """Take what a session has for its host."""
        self._perform(self._core.from_server(number, effect, self.clock()))

    # -- moves ------------------------------------------------------------------------------------

    def _perform(self, moves: list[Move]) -> None:
        """Do what the core wants, in order; what that brings about comes behind it."""
        self._waiting.extend(moves)
        if self._performing:
            return
        self._performing = True
        try:
            while self._waiting:
                self._one(self._waiting.pop(0))
        finally:
            self._performing = False
        self._look_around()

    def _one(self, move: Move) -> None:
        host = self._host
        assert host is not None  # noqa: S101 - it is opened before the first event
        match move:
            case Down():
                self._side(move.side).receive(move.event)
            case Renew():
                self._renew()
            case SendToHost():
                host.deliver(move, serialise(move.body))
            case CloseStream():
                host.close_stream(move.channel, move.about)
            case EndSession():
                host.end_session()
            case Record():
                self._record(move)
            case _:
                assert_never(move)

    def _record(self, record: Record) -> None:
        """Put on record what the bridge decides; when that fails, what it would have answered is refused."""
        try:
            self._audit.append(record)
        except AuditUnavailable:
            for place, move in enumerate(self._waiting):
                if isinstance(move, SendToHost) and move.final and move.about is not None:
                    body = error_body(move.about, SekishoCode.AUDIT_UNAVAILABLE, refusal(Trouble.AUDIT))
                    self._waiting[place] = SendToHost(body, move.channel, move.about, final=True)
                    return

    def _side(self, number: int) -> Link:
        link = self._links.get(number)
        if link is None:
            link = self._links[number] = self._make()
            self._open(number, link)
        return link

    def _open(self, number: int, link: Link) -> None:
        spoke = self._spokes[number] = _Spoke(self, number)
        link.open(spoke)

    def _let_go(self, number: int) -> None:
        self._spokes.pop(number).over = True
        self._spawn(self._links.pop(number).aclose())

    def _renew(self) -> None:
        """Begin anew with one fresh link."""
        for number in list(self._links):
            self._let_go(number)
        self._side(0)

    def _look_around(self) -> None:
        """Step aside, close what is not needed any more, and see to it that time passes."""
        if self._core.direct:
            assert self._host is not None  # noqa: S101 - as above
            self.first.rehost(self._host)
            self._take = self.first.receive
            return
        for number in self._core.dropped():
            self._let_go(number)
        if self._timer is None and self._core.busy:
            self._timer = asyncio.get_running_loop().call_later(_TICK, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._perform(self._core.tick(self.clock()))

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._closing.append(task)
        task.add_done_callback(self._closing.remove)

    # -- the rest of a backend --------------------------------------------------------------------

    def hold(self) -> None:
        """The host does not read: read no more from the server."""
        for link in self._links.values():
            link.hold()

    def flow(self) -> None:
        """Read again."""
        for link in self._links.values():
            link.flow()

    def listen(self) -> None:
        """The host opened its standalone stream: open ours."""
        self.first.listen()

    async def settled(self) -> None:
        """Wait until notifications and answers that were sent have arrived; bounded."""
        await self.first.settled()

    async def finish(self, patience: float) -> None:
        """Let open calls and then the servers end, each for `patience` seconds at most."""
        await asyncio.gather(*(link.finish(patience) for link in self._links.values()))

    async def aclose(self) -> None:
        """Take no more events, end the servers and wait for that, bounded."""
        if self._timer is not None:
            self._timer.cancel()
        await asyncio.gather(*(link.aclose() for link in self._links.values()))
        if self._closing:
            await asyncio.wait(list(self._closing), timeout=_CLOSING)
