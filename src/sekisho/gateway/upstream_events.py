"""The events of one upstream stream, across the responses that carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.gateway.pool_reply import PoolError
from sekisho.wire.sse import Decoder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sekisho.gateway.pool_reply import Reply

__all__ = ["EventStream", "Lost"]


class Lost(Exception):  # noqa: N818 - it names what happened
    """The stream ended without the answer, and there is no way to take it up again."""


class EventStream:
    """Reads events and remembers where to resume.

    Args:
        limit: the longest event, in bytes.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.last_id: bytes | None = None
        """The id of the last event that had one."""
        self.retry: float | None = None
        """The pause before a reconnection that the server asked for, in seconds."""

    async def events(self, reply: Reply) -> AsyncIterator[bytes]:
        """Yield the data of each message until `reply` ends or breaks; a break is an end that can be resumed.

        Raises:
            WireError: `too-large`.
        """
        decoder = Decoder(limit=self._limit)
        while True:
            try:
                chunk = await reply.chunk()
            except PoolError:
                return
            if chunk is None:
                return
            events = decoder.feed(chunk)
            self.last_id = decoder.last_id or self.last_id
            if decoder.retry is not None:
                self.retry = decoder.retry / 1000
            for event in events:
                if event.data and event.event == b"message":
                    yield event.data
