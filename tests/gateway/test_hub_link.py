"""The hub's shell: a fault in one effect costs nobody else theirs, and nobody leaves before the disk has answered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from peers.face import Book, Clock
from peers.loops import run, until
from sekisho.engine.effects import SendToHost
from sekisho.engine.events import HostLeft, HostSent, ServerLeft, Ticked, Trouble
from sekisho.engine.hub.hub import Hub
from sekisho.engine.hub.setup import HubSetup
from sekisho.engine.hub.steps import Faulted, ToServer
from sekisho.engine.seal import Sealer
from sekisho.gateway.hub_link import HubLink
from sekisho.model.subject import Who
from sekisho.wire.jsonrpc import Request, read_message, result_body
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from sekisho.engine.effects import Record
    from sekisho.engine.events import Event
    from sekisho.ports import Backend, HostFace
    from sekisho.wire.jsonrpc import Id, Json, JsonObject
    from sekisho.wire.versions import Revision

ALICE = Who(principal="alice", conversation="first")
OFFERS: JsonObject = {
    "initialize": {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}},
    "tools/list": {"tools": [{"name": "t"}]},
}


class Counter:
    """A server's backend that answers at once what it knows, and does what a test says about the rest."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.revision: Revision | None = None
        self.got: list[Event] = []
        self.told: list[str] = []
        self.faulty = False
        self.face: HostFace | None = None

    @property
    def host(self) -> HostFace:
        assert self.face is not None
        return self.face

    def open(self, host: HostFace) -> None:
        self.face = host

    def receive(self, event: Event) -> None:
        self.got.append(event)
        if not isinstance(event, HostSent) or not isinstance(event.message, Request):
            return
        id_, method = event.message.id, event.message.method
        if method in OFFERS:
            self.host.deliver(SendToHost(result_body(id_, obj(OFFERS[method])), event.channel, id_, final=True), b"x")
        elif self.faulty:
            raise LookupError("a mistake of ours")

    def answer(self, id_: Id, data: bytes = b"as it came") -> None:
        self.host.deliver(SendToHost(result_body(id_, {"content": []}), 0, id_, final=True), data)

    def hold(self) -> None:
        self.told.append("hold")

    def flow(self) -> None:
        self.told.append("flow")

    def listen(self) -> None:
        self.told.append("listen")

    async def settled(self) -> None:
        self.told.append("settled")

    async def finish(self, patience: float) -> None:
        self.told.append(f"finish {patience:g}")

    async def aclose(self) -> None:
        self.told.append("closed")


class Desk:
    """A link over two such servers; the host's face is the desk itself."""

    def __init__(self) -> None:
        self.clock, self.book = Clock(), Book()
        self.servers: list[Counter] = []
        setup = HubSetup(
            aliases=("a", "b"), version="1", sealer=Sealer(bytes(32), bytes(16)), salt=bytes(16), epoch=0.0
        )
        self.hub = Hub(setup, ALICE)
        self.link = HubLink(self.hub, [self.make, self.make], self.book, self.clock)
        self.sent: list[tuple[JsonObject, bytes]] = []
        self.closed: list[Id] = []
        self.deaf = False
        self.changed = asyncio.Event()
        self.link.open(self)

    def make(self) -> Backend:
        self.servers.append(Counter(self.clock))
        return self.servers[-1]

    def deliver(self, sent: SendToHost, data: bytes) -> None:
        if self.deaf:
            raise LookupError("a mistake of ours")
        self.sent.append((sent.body, data))
        self.changed.set()

    def close_stream(self, channel: int, about: Id) -> None:
        assert channel == 0
        self.closed.append(about)

    def end_session(self) -> None:
        raise AssertionError("the host's session outlives its servers'")

    def say(self, body: JsonObject) -> None:
        self.link.receive(HostSent(read_message(body), ALICE, 0, self.clock()))

    def ask(self, id_: Id, method: str, params: JsonObject | None = None) -> None:
        self.say({"jsonrpc": "2.0", "id": id_, "method": method, "params": params or {}})

    def opened(self) -> Desk:
        self.ask("open", "initialize", {"protocolVersion": "2025-11-25", "capabilities": {}})
        self.say({"jsonrpc": "2.0", "method": "notifications/initialized"})
        return self

    def answered(self) -> list[Json]:
        return [body["id"] for body, _ in self.sent if "method" not in body]

    def call(self, id_: Id, server: str) -> None:
        self.ask(id_, "tools/call", {"name": f"{server}__t"})


def test_servers_come_and_go_and_what_is_open_goes_on() -> None:
    async def test(at: Desk) -> None:
        at.opened()
        at.link.listen()
        at.link.hold()
        at.call(1, "b")
        at.link.configure({"a": at.make, "c": at.make}, frozenset())
        assert len(at.servers) == 3
        assert at.servers[2].told == ["hold", "listen"]
        assert "closed" not in at.servers[1].told
        at.call(2, "c")
        at.servers[1].answer(1)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert "closed" in at.servers[1].told
        at.servers[1].answer(3)
        at.servers[2].answer(2)
        assert at.answered()[1:] == [1, 2]
        at.link.configure({"a": at.make}, frozenset({"a"}))
        assert len(at.servers) == 4

    play(test)


def late(_event: Event) -> list[ToServer]:
    return [ToServer(1, HostLeft(0, 1.0))]


def test_what_waits_for_the_disk_while_its_server_goes_is_owed_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(at: Desk) -> None:
        at.opened()
        at.link.configure({"a": at.make}, frozenset())
        got = len(at.servers[1].got)
        with monkeypatch.context() as hub:
            hub.setattr(at.hub, "receive", late)
            at.link.take(Ticked(1.0))
        assert len(at.servers[1].got) == got
        at.ask(1, "ping")
        assert at.answered()[-1] == 1

    play(test)


def play(test: Callable[[Desk], Coroutine[None, None, None]]) -> None:
    async def whole() -> None:
        at = Desk()
        await test(at)
        await at.link.aclose()
        assert all(server.told[-1] == "closed" for server in at.servers)
        at.ask("late", "ping")
        assert "late" not in at.answered()

    run(whole())


async def disk() -> None:
    """Let what waits for the disk go on."""
    for _ in range(3):
        await asyncio.sleep(0)


def test_an_answer_goes_on_with_the_bytes_that_it_came_with() -> None:
    async def test(at: Desk) -> None:
        at.opened().call(1, "a")
        at.servers[0].answer(1)
        assert at.sent[-1] == (result_body(1, {"content": []}), b"as it came")

    play(test)


def test_a_server_that_cannot_be_told_costs_the_others_nothing_they_were_owed() -> None:
    async def test(at: Desk) -> None:
        at.opened().call("b", "b")
        at.servers[0].faulty = True
        at.call("a", "a")
        await disk()
        assert at.answered() == ["open", "b", "a"]
        assert at.book.rules() == ["internal-error"] * 2
        at.call("c", "b")
        at.servers[1].answer("b")
        await disk()
        assert at.answered() == ["open", "b", "a", "c"]

    play(test)


def test_a_face_that_fails_once_still_gets_what_comes_behind() -> None:
    async def test(at: Desk) -> None:
        at.opened().call(1, "a")
        at.deaf = True
        at.ask(2, "ping")
        at.deaf = False
        await disk()
        assert at.answered() == ["open", 1]

    play(test)


def test_what_cannot_be_recorded_is_refused_whether_at_once_or_by_the_disk() -> None:
    async def test(at: Desk) -> None:
        at.opened()
        at.book.lost = True
        at.ask(1, "ping")
        assert at.answered() == ["open", 1]
        at.book.lost, at.book.unsynced = False, True
        at.link.take(Faulted())
        at.call(2, "a")
        await disk()
        assert at.answered() == ["open", 1, 2]
        refusal = obj(obj(obj(at.sent[-1][0]["result"])["_meta"])["sekisho/refusal"])
        assert refusal == {"rule": "audit-unavailable", "pointer": ""}

    play(test)


def test_an_audit_that_fails_otherwise_records_nothing_either(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(at: Desk) -> None:
        def append(_: Record) -> None:
            raise LookupError("a mistake of ours")

        at.opened()
        monkeypatch.setattr(at.book, "append", append)
        at.ask(1, "ping")
        assert at.answered() == ["open", 1]
        assert "error" in at.sent[-1][0]

    play(test)


def test_nobody_finishes_before_a_refusal_is_on_the_disk() -> None:
    async def test(at: Desk) -> None:
        at.opened()
        at.link.take(Faulted())
        at.call(1, "a")
        await at.link.finish(5.0)
        assert at.answered() == ["open", 1]
        assert at.servers[0].told == ["finish 5"]

    play(test)


def test_finishing_waits_for_what_is_open_and_not_longer() -> None:
    async def test(at: Desk) -> None:
        at.opened().call(1, "a")
        ending = asyncio.create_task(at.link.finish(15.0))
        await asyncio.sleep(0)
        assert at.servers[0].told == []
        at.servers[0].answer(1)
        at.ask(2, "ping")
        await ending
        assert at.servers[0].told == ["finish 15"]

    play(test)


def test_a_session_that_ends_is_replaced_and_its_last_words_go_nowhere() -> None:
    async def test(at: Desk) -> None:
        at.opened()
        at.link.hold()
        at.link.listen()
        at.call(1, "a")
        first = at.servers[0]
        first.host.end_session()
        await disk()
        assert at.answered() == ["open", 1]
        assert first.told == ["hold", "listen", "closed"]
        second = at.servers[2]
        assert second.told == ["hold", "listen"]
        first.host.end_session()
        first.answer(1)
        first.host.close_stream(0, 1)
        assert at.answered() == ["open", 1]
        at.link.flow()
        await at.link.settled()
        assert second.told == ["hold", "listen", "flow", "settled"]
        at.call(2, "a")
        second.answer(2)
        assert at.answered() == ["open", 1, 2]

    play(test)


def test_a_stream_that_a_server_closes_is_closed_above() -> None:
    async def test(at: Desk) -> None:
        at.opened().call(1, "a")
        at.servers[0].host.close_stream(0, 1)
        assert at.closed == [1]

    play(test)


def test_time_wakes_the_hub_when_a_server_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(at: Desk) -> None:
        monkeypatch.delitem(OFFERS, "initialize")
        at.opened()
        assert at.answered() == []
        at.clock.now += 60.0
        at.link.receive(HostLeft(7, at.clock()))
        await until(at.changed, lambda: bool(at.answered()))
        assert at.answered() == ["open"]

    play(test)


def test_only_what_a_host_does_comes_from_above() -> None:
    async def test(at: Desk) -> None:
        with pytest.raises(TypeError, match="backend"):
            at.link.receive(ServerLeft(Trouble.EXITED, 1.0))
        at.link.receive(Ticked(at.clock()))
        assert at.link.revision is None

    play(test)


def test_a_link_without_a_host_says_so() -> None:
    async def test(at: Desk) -> None:
        bare = HubLink(at.hub, [], at.book, at.clock)
        with pytest.raises(RuntimeError, match="opened before"):
            _ = bare.host

    play(test)
