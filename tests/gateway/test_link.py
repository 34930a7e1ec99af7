"""A link does what its session says, in order, and nothing that is not on record."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

import pytest

from peers.face import Desk, Inner
from peers.loops import PATIENCE, run, until
from peers.messages import call, initialize, note
from peers.words import rule_of, text_of
from sekisho.engine.events import HostSent, ServerLeft, Trouble
from sekisho.engine.state import Face
from sekisho.gateway import link as link_module
from sekisho.gateway.link import Link
from sekisho.guards.objection import NOTHING_TOLD
from sekisho.model.subject import Who
from sekisho.wire.jsonrpc import read_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from peers.face import Book, Clock
    from sekisho.engine.effects import SendToHost
    from sekisho.guards.objection import Told
    from sekisho.wire.jsonrpc import Id, JsonObject

WHO = Who(principal="alice", conversation="first")


class Mouth:
    """A host in memory."""

    def __init__(self) -> None:
        self.heard: list[JsonObject] = []
        self.closed: list[Id] = []
        self.ended = 0
        self.changed = asyncio.Event()

    def deliver(self, sent: SendToHost, data: bytes) -> None:
        assert data
        self.heard.append(sent.body)
        self.changed.set()

    def close_stream(self, channel: int, about: Id) -> None:
        del channel
        self.closed.append(about)

    def end_session(self) -> None:
        self.ended += 1

    async def answer(self, id_: Id) -> JsonObject:
        await until(self.changed, lambda: any(body.get("id") == id_ for body in self.heard))
        return next(body for body in self.heard if body.get("id") == id_)


class Pair:
    """A link with both ends in memory."""

    def __init__(self) -> None:
        self.desk = Desk(None)
        self.link = self.desk.backend(WHO, Face.STDIO)
        self.host = Mouth()
        self.server = self.desk.inner[-1]
        self.link.open(self.host)

    @property
    def book(self) -> Book:
        return self.desk.book

    @property
    def clock(self) -> Clock:
        return self.desk.clock

    def say(self, body: JsonObject) -> None:
        self.link.receive(HostSent(read_message(body), WHO, 0, self.clock()))

    async def open(self) -> None:
        self.say(initialize())
        await self.host.answer(0)
        self.say(note("notifications/initialized"))


def test_a_link_is_joined_and_opened_before_it_is_used() -> None:
    async def work() -> None:
        link = Desk(None).link(WHO, Face.STDIO)
        with pytest.raises(RuntimeError, match="joined and opened"):
            _ = link.upstream
        with pytest.raises(RuntimeError, match="joined and opened"):
            _ = link.host

    run(work())


def test_a_call_goes_through_and_comes_back() -> None:
    async def work() -> None:
        pair = Pair()
        await pair.open()
        pair.say(call(1, "echo", {"text": "x"}))
        assert text_of(await pair.host.answer(1)) == "x"
        await pair.link.drained(1)
        pair.link.close()

    run(work())


def test_effects_behind_a_durable_record_wait_for_the_disk_and_others_do_not() -> None:
    async def work() -> None:
        pair = Pair()
        await pair.open()
        waiting: list[object] = []
        pair.book.append_durable = lambda _, then: waiting.append(then)  # type: ignore[method-assign]
        pair.server.stop()
        pair.link.receive(ServerLeft(Trouble.EXITED, pair.clock()))
        pair.say(call("refused", "echo", {"text": "x"}))
        assert not [body for body in pair.host.heard if body.get("id") == "refused"]
        for then in waiting:
            assert callable(then)
            then(True)  # noqa: FBT003 - of the port
        await pair.host.answer("refused")
        pair.link.close()

    run(work())


@pytest.mark.parametrize("lost", [True, False])
def test_what_cannot_be_recorded_is_refused(lost: bool) -> None:  # noqa: FBT001 - a parameter of the test
    async def work() -> None:
        pair = Pair()
        await pair.open()
        pair.book.lost, pair.book.unsynced = lost, not lost
        before = len(pair.server.sent)
        if lost:
            pair.say(call(1, "echo", {"text": "x"}))
            assert rule_of(await pair.host.answer(1)) == "audit-unavailable"
            assert len(pair.server.sent) == before
        else:
            # A refusal that does not reach the disk is a refusal all the same.
            pair.say(call(2, "slow"))
            pair.link.receive(ServerLeft(Trouble.EXITED, pair.clock()))
            assert rule_of(await pair.host.answer(2)) == "audit-unavailable"
        pair.link.close()

    run(work())


def test_a_closed_link_takes_nothing_and_a_late_disk_changes_nothing() -> None:
    async def work() -> None:
        pair = Pair()
        await pair.open()
        waiting: list[object] = []
        pair.book.append_durable = lambda _, then: waiting.append(then)  # type: ignore[method-assign]
        pair.say({"jsonrpc": "2.0", "id": 5, "method": "tools/call", "params": {"name": "slow"}})
        pair.link.receive(ServerLeft(Trouble.EXITED, pair.clock()))
        pair.link.close()
        heard = len(pair.host.heard)
        for then in waiting:
            assert callable(then)
            then(True)  # noqa: FBT003 - of the port
        pair.say(call(6, "echo", {"text": "x"}))
        assert len(pair.host.heard) == heard
        pair.link.close()

    run(work())


def test_time_passes_only_while_something_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_module, "_TICK", 0.01)

    async def work() -> None:
        pair = Pair()
        await pair.open()
        pair.say(call(1, "slow"))
        await pair.server.called("slow")
        pair.clock.now += 601
        assert rule_of(await pair.host.answer(1)) == "server-timed-out"
        cancelled = await pair.server.told(lambda body: body.get("method") == "notifications/cancelled")
        assert cancelled
        pair.link.close()

    run(work())


@pytest.mark.parametrize("held", [False, True])
def test_while_the_worker_has_much_to_read_no_more_is_read_from_the_server(
    monkeypatch: pytest.MonkeyPatch,
    held: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    read = asyncio.Event()

    async def look(*_: object) -> Told:
        await read.wait()
        return NOTHING_TOLD

    monkeypatch.setattr(link_module, "_AHEAD", 1000)
    monkeypatch.setattr(link_module, "look", look)

    async def work() -> None:
        pair = Pair()
        await pair.open()
        pair.say(call(1, "echo", {"text": "x" * 600_000}))
        await pair.server.called("echo")
        for _ in range(50):
            await asyncio.sleep(0)
        assert pair.server.holds == [True]
        if held:
            pair.link.hold()
        read.set()
        assert rule_of(await pair.host.answer(1)) == "result-not-read"
        assert pair.server.holds == ([True, True] if held else [True, False])
        pair.link.flow()
        assert not pair.server.holds[-1]
        pair.link.close()

    run(work())


def test_nothing_more_is_read_from_the_server_before_what_it_said_beside_its_answers_is_judged() -> None:
    async def work() -> None:
        pair = Pair()
        await pair.open()
        pair.say(call(1, "slow"))
        asked = await pair.server.called("slow")
        logs = [note("notifications/message", {"level": "info", "data": f"password=hunter2x{n}"}) for n in range(3)]
        for log in logs:
            pair.server.say(log)
        pair.server.text(asked, "done")
        assert text_of(await pair.host.answer(1)) == "done"
        heard = [str(body) for body in pair.host.heard]
        assert [("secret:" in each, "done" in each) for each in heard[-4:]] == [(True, False)] * 3 + [(False, True)]
        assert pair.server.holds == [True, False]
        pair.link.close()

    run(work())


def test_nothing_is_read_from_the_server_while_what_has_to_be_judged_first_waits_for_the_disk() -> None:
    async def work() -> None:
        pair = Pair()
        pair.say(initialize(capabilities={"elicitation": {}}))
        await pair.host.answer(0)
        pair.say(note("notifications/initialized"))
        synced = asyncio.Event()
        waiting: list[Callable[[bool], None]] = []

        def append_durable(_: object, then: Callable[[bool], None]) -> None:
            waiting.append(then)
            synced.set()

        pair.book.append_durable = append_durable  # type: ignore[method-assign]
        schema: JsonObject = {"type": "object", "properties": {"password": {"type": "string"}}}
        params: JsonObject = {"message": "password=hunter2x", "requestedSchema": schema}
        pair.server.say({"jsonrpc": "2.0", "id": "q", "method": "elicitation/create", "params": params})
        pair.server.say(note("notifications/message", {"level": "info", "data": "password=hunter2x"}))
        async with asyncio.timeout(PATIENCE):
            await synced.wait()
        assert pair.server.holds == [True]
        waiting.pop()(True)  # noqa: FBT003 - of the port
        await until(pair.host.changed, lambda: any("secret:" in str(body) for body in pair.host.heard))
        assert pair.server.holds == [True, False]
        pair.link.close()

    run(work())


def test_draining_waits_for_calls_and_not_for_questions() -> None:
    async def work() -> None:
        pair = Pair()
        pair.say(initialize(capabilities={"elicitation": {}}))
        await pair.host.answer(0)
        pair.say(note("notifications/initialized"))
        params: JsonObject = {"message": "?", "requestedSchema": {"type": "object", "properties": {}}}
        pair.server.say({"jsonrpc": "2.0", "id": "q", "method": "elicitation/create", "params": params})
        await until(pair.host.changed, lambda: any("method" in body for body in pair.host.heard))
        async with asyncio.timeout(PATIENCE):
            await pair.link.drained(60)
        pair.say(call(1, "slow"))
        asked = await pair.server.called("slow")
        draining = asyncio.ensure_future(pair.link.drained(60))
        await asyncio.sleep(0)
        assert not draining.done()
        pair.server.text(asked, "done")
        await asyncio.wait_for(draining, PATIENCE)
        pair.say(call(2, "slow"))
        await pair.link.drained(0.01)
        pair.link.close()

    run(work())


def test_a_server_that_is_stopped_is_told_as_gone_and_starts_again_for_the_next_call() -> None:
    async def work() -> None:
        pair = Pair()
        await pair.open()
        for _ in range(300):
            pair.server.say({"jsonrpc": "2.0", "id": "nobody", "result": {}})
        await until(pair.server.changed, lambda: pair.server.stopped)
        assert pair.server.stopped == 1
        pair.say(call(1, "echo", {"text": "x"}))
        assert rule_of(await pair.host.answer(1)) == "server-quarantined"
        pair.link.close()

        other = Pair()
        await other.open()
        other.link.receive(ServerLeft(Trouble.EXITED, other.clock()))
        other.clock.now += 60
        other.say(call(1, "echo", {"text": "again"}))
        assert text_of(await other.host.answer(1)) == "again"
        assert other.server.started == 2
        other.link.close()

    run(work())


def test_the_kit_is_what_the_ports_want() -> None:
    async def work() -> None:
        pair = Pair()
        assert isinstance(pair.link, Link)
        assert isinstance(cast("object", pair.server), Inner)
        await pair.server.finish(0)

    run(work())
