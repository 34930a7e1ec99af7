"""What is too long or too slow for the HTTP server is refused early, cheaply and clearly."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from peers.face import desk
from peers.http_host import HttpHost, head, refused, wire
from peers.loops import run
from peers.messages import call, initialize
from peers.processes import resident
from peers.words import text_of
from sekisho.gateway import http_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from peers.face import Desk

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

MIB = 1024 * 1024


# -- too long ------------------------------------------------------------------------------------


def many_headers() -> bytes:
    return head(*(f"x-{number}: {'y' * 60}" for number in range(2000)))


def one_long_value() -> bytes:
    return head("x: " + "y" * 100_000)


def one_long_name() -> bytes:
    return head("x" * 100_000 + ": y")


def one_long_target() -> bytes:
    return head(start=f"POST /mcp?{'y' * 100_000} HTTP/1.1")


@pytest.mark.parametrize("make", [many_headers, one_long_value, one_long_name, one_long_target])
@pytest.mark.parametrize("piece", [1000, 10_000_000], ids=["in pieces", "at once"])
def test_a_long_head_is_431(loop: str, make: Callable[[], bytes], piece: int) -> None:
    async def work() -> None:
        async with desk() as at, wire(at.port) as connection:
            data = make()
            for start in range(0, len(data), piece):
                connection.writer.write(data[start : start + piece])
                await asyncio.sleep(0)
            await refused(connection, 431)
            assert not at.inner

    run(work(), loop=loop)


def test_a_head_without_an_end_is_cut_at_its_bound(loop: str) -> None:
    async def work() -> None:
        async with desk() as at, wire(at.port) as connection:
            connection.writer.write(b"POST /mcp HTTP/1.1\r\nhost: localhost\r\nx: ")
            answered = asyncio.ensure_future(refused(connection, 431))
            sent = 0
            while not answered.done() and sent < 8 * MIB:
                connection.writer.write(b"y" * 4096)
                sent += 4096
                await asyncio.sleep(0)
            assert sent < MIB, "it was read on and on"
            await answered

    run(work(), loop=loop)


def test_a_long_body_is_413_before_it_is_read(loop: str) -> None:
    async def work() -> None:
        async with desk(body_bytes=1000) as at:
            for length in ("1001", "9" * 18, "9" * 40):
                async with wire(at.port) as connection:
                    connection.writer.write(head("content-type: application/json", f"content-length: {length}"))
                    said = await connection.closed()
                    assert said.split()[1] in (b"413", b"400"), said[:100]
            async with wire(at.port) as connection:
                connection.writer.write(head("content-type: application/json", "transfer-encoding: chunked"))
                for _ in range(20):
                    connection.writer.write(b"64\r\n" + b"x" * 100 + b"\r\n")
                await refused(connection, 413)
            assert not at.inner

    run(work(), loop=loop)


def test_a_body_of_exactly_the_limit_is_taken(loop: str) -> None:
    async def work() -> None:
        body = json.dumps(initialize()).encode()
        async with desk(body_bytes=len(body)) as at:
            assert (await HttpHost(at.port).post(body)).status == 200
            assert (await HttpHost(at.port).post(body + b" ")).status == 413

    run(work(), loop=loop)


def test_a_body_may_come_in_any_pieces(loop: str) -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            body = json.dumps(call(1, "echo", {"text": "☃" * 1000})).encode()
            async with wire(at.port) as connection:
                connection.send("POST", b"", *host.headers(("transfer-encoding", "chunked")))
                for start in range(0, len(body), 700):
                    part = body[start : start + 700]
                    connection.writer.write(b"%x\r\n%b\r\n" % (len(part), part))
                    await asyncio.sleep(0)
                connection.writer.write(b"0\r\n\r\n")
                assert text_of((await connection.answer()).json) == "☃" * 1000
            async with wire(at.port) as connection:
                lines = [f"{name}: {value}" for name, value in host.headers()]
                whole = head(*lines, f"content-length: {len(body)}") + body
                for place in range(len(whole)):
                    connection.writer.write(whole[place : place + 1])
                    if place % 100 == 0:
                        await asyncio.sleep(0)
                assert text_of((await connection.answer()).json) == "☃" * 1000

    run(work(), loop=loop)


def test_who_may_not_come_in_cannot_make_us_keep_a_body() -> None:
    async def work() -> None:
        async with desk() as at:
            before = resident(os.getpid())
            for _ in range(6):
                async with wire(at.port) as connection:
                    fields = ("host: evil.example", "content-type: application/json", "content-length: 30000000")
                    connection.writer.write("\r\n".join(["POST /mcp HTTP/1.1", *fields, "", ""]).encode())
                    with suppress(ConnectionError):
                        for _ in range(28):
                            connection.writer.write(b"x" * MIB)
                            await connection.writer.drain()
                    assert resident(os.getpid()) - before < 60 * MIB
            at.quiet(0.0)
            assert [record.fields.get("count", 1) for record in at.book.records] == [1, 5]
            assert set(at.book.rules()) == {"foreign-host"}
            assert not at.inner

    run(work())


def test_a_long_request_leaves_its_connection_usable(loop: str) -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            async with wire(at.port) as connection:
                for size in (10, 70_000, 300_000, 3 * MIB, 10):
                    connection.send("POST", call(size, "echo", {"text": "x" * size}), *host.headers())
                    assert len(text_of((await connection.answer()).json)) == size
                connection.send("POST", call("s", "slow", {"text": "x" * 300_000}), *host.headers())
                at.inner[0].text(await at.inner[0].called("slow"), "done")
                assert text_of((await connection.answer()).json) == "done"

    run(work(), loop=loop)


# -- too slow ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begun", "status"),
    [
        (b"", b""),
        (b"POST /mcp HT", b"408"),
        (head("x: y")[:-2], b"408"),
        (head("content-type: application/json", "content-length: 100"), b"408"),
        (head("content-type: application/json", "content-length: 100") + b"{", b"408"),
    ],
)
def test_a_slow_request_is_given_up(begun: bytes, status: bytes, monkeypatch: pytest.MonkeyPatch, loop: str) -> None:
    monkeypatch.setattr(http_server, "_HEAD_SECONDS", 0.2)
    monkeypatch.setattr(http_server, "_BODY_SECONDS", 0.2)
    monkeypatch.setattr(http_server, "_SWEEP", 0.05)

    async def work() -> None:
        async with desk() as at, wire(at.port) as connection:
            connection.writer.write(begun)
            said = await connection.closed()
            assert said.split()[1:2] == ([status] if status else []), said
            assert not at.inner

    run(work(), loop=loop)


def test_a_call_that_takes_long_is_not_the_hosts_slowness(monkeypatch: pytest.MonkeyPatch, loop: str) -> None:
    monkeypatch.setattr(http_server, "_HEAD_SECONDS", 0.05)
    monkeypatch.setattr(http_server, "_BODY_SECONDS", 0.05)
    monkeypatch.setattr(http_server, "_IDLE_SECONDS", 0.3)
    monkeypatch.setattr(http_server, "_SWEEP", 0.02)

    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            async with wire(at.port) as connection:
                connection.send("POST", call(1, "slow"), *host.headers())
                asked = await at.inner[0].called("slow")
                await swept(at, 5)
                at.inner[0].text(asked, "done")
                assert text_of((await connection.answer()).json) == "done"
                # An idle connection is closed without a word.
                assert await connection.closed() == b""

    run(work(), loop=loop)


async def swept(at: Desk, times: int) -> None:
    """Wait until the server has looked for slow peers so often."""
    app = at.app
    assert app is not None
    seen = asyncio.Semaphore(0)
    inner = app.sweep

    def sweep(now: float) -> None:
        inner(now)
        seen.release()

    app.sweep = sweep  # type: ignore[method-assign]
    for _ in range(times):
        await asyncio.wait_for(seen.acquire(), 10)
