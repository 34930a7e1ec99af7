"""What an answer may be: framing, and everything that would let a server make us lose count."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import pytest
import uvloop
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from http_peers import answer, chunked, listen
from peers.loops import PATIENCE
from sekisho.gateway.pool import Endpoint, Pool, PoolError, PoolLimits

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from http_peers import Peer, Server

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

T = TypeVar("T")
LOOPS = {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}


def run(loop: str, work: Coroutine[object, object, T]) -> T:
    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        return runner.run(asyncio.wait_for(work, 20))


@pytest.fixture(params=["asyncio", "uvloop"])
def loop(request: pytest.FixtureRequest) -> str:
    return str(request.param)


Result = tuple[int, bytes] | str
"""Status and body, or the kind of the error."""


async def ask(pool: Pool, method: str = "POST", body: bytes | None = b"{}") -> Result:
    try:
        reply = await pool.send(method, [(b"accept", b"*/*")], body, head_seconds=10)
        return reply.status, await reply.read(seconds=10)
    except PoolError as error:
        return error.kind if error.sent and "127.0.0.1" in str(error) else f"{error.kind}, but {error}"


async def exchange(
    *pieces: bytes, method: str = "POST", limits: PoolLimits | None = None, hang_up: bool = False
) -> tuple[Result, Result, int]:
    """Send two requests to a server that answers the first with `pieces`; return both results and the connections."""

    async def script(peer: Peer, server: Server) -> None:
        while request := await peer.request():
            server.requests.append(request)
            if len(server.requests) > 1:
                await peer.send(answer(b"second"))
                continue
            for piece in pieces:
                await peer.send(piece)
            if hang_up:
                return

    async with listen(script) as server:
        pool = Pool(Endpoint.parse(f"http://127.0.0.1:{server.port}/mcp"), limits=limits)
        first = await ask(pool, method)
        second = await ask(pool)
        await pool.aclose()
        assert len(server.requests) == 2
        return first, second, server.connections


OK = b"HTTP/1.1 200 OK\r\n"
LENGTH = b"Content-Length: 6\r\n"
CHUNKS = b"Transfer-Encoding: chunked\r\n"
NEXT = answer(b"smuggled")

REUSED: list[tuple[str, str, bytes, Result]] = [
    ("a length", "POST", answer(b"hello"), (200, b"hello")),
    ("no body", "POST", answer(), (200, b"")),
    ("chunks", "POST", chunked(b"hello", b" ", b"you"), (200, b"hello you")),
    ("chunk extensions and trailers", "POST", chunked(end=b"1;a=b\r\nc\r\n0\r\nX-T: 1\r\nX-U: 2\r\n\r\n"), (200, b"c")),
    ("an interim answer", "POST", b"HTTP/1.1 100 Continue\r\n\r\n" + answer(b"a"), (200, b"a")),
    ("two", "POST", b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 102 P\r\n\r\n" + answer(b"a"), (200, b"a")),
    ("204", "POST", b"HTTP/1.1 204 No Content\r\n\r\n", (204, b"")),
    ("204 with a length", "POST", b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", (204, b"")),
    ("304 with a length", "GET", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", (304, b"")),
    ("no reason", "POST", b"HTTP/1.1 200\r\nContent-Length: 1\r\n\r\na", (200, b"a")),
    ("a redirect is the caller's", "POST", answer(b"", b"Location: http://evil.example/", status=b"307 X"), (307, b"")),
    ("identity", "POST", answer(b"a", b"Content-Encoding: Identity"), (200, b"a")),
    ("HTTP/1.0", "POST", b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\na", (200, b"a")),
    ("the same type twice", "POST", answer(b"a", b"Content-Type: a/b", b"content-type: a/b"), (200, b"a")),
    ("a generous keep-alive", "POST", answer(b"a", b"Keep-Alive: timeout=60, max=9"), (200, b"a")),
]  # fmt: skip


@pytest.mark.parametrize(("method", "sent", "expected"), [row[1:] for row in REUSED], ids=[row[0] for row in REUSED])
def test_a_complete_answer_leaves_the_connection_for_the_next_request(
    loop: str, method: str, sent: bytes, expected: Result
) -> None:
    assert run(loop, exchange(sent, method=method)) == (expected, (200, b"second"), 1)


CLOSED: list[tuple[str, str, bytes, Result]] = [
    ("connection: close", "POST", answer(b"a", b"Connection: Close"), (200, b"a")),
    ("HTTP/1.0", "POST", b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na", (200, b"a")),
    ("HEAD announces a body and has none", "HEAD", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", (200, b"")),
    ("a second answer behind the first", "POST", answer(b"a") + NEXT, (200, b"a")),
    ("a second answer behind chunks", "POST", chunked(b"a") + NEXT, (200, b"a")),
    ("bytes behind the answer", "POST", answer(b"a") + b"xx", (200, b"a")),
    ("a body where none may be", "POST", b"HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc", (204, b"")),
    ("an answer behind the body of 204", "POST", b"HTTP/1.1 204 No Content\r\n\r\n" + NEXT, (204, b"")),
    ("a short keep-alive", "POST", answer(b"a", b"Keep-Alive: timeout=1"), (200, b"a")),
    ("two lengths", "POST", OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", "protocol"),
    ("the same length twice", "POST", OK + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\na", "protocol"),
    ("a list of lengths", "POST", OK + b"Content-Length: 1, 1\r\n\r\na", "protocol"),
    ("a signed length", "POST", OK + b"Content-Length: +1\r\n\r\na", "protocol"),
    ("a negative length", "POST", OK + b"Content-Length: -1\r\n\r\na", "protocol"),
    ("an empty length", "POST", OK + b"Content-Length:\r\n\r\n", "protocol"),
    ("a hexadecimal length", "POST", OK + b"Content-Length: 0x1\r\n\r\na", "protocol"),
    ("an endless length", "POST", OK + b"Content-Length: 99999999999999999999\r\n\r\na", "protocol"),
    ("length and chunks", "POST", OK + LENGTH + CHUNKS + b"\r\n0\r\n\r\n" + NEXT, "protocol"),
    ("chunks and length", "POST", OK + CHUNKS + LENGTH + b"\r\n0\r\n\r\n" + NEXT, "protocol"),
    ("another coding", "POST", OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", "protocol"),
    ("an unknown coding", "POST", OK + b"Transfer-Encoding: xchunked\r\n\r\n1\r\na\r\n0\r\n\r\n", "protocol"),
    ("chunked twice", "POST", OK + CHUNKS + CHUNKS + b"\r\n0\r\n\r\n", "protocol"),
    ("chunks in HTTP/1.0", "POST", b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "protocol"),
    ("a length in the trailers", "POST", chunked(b"a", end=b"0\r\nContent-Length: 9\r\n\r\n"), "protocol"),
    ("a chunk size with a space", "POST", chunked(end=b"1 \r\na\r\n0\r\n\r\n"), "protocol"),
    ("a chunk size with a bare LF", "POST", chunked(end=b"1\na\n0\n\n"), "protocol"),
    ("a chunk that is longer than it says", "POST", chunked(end=b"1\r\nab\r\n0\r\n\r\n"), "protocol"),
    ("a folded field", "POST", OK + b"X: a\r\n b\r\nContent-Length: 0\r\n\r\n", "protocol"),
    ("a space before the colon", "POST", OK + b"Content-Length : 0\r\n\r\n", "protocol"),
    ("NUL in a field", "POST", OK + b"X: a\0b\r\nContent-Length: 0\r\n\r\n", "protocol"),
    ("a bare CR in a field", "POST", OK + b"X: a\rContent-Length: 5\r\nContent-Length: 0\r\n\r\n", "protocol"),
    ("bare LFs", "POST", b"HTTP/1.1 200 OK\nContent-Length: 0\n\n", "protocol"),
    ("compression", "POST", answer(b"a", b"Content-Encoding: gzip"), "protocol"),
    ("two types", "POST", answer(b"a", b"Content-Type: a/b", b"Content-Type: text/event-stream"), "protocol"),
    ("switching protocols", "POST", b"HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n" + NEXT, "protocol"),
    ("status 000", "POST", b"HTTP/1.1 000 X\r\n\r\n", "protocol"),
    ("status 600", "POST", answer(b"a", status=b"600 X"), "protocol"),
    ("status 2000", "POST", answer(b"a", status=b"2000 X"), "protocol"),
    ("no HTTP", "POST", b"SSH-2.0-OpenSSH_9\r\n", "protocol"),
    ("HTTP/0.9", "POST", b"<html>", "protocol"),
    ("many fields", "POST", answer(b"a", *[b"X-%d: 1" % number for number in range(300)]), "too-large"),
    ("a long head in one piece", "POST", answer(b"a", b"X: " + b"a" * 70_000), "too-large"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "sent", "expected"), [row[1:] for row in CLOSED], ids=[row[0] for row in CLOSED])
def test_after_a_doubtful_answer_the_next_request_has_a_connection_of_its_own(
    loop: str, method: str, sent: bytes, expected: Result
) -> None:
    assert run(loop, exchange(sent, method=method)) == (expected, (200, b"second"), 2)


CUT: list[tuple[str, bytes, Result]] = [
    ("no byte", b"", "broken"),
    ("half a head", b"HTTP/1.1 200 OK\r\nContent-Le", "broken"),
    ("half a length", answer(b"hello")[:-1], "broken"),
    ("half a chunk", chunked(end=b"5\r\nhel"), "broken"),
    ("no last chunk", chunked(b"hello", end=b""), "broken"),
    ("half a last chunk", chunked(b"hello", end=b"0\r\n"), "broken"),
    ("only an interim answer", b"HTTP/1.1 100 Continue\r\n\r\n", "broken"),
    ("a body to the end", b"HTTP/1.1 200 OK\r\n\r\nhello", (200, b"hello")),
    ("an empty body to the end", b"HTTP/1.0 200 OK\r\n\r\n", (200, b"")),
]


@pytest.mark.parametrize(("sent", "expected"), [row[1:] for row in CUT], ids=[row[0] for row in CUT])
def test_a_cut_answer_is_broken_and_only_a_body_without_length_may_end_so(
    loop: str, sent: bytes, expected: Result
) -> None:
    assert run(loop, exchange(sent, hang_up=True)) == (expected, (200, b"second"), 2)


# Not the rows with bytes behind a good answer: cut there, the bytes may come after the second request.
FRAMED = [row[1:] for row in REUSED] + [row[1:] for row in CLOSED if row[3] == "protocol"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=st.sampled_from(FRAMED), data=st.data())
def test_the_cuts_of_the_network_change_nothing(row: tuple[str, bytes, Result], data: st.DataObject) -> None:
    method, sent, expected = row
    cuts = sorted(data.draw(st.sets(st.integers(1, len(sent) - 1), max_size=6)))
    pieces = [sent[a:b] for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    first, second, _ = run("asyncio", exchange(*pieces, method=method))
    assert (first, second) == (expected, (200, b"second"))


async def trickle(piece: bytes, *, start: bytes = b"") -> Result:
    """Ask a server that sends `piece` for ever."""

    async def script(peer: Peer, _server: Server) -> None:
        await peer.request()
        await peer.send(start)
        while True:
            await peer.send(piece)

    async with listen(script) as server:
        limits = PoolLimits(header_bytes=2000)
        pool = Pool(Endpoint.parse(f"http://127.0.0.1:{server.port}/"), limits=limits)
        result = await ask(pool)
        await pool.aclose()
        return result


@pytest.mark.parametrize(
    ("piece", "start"),
    [
        (b"a", b"HTTP/1.1 200 OK\r\nX: "),
        (b"X: y\r\n", b"HTTP/1.1 200 OK\r\n"),
        (b"a", b"HTTP/1.1 200 "),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b""),
        (b"\r\n", b""),
        (b"a", chunked(end=b"1;")),
        (b"a", chunked(b"a", end=b"0\r\nX-Trailer: ")),
        (b"X: y\r\n", chunked(b"a", end=b"0\r\n")),
    ],
    ids=["one field", "fields", "reason", "interim", "blank", "chunk extension", "one trailer", "trailers"],
)
def test_endless_framing_ends(loop: str, piece: bytes, start: bytes) -> None:
    assert run(loop, trickle(piece, start=start)) == "too-large"


def test_a_server_that_never_answers_is_given_up(loop: str) -> None:
    async def work() -> None:
        async def script(peer: Peer, _server: Server) -> None:
            await peer.request()
            await peer.gone()

        async with listen(script) as server:
            pool = Pool(Endpoint.parse(f"http://127.0.0.1:{server.port}/"))
            with pytest.raises(PoolError) as caught:
                await pool.send("POST", [], b"{}", head_seconds=0.05)
            assert (caught.value.kind, caught.value.sent) == ("timeout", True)
            await asyncio.wait(server.open, timeout=PATIENCE)
            assert not server.open
            await pool.aclose()

    run(loop, work())


def test_an_answer_that_comes_before_the_request_is_written_is_delivered_and_ends_the_connection(loop: str) -> None:
    async def work() -> None:
        delivered = asyncio.Event()

        async def script(peer: Peer, _server: Server) -> None:
            await peer.reader.readuntil(b"\r\n\r\n")
            await peer.send(answer(b"no", status=b"413 Content Too Large"))
            await delivered.wait()
            await peer.gone()

        async with listen(script) as server:
            pool = Pool(Endpoint.parse(f"http://127.0.0.1:{server.port}/"))
            # More than the sockets' buffers and the server's reader hold together.
            reply = await pool.send("POST", [], b"x" * 32_000_000)
            assert (reply.status, await reply.read()) == (413, b"no")
            delivered.set()
            await asyncio.wait(server.open, timeout=PATIENCE)
            assert not server.open
            await pool.aclose()

    run(loop, work())


def test_headers_are_lower_case_and_repeated_ones_are_joined(loop: str) -> None:
    async def work() -> None:
        async def script(peer: Peer, _server: Server) -> None:
            fields = (b"WWW-Authenticate: Bearer a", b"www-authenticate: Basic", b"Content-Type: Text/HTML; charset=x")
            while await peer.request():
                await peer.send(answer(b"", *fields, status=b"401 Unauthorized"))

        async with listen(script) as server:
            pool = Pool(Endpoint.parse(f"http://127.0.0.1:{server.port}/"))
            reply = await pool.send("GET", [], None)
            assert reply.headers == {
                b"content-length": b"0",
                b"www-authenticate": b"Bearer a, Basic",
                b"content-type": b"Text/HTML; charset=x",
            }
            assert reply.media_type == "text/html"
            await pool.aclose()

    run(loop, work())


def test_bytes_that_nobody_asked_for_end_an_idle_connection(loop: str) -> None:
    async def work() -> None:
        pushed = asyncio.Event()

        async def script(peer: Peer, server: Server) -> None:
            await peer.request()
            await peer.send(answer(b"a"))
            if server.connections == 1:
                await pushed.wait()
                await peer.send(NEXT)
            await peer.gone()

        async with listen(script) as server:
            pool = Pool(Endpoint.parse(f"http://127.0.0.1:{server.port}/"))
            assert await ask(pool) == (200, b"a")
            pushed.set()
            await asyncio.wait(server.open, timeout=PATIENCE)
            assert not server.open
            assert await ask(pool) == (200, b"a")
            assert server.connections == 2
            await pool.aclose()

    run(loop, work())
