"""Reading an answer: whole, piece by piece, slowly, too much, not at all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import pytest
import uvloop

from http_peers import answer, chunked, listen
from peers.loops import PATIENCE
from sekisho.gateway.pool import Endpoint, Pool, PoolError, PoolLimits
from sekisho.wire.sse import Decoder, encode

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from http_peers import Peer, Server
    from sekisho.gateway.pool import Reply

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

T = TypeVar("T")
LOOPS = {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}


@pytest.fixture(params=["asyncio", "uvloop"])
def loop(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def run(loop: str, work: Coroutine[object, object, T]) -> T:
    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        return runner.run(asyncio.wait_for(work, 20))


async def with_reply(
    script: Callable[[Peer], Awaitable[None]],
    work: Callable[[Reply, Pool, Server], Awaitable[T]],
    *,
    limits: PoolLimits | None = None,
) -> T:
    """Send one request to a server that follows `script`, do the work, and see that the server's end closes too."""

    async def serve(peer: Peer, _server: Server) -> None:
        await peer.request()
        await script(peer)

    async with listen(serve) as server:
        pool = Pool(Endpoint.parse(f"http://127.0.0.1:{server.port}/"), limits=limits)
        result = await work(await pool.send("POST", [], b"{}"), pool, server)
        await pool.aclose()
        if server.open:
            _, late = await asyncio.wait(server.open, timeout=PATIENCE)
            assert not late
        return result


async def kind_of(reading: Awaitable[object]) -> tuple[str, bool]:
    with pytest.raises(PoolError) as caught:
        await reading
    return caught.value.kind, caught.value.sent


def test_a_body_is_read_whole_and_again(loop: str) -> None:
    async def script(peer: Peer) -> None:
        for piece in (chunked(b"a" * 3000, end=b""), *[b"2\r\nbc\r\n"] * 500, b"0\r\n\r\n"):
            await peer.send(piece)
        await peer.gone()

    async def work(reply: Reply, _pool: Pool, _server: Server) -> None:
        assert await reply.read() == b"a" * 3000 + b"bc" * 500
        assert len(await reply.read()) == 4000

    run(loop, with_reply(script, work))


def test_events_come_as_they_are_sent(loop: str) -> None:
    async def work() -> None:
        go = asyncio.Event()

        async def script(peer: Peer) -> None:
            await peer.send(chunked(encode(b"1"), end=b""))
            await go.wait()
            await peer.send(b"%x\r\n%b\r\n0\r\n\r\n" % (len(encode(b"2")), encode(b"2")))
            await peer.gone()

        async def read(reply: Reply, _pool: Pool, _server: Server) -> None:
            assert reply.media_type == "text/event-stream"
            decoder = Decoder()
            assert [event.data for event in decoder.feed(await reply.chunk() or b"")] == [b"1"]
            go.set()
            assert [event.data for event in decoder.feed(await reply.chunk() or b"")] == [b"2"]
            assert await reply.chunk() is None
            assert await reply.chunk() is None

        await with_reply(script, read)

    run(loop, work())


def test_what_chunk_leaves_is_read(loop: str) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(answer(b"ab")[:-1])
        await peer.send(b"b")
        await peer.gone()

    async def work(reply: Reply, _pool: Pool, _server: Server) -> None:
        first = await reply.chunk()
        assert (first or b"") + await reply.read() == b"ab"

    run(loop, with_reply(script, work))


def test_a_reader_that_does_not_read_stops_the_server(loop: str) -> None:
    total = 64 * 1024 * 1024

    async def work() -> None:
        written = 0
        stalled = asyncio.Event()

        async def script(peer: Peer) -> None:
            nonlocal written
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % total)
            while written < total:
                peer.writer.write(bytes(65536))
                written += 65536
                turns = 0
                while peer.writer.transport.get_write_buffer_size() and turns < 100:
                    turns += 1
                    await asyncio.sleep(0)  # the client has its turns too, and takes nothing
                if turns == 100:
                    stalled.set()
                    await peer.writer.drain()
            await peer.gone()

        async def read(reply: Reply, _pool: Pool, _server: Server) -> None:
            await stalled.wait()
            assert written < total / 2
            seen = 0
            while (data := await reply.chunk()) is not None:
                assert len(data) < 1024 * 1024
                seen += len(data)
            assert seen == total

        await with_reply(script, read)

    run(loop, work())


def test_an_answer_that_nobody_reads_is_given_up(loop: str) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(answer(b"x" * 20_000_000))
        await peer.gone()

    async def work(reply: Reply, _pool: Pool, server: Server) -> tuple[str, bool]:
        await asyncio.wait(server.open, timeout=PATIENCE)
        while await reply.chunk():
            pass
        raise AssertionError

    with pytest.raises(PoolError) as caught:
        run(loop, with_reply(script, work, limits=PoolLimits(body_seconds=0.05)))
    assert caught.value.kind == "timeout"


@pytest.mark.parametrize(
    "sent", [answer(b"x" * 1001), chunked(b"x" * 600, b"x" * 401), b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1001]
)
def test_a_body_over_the_limit_is_refused(loop: str, sent: bytes) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(sent)
        await peer.gone()

    async def work(reply: Reply, _pool: Pool, _server: Server) -> None:
        assert await kind_of(reply.read()) == ("too-large", True)
        assert await kind_of(reply.read()) == ("too-large", True)

    run(loop, with_reply(script, work, limits=PoolLimits(body_bytes=1000)))


def test_an_endless_body_is_refused(loop: str) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(chunked(end=b""))
        while True:
            await peer.send(b"1\r\na\r\n")

    async def work(reply: Reply, _pool: Pool, _server: Server) -> None:
        assert await kind_of(reply.read()) == ("too-large", True)

    run(loop, with_reply(script, work, limits=PoolLimits(body_bytes=1000)))


def test_a_body_of_the_limit_is_read(loop: str) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(chunked(b"x" * 600, b"x" * 400))
        await peer.gone()

    async def work(reply: Reply, _pool: Pool, _server: Server) -> int:
        return len(await reply.read())

    assert run(loop, with_reply(script, work, limits=PoolLimits(body_bytes=1000))) == 1000


def test_a_body_that_stops_is_given_up(loop: str) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(answer(b"hello")[:-1])
        await peer.gone()

    async def whole(reply: Reply, _pool: Pool, _server: Server) -> None:
        assert await kind_of(reply.read(seconds=0.02)) == ("timeout", True)

    async def pieces(reply: Reply, _pool: Pool, _server: Server) -> None:
        while True:
            try:
                assert await reply.chunk(seconds=0.02)
            except PoolError as error:
                assert error.kind == "timeout"  # noqa: PT017 - bytes may come in two pieces before
                return

    run(loop, with_reply(script, whole))
    run(loop, with_reply(script, pieces))


def test_bytes_before_a_break_are_returned_and_then_the_error(loop: str) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(chunked(b"hello", end=b""))

    async def work(reply: Reply, _pool: Pool, server: Server) -> None:
        if server.open:
            await asyncio.wait(server.open, timeout=PATIENCE)
        assert await reply.chunk() == b"hello"
        assert await kind_of(reply.chunk()) == ("broken", True)
        assert await kind_of(reply.read()) == ("broken", True)

    run(loop, with_reply(script, work))


def test_closing_an_unfinished_answer_closes_the_connection(loop: str) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(chunked(b"hello", end=b""))
        await peer.gone()

    async def work(reply: Reply, pool: Pool, server: Server) -> None:
        assert await reply.chunk() == b"hello"
        waiting = asyncio.ensure_future(reply.chunk())
        await asyncio.sleep(0)
        reply.close()
        assert await kind_of(waiting) == ("closed", True)
        assert await kind_of(reply.chunk()) == ("closed", True)
        await asyncio.wait(server.open, timeout=PATIENCE)
        assert not server.open
        reply.close()
        del pool

    run(loop, with_reply(script, work))


def test_closing_a_finished_answer_keeps_the_connection(loop: str) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(answer(b"a"))
        await peer.request()
        await peer.send(answer(b"b"))
        await peer.gone()

    async def work(reply: Reply, pool: Pool, server: Server) -> None:
        await reply.read()
        reply.close()
        assert await (await pool.send("POST", [], b"{}")).read() == b"b"
        assert server.connections == 1

    run(loop, with_reply(script, work))


@pytest.mark.parametrize("whole", [True, False])
def test_cancelling_a_read_closes_the_connection(loop: str, whole: bool) -> None:  # noqa: FBT001 - a table's column
    async def script(peer: Peer) -> None:
        await peer.send(chunked(end=b""))
        await peer.gone()

    async def work(reply: Reply, _pool: Pool, server: Server) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reply.read() if whole else reply.chunk(), 0.02)
        await asyncio.wait(server.open, timeout=PATIENCE)
        assert not server.open

    run(loop, with_reply(script, work))


def test_two_readers_at_once_are_a_mistake(loop: str) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(chunked(end=b""))
        await peer.gone()

    async def work(reply: Reply, _pool: Pool, _server: Server) -> None:
        first = asyncio.ensure_future(reply.chunk())
        await asyncio.sleep(0)
        with pytest.raises(RuntimeError):
            await reply.chunk()
        reply.close()
        assert await kind_of(first) == ("closed", True)

    run(loop, with_reply(script, work))
