"""Writing a `Stream` to one HTTP response: JSON where one answer is all there is, else an event stream."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from sekisho.wire.jsonrpc import error_body, serialise
from sekisho.wire.sse import COMMENT, encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sekisho.gateway.http_exchange import Exchange
    from sekisho.gateway.http_stream import Stream
    from sekisho.wire.jsonrpc import Id, JsonObject

__all__ = ["Response", "problem"]

_JSON: Final = ((b"content-type", b"application/json"),)
_EVENTS: Final = (
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
)
_QUIET: Final = 15.0
"""After this much silence a stream gets a comment, because proxies cut idle ones at 30 s or more."""

_PRIME: Final = 1.0
"""A call that takes longer than this gets its event stream, with an id to resume from, before its first message."""


def problem(
    exchange: Exchange,
    status: int,
    code: int,
    message: str,
    *,
    data: JsonObject | None = None,
    about: Id | None = None,
    headers: Iterable[tuple[bytes, bytes]] = (),
) -> None:
    """Answer with a JSON-RPC error and an HTTP status."""
    exchange.reply(status, serialise(error_body(about, code, message, data)), (*_JSON, *headers))


class Response:
    """Connects a stream to the exchange that carries it.

    Args:
        exchange: the host's request.
        stream: what is written; nobody else reads from it.
        events: whether a lone answer travels as an event too.
        patient: whether the head has to wait for the first message, because that decides about it, or because the
            host takes JSON alone.
        headers: what the head needs beside the content type, asked for when it is written.
        ended: called once, when everything was written or the host left.
    """

    __slots__ = (
        "_ended",
        "_events",
        "_exchange",
        "_headers",
        "_next",
        "_patient",
        "_quiet_since",
        "_started",
        "_stream",
    )

    def __init__(
        self,
        exchange: Exchange,
        stream: Stream,
        *,
        events: bool,
        patient: bool,
        headers: Callable[[], Iterable[tuple[bytes, bytes]]],
        ended: Callable[[], None],
    ) -> None:
        self._exchange = exchange
        self._stream = stream
        self._events = events
        self._patient = patient
        self._headers = headers
        self._ended = ended
        self._started = False
        self._next = stream.first
        self._quiet_since = asyncio.get_running_loop().time()
        exchange.on_lost = self._lost
        exchange.on_drain = self.news
        stream.reader = self

    def resume(self, after: int) -> None:
        """Begin as an event stream, behind message `after`."""
        self._next = after + 1
        self._stream.rewind(self._next)
        self._begin()
        self.news()

    def news(self) -> None:
        """Write what is there."""
        stream, exchange = self._stream, self._exchange
        if exchange.closed:
            return
        if not self._started:
            if self._next == stream.end:
                if stream.finished:
                    # Cancelled before anything was said: there is no answer to send.
                    exchange.reply(503 if stream.broken else 202, b"")
                    self._over()
                return
            if not self._events and stream.finished and stream.end == self._next + 1:
                exchange.reply(stream.status, stream.at(self._next), (*_JSON, *self._headers()))
                stream.sent(self._next)
                self._over()
                return
            self._begin()
        self._write()

    def quiet(self, now: float) -> None:
        """Keep the connection alive."""
        silence = now - self._quiet_since
        if self._exchange.blocked or self._exchange.closed or (self._patient and not self._started):
            return
        if self._events and not self._started and silence >= _PRIME:
            self._begin()
            self._exchange.flush()
        if silence < _QUIET:
            return
        if not self._started:
            self._begin()
        self._quiet_since = now
        self._exchange.send(COMMENT)

    def _begin(self) -> None:
        self._started = True
        self._exchange.begin((*_EVENTS, *self._headers()))
        if self._stream.name and self._next >= self._stream.end and not self._stream.finished:
            # Something to resume from, before the first message (2025-11-25, Resumability and Redelivery).
            self._exchange.send(encode(b"", id=b"%b_%d" % (self._stream.name, self._next - 1)))

    def _write(self) -> None:
        stream, exchange = self._stream, self._exchange
        self._next = max(self._next, stream.first)
        while self._next < stream.end and not exchange.blocked and not exchange.closed:
            number = self._next
            self._next += 1
            event = self._event(number)
            stream.sent(number)
            if stream.finished and self._next == stream.end:
                exchange.end(event)
                self._over()
                return
            exchange.send(event)
        if stream.finished and self._next >= stream.end:
            if stream.broken:
                exchange.abort()
            else:
                exchange.end()
            self._over()
        else:
            exchange.flush()

    def _event(self, number: int) -> bytes:
        data = self._stream.at(number)
        if not self._stream.name:
            return encode(data)
        return encode(data, id=b"%b_%d" % (self._stream.name, number))

    def _lost(self) -> None:
        self._over()

    def _over(self) -> None:
        if self._stream.reader is self:
            self._stream.reader = None
            self._ended()
