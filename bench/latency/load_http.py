"""The HTTP load client: keep-alive conversations over Streamable HTTP, one blocking or 32 concurrent ones.

Concepts: `Answers` parses responses (JSON or an event stream); `HttpClient` is one connection with a blocking socket
and one conversation; `concurrent` hands 32 greeted sockets to uvloop, one call in flight on each.
Every wait has a deadline, every answer is checked. Called by `targets`, `startup` and `sessions`.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from typing import TYPE_CHECKING, Final, cast

import generations as g
import httptools
import uvloop
from slots import ANSWER_SECONDS, WIDTH, Tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from processes import Clock
    from slots import Slot

_CHUNK: Final = 1 << 18
_STREAM: Final = b"text/event-stream"


class Answers:
    """Parses the responses of one connection, one after the other."""

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._parts: list[bytes] = []
        self.headers: dict[bytes, bytes] = {}
        self.complete = False

    def feed(self, data: bytes) -> bool:
        """Take bytes from the connection; True when a whole response is there."""
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            raise g.WrongAnswer(f"not HTTP: {error}") from error
        return self.complete

    def on_message_begin(self) -> None:
        """Forget the response before."""
        self._parts, self.headers, self.complete = [], {}, False

    def on_header(self, name: bytes, value: bytes) -> None:
        """Collect one header."""
        self.headers[name.lower()] = value

    def on_body(self, body: bytes) -> None:
        """Collect the body."""
        self._parts.append(body)

    def on_message_complete(self) -> None:
        """Note the end of the response."""
        self.complete = True

    @property
    def status(self) -> int:
        """The status code."""
        return self._parser.get_status_code()

    def messages(self) -> list[bytes]:
        """Return the JSON-RPC messages of the response."""
        body = b"".join(self._parts)
        if self.headers.get(b"content-type", b"").partition(b";")[0].strip() != _STREAM:
            if self.status not in (200, 202):
                raise g.WrongAnswer(f"HTTP {self.status}: {body[:200].decode(errors='replace')}")
            return [body] if body else []
        events = body.replace(b"\r\n", b"\n").split(b"\n\n")
        payloads = (
            b"\n".join(line[5:].strip() for line in event.split(b"\n") if line[:5] == b"data:") for event in events
        )
        return [payload for payload in payloads if payload]


class HttpClient:
    """One keep-alive connection that speaks one era in one conversation."""

    def __init__(self, port: int, era: g.Era) -> None:
        """Connect to 127.0.0.1:`port`."""
        self._port = port
        self._era: g.Era = era
        self.session: bytes = b""
        """The 2025-11-25 session of the calls; whoever sets it resumes another one."""
        self._tool = ""
        self._number = g.FIRST_NUMBER
        self._connect()

    def _connect(self) -> None:
        self.answers = Answers()
        self.socket = socket.create_connection(("127.0.0.1", self._port), timeout=ANSWER_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def reconnect(self) -> None:
        """Go on with the conversation over a fresh connection (servers close idle ones after a few seconds)."""
        self.socket.close()
        self._connect()

    def close(self) -> None:
        """End the conversation (2025-11-25: DELETE, over a fresh connection) and the connection."""
        with contextlib.suppress(OSError, g.WrongAnswer):
            if self.session:
                self.reconnect()
                self._exchange(self._head("DELETE", "", "", 0))
        self.socket.close()

    def open(self) -> None:
        """Make the first request of a new conversation and check its answer."""
        self.session = b""
        method, first = g.opening(self._era, 1)
        result = self._ask(method, first, 1)
        g.check_opening(self._era, result)
        if self._era == g.LEGACY:
            self.session = self.answers.headers.get(b"mcp-session-id", b"")

    def greet(self) -> None:
        """Open a new conversation and find the echo tool."""
        self.open()
        if self._era == g.LEGACY:
            self._exchange(self._message("notifications/initialized", g.INITIALIZED))
        listing = g.request(era=self._era, number=2, method="tools/list")
        self._tool = g.echo_name(self._ask("tools/list", listing, 2))

    def once(self, size: int = 100) -> None:
        """Make one checked call."""
        calls = self.calls(size)
        self._number += 1
        number = self._number
        self._exchange(self.message_head(calls) + calls.request(number))
        if [calls.answered(raw) for raw in self.answers.messages()][-1:] != [number]:
            raise g.WrongAnswer(f"call {number} got no answer of its own")

    def alone(self, *, size: int, seconds: float, clock: Callable[[], Clock]) -> Slot:
        """Call one after the other for `seconds`."""
        calls = self.calls(size)
        head = self.message_head(calls)
        tally = Tally(seconds=seconds, clock=clock)
        while tally.running():
            warming = tally.warming()
            self._number += 1
            data = head + calls.request(self._number)
            start = time.perf_counter()
            self._exchange(data)
            took = time.perf_counter() - start
            if [calls.answered(raw) for raw in self.answers.messages()][-1:] != [self._number]:
                raise g.WrongAnswer(f"call {self._number} got no answer of its own")
            if not warming:
                tally.add(took)
        return tally.slot()

    def calls(self, size: int) -> g.Calls:
        """Return the calls of this conversation with texts of `size` bytes."""
        return g.Calls(era=self._era, tool=self._tool, size=size)

    def message_head(self, calls: g.Calls) -> bytes:
        """Return the HTTP head that every call of `calls` has."""
        return self._head("POST", "tools/call", calls.tool, len(calls.request(g.FIRST_NUMBER)))

    def _head(self, verb: str, method: str, name: str, length: int) -> bytes:
        lines = [
            f"{verb} /mcp HTTP/1.1",
            f"Host: 127.0.0.1:{self._port}",
            "Accept: application/json, text/event-stream",
            f"Content-Length: {length}",
        ]
        if length:
            lines.append("Content-Type: application/json")
        if self._era == g.MODERN:
            lines += [f"MCP-Protocol-Version: {g.MODERN}", f"Mcp-Method: {method}"]
            if name:
                lines.append(f"Mcp-Name: {name}")
        elif method != "initialize":
            lines.append(f"MCP-Protocol-Version: {g.LEGACY}")
        if self.session:
            lines.append(f"Mcp-Session-Id: {self.session.decode('latin-1')}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def _message(self, method: str, body: bytes) -> bytes:
        return self._head("POST", method, "", len(body)) + body

    def _ask(self, method: str, body: bytes, number: int) -> g.Json:
        self._exchange(self._message(method, body))
        for raw in self.answers.messages():
            message = g.parse(raw)
            if "method" not in message and message.get("id") == number:
                return g.result_of(message)
        raise g.WrongAnswer(f"{method} got no answer")

    def _exchange(self, data: bytes) -> None:
        self.answers.complete = False
        try:
            self.socket.sendall(data)
            while not self.answers.feed(received := self.socket.recv(_CHUNK)):
                if not received:
                    raise g.WrongAnswer("the server closed the connection")
        except OSError as error:
            raise g.WrongAnswer(f"no answer: {error}") from error


class _Crowd:
    """What the concurrent lanes share."""

    def __init__(self, tally: Tally, lanes: int, done: asyncio.Future[None]) -> None:
        self.tally = tally
        self._left = lanes
        self._done = done

    def finish(self) -> None:
        """One lane has its last answer."""
        self._left -= 1
        if not self._left and not self._done.done():
            self._done.set_result(None)

    def fail(self, error: Exception) -> None:
        """One lane got a wrong answer."""
        if not self._done.done():
            self._done.set_exception(error)


class _Lane(asyncio.Protocol):
    """One connection of the concurrent load: one call in flight until the time is over."""

    def __init__(self, client: HttpClient, calls: g.Calls, crowd: _Crowd) -> None:
        self._answers = client.answers
        self._calls = calls
        self._head = client.message_head(calls)
        self._crowd = crowd
        self._number = g.FIRST_NUMBER + 1_000_000
        self._start = 0.0
        self._waiting = True
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        try:
            if self._answers.feed(data):
                self._answered()
        except g.WrongAnswer as error:
            self._crowd.fail(error)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting:
            self._crowd.fail(g.WrongAnswer(f"the server closed the connection: {exc}"))

    def call(self) -> None:
        """Send the next call."""
        if self._transport is not None and not self._transport.is_closing():
            self._number += 1
            self._start = time.perf_counter()
            self._transport.write(self._head + self._calls.request(self._number))

    def _answered(self) -> None:
        took = time.perf_counter() - self._start
        if [self._calls.answered(raw) for raw in self._answers.messages()][-1:] != [self._number]:
            raise g.WrongAnswer(f"call {self._number} got no answer of its own")
        self._crowd.tally.add(took)
        if self._crowd.tally.running():
            self.call()
        else:
            self._waiting = False
            self._crowd.finish()


async def _drive(clients: list[HttpClient], size: int, tally: Tally, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()
    crowd = _Crowd(tally, len(clients), done)
    lanes: list[_Lane] = []
    transports: list[asyncio.BaseTransport] = []
    for client in clients:
        lane = _Lane(client, client.calls(size), crowd)
        copy = client.socket.dup()
        copy.settimeout(0)
        transport, _ = await loop.create_connection(lambda lane=lane: lane, sock=copy)
        lanes.append(lane)
        transports.append(transport)
    tally.open()
    for lane in lanes:
        lane.call()
    try:
        await asyncio.wait_for(done, seconds + ANSWER_SECONDS)
    except TimeoutError as error:
        raise g.WrongAnswer("no answer in time") from error
    finally:
        for transport in transports:
            transport.close()


def concurrent(*, port: int, era: g.Era, size: int, seconds: float, clock: Callable[[], Clock]) -> Slot:
    """Load 127.0.0.1:`port` for `seconds` with 32 keep-alive connections, each with a conversation of its own."""
    clients: list[HttpClient] = []
    try:
        for _ in range(WIDTH):
            client = HttpClient(port, era)
            clients.append(client)
            client.greet()
        for client in clients:
            client.reconnect()
        tally = Tally(seconds=seconds, clock=clock)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_drive(clients, size, tally, seconds))
        return tally.slot()
    finally:
        for client in clients:
            client.close()
