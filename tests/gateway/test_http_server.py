"""The HTTP server under the endpoint: several requests at once, what is no HTTP, and the end."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from peers.face import Desk, desk
from peers.http_host import ACCEPT, HttpHost, head, wire
from peers.loops import PATIENCE, run
from peers.messages import call, initialize, note, request
from peers.words import text_of
from sekisho.gateway import http_server
from sekisho.gateway.http_app import App
from sekisho.gateway.http_gate import Gate
from sekisho.gateway.http_server import HttpServer
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from sekisho.gateway.http_exchange import Exchange

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

MIB = 1024 * 1024


# -- several at once -----------------------------------------------------------------------------


def test_requests_in_one_write_are_answered_in_order(loop: str) -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            async with wire(at.port) as connection:
                for number in range(10):
                    connection.send("POST", call(number, "echo", {"text": str(number)}), *host.headers())
                for number in range(10):
                    assert text_of((await connection.answer()).json) == str(number)

    run(work(), loop=loop)


def test_a_request_behind_a_slow_one_waits_for_it(loop: str) -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            async with wire(at.port) as connection:
                connection.send("POST", call(1, "slow"), *host.headers())
                asked = await at.inner[0].called("slow")
                connection.send("POST", call(2, "echo", {"text": "second"}), *host.headers())
                assert text_of(await host.ask(call(3, "echo", {"text": "other"}))) == "other"
                at.inner[0].text(asked, "first")
                assert text_of((await connection.answer()).json) == "first"
                assert text_of((await connection.answer()).json) == "second"

    run(work(), loop=loop)


def test_too_many_requests_behind_a_slow_one_end_the_connection(loop: str) -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            async with wire(at.port) as connection:
                connection.send("POST", call("s", "slow"), *host.headers())
                await at.inner[0].called("slow")
                one = head(*(f"{name}: {value}" for name, value in host.headers()), "content-length: 2") + b"{}"
                connection.writer.write(one * 100)
                await connection.closed()
            assert text_of(await host.ask(call(3, "echo", {"text": "other"}))) == "other"

    run(work(), loop=loop)


def test_connections_beyond_the_bound_are_dropped(monkeypatch: pytest.MonkeyPatch, loop: str) -> None:
    monkeypatch.setattr(http_server, "_CONNECTIONS", 2)

    async def work() -> None:
        async with desk() as at, wire(at.port) as one, wire(at.port) as two:
            for connection in (one, two):
                assert (await connection.ask("POST", initialize(), *ACCEPT)).status == 200
            async with wire(at.port) as three:
                assert await three.closed() == b""
            assert (await one.ask("POST", initialize(), *ACCEPT)).status == 200

    run(work(), loop=loop)


# -- no HTTP -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"hello\r\n\r\n",
        b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n',
        b"POST /mcp HTTP/1.1\nhost: localhost\n\n",
        b"POST /mcp HTTP/1.1\r\nhost : localhost\r\n\r\n",
        b"POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",
        b"POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n",
        b"POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-length: +2\r\n\r\n{}",
        b"POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /mcp HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"POST /mcp HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n\r\n",
        b"POST /mcp HTTP/1.1\r\nhost: localhost\r\nx: a\r\n b\r\n\r\n",
        b"POST /mcp HTTP/1.1\r\nhost: localhost\r\nx: a\0b\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET /mcp HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
    ],
)
def test_what_is_no_plain_http_reaches_nobody(data: bytes, loop: str) -> None:
    async def work() -> None:
        async with desk() as at:
            async with wire(at.port) as connection:
                connection.writer.write(data)
                connection.writer.write_eof()
                said = await connection.closed()
                assert said[9:10] in (b"4", b""), said[:100]
            assert not at.inner
            host = HttpHost(at.port)
            await host.open()

    run(work(), loop=loop)


def test_expect_continue_is_answered(loop: str) -> None:
    async def work() -> None:
        async with desk() as at, wire(at.port) as connection:
            body = json.dumps(initialize()).encode()
            fields = (*ACCEPT, ("expect", "100-continue"), ("content-length", str(len(body))))
            connection.writer.write(head(*(f"{name}: {value}" for name, value in fields)))
            assert (await connection.head()).status == 100
            connection.writer.write(body)
            assert (await connection.answer()).status == 200

    run(work(), loop=loop)


def test_http_1_0_gets_its_answer_and_the_end(loop: str) -> None:
    async def work() -> None:
        async with desk() as at, wire(at.port) as connection:
            body = json.dumps(initialize()).encode()
            fields = [f"{name}: {value}" for name, value in ACCEPT]
            start = "POST /mcp HTTP/1.0"
            connection.writer.write(head(*fields, f"content-length: {len(body)}", start=start) + body)
            said = await connection.closed()
            assert b'"protocolVersion":"2025-11-25"' in said
            assert b"chunked" not in said

    run(work(), loop=loop)


def test_a_host_over_ipv6_is_served(loop: str) -> None:
    async def work() -> None:
        async with desk(host="::1") as at, wire(at.port, "::1") as connection:
            named = ("host", f"[::1]:{at.port}")
            assert (await connection.ask("POST", initialize(), *ACCEPT, named)).status == 200
            assert (await connection.ask("POST", request(1, "tools/list"), *ACCEPT, named)).status == 400

    run(work(), loop=loop)


# -- the end -------------------------------------------------------------------------------------


def test_closing_lets_open_answers_end_and_drops_those_that_do_not(loop: str) -> None:
    async def work() -> None:
        at = Desk(None)
        server = HttpServer(App(at.principals, Gate(owner="alice"), Limits()), body_bytes=1000)
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.settimeout(0)
            port = listener.getsockname()[1]
            await server.start(listener)
            host = HttpHost(port)
            await host.open()
            async with wire(port) as idle, wire(port) as ending, wire(port) as lasting:
                assert (await idle.ask("POST", initialize(), *ACCEPT)).status == 200
                ending.send("POST", call(1, "slow"), *host.headers())
                asked = await at.inner[0].called("slow")
                lasting.send("GET", None, *host.headers())
                await lasting.head()
                closing = asyncio.ensure_future(server.aclose(0.5))
                assert await idle.closed() == b""
                at.inner[0].text(asked, "done")
                assert text_of((await ending.answer()).json) == "done"
                await asyncio.wait_for(closing, 10)
                await lasting.closed()
            await at.sessions.aclose()

    run(work(), loop=loop)


def test_a_refused_peer_that_stays_is_dropped(monkeypatch: pytest.MonkeyPatch, loop: str) -> None:
    monkeypatch.setattr(http_server, "_LINGER_SECONDS", 0.05)
    monkeypatch.setattr(http_server, "_SWEEP", 0.02)

    async def work() -> None:
        async with desk() as at, wire(at.port) as connection:
            connection.writer.write(b"no http\r\n\r\n")
            assert (await connection.closed()).startswith(b"HTTP/1.1 400 ")
            with suppress(ConnectionError):
                while True:
                    connection.writer.write(b"x" * 1000)
                    await connection.writer.drain()

    run(work(), loop=loop)


def test_garbage_behind_a_request_ends_the_connection(loop: str) -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            for behind in (b"no http\r\n\r\n", head("host: evil.example", "content-length: 200000") + b"x" * 100_000):
                async with wire(at.port) as connection:
                    connection.send("POST", call(behind[0], "slow"), *host.headers())
                    await at.inner[0].called("slow")
                    connection.writer.write(behind)
                    await connection.closed()
            assert text_of(await host.ask(call(2, "echo", {"text": "x"}))) == "x"

    run(work(), loop=loop)


def test_a_host_that_reads_late_gets_everything(loop: str) -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            async with wire(at.port) as late:
                late.send("POST", call(1, "slow"), *host.headers())
                asked = await at.inner[0].called("slow")
                for number in range(100):
                    body = note("notifications/message", {"level": "info", "data": f"{number}" + "x" * 200_000})
                    at.inner[0].say(body, about=asked)
                at.inner[0].text(asked, "done")
                assert text_of(await host.ask(call(2, "echo", {"text": "x"}))) == "x"
                answer = await late.answer()
                assert len(answer.events) == 101
                assert text_of(answer.json) == "done"

    run(work(), loop=loop)


def test_http_1_0_reads_a_stream_to_the_end_of_the_connection(loop: str) -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            async with wire(at.port) as connection:
                body = json.dumps(call(1, "slow")).encode()
                fields = [f"{name}: {value}" for name, value in host.headers()]
                start = "POST /mcp HTTP/1.0"
                connection.writer.write(head(*fields, f"content-length: {len(body)}", start=start) + body)
                asked = await at.inner[0].called("slow")
                at.inner[0].say(note("notifications/message", {"level": "info", "data": 1}), about=asked)
                at.inner[0].text(asked, "done")
                said = await connection.closed()
                assert said.count(b"data: {") == 2
                assert b"chunked" not in said

    run(work(), loop=loop)


class Faulty:
    """An application of which a part is broken."""

    def __init__(self) -> None:
        self.swept = asyncio.Event()
        self.looks = 0

    def handle(self, exchange: Exchange) -> None:
        if exchange.target == b"/broken":
            raise LookupError("a fault of ours")
        exchange.reply(200, b"fine")

    def admits(self, headers: list[tuple[bytes, bytes]], uid: int | None) -> bool:
        del headers, uid
        return True

    def sweep(self, now: float) -> None:
        del now
        self.looks += 1
        if self.looks > 2:
            self.swept.set()
        raise LookupError("another one")


def test_a_fault_of_ours_is_said_once_to_the_host_and_to_us_and_others_notice_nothing(
    loop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "_SWEEP", 0.01)
    told: list[str] = []

    async def work() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(str(context["exception"])))
        listener = socket.create_server(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
        faulty = Faulty()
        server = HttpServer(faulty, body_bytes=MIB)
        try:
            with suppress(LookupError):
                await server.start(listener)
            async with wire(port) as connection:
                connection.send("GET", None, path="/broken")
                said = await connection.closed()
                assert said.startswith(b"HTTP/1.1 500 ")
                assert said.count(b"HTTP/1.1") == 1
            async with wire(port) as connection:
                assert (await connection.ask("GET", None)).body == b"fine"
            async with asyncio.timeout(PATIENCE):
                await faulty.swept.wait()
        finally:
            await server.aclose(1)

    run(work(), loop=loop)
    assert told.count("a fault of ours") == 1
    assert "another one" in told
