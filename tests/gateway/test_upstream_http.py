"""A remote server, good and bad: what arrives, in which order, what is taken up again, what is told on failure."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Final

import pytest

from http_peers import answer, listen
from peers.loops import run
from peers.messages import call, modern, note
from peers.remote import JSON, Seen, answer_with, event, remote, stream_head
from peers.upstreams import DONE, done, never, reached, shaken
from sekisho.engine.events import CallBroke, ServerGarbled, ServerSent, Trouble
from sekisho.gateway import upstream_http
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from http_peers import Peer, Server
    from peers.remote import Asked
    from sekisho.wire.jsonrpc import JsonObject

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

SMALL: Final = Limits(bytes=10_000)


# -- what is sent --------------------------------------------------------------------------------


def test_a_session_is_named_in_every_request_behind_initialize_and_ended() -> None:
    async def work() -> None:
        seen = Seen()
        key = ((b"x-api-key", b"k"),)
        async with listen(remote(done, seen=seen)) as server:
            async with reached(server.port, listens=True, declared=key) as (upstream, ear):
                await shaken(upstream, ear)
                upstream.send(call(2, "a"), 2, ())
                await ear.first(ServerSent)
            first, *rest = seen.all
            assert "mcp-session-id" not in first.headers
            assert "mcp-protocol-version" not in first.headers
            assert {each.method for each in rest} == {"POST", "GET", "DELETE"}
            for each in rest:
                assert (each.headers["mcp-session-id"], each.headers["mcp-protocol-version"]) == ("s1", "2025-11-25")
            assert all(each.headers["x-api-key"] == "k" for each in seen.all)
            assert seen.all[-1].method == "DELETE"

    run(work())


def test_a_request_of_2026_names_no_session_and_says_its_method_twice() -> None:
    async def work() -> None:
        seen = Seen()
        async with listen(remote(done, seen=seen)) as server, reached(server.port) as (upstream, ear):
            upstream.send(modern(call(5, "ä")), 5, ((b"mcp-param-x", b"1"),))
            await ear.first(ServerSent)
            headers = seen.all[0].headers
            assert headers["mcp-protocol-version"] == "2026-07-28"
            assert headers["mcp-method"] == "tools/call"
            assert headers["mcp-name"] == "=?base64?w6Q=?="
            assert headers["mcp-param-x"] == "1"
            assert "mcp-session-id" not in headers

    run(work())


def test_notifications_arrive_in_order_and_before_the_request_that_follows_them() -> None:
    async def work() -> None:
        order: list[object] = []
        gate, began = asyncio.Event(), asyncio.Event()

        async def script(peer: Peer, server: Server) -> None:
            del server
            while raw := await peer.request():
                body = json.loads(raw.partition(b"\r\n\r\n")[2])
                order.append(body.get("id", body["params"].get("n")))
                began.set()
                if body.get("params", {}).get("n") == 0:
                    await gate.wait()
                await peer.send(
                    answer(json.dumps({"jsonrpc": "2.0", "id": body["id"], "result": {}}).encode(), JSON)
                    if "id" in body
                    else answer(status=b"202 Accepted")
                )

        async with listen(script) as server, reached(server.port) as (upstream, ear):
            for number in range(5):
                upstream.send(note("notifications/progress", {"n": number}), None, ())
            upstream.send(call(9, "a"), 9, ())
            upstream.send({"jsonrpc": "2.0", "id": "answer", "result": {"n": 0}, "params": {}}, None, ())
            await asyncio.wait_for(began.wait(), 10)
            gate.set()
            await ear.first(ServerSent)
            await upstream.settled()
            assert order[:6] == [0, 1, 2, 3, 4, 9] or order == [0, 1, 2, 3, 4, "answer", 9]

    run(work())


# -- what comes back -----------------------------------------------------------------------------


def test_a_stream_is_passed_on_in_order_and_ends_with_the_answer() -> None:
    async def tool(peer: Peer, asked: Asked) -> None:
        await peer.send(stream_head() + event(note("notifications/message", {"n": 1})))
        await peer.send(b": comment\n\n" + event(note("notifications/message", {"n": 2})))
        await peer.send(event(asked.result(DONE)) + event(note("notifications/message", {"n": 3})))
        peer.writer.close()

    async def work() -> None:
        async with listen(remote(tool)) as server, reached(server.port) as (upstream, ear):
            await shaken(upstream, ear)
            upstream.send(call(2, "a"), 2, ())
            sent = await ear.first(ServerSent, 3)
            assert [each.message.body.get("method", "answer") for each in sent] == ["notifications/message"] * 2 + [
                "answer"
            ]
            assert all(each.call == 2 for each in sent)

    run(work())


@pytest.mark.parametrize("polls", [1, 30])
def test_a_stream_that_ends_early_is_taken_up_again_as_long_as_it_brings_something_new(
    polls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upstream_http, "_RETRY_LEAST", 0.0)
    resumed: list[str] = []

    async def tool(peer: Peer, asked: Asked) -> None:
        resumed.append(str(asked.id))
        await peer.send(stream_head() + event(None, id="e0", retry=1))
        peer.writer.close()

    async def get(peer: Peer, asked: Asked) -> None:
        resumed.append(asked.headers["last-event-id"])
        if len(resumed) <= polls:
            await peer.send(stream_head() + event(note("notifications/message", {}), id=f"e{len(resumed)}"))
        else:
            await peer.send(stream_head() + event({"jsonrpc": "2.0", "id": int(resumed[0]), "result": DONE}))
        peer.writer.close()

    async def work() -> None:
        async with listen(remote(tool, get=get)) as server, reached(server.port) as (upstream, ear):
            await shaken(upstream, ear)
            upstream.send(call(2, "a"), 2, ())
            await ear.until(lambda: ear.of(ServerSent) and ear.bodies()[-1].get("result") == DONE)
            assert resumed == ["2", "e0", *(f"e{number}" for number in range(2, polls + 1))]
            assert not ear.of(CallBroke)

    run(work())


def test_a_stream_that_brings_nothing_new_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream_http, "_RETRY_LEAST", 0.0)

    async def tool(peer: Peer, asked: Asked) -> None:
        del asked
        await peer.send(stream_head() + event(None, id="e0", retry=0))
        peer.writer.close()

    async def get(peer: Peer, asked: Asked) -> None:
        del asked
        await peer.send(stream_head())
        peer.writer.close()

    async def work() -> None:
        seen = Seen()
        async with listen(remote(tool, get=get, seen=seen)) as server, reached(server.port) as (upstream, ear):
            await shaken(upstream, ear)
            upstream.send(call(2, "a"), 2, ())
            assert [each.trouble for each in await ear.first(CallBroke)] == [Trouble.BROKEN]
            assert 2 < len(seen.by("GET")) <= 20

    run(work())


def test_an_aborted_call_closes_its_stream_at_the_server() -> None:
    async def work() -> None:
        began, closed = asyncio.Event(), asyncio.Event()

        async def slow(peer: Peer, asked: Asked) -> None:
            del asked
            await peer.send(stream_head() + event(note("notifications/message", {})))
            began.set()
            await peer.gone()
            closed.set()

        async with listen(remote(slow)) as server, reached(server.port) as (upstream, ear):
            upstream.send(modern(call(2, "a")), 2, ())
            await asyncio.wait_for(began.wait(), 10)
            await ear.first(ServerSent)
            upstream.abort(2)
            upstream.abort(2)
            await asyncio.wait_for(closed.wait(), 10)
            assert not ear.of(CallBroke)

    run(work())


def test_a_host_that_does_not_read_stops_the_servers_stream_and_loses_nothing() -> None:
    async def work() -> None:
        big = note("notifications/message", {"x": "x" * 100_000})
        written = 0
        finished = asyncio.Event()

        async def flood(peer: Peer, asked: Asked) -> None:
            nonlocal written
            await peer.send(stream_head())
            for _ in range(300):
                peer.writer.write(event(big))
                await peer.writer.drain()
                written += 1
            await peer.send(event(asked.result(DONE)))
            finished.set()

        async with listen(remote(flood)) as server, reached(server.port) as (upstream, ear):
            await shaken(upstream, ear)
            upstream.hold()
            upstream.send(call(2, "a"), 2, ())
            before = -1
            while before != written or not written:
                before = written
                for _ in range(200):
                    await asyncio.sleep(0)
            assert written < 300
            assert not ear.events
            upstream.flow()
            await ear.first(ServerSent, 301)
            assert finished.is_set()

    run(work())


# -- the standalone stream -----------------------------------------------------------------------


def test_the_standalone_stream_is_read_again_when_it_ends_until_the_session_does() -> None:
    async def work() -> None:
        asked_from: list[str | None] = []

        async def get(peer: Peer, asked: Asked) -> None:
            asked_from.append(asked.headers.get("last-event-id"))
            number = len(asked_from)
            body = note("notifications/tools/list_changed")
            await peer.send(stream_head() + event(body, id=f"g{number}", retry=0))
            if number >= 3:
                await peer.gone()
            peer.writer.close()

        async with listen(remote(done, get=get)) as server, reached(server.port, listens=True) as (upstream, ear):
            await shaken(upstream, ear)
            sent = await ear.first(ServerSent, 3)
            assert asked_from == [None, "g1", "g2"]
            assert all(each.call is None for each in sent)

    run(work())


def test_a_server_without_a_standalone_stream_is_asked_once() -> None:
    async def work() -> None:
        seen = Seen()
        async with listen(remote(done, seen=seen)) as server, reached(server.port, listens=True) as (upstream, ear):
            await shaken(upstream, ear)
            upstream.send(call(2, "a"), 2, ())
            await ear.first(ServerSent)
            await seen.until(lambda asked: asked.method == "GET")
            upstream.send(call(3, "a"), 3, ())
            await ear.first(ServerSent, 2)
            assert len(seen.by("GET")) == 1

    run(work())


def test_without_a_session_nobody_listens() -> None:
    async def work() -> None:
        seen = Seen()
        async with listen(remote(done, seen=seen)) as server, reached(server.port) as (upstream, ear):
            upstream.listen()
            upstream.send(modern(call(2, "a")), 2, ())
            await ear.first(ServerSent)
            upstream.listen()
            assert [each.method for each in seen.all] == ["POST"]

    run(work())


def test_garbage_on_the_standalone_stream_is_told_and_the_stream_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream_http, "_RETRY", 0.0)

    async def work() -> None:
        times = 0

        async def get(peer: Peer, asked: Asked) -> None:
            nonlocal times
            del asked
            times += 1
            if times == 1:
                await peer.send(stream_head() + b"data: " + b"x" * 20_000 + b"\n\n")
            else:
                await peer.send(stream_head() + b"data: {\n\n" + event(note("notifications/tools/list_changed")))
                await peer.gone()
            peer.writer.close()

        opened = remote(done, get=get)
        async with listen(opened) as server, reached(server.port, limits=SMALL, listens=True) as (upstream, ear):
            await shaken(upstream, ear)
            await ear.first(ServerSent)
            garbled = ear.of(ServerGarbled)
            assert [each.reason for each in garbled] == ["too-large", "malformed-json"]
            assert all(each.call is None for each in garbled)

    run(work())


# -- the end -------------------------------------------------------------------------------------


def test_stopping_drops_what_is_under_way_and_ends_the_session() -> None:
    async def work() -> None:
        seen = Seen()
        async with listen(remote(never, seen=seen)) as server, reached(server.port) as (upstream, ear):
            await shaken(upstream, ear)
            upstream.send(call(2, "a"), 2, ())
            await seen.until(lambda asked: asked.tool == "a")
            upstream.stop()
            await seen.until(lambda asked: asked.method == "DELETE")
            assert not ear.of(CallBroke)

    run(work())


def test_a_server_that_does_not_answer_the_end_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream_http, "_CLOSE_SECONDS", 0.2)

    async def script(peer: Peer, server: Server) -> None:
        while raw := await peer.request():
            if raw.startswith(b"DELETE"):
                await peer.gone()
                return
            await remote(done)(Once(peer, raw), server)  # type: ignore[arg-type]

    async def work() -> None:
        async with listen(script) as server, reached(server.port) as (upstream, ear):
            await shaken(upstream, ear)
            async with asyncio.timeout(10):
                await upstream.aclose()

    run(work())


class Once:
    """A peer whose next request was read already."""

    def __init__(self, peer: Peer, raw: bytes) -> None:
        self._raw = raw
        self.send = peer.send
        self.writer = peer.writer

    async def request(self) -> bytes:
        raw, self._raw = self._raw, b""
        return raw


def test_the_servers_name_of_a_session_is_not_kept_when_it_gives_none() -> None:
    async def work() -> None:
        seen = Seen()

        async def stateless(peer: Peer, asked: Asked) -> None:
            opened: JsonObject = {"protocolVersion": "2025-11-25", "capabilities": {}, "serverInfo": {"name": "x"}}
            await answer_with(peer, asked, asked.result(opened))

        async with listen(remote(done, initialize=stateless, seen=seen)) as server:
            async with reached(server.port) as (upstream, ear):
                await shaken(upstream, ear)
                upstream.send(call(2, "a"), 2, ())
                await ear.first(ServerSent)
            assert all("mcp-session-id" not in each.headers for each in seen.all)
            assert all(each.method == "POST" for each in seen.all)

    run(work())
