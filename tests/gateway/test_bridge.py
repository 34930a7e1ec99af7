"""The bridge's shell: it steps aside when it is not needed, and does what its core wants when it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridgekit import envelope, error, request, result
from peers.face import Desk
from peers.loops import run, until
from peers.messages import call, initialize, modern, note
from peers.words import text_of
from sekisho.engine.bridge.older import OlderServer
from sekisho.engine.events import Halted, HostGarbled, HostLeft, HostSent
from sekisho.engine.seal import Sealer
from sekisho.engine.state import Face
from sekisho.gateway.bridge import Bridge
from sekisho.model.subject import Who
from sekisho.wire.jsonrpc import read_message
from sekisho.wire.versions import Revision
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.engine.effects import SendToHost
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

import asyncio

ALICE = Who(principal="alice", conversation="first")
OFFER: JsonObject = {"supportedVersions": ["2026-07-28"], "capabilities": {}, "resultType": "complete"}


class Mouth:
    """The host's face: collects what it would send."""

    def __init__(self) -> None:
        self.heard: list[JsonObject] = []
        self.closed: list[tuple[int, Id]] = []
        self.ended = 0
        self.changed = asyncio.Event()

    def deliver(self, sent: SendToHost, data: bytes) -> None:
        assert data
        self.heard.append(sent.body)
        self.changed.set()

    def close_stream(self, channel: int, about: Id) -> None:
        self.closed.append((channel, about))
        self.changed.set()

    def end_session(self) -> None:
        self.ended += 1
        self.changed.set()

    async def answer(self, id_: Json) -> JsonObject:
        await until(self.changed, lambda: any(body.get("id") == id_ for body in self.heard))
        return next(body for body in self.heard if body.get("id") == id_)


class Crossing:
    """A bridge over links with servers in memory, which say nothing by themselves unless they are told to."""

    def __init__(self, *, silent: bool = True) -> None:
        self.desk = Desk(None)
        self.desk.silent = silent
        self.host = Mouth()
        older = OlderServer("inner", sealer=Sealer(bytes(32), bytes(16)), epoch=0.0)
        self.bridge = Bridge(
            server="inner",
            link=lambda: self.desk.backend(ALICE, Face.STDIO),
            audit=self.desk.book,
            older=older,
        )
        self.bridge.open(self.host)

    def say(self, body: JsonObject, channel: int = 0) -> None:
        self.bridge.receive(HostSent(read_message(body), ALICE, channel, self.bridge.clock()))

    async def told(self, method: str, number: int = 0) -> JsonObject:
        """Wait for a request at a server."""
        return await self.desk.inner[number].told(lambda body: body.get("method") == method)

    async def older(self) -> None:
        """Open the way to a server up to 2025-11-25."""
        self.say(modern(request("d", "server/discover")))
        inner = self.desk.inner[0]
        inner.say(error((await self.told("server/discover"))["id"], -32601))
        opened: JsonObject = {"protocolVersion": "2025-11-25", "capabilities": {}, "serverInfo": {"name": "s"}}
        inner.answer(await self.told("initialize"), opened)
        await self.host.answer("d")


def test_between_peers_of_one_generation_it_steps_aside() -> None:
    async def work() -> None:
        at = Crossing(silent=False)
        at.say(initialize(0))
        await at.host.answer(0)
        assert at.bridge.revision is Revision.V2025_11_25
        assert at.bridge.first.host is at.host
        at.say(note("notifications/initialized"))
        at.say(call(1, "echo", {"text": "x"}))
        assert text_of(await at.host.answer(1)) == "x"
        await at.bridge.aclose()
        assert at.desk.inner[0].closed

    run(work())


def test_a_host_that_gives_its_probe_up_gets_a_server_that_has_heard_none() -> None:
    async def work() -> None:
        at = Crossing()
        at.say(modern(request("d", "server/discover")))
        late = at.desk.inner[0]
        probe = await at.told("server/discover")
        spoke = at.bridge.first.host
        at.say(initialize(0))
        opened: JsonObject = {"protocolVersion": "2025-11-25", "capabilities": {}, "serverInfo": {"name": "s"}}
        at.desk.inner[1].answer(await at.told("initialize", 1), opened)
        assert "result" in await at.host.answer(0)
        assert at.bridge.first.host is at.host
        await until(late.changed, lambda: late.closed)
        count = len(at.host.heard)
        late.answer(probe, OFFER)
        spoke.end_session()
        assert (len(at.host.heard), at.host.ended) == (count, 0)
        await at.bridge.aclose()

    run(work())


def test_an_older_host_is_served_by_a_newer_server() -> None:
    async def work() -> None:
        at = Crossing()
        at.say(initialize(0))
        inner = at.desk.inner[0]
        inner.say(error((await at.told("initialize"))["id"], -32022))
        inner.answer(await at.told("server/discover"), OFFER)
        await at.host.answer(0)
        assert at.bridge.revision is Revision.V2025_11_25
        at.say(call(1, "t", {}))
        asked = await inner.called("t")
        required: JsonObject = {"q": {"method": "elicitation/create", "params": {}}}
        inner.answer(asked, {"resultType": "input_required", "inputRequests": required})
        await at.bridge.aclose()

    run(work())


def test_a_newer_host_is_served_by_an_older_server_with_a_link_for_each_set_of_capabilities() -> None:
    async def work() -> None:
        at = Crossing()
        await at.older()
        other: JsonObject = {"name": "t", "_meta": envelope({"sampling": {}})}
        at.say(request(2, "tools/call", other))
        opened: JsonObject = {"protocolVersion": "2025-11-25", "capabilities": {}, "serverInfo": {"name": "s"}}
        at.desk.inner[1].answer(await at.told("initialize", 1), opened)
        at.desk.inner[1].text(await at.told("tools/call", 1), "second")
        assert text_of(await at.host.answer(2)) == "second"
        at.bridge.hold()
        at.bridge.flow()
        assert [inner.holds for inner in at.desk.inner] == [[True, False], [True, False]]
        at.bridge.listen()
        await at.bridge.settled()
        at.bridge.receive(Halted(at.bridge.clock()))
        await at.bridge.finish(0)
        await at.bridge.aclose()
        assert all(inner.closed for inner in at.desk.inner)

    run(work())


def test_a_link_that_is_not_needed_any_more_is_closed() -> None:
    async def work() -> None:
        at = Crossing()
        await at.older()
        for number in range(1, 9):
            at.say(request(number, "tools/call", {"name": "t", "_meta": envelope({"experimental": {str(number): {}}})}))
        await until(at.desk.inner[0].changed, lambda: at.desk.inner[0].closed)
        await at.bridge.aclose()

    run(work())


def test_time_passes_for_what_is_parked() -> None:
    async def work() -> None:
        at = Crossing()
        await at.older()
        inner = at.desk.inner[0]
        at.say(request(1, "tools/call", {"name": "t", "_meta": envelope({})}))
        await inner.called("t")
        at.say(request(2, "tools/call", {"name": "u", "_meta": envelope({"elicitation": {}})}))
        second = at.desk.inner[1]
        opened: JsonObject = {"protocolVersion": "2025-11-25", "capabilities": {}, "serverInfo": {"name": "s"}}
        second.answer(await at.told("initialize", 1), opened)
        await second.called("u")
        second.say(request("s1", "elicitation/create", {}))
        assert obj((await at.host.answer(2))["result"])["resultType"] == "input_required"
        at.desk.clock.now += 4000
        await second.told(lambda body: body.get("method") == "notifications/cancelled")
        await at.bridge.aclose()

    run(work())


def test_a_channel_that_closes_and_a_line_that_can_not_be_read_reach_who_they_concern() -> None:
    async def work() -> None:
        at = Crossing()
        now = at.bridge.clock()
        at.bridge.receive(HostGarbled("malformed-json", "not valid JSON", None, ALICE, 0, now))
        assert "error" in at.host.heard[-1]
        at.bridge.receive(HostLeft(3, now))
        await at.older()
        at.say(request(1, "tools/call", {"name": "t", "_meta": envelope({})}), channel=4)
        await at.desk.inner[0].called("t")
        at.bridge.receive(HostLeft(4, now))
        await at.told("notifications/cancelled")
        await at.bridge.aclose()

    run(work())


def test_what_can_not_be_recorded_is_refused() -> None:
    async def work() -> None:
        at = Crossing()
        await at.older()
        at.desk.book.lost = True
        at.say(request(1, "server/discover", {"_meta": envelope({})}))
        assert obj(at.host.heard[-1]["error"])["code"] == -31005
        at.say(result(1, {}))
        await at.bridge.aclose()

    run(work())


def test_a_session_that_ends_ends_for_a_host_of_the_same_generation() -> None:
    async def work() -> None:
        at = Crossing()
        spoke = at.bridge.first.host
        spoke.end_session()
        spoke.close_stream(0, 5)
        assert (at.host.ended, at.host.closed) == (1, [(0, 5)])
        await at.bridge.aclose()

    run(work())
