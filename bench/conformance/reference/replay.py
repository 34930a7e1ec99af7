"""Keeps the last events of each stream, so that a client that lost one can go on (up to 2025-11-25)."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from mcp.server.streamable_http import EventMessage, EventStore

if TYPE_CHECKING:
    from mcp.server.streamable_http import EventCallback
    from mcp_types import JSONRPCMessage

_KEPT = 10_000
"""Events kept over all streams; the oldest are forgotten first."""


class RecentEvents(EventStore):
    """A bounded event store in memory (the base class is the SDK's interface)."""

    def __init__(self) -> None:
        self._events: deque[tuple[int, str, JSONRPCMessage | None]] = deque(maxlen=_KEPT)
        self._last = 0

    async def store_event(self, stream_id: str, message: JSONRPCMessage | None) -> str:
        """Keep one event (`None` primes a stream) and name it."""
        self._last += 1
        self._events.append((self._last, stream_id, message))
        return str(self._last)

    async def replay_events_after(self, last_event_id: str, send_callback: EventCallback) -> str | None:
        """Send again what followed `last_event_id` on its stream; answer the stream, if still known."""
        if not last_event_id.isdecimal():
            return None
        seen = int(last_event_id)
        stream = next((name for number, name, _ in self._events if number == seen), None)
        if stream is None:
            return None
        for number, name, message in list(self._events):
            if number > seen and name == stream and message is not None:
                await send_callback(EventMessage(message, str(number)))
        return stream
