"""The events of one stream across the responses that carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from peers.loops import run
from sekisho.gateway.pool import PoolError
from sekisho.gateway.upstream_events import EventStream
from sekisho.wire.strict import WireError

if TYPE_CHECKING:
    from sekisho.gateway.pool import Reply


class Chunks:
    """Takes the place of a reply; an exception among the chunks is raised."""

    def __init__(self, *chunks: bytes | Exception) -> None:
        self._chunks = list(chunks)

    async def chunk(self) -> bytes | None:
        if not self._chunks:
            return None
        chunk = self._chunks.pop(0)
        if isinstance(chunk, Exception):
            raise chunk
        return chunk


async def read(stream: EventStream, *chunks: bytes | Exception) -> list[bytes]:
    return [data async for data in stream.events(cast("Reply", Chunks(*chunks)))]


def test_messages_come_and_other_events_do_not() -> None:
    async def work() -> None:
        stream = EventStream(1000)
        said = await read(
            stream, b"data: a\n\n: hi\n\nevent: other\ndata: b\n\nid: 7\ndata:\n\n", b"event: message\ndata: c\n\n"
        )
        assert said == [b"a", b"c"]
        assert stream.last_id == b"7"

    run(work())


def test_a_break_is_an_end_that_can_be_resumed() -> None:
    async def work() -> None:
        stream = EventStream(1000)
        broken = PoolError("broken", "gone", sent=True)
        assert await read(stream, b"retry: 250\nid: 1\ndata: a\n\nid: 2\ndata: half", broken) == [b"a"]
        assert (stream.last_id, stream.retry) == (b"1", 0.25)
        assert await read(stream, b"data: b\n\n") == [b"b"]
        assert (stream.last_id, stream.retry) == (b"1", 0.25)

    run(work())


def test_an_event_over_the_limit_is_refused() -> None:
    async def work() -> None:
        with pytest.raises(WireError, match="too-large"):
            await read(EventStream(100), b"data: " + b"x" * 200 + b"\n\n")

    run(work())
