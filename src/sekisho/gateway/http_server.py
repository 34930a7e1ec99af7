"""An HTTP/1.1 server for one endpoint, on `httptools`: bytes to `Exchange`s, and answers to bytes.

Why not a server library: behind this sits a session that answers in microseconds, and a task, a coroutine and a
dictionary per request cost more than everything that the session does (docs/adr/0006).

A connection has one exchange at a time; further ones wait, bounded. Everything a peer can make us keep or wait for is
bounded: the head and the body in bytes and in time, idle connections in time, unread answers by `Exchange.blocked`.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections import deque
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Protocol, cast

import httptools

from sekisho.gateway.http_exchange import Exchange
from sekisho.gateway.peer import peer_uid

if TYPE_CHECKING:
    import socket

__all__ = ["Application", "HttpServer"]

_HEAD_BYTES: Final = 64 * 1024
_HEAD_SECONDS: Final = 30.0
_BODY_SECONDS: Final = 60.0
_IDLE_SECONDS: Final = 75.0
_LINGER_SECONDS: Final = 2.0
"""How long a peer that was refused may go on sending: closing at once would reset the connection, answer and all."""

_SWEEP: Final = 5.0
_PIPELINED: Final = 32
_CONNECTIONS: Final = 20_000
_HIGH_WATER: Final = 256 * 1024
_UNASKED: Final = 64 * 1024
"""How much of a body is kept before it is asked whether its sender may come in."""

_DIGITS: Final = 18
"""More than any length has that fits into a limit."""


class Application(Protocol):
    """What answers."""

    def handle(self, exchange: Exchange) -> None:
        """Answer now, or keep `exchange` and answer later. Must not raise."""
        ...

    def admits(self, headers: list[tuple[bytes, bytes]], uid: int | None) -> bool:
        """Tell whether a request with this head would come in; else `handle` refuses it. Asked for long bodies."""
        ...

    def sweep(self, now: float) -> None:
        """Look after what is open; called every few seconds."""
        ...


class HttpServer:
    """Accepts connections and keeps their deadlines.

    Args:
        application: answers.
        body_bytes: the longest body.
    """

    def __init__(self, application: Application, *, body_bytes: int) -> None:
        self.application = application
        self.body_bytes = body_bytes
        self.connections: set[HttpConnection] = set()
        self._server: asyncio.Server | None = None
        self._sweeper: asyncio.TimerHandle | None = None
        self._empty = asyncio.Event()

    def gone(self, connection: HttpConnection) -> None:
        """A connection is closed."""
        self.connections.discard(connection)
        if not self.connections:
            self._empty.set()

    async def start(self, listener: socket.socket) -> None:
        """Accept connections on a listening socket."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: HttpConnection(self), sock=listener, backlog=1024)
        self._sweep()

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        # The next one comes whatever happens in this one.
        self._sweeper = loop.call_later(_SWEEP, self._sweep)
        now = loop.time()
        for connection in [one for one in self.connections if one.deadline <= now]:
            connection.overdue()
        self.application.sweep(now)

    async def aclose(self, patience: float) -> None:
        """Accept no more, let open exchanges end for `patience` seconds, then close."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        if self._server is not None:
            self._server.close()
        self._empty.clear()
        for connection in list(self.connections):
            connection.leave()
        if self.connections:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._empty.wait(), patience)
        for connection in list(self.connections):
            connection.abort()


class HttpConnection(asyncio.Protocol):
    """One connection: parses, queues, and lends itself to one exchange after the other."""

    def __init__(self, server: HttpServer) -> None:
        self.deadline = math.inf
        """When what is awaited of the peer is overdue; infinite while it awaits us."""
        self._server = server
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpRequestParser(self)
        self._uid: int | None = None
        self._current: Exchange | None = None
        self._waiting: deque[Exchange] = deque()
        self._leaving = False
        self._deaf = False
        self._ended_one = False
        self._chunk_size = 0
        self._start_head()

    # -- asyncio ---------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Find out who is there, and expect a head."""
        # uvloop's transports have asyncio's methods, not its classes.
        self._transport = transport = cast("asyncio.Transport", transport)
        transport.set_write_buffer_limits(high=_HIGH_WATER)
        if len(self._server.connections) >= _CONNECTIONS:
            transport.abort()
            return
        ours, theirs = transport.get_extra_info("sockname"), transport.get_extra_info("peername")
        self._uid = peer_uid(ours or (), theirs or ())
        self._server.connections.add(self)
        self.deadline = self._loop.time() + _HEAD_SECONDS

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - however it ended
        """Tell the exchange that is under way."""
        self._server.gone(self)
        self.deadline = math.inf
        self._waiting.clear()
        current, self._current = self._current, None
        if current is not None:
            current.lost()

    def data_received(self, data: bytes) -> None:
        """Parse; a head that is not complete within its bound is refused."""
        if self._deaf:
            return
        self._ended_one = False
        self._chunk_size = len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._refuse(HTTPStatus.BAD_REQUEST)
        except httptools.HttpParserCallbackError as error:
            self._broke(error)
        except httptools.HttpParserError:
            self._refuse(HTTPStatus.BAD_REQUEST)
        # How much of a chunk that ended one request belongs to the next is not known: it counts from the next chunk.
        if self._in_head and not self._ended_one and not self._deaf:
            self._head_size += len(data)
            if self._head_size > _HEAD_BYTES:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def eof_received(self) -> bool:
        """The peer has closed. Whether it still reads can't be known, and a host that left must not be waited for."""
        return False

    def pause_writing(self) -> None:
        """The peer does not read."""
        if self._current is not None:
            self._current.block()

    def resume_writing(self) -> None:
        """The peer reads again."""
        if self._current is not None:
            self._current.unblock()

    # -- httptools -------------------------------------------------------------------------------

    def _start_head(self) -> None:
        self._in_head = True
        self._head_size = 0
        self._target = b""
        self._headers: list[tuple[bytes, bytes]] = []
        self._parts: list[bytes] = []
        self._body_size = 0
        self._admitted = False
        self._continue = False

    def on_message_begin(self) -> None:
        """A request begins."""
        self._start_head()
        if self._current is None:
            self.deadline = self._loop.time() + _HEAD_SECONDS

    def on_url(self, url: bytes) -> None:
        """A part of the target."""
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header line."""
        self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        if self._current is None:
            self.deadline = self._loop.time() + _BODY_SECONDS
        if self._head_size + self._chunk_size > _HEAD_BYTES and self._is_long():
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            return
        for name, value in self._headers:
            if name == b"expect" and value.lower() == b"100-continue":
                self._continue = True
            if name == b"content-length" and (len(value) > _DIGITS or int(value) > self._server.body_bytes):
                self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                return
        if self._continue and self._transport is not None and self._current is None:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _is_long(self) -> bool:
        return len(self._target) + sum(len(name) + len(value) for name, value in self._headers) > _HEAD_BYTES

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        if self._deaf:
            return
        self._body_size += len(body)
        if self._body_size > self._server.body_bytes:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        if self._body_size > _UNASKED and not self._admitted:
            self._admitted = self._server.application.admits(self._headers, self._uid)
            if not self._admitted:
                self._turn_away()
                return
        self._parts.append(body)

    def _turn_away(self) -> None:
        """Have a request refused by its head alone; nobody keeps the rest of its body."""
        self._deaf = True
        if self._current is None:
            self._begin(self._exchange(b"", keep_alive=False))
        elif self._transport is not None:
            self._transport.close()

    def on_message_complete(self) -> None:
        """The request is whole: answer it, or let it wait for the one before."""
        if self._transport is None or self._transport.is_closing() or self._deaf:
            return
        parts = self._parts
        keep_alive = self._parser.should_keep_alive() and not self._leaving
        exchange = self._exchange(parts[0] if len(parts) == 1 else b"".join(parts), keep_alive=keep_alive)
        self._ended_one = True
        self._start_head()
        if self._current is None:
            self._begin(exchange)
        elif len(self._waiting) < _PIPELINED:
            self._waiting.append(exchange)
            self._transport.pause_reading()
        else:
            self._transport.abort()

    def _exchange(self, body: bytes, *, keep_alive: bool) -> Exchange:
        return Exchange(
            self,
            method=self._parser.get_method(),
            target=self._target,
            headers=self._headers,
            body=body,
            uid=self._uid,
            keep_alive=keep_alive,
            chunks=self._parser.get_http_version() == "1.1",
        )

    # -- the exchange's side ---------------------------------------------------------------------

    def _begin(self, exchange: Exchange) -> None:
        self._current = exchange
        self.deadline = math.inf
        self._handle(exchange)

    def _handle(self, exchange: Exchange) -> None:
        try:
            self._server.application.handle(exchange)
        except Exception:
            # A fault of our own: the host is told at once, whatever was written of the answer.
            exchange.fail()
            raise

    def _go_on(self, exchange: Exchange) -> None:
        if not exchange.closed:
            self._handle(exchange)

    def write(self, data: bytes) -> None:
        """Write bytes of the current answer."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def finished(self, *, keep_alive: bool) -> None:
        """The current answer is whole."""
        self._current = None
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        if self._deaf:
            self._linger(transport)
            return
        if not keep_alive or self._leaving:
            transport.close()
            return
        self.deadline = self._loop.time() + _IDLE_SECONDS
        if self._waiting:
            following = self._waiting.popleft()
            if not self._waiting:
                transport.resume_reading()
            # It is current from now on, so that what arrives meanwhile stays behind it.
            self._current = following
            self.deadline = math.inf
            self._loop.call_soon(self._go_on, following)

    def abort(self) -> None:
        """Drop the connection."""
        if self._transport is not None:
            self._transport.abort()

    def leave(self) -> None:
        """End behind the current answer."""
        self._leaving = True
        if self._current is None and self._transport is not None:
            self._transport.close()

    def overdue(self) -> None:
        """The peer was too slow."""
        if self._deaf or (self._in_head and not self._target):
            self.abort()
        else:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer what is not a request, and close: what follows can't be told apart from it."""
        if self._transport is None or self._transport.is_closing() or self._deaf:
            return
        self._deaf = True
        if self._current is not None:
            self._transport.close()
            return
        text = f"Sekisho: {status.phrase.lower()}".encode()
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: text/plain\r\nconnection: close\r\n"
        self.write(head.encode() + b"content-length: %d\r\n\r\n" % len(text) + text)
        self._linger(self._transport)

    def _broke(self, error: httptools.HttpParserCallbackError) -> None:
        """End behind a fault of our own: the parser goes no further. Where there was a request, its host was told."""
        self._deaf = True
        self.leave()
        fault = error.__context__ or error
        self._loop.call_exception_handler({"message": "a request was not answered", "exception": fault})

    def _linger(self, transport: asyncio.Transport) -> None:
        """Say no more, and wait for the peer to close."""
        transport.write_eof()
        self.deadline = self._loop.time() + _LINGER_SECONDS
