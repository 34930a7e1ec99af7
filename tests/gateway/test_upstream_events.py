"""The events of a stream: what is passed on, and what is remembered for taking it up again."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.gateway.pool_reply import PoolError, PoolLimits, Reply
from sekisho.gateway.upstream_events import EventStream
from sekisho.wire.jsonrpc import WireError

LIMIT = 100
BROKEN = PoolError("broken", "the connection broke", sent=True)


class Connection:
    """A connection that only holds its limits."""

    limits = PoolLimits()

    def pause(self) -> None:
        """Nothing is sent here."""

    def resume(self) -> None:
        """Nothing is sent here."""

    def expect(self, seconds: float | None) -> None:
        """Time does not pass here."""

    def fail(self, kind: str, text: str) -> None:
        raise AssertionError(f"{kind}: {text}")


async def read(stream: EventStream, chunks: list[bytes], error: PoolError | None = None) -> list[bytes]:
    """Return the messages of one response that sends these chunks."""
    reply = Reply(Connection(), status=200, headers={}, length=None)

    async def feed() -> None:
        for chunk in chunks:
            reply.push(chunk)
            await asyncio.sleep(0)
        reply.end(error)

    feeding = asyncio.get_running_loop().create_task(feed())
    try:
        return [data async for data in stream.events(reply)]
    finally:
        await feeding


@pytest.mark.parametrize(
    ("data", "messages", "last", "retry"),
    [
        (b"", [], None, None),
        (b"data: {}\n\n", [b"{}"], None, None),
        (b"data: 1\n\ndata: 2\n\n", [b"1", b"2"], None, None),
        (b"event: message\ndata: 1\n\n", [b"1"], None, None),
        (b"event: ping\ndata: 1\n\n", [], None, None),
        (b"event: endpoint\ndata: /x\nid: 4\n\n", [], b"4", None),
        (b": warm\n\n", [], None, None),
        (b"id: 7\ndata:\n\n", [], b"7", None),
        (b"id: 7\n\n", [], b"7", None),
        (b"id: 7\ndata: 1\n\nid: 8\ndata: 2\n\n", [b"1", b"2"], b"8", None),
        (b"id: 7\ndata: 1\n\ndata: 2\n\n", [b"1", b"2"], b"7", None),
        (b"id: 7\ndata: 1\n\nid: 8\ndata: unfinished", [b"1"], b"7", None),
        (b"id: 7\0\ndata: 1\n\n", [b"1"], None, None),
        (b"retry: 1500\n\n", [], None, 1.5),
        (b"retry: 0\ndata: 1\n\n", [b"1"], None, 0.0),
        (b"retry: soon\ndata: 1\n\n", [b"1"], None, None),
        (b"data: a\ndata: b\n\n", [b"a\nb"], None, None),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_messages_are_passed_on_and_places_are_remembered(
    data: bytes, messages: list[bytes], last: bytes | None, retry: float | None, size: int
) -> None:
    async def work() -> None:
        stream = EventStream(LIMIT)
        assert await read(stream, [data[at : at + size] for at in range(0, len(data), size)]) == messages
        assert (stream.last_id, stream.retry) == (last, retry)

    asyncio.run(work())


def test_a_break_is_an_end_and_what_came_before_it_counts() -> None:
    async def work() -> None:
        stream = EventStream(LIMIT)
        assert await read(stream, [b"id: 3\nretry: 200\ndata: 1\n\ndata: lost"], BROKEN) == [b"1"]
        assert (stream.last_id, stream.retry) == (b"3", 0.2)

    asyncio.run(work())


def test_the_next_response_goes_on_where_the_last_one_broke() -> None:
    async def work() -> None:
        stream = EventStream(LIMIT)
        await read(stream, [b"id: 3\nretry: 200\ndata: 1\n\ndata: lost"], BROKEN)
        assert await read(stream, [b"data: 2\n\n"]) == [b"2"]
        assert (stream.last_id, stream.retry) == (b"3", 0.2)
        assert await read(stream, [b"id: 4\nretry: 300\ndata: 3\n\n"]) == [b"3"]
        assert (stream.last_id, stream.retry) == (b"4", 0.3)

    asyncio.run(work())


@pytest.mark.parametrize("chunks", [[b"data: " + b"x" * LIMIT], [b"data: " + b"x" * 40 + b"\n"] * 4, [b"x" * 60] * 2])
def test_an_event_over_the_limit_is_refused(chunks: list[bytes]) -> None:
    async def work() -> None:
        with pytest.raises(WireError) as caught:
            await read(EventStream(LIMIT), chunks)
        assert caught.value.reason == "too-large"

    asyncio.run(work())


@given(st.lists(st.binary(max_size=20), max_size=20), st.booleans())
def test_no_bytes_of_a_server_raise_below_the_limit(chunks: list[bytes], broken: bool) -> None:  # noqa: FBT001 - drawn
    async def work() -> None:
        await read(EventStream(1000), chunks, BROKEN if broken else None)

    asyncio.run(work())
