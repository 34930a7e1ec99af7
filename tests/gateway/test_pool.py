"""The pool: reuse, limits, waiting, cancelling, closing; nothing is sent twice, nothing leaks."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
import uvloop

from http_peers import answer, chunked, listen
from peers.loops import PATIENCE
from sekisho.gateway.pool import Endpoint, Pool, PoolError, PoolLimits

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Coroutine

    from http_peers import Peer, Server

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

T = TypeVar("T")
LOOPS = {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}


@pytest.fixture(params=["asyncio", "uvloop"])
def loop(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def run(loop: str, work: Coroutine[object, object, T]) -> T:
    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        return runner.run(asyncio.wait_for(work, 30))


async def echo(peer: Peer, server: Server) -> None:
    while request := await peer.request():
        server.requests.append(request)
        await peer.send(answer(request.partition(b"\r\n\r\n")[2]))


@contextlib.asynccontextmanager
async def to(server: Server, limits: PoolLimits | None = None) -> AsyncGenerator[Pool]:
    pool = Pool(Endpoint.parse(f"http://127.0.0.1:{server.port}/mcp"), limits=limits)
    try:
        yield pool
    finally:
        await pool.aclose()


async def call(pool: Pool, body: bytes = b"{}") -> bytes:
    return await (await pool.send("POST", [], body)).read()


async def kind_of(work: Awaitable[object]) -> tuple[str, bool]:
    with pytest.raises(PoolError) as caught:
        await work
    return caught.value.kind, caught.value.sent


async def all_gone(server: Server) -> None:
    if server.open:
        await asyncio.wait(server.open, timeout=PATIENCE)
    assert not server.open


def test_calls_one_after_another_share_a_connection(loop: str) -> None:
    async def work() -> None:
        async with listen(echo) as server, to(server) as pool:
            for number in range(20):
                assert await call(pool, b"%d" % number) == b"%d" % number
            assert server.connections == 1

    run(loop, work())


def test_calls_at_once_have_a_connection_each_and_share_them_later(loop: str) -> None:
    async def work() -> None:
        async with listen(echo) as server, to(server) as pool:
            for _ in range(5):
                bodies = [b"%d" % number for number in range(8)]
                assert await asyncio.gather(*(call(pool, body) for body in bodies)) == bodies
            assert server.connections == 8

    run(loop, work())


def test_the_connection_used_last_is_used_first(loop: str) -> None:
    async def work() -> None:
        used: list[int] = []

        async def script(peer: Peer, server: Server) -> None:
            number = server.connections
            while await peer.request():
                used.append(number)
                await peer.send(answer())

        async with listen(script) as server, to(server) as pool:
            first = await pool.send("POST", [], b"a")
            second = await pool.send("POST", [], b"b")
            await second.read()
            await first.read()
            used.clear()
            for _ in range(3):
                await call(pool)
            assert len(set(used)) == 1

    run(loop, work())


def test_a_connection_is_kept_only_so_long_and_so_many(loop: str) -> None:
    async def work() -> None:
        async with listen(echo) as server, to(server, PoolLimits(idle=2, idle_seconds=0.1)) as pool:
            await asyncio.gather(*(call(pool) for _ in range(5)))
            while len(server.open) > 2:
                await asyncio.wait(server.open, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
            await all_gone(server)
            assert await call(pool) == b"{}"
            assert server.connections == 6

    run(loop, work())


def test_a_stale_connection_is_not_used_even_before_the_loop_has_seen_its_end(loop: str) -> None:
    async def work() -> None:
        accepted: list[socket.socket] = []
        with socket.create_server(("127.0.0.1", 0)) as listener:
            pool = Pool(Endpoint.parse(f"http://127.0.0.1:{listener.getsockname()[1]}/"))
            running = asyncio.get_running_loop()

            def serve_one() -> socket.socket:
                connection, _ = listener.accept()
                connection.recv(65536)
                connection.sendall(answer(b"a"))
                return connection

            for _ in range(2):
                serving = running.run_in_executor(None, serve_one)
                assert await call(pool) == b"a"
                accepted.append(await serving)
                accepted[-1].close()  # the loop has no turn between this and the next call
            await pool.aclose()
        assert len(accepted) == 2

    run(loop, work())


def test_a_request_is_never_written_twice(loop: str) -> None:
    async def work() -> None:
        async def script(peer: Peer, server: Server) -> None:
            server.requests.append(await peer.request())
            await peer.send(answer(b"a"))
            server.requests.append(await peer.request())
            peer.reset()

        async with listen(script) as server, to(server) as pool:
            assert await call(pool) == b"a"
            assert await kind_of(call(pool)) == ("broken", True)
            assert (len(server.requests), server.connections) == (2, 1)

    run(loop, work())


def test_no_more_connections_than_the_limit_and_the_others_have_their_turn(loop: str) -> None:
    async def work() -> None:
        async with listen(echo) as server, to(server, PoolLimits(connections=3)) as pool:
            bodies = [b"%d" % number for number in range(40)]
            assert await asyncio.gather(*(call(pool, body) for body in bodies)) == bodies
            assert server.connections == 3

    run(loop, work())


def test_who_waits_gets_the_place_of_a_connection_that_breaks(loop: str) -> None:
    async def work() -> None:
        async def script(peer: Peer, server: Server) -> None:
            if await peer.request() and server.connections > 1:
                await peer.send(answer(b"b", b"Connection: close"))

        async with listen(script) as server, to(server, PoolLimits(connections=1)) as pool:
            results = await asyncio.gather(*(call(pool) for _ in range(4)), return_exceptions=True)
            assert isinstance(results[0], PoolError)
            assert results[1:] == [b"b"] * 3
            assert server.connections == 4

    run(loop, work())


def test_who_waits_gets_the_place_of_a_connection_that_does_not_open(loop: str) -> None:
    async def work() -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            pool = Pool(
                Endpoint.parse(f"http://127.0.0.1:{unused.getsockname()[1]}/"), limits=PoolLimits(connections=1)
            )
            results = await asyncio.gather(*(kind_of(call(pool)) for _ in range(5)))
            assert results == [("refused", False)] * 5
            await pool.aclose()

    run(loop, work())


def test_who_is_given_a_connection_that_dies_at_once_opens_another(loop: str) -> None:
    async def work() -> None:
        async def script(peer: Peer, server: Server) -> None:
            number = server.connections
            while await peer.request():
                await peer.send(answer(b"a"))
                if number == 1:
                    peer.reset()

        async with listen(script) as server, to(server, PoolLimits(connections=1)) as pool:
            first = await pool.send("POST", [], b"a")
            second = asyncio.ensure_future(call(pool))
            assert await first.read() == b"a"
            # Either the break was seen before the request was written, or the request is lost with its connection.
            try:
                assert await second == b"a"
            except PoolError as error:
                assert error.sent  # noqa: PT017 - one of two good ends
            assert await call(pool) == b"a"

    run(loop, work())


async def never(peer: Peer, server: Server) -> None:
    server.requests.append(await peer.request())
    await peer.gone()


def test_waiting_for_a_connection_is_bounded_in_time_and_number(loop: str) -> None:
    async def work() -> None:
        limits = PoolLimits(connections=1, waiting=1, wait_seconds=0.05)
        async with listen(never) as server, to(server, limits) as pool:
            first = asyncio.ensure_future(call(pool))
            second = asyncio.ensure_future(kind_of(call(pool)))
            await asyncio.sleep(0)
            assert await kind_of(call(pool)) == ("timeout", False)
            assert await second == ("timeout", False)
            assert len(server.requests) <= 1
            first.cancel()
            await asyncio.wait((first,))
            await all_gone(server)

    run(loop, work())


def test_cancelling_a_call_closes_its_connection_and_no_other(loop: str) -> None:
    async def work() -> None:
        async def script(peer: Peer, server: Server) -> None:
            if server.connections == 1:
                await never(peer, server)
            else:
                await echo(peer, server)

        async with listen(script) as server, to(server) as pool:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(call(pool), 0.05)
            await all_gone(server)
            assert await call(pool) == b"{}"
            assert await call(pool) == b"{}"
            assert server.connections == 2

    run(loop, work())


def test_cancelling_calls_at_any_moment_leaves_the_pool_whole(loop: str) -> None:
    async def work() -> None:
        async with listen(echo) as server, to(server, PoolLimits(connections=2)) as pool:
            for turns in range(40):
                calls = [asyncio.ensure_future(call(pool, b"%d" % number)) for number in range(5)]
                for _ in range(turns % 20):
                    await asyncio.sleep(0)
                for victim in calls[turns % 3 :: 2]:
                    victim.cancel()
                results = await asyncio.gather(*calls, return_exceptions=True)
                for number, result in enumerate(results):
                    assert isinstance(result, asyncio.CancelledError) or result == b"%d" % number
            assert await asyncio.gather(*(call(pool, b"%d" % n) for n in range(4))) == [b"0", b"1", b"2", b"3"]

    run(loop, work())


def test_closing_ends_calls_streams_waits_and_openings(loop: str) -> None:
    async def work() -> None:
        streaming = asyncio.Event()

        async def script(peer: Peer, _server: Server) -> None:
            request = await peer.request()
            if request.endswith(b"stream"):
                await peer.send(chunked(b"a", end=b""))
                streaming.set()
            await peer.gone()

        async with listen(script) as server, to(server, PoolLimits(connections=2)) as pool:
            stream = await pool.send("POST", [], b"stream")
            await streaming.wait()
            assert await stream.chunk() == b"a"
            calls = [asyncio.ensure_future(kind_of(call(pool))) for _ in range(3)]
            await server.accepted(2)
            await pool.aclose()
            assert await kind_of(stream.chunk()) == ("closed", True)
            assert [await result for result in calls] == [("closed", True), ("closed", False), ("closed", False)]
            await all_gone(server)
            assert await kind_of(call(pool)) == ("closed", False)

    run(loop, work())


def test_closing_does_not_wait_for_a_connection_that_does_not_open(loop: str) -> None:
    async def work() -> None:
        async def silent(peer: Peer, _server: Server) -> None:
            await peer.gone()

        async with listen(silent) as server:
            pool = Pool(Endpoint.parse(f"https://127.0.0.1:{server.port}/"), limits=PoolLimits(connect_seconds=3600))
            opening = asyncio.ensure_future(kind_of(call(pool)))
            await server.accepted(1)
            await pool.aclose()
            assert await opening == ("closed", False)
            await all_gone(server)
            await pool.aclose()

    run(loop, work())


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_a_thousand_connections_leave_no_descriptor(loop: str) -> None:
    async def work() -> None:
        async def script(peer: Peer, server: Server) -> None:
            await peer.request()
            match server.connections % 4:
                case 0:
                    await peer.send(answer(b"a", b"Connection: close"))
                case 1:
                    peer.reset()
                case 2:
                    await peer.send(b"junk\r\n")
                case _:
                    await peer.send(answer(b"aa")[:-1])

        async with listen(script) as server, to(server, PoolLimits(connections=20)) as pool:
            before = descriptors()
            for _ in range(50):
                results = await asyncio.gather(*(call(pool) for _ in range(20)), return_exceptions=True)
                assert all(result == b"a" or isinstance(result, PoolError) for result in results)
            assert server.connections == 1000
            await pool.aclose()
            await all_gone(server)
            await asyncio.sleep(0)  # the server's transports close in the turn after
            assert descriptors() <= before

    run(loop, work())
