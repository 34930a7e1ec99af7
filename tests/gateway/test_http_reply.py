"""Answers as streams: JSON or events, taken up again after a break, kept alive, one reader, bounded."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from peers.face import desk
from peers.http_host import ACCEPT, HttpHost, wire
from peers.loops import run
from peers.messages import MODERN, call, initialize, modern, note, request
from peers.words import code_of, text_of
from tablekit import rows

if TYPE_CHECKING:
    from peers.face import Desk, Inner
    from peers.http_host import Event, Wire
    from sekisho.wire.jsonrpc import Json, JsonObject

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])


async def opened(at: Desk) -> tuple[HttpHost, Inner]:
    """Return a session and its server."""
    host = HttpHost(at.port)
    await host.open()
    return host, at.inner[-1]


def logged(number: int, size: int = 0) -> JsonObject:
    return note("notifications/message", {"level": "info", "data": {"n": number, "x": "x" * size}})


async def next_events(connection: Wire, count: int) -> list[Event]:
    """Return the next events that have data."""
    found: list[Event] = []
    async for event in connection.events():
        if event.data:
            found.append(event)
        if len(found) == count:
            return found
    return found


def numbers(events: list[Event]) -> list[Json]:
    """Return which log messages and which answers came."""
    found: list[Json] = []
    for event in events:
        params = event.json.get("params")
        data = params.get("data") if isinstance(params, dict) else None
        found.append(data.get("n") if isinstance(data, dict) else "answer")
    return found


# -- JSON or events ------------------------------------------------------------------------------


def test_a_lone_answer_is_json_in_2026_and_an_event_before() -> None:
    async def work() -> None:
        async with desk() as at:
            host, _ = await opened(at)
            old = await host.post(call(1, "echo", {"text": "x"}))
            assert old.headers["content-type"] == "text/event-stream"
            assert old.headers["cache-control"] == "no-cache, no-transform"
            assert old.headers["x-accel-buffering"] == "no"
            body = modern(call(1, "echo", {"text": "x"}))
            new = await HttpHostless(at.port).post(body, "tools/call", "echo")
            assert new == "application/json"

    run(work())


class HttpHostless:
    """A 2026-07-28 host, which has no session."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def post(self, body: JsonObject, method: str, name: str) -> str:
        async with wire(self.port) as connection:
            headers = (("mcp-protocol-version", MODERN), ("mcp-method", method), ("mcp-name", name))
            answer = await connection.ask("POST", body, *ACCEPT, *headers)
            assert answer.status == 200
            return answer.headers["content-type"]


def test_what_comes_before_an_answer_goes_first_and_on_its_stream() -> None:
    async def work() -> None:
        async with desk() as at:
            host, inner = await opened(at)
            async with wire(at.port) as slow:
                slow.send("POST", call(1, "slow"), *host.headers())
                asked = await inner.called("slow")
                for number in range(3):
                    inner.say(logged(number), about=asked)
                inner.text(asked, "done")
                assert numbers((await slow.answer()).events) == [0, 1, 2, "answer"]

    run(work())


# -- resumption ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", [1, 2, 3])
def test_a_broken_stream_is_taken_up_again_and_nothing_is_lost_or_comes_twice(seen: int) -> None:
    async def work() -> None:
        async with desk() as at:
            host, inner = await opened(at)
            async with wire(at.port) as slow:
                slow.send("POST", call(1, "slow"), *host.headers())
                asked = await inner.called("slow")
                for number in range(3):
                    inner.say(logged(number), about=asked)
                await slow.head()
                first = (await next_events(slow, 3))[:seen]
            inner.say(logged(3), about=asked)
            inner.text(asked, "done")
            async with wire(at.port) as again:
                again.send("GET", None, *host.headers(("last-event-id", first[-1].id)))
                rest = (await again.answer()).events
            assert numbers(first) + numbers(rest) == [0, 1, 2, 3, "answer"]
            assert len({event.id for event in first + rest}) == 5
            async with wire(at.port) as once_more:
                once_more.send("GET", None, *host.headers(("last-event-id", rest[-1].id)))
                assert (await once_more.answer()).events == []

    run(work())


def test_a_stream_that_goes_on_after_it_was_taken_up_ends_with_its_answer() -> None:
    async def work() -> None:
        async with desk() as at:
            host, inner = await opened(at)
            async with wire(at.port) as slow:
                slow.send("POST", call(1, "slow"), *host.headers())
                asked = await inner.called("slow")
                inner.say(logged(0), about=asked)
                await slow.head()
                first = await next_events(slow, 1)
            async with wire(at.port) as again:
                again.send("GET", None, *host.headers(("last-event-id", first[0].id)))
                await again.head()
                inner.say(logged(1), about=asked)
                inner.text(asked, "done")
                assert numbers(await next_events(again, 99)) == [1, "answer"]

    run(work())


def test_a_long_call_gets_an_id_to_resume_from_before_anything_was_said() -> None:
    async def work() -> None:
        async with desk() as at:
            host, inner = await opened(at)
            async with wire(at.port) as slow:
                slow.send("POST", call(1, "slow"), *host.headers())
                asked = await inner.called("slow")
                at.quiet(2.0)
                await slow.head()
                primed = await anext(slow.events())
                assert (primed.data, bool(primed.id)) == (b"", True)
            inner.text(asked, "done")
            async with wire(at.port) as again:
                again.send("GET", None, *host.headers(("last-event-id", primed.id)))
                assert text_of((await again.answer()).json) == "done"

    run(work())


@rows("last", ["", "x", "9_1", "1_", "1_x", "1_-1", "1_99", "0_7", "1_" + "9" * 40, "1_1_1"])
def test_an_event_id_that_nobody_gave_is_refused(last: str) -> None:
    async def work() -> None:
        async with desk() as at:
            host, _ = await opened(at)
            async with wire(at.port) as connection:
                answer = await connection.ask("GET", None, *host.headers(("last-event-id", last)))
            assert (answer.status, code_of(answer.json)) == (400, -32600)

    run(work())


def test_the_stream_of_one_session_is_no_other_sessions() -> None:
    async def work() -> None:
        async with desk() as at:
            host, _ = await opened(at)
            other, _ = await opened(at)
            for number in range(3):
                await host.post(call(number + 1, "echo", {"text": "secret"}))
            async with wire(at.port) as connection:
                answer = await connection.ask("GET", None, *other.headers(("last-event-id", "4_0")))
            assert answer.status == 400

    run(work())


def test_what_was_answered_long_ago_is_kept_no_more() -> None:
    async def work() -> None:
        async with desk() as at:
            host, _ = await opened(at)
            event = (await host.post(call(1, "echo", {"text": "x"}))).events[0]
            name = event.id.partition("_")[0]
            at.clock.now += 61
            at.sessions.expire()
            async with wire(at.port) as connection:
                answer = await connection.ask("GET", None, *host.headers(("last-event-id", f"{name}_0")))
            assert answer.status == 400
            first = (await host.post(call(2, "echo", {"text": "x"}))).events[0].id
            for number in range(20):
                await host.post(call(number + 3, "echo", {"text": "x"}))
            async with wire(at.port) as connection:
                answer = await connection.ask("GET", None, *host.headers(("last-event-id", first)))
            assert answer.status == 400

    run(work())


# -- the standalone stream -----------------------------------------------------------------------


def test_the_standalone_stream_has_one_reader() -> None:
    async def work() -> None:
        async with desk() as at:
            host, inner = await opened(at)
            async with wire(at.port) as one, wire(at.port) as two:
                one.send("GET", None, *host.headers())
                assert (await one.head()).status == 200
                answer = await two.ask("GET", None, *host.headers())
                assert (answer.status, code_of(answer.json)) == (409, -32600)
                inner.say(note("notifications/tools/list_changed"))
                assert (await next_events(one, 1))[0].json["method"] == "notifications/tools/list_changed"
            assert inner.listened == 1

    run(work())


def test_what_came_while_nobody_listened_is_there_for_who_does() -> None:
    async def work() -> None:
        async with desk() as at:
            host, inner = await opened(at)
            for number in range(3):
                inner.say(logged(number))
            assert (await host.post(request(1, "tools/list"))).status == 200
            async with wire(at.port) as one:
                one.send("GET", None, *host.headers())
                await one.head()
                found = await next_events(one, 3)
                assert numbers(found) == [0, 1, 2]
            inner.say(logged(3))
            async with wire(at.port) as two:
                two.send("GET", None, *host.headers(("last-event-id", found[1].id)))
                await two.head()
                assert numbers(await next_events(two, 2)) == [2, 3]

    run(work())


def test_nobody_listens_and_the_oldest_go() -> None:
    async def work() -> None:
        async with desk() as at:
            host, inner = await opened(at)
            for number in range(300):
                inner.say(logged(number, 14_000))  # each is looked at, and told, before the next call comes
            assert (await host.post(request(1, "tools/list"))).status == 200
            async with wire(at.port) as one:
                one.send("GET", None, *host.headers())
                await one.head()
                first = (await next_events(one, 1))[0]
                params = first.json["params"]
                assert isinstance(params, dict)
                assert isinstance(params["data"], dict)
                kept_from = params["data"]["n"]
                assert isinstance(kept_from, int)
                assert 100 < kept_from < 299
                rest = await next_events(one, 299 - kept_from)
                assert numbers(rest) == list(range(kept_from + 1, 300))

    run(work())


# -- quiet, gone, deaf ---------------------------------------------------------------------------


def test_a_quiet_stream_gets_comments() -> None:
    async def work() -> None:
        async with desk() as at:
            host, inner = await opened(at)
            async with wire(at.port) as listening:
                listening.send("GET", None, *host.headers())
                await listening.head()
                assert not (await anext(listening.events())).data
                at.quiet(20.0)
                inner.say(logged(1))
                assert numbers(await next_events(listening, 1)) == [1]
                assert listening.comments == 1

    run(work())


def test_a_slow_answer_to_initialize_is_waited_for_because_its_head_names_the_session() -> None:
    async def work() -> None:
        async with desk() as at:
            at.silent = True
            async with wire(at.port) as connection:
                connection.send("POST", initialize(), *ACCEPT)
                await asyncio.wait_for(at.came.wait(), 10)
                await at.inner[0].told(lambda message: message.get("method") == "initialize")
                at.quiet(20.0)
                asked = at.inner[0].sent[0]
                info: JsonObject = {"name": "late", "version": "1"}
                at.inner[0].answer(asked, {"protocolVersion": "2025-11-25", "capabilities": {}, "serverInfo": info})
                assert (await connection.answer()).headers["mcp-session-id"]

    run(work())


def test_a_host_that_takes_json_alone_is_sent_no_events_however_long_it_takes() -> None:
    async def work() -> None:
        async with desk() as at:
            host, inner = await opened(at)
            only = tuple(pair for pair in host.headers() if pair[0] != "accept")
            async with wire(at.port) as slow:
                slow.send("POST", call(1, "slow"), *only, ("accept", "application/json"))
                asked = await inner.called("slow")
                at.quiet(20.0)
                inner.text(asked, "done")
                answer = await slow.answer()
                assert (answer.headers["content-type"], text_of(answer.json)) == ("application/json", "done")

    run(work())


def test_a_host_that_does_not_read_is_cut_off_at_a_bound_and_blocks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sekisho.gateway.http_stream._WAITING_BYTES", 1_000_000)

    async def work() -> None:
        async with desk() as at:
            host, inner = await opened(at)
            async with wire(at.port) as deaf:
                deaf.writer.transport.set_write_buffer_limits(0)
                deaf.reader._transport.pause_reading()  # type: ignore[attr-defined]
                deaf.send("POST", call(1, "slow"), *host.headers())
                asked = await inner.called("slow")
                for number in range(300):
                    inner.say(logged(number, 100_000), about=asked)
                assert text_of(await host.ask(call(2, "echo", {"text": "x"}))) == "x"
                inner.text(asked, "done")
                assert text_of(await host.ask(call(3, "echo", {"text": "x"}))) == "x"
                assert sum(stream.end - stream.first for face in at.faces() for stream in face.streams.values()) < 30

    run(work())
