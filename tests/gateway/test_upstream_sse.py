"""An old remote server over HTTP+SSE, good and bad."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, cast

import pytest

from http_peers import answer, listen
from peers.ends import Ear
from peers.loops import run, until
from peers.messages import call, initialize, note
from peers.remote import event, read, stream_head
from sekisho.engine.events import CallBroke, ServerGarbled, ServerLeft, ServerSent, Trouble
from sekisho.gateway import upstream_sse
from sekisho.gateway.pool import Endpoint, Pool
from sekisho.gateway.upstream_sse import SseUpstream
from sekisho.wire.jsonrpc import Response
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from http_peers import Peer, Server
    from peers.remote import Asked
    from sekisho.gateway.link import Link
    from sekisho.wire.jsonrpc import JsonObject

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

ENDPOINT: Final = b"event: endpoint\ndata: /messages?session_id=5\n\n"
DONE: Final[JsonObject] = {"content": [{"type": "text", "text": "done"}]}


class Old:
    """A server of 2024-11-05, whose stream is written by the test too.

    Args:
        first: what its stream begins with.
        posted: answers a POST; else it is accepted, and every request gets a result on the stream.
    """

    def __init__(self, first: bytes = ENDPOINT, posted: Callable[[Peer, Asked], Awaitable[None]] | None = None) -> None:
        self.first = first
        self.status = stream_head()
        self.posts: list[tuple[str, Asked]] = []
        self.streams: list[Peer] = []
        self.heads: list[Asked] = []
        self.ended = 0
        self.changed = asyncio.Event()
        self._posted = posted

    async def serve(self, peer: Peer, server: Server) -> None:
        """Take one connection."""
        del server
        while raw := await peer.request():
            asked = read(raw)
            if asked.method == "GET":
                self.heads.append(asked)
                await peer.send(self.status + self.first)
                self.streams.append(peer)
                self.changed.set()
                await peer.gone()
                self.ended += 1
                self.changed.set()
                return
            self.posts.append((raw.split(b" ")[1].decode(), asked))
            self.changed.set()
            if self._posted is not None:
                await self._posted(peer, asked)
                continue
            await peer.send(answer(status=b"202 Accepted"))
            if asked.id is not None:
                await self.say(event(asked.result(DONE)))

    async def say(self, data: bytes) -> None:
        """Write to the newest stream."""
        await self.streams[-1].send(data)

    async def opened(self, number: int = 1) -> None:
        """Wait for so many streams."""
        await until(self.changed, lambda: len(self.streams) >= number)

    async def told(self, number: int) -> None:
        """Wait for so many POSTs."""
        await until(self.changed, lambda: len(self.posts) >= number)


@asynccontextmanager
async def reached(old: Old, *, limits: Limits | None = None) -> AsyncGenerator[tuple[SseUpstream, Ear]]:
    """Yield an upstream, started, and what hears it."""
    async with listen(old.serve) as server:
        at = Endpoint.parse(f"http://127.0.0.1:{server.port}/sse?key=k")
        pool, ear = Pool(at), Ear()
        upstream = SseUpstream(
            at, pool, headers=((b"x-api-key", b"k"),), link=cast("Link", ear), limits=limits or Limits(), say=ear.say
        )
        upstream.start()
        try:
            yield upstream, ear
        finally:
            await upstream.aclose()
            await pool.aclose()


def test_what_is_said_comes_on_the_stream_and_what_is_told_goes_to_the_address_that_it_named() -> None:
    async def work() -> None:
        old = Old()
        async with reached(old) as (upstream, ear):
            upstream.send(initialize(1), 1, ())
            upstream.send(note("notifications/initialized"), None, ())
            upstream.send(call(2, "a"), 2, ())
            (first, second) = await ear.first(ServerSent, 2)
            assert isinstance(first.message, Response)
            assert isinstance(second.message, Response)
            assert (first.message.id, second.message.id, second.call) == (1, 2, None)
            await upstream.settled()
            assert [target for target, _ in old.posts] == ["/messages?session_id=5"] * 3
            assert [asked.body["method"] for _, asked in old.posts] == [
                "initialize",
                "notifications/initialized",
                "tools/call",
            ]
            assert {asked.headers["x-api-key"] for asked in (*old.heads, *(asked for _, asked in old.posts))} == {"k"}
            assert "authorization" not in old.heads[0].headers
            upstream.abort(2)
            upstream.listen()
            await upstream.finish(0)

    run(work())


@pytest.mark.parametrize("named", [b"https://127.0.0.1/m", b"//evil.example/m", b"http://evil.example/m"])
def test_an_address_at_another_origin_is_refused(named: bytes) -> None:
    async def work() -> None:
        old = Old(b"event: endpoint\ndata: " + named + b"\n\n")
        async with reached(old) as (upstream, ear):
            upstream.send(initialize(1), 1, ())
            (left,) = await ear.first(ServerLeft)
            assert left.trouble is Trouble.GARBLED
            assert "another origin" in ear.said[0]
            assert named.decode() not in ear.said[0]
            assert not old.posts

    run(work())


@pytest.mark.parametrize("named", [b"http://user@127.0.0.1/m", b"/m#f", b"/\xff", b"http://[::1"])
def test_an_address_that_two_parsers_could_read_differently_is_refused(named: bytes) -> None:
    async def work() -> None:
        async with reached(Old(b"event: endpoint\ndata: " + named + b"\n\n")) as (_, ear):
            (left,) = await ear.first(ServerLeft)
            assert left.trouble is Trouble.GARBLED
            assert "can't be used" in ear.said[0]

    run(work())


def test_an_address_beside_the_stream_is_found_and_a_second_one_is_ignored() -> None:
    async def work() -> None:
        old = Old(b"event: endpoint\ndata: messages\n\nevent: endpoint\ndata: /other\n\nevent: x\ndata: y\n\n")
        async with reached(old) as (upstream, ear):
            upstream.send(call(1, "a"), 1, ())
            await ear.first(ServerSent)
            assert [target for target, _ in old.posts] == ["/messages"]

    run(work())


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (answer(status=b"401 Unauthorized"), Trouble.UNAUTHORIZED),
        (answer(status=b"404 Not Found"), Trouble.UNREACHABLE),
        (answer(b"{}", b"Content-Type: application/json"), Trouble.UNREACHABLE),
    ],
)
def test_a_server_without_a_stream_is_told_as_gone(status: bytes, trouble: Trouble) -> None:
    async def work() -> None:
        old = Old(b"")
        old.status = status
        async with reached(old) as (_, ear):
            (left,) = await ear.first(ServerLeft)
            assert left.trouble is trouble
            assert "HTTP status" in ear.said[0]

    run(work())


def test_nobody_there_is_told_as_unreachable() -> None:
    async def work() -> None:
        async with listen(Old().serve) as server:
            port = server.port
        at = Endpoint.parse(f"http://127.0.0.1:{port}/sse")
        pool, ear = Pool(at), Ear()
        upstream = SseUpstream(at, pool, headers=(), link=cast("Link", ear), limits=Limits(), say=ear.say)
        upstream.start()
        (left,) = await ear.first(ServerLeft)
        assert left.trouble is Trouble.UNREACHABLE
        await upstream.aclose()
        await pool.aclose()

    run(work())


def test_a_stream_that_ends_is_a_server_that_left_and_starts_again_when_it_is_asked_to() -> None:
    async def work() -> None:
        old = Old()
        async with reached(old) as (upstream, ear):
            await old.opened()
            old.streams[0].writer.close()
            (left,) = await ear.first(ServerLeft)
            assert left.trouble is Trouble.BROKEN
            upstream.start()
            upstream.send(call(7, "a"), 7, ())
            await ear.first(ServerSent)
            assert len(old.streams) == 2
            assert len(ear.of(ServerLeft)) == 1

    run(work())


def test_a_server_that_names_no_address_in_time_is_told_as_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream_sse, "_OPEN_SECONDS", 0.1)

    async def work() -> None:
        old = Old(b": hello\n\n")
        async with reached(old) as (upstream, ear):
            upstream.send(call(1, "a"), 1, ())
            (left,) = await ear.first(ServerLeft)
            assert left.trouble is Trouble.BROKEN
            assert not old.posts

    run(work())


def test_what_can_not_be_read_is_told_with_its_call_and_the_stream_goes_on() -> None:
    async def work() -> None:
        old = Old()
        async with reached(old) as (_, ear):
            await old.opened()
            await old.say(b'data: {"jsonrpc":"2.0","id":3,"result":NaN}\n\ndata: {\n\ndata:\n\n')
            await old.say(event(note("notifications/message", {})))
            await ear.first(ServerSent)
            assert [(each.reason, each.call) for each in ear.of(ServerGarbled)] == [
                ("malformed-json", 3),
                ("malformed-json", None),
            ]

    run(work())


def test_an_event_over_the_limit_ends_the_stream() -> None:
    async def work() -> None:
        old = Old()
        async with reached(old, limits=Limits(bytes=1000)) as (_, ear):
            await old.opened()
            await old.say(b"data: " + b"x" * 5000 + b"\n\n")
            (left,) = await ear.first(ServerLeft)
            assert left.trouble is Trouble.TOO_LARGE

    run(work())


@pytest.mark.parametrize(
    ("status", "trouble"), [(b"500 Oops", Trouble.UNREACHABLE), (b"403 Forbidden", Trouble.UNAUTHORIZED)]
)
def test_a_message_that_is_not_accepted_breaks_its_call_alone(status: bytes, trouble: Trouble) -> None:
    async def refuse(peer: Peer, asked: Asked) -> None:
        del asked
        await peer.send(answer(b"no", status=status))

    async def work() -> None:
        async with reached(Old(posted=refuse)) as (upstream, ear):
            upstream.send(note("notifications/initialized"), None, ())
            upstream.send(call(4, "a"), 4, ())
            (broke,) = await ear.first(CallBroke)
            assert (broke.call, broke.trouble) == (4, trouble)
            assert not ear.of(ServerLeft)

    run(work())


def test_a_connection_that_breaks_under_a_message_breaks_its_call() -> None:
    async def reset(peer: Peer, asked: Asked) -> None:
        del asked
        peer.reset()
        await peer.gone()

    async def work() -> None:
        async with reached(Old(posted=reset)) as (upstream, ear):
            upstream.send(call(4, "a"), 4, ())
            (broke,) = await ear.first(CallBroke)
            assert (broke.call, broke.trouble) == (4, Trouble.BROKEN)

    run(work())


def test_an_acceptance_without_an_end_is_no_fault_of_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream_sse, "_POST_SECONDS", 0.1)

    async def half(peer: Peer, asked: Asked) -> None:
        del asked
        await peer.send(b"HTTP/1.1 202 Accepted\r\nContent-Length: 5\r\n\r\n")
        await peer.gone()

    async def work() -> None:
        async with reached(Old(posted=half)) as (upstream, ear):
            upstream.send(call(4, "a"), 4, ())
            await ear.until(lambda: ear.said)
            assert not ear.of(CallBroke)

    run(work())


def test_a_session_that_the_server_forgot_is_over() -> None:
    async def gone(peer: Peer, asked: Asked) -> None:
        del asked
        await peer.send(answer(status=b"404 Not Found"))

    async def work() -> None:
        async with reached(Old(posted=gone)) as (upstream, ear):
            upstream.send(call(4, "a"), 4, ())
            upstream.send(call(5, "b"), 5, ())
            (left,) = await ear.first(ServerLeft)
            assert left.trouble is Trouble.SESSION_ENDED
            await upstream.settled()

    run(work())


def test_what_waits_for_a_server_that_takes_nothing_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream_sse, "_MOST_WAITING", 10_000)

    async def work() -> None:
        old = Old(b"")
        async with reached(old) as (upstream, ear):
            await old.opened()
            for number in range(100):
                upstream.send(call(number, "x" * 500), number, ())
            (left,) = await ear.first(ServerLeft)
            assert left.trouble is Trouble.HUNG
            await upstream.settled()

    run(work())


def test_nothing_passes_while_it_is_held() -> None:
    async def work() -> None:
        old = Old()
        async with reached(old) as (upstream, ear):
            await old.opened()
            upstream.hold()
            await old.say(event(note("notifications/message", {})))
            upstream.send(note("notifications/initialized"), None, ())
            await old.told(1)
            assert not ear.of(ServerSent)
            upstream.flow()
            await ear.first(ServerSent)

    run(work())


def test_a_stop_closes_the_stream_without_a_word() -> None:
    async def work() -> None:
        old = Old()
        async with reached(old) as (upstream, ear):
            await old.opened()
            upstream.stop()
            await until(old.changed, lambda: old.ended)
            assert not ear.events

    run(work())
