"""A host over HTTP that keeps to no rule by itself: bytes out, heads, bodies and events in, one connection each."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from peers.loops import PATIENCE
from peers.messages import MODERN, initialize, note

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["ACCEPT", "Answer", "Event", "HttpHost", "Wire", "head", "of_modern", "post", "refused", "wire"]

ACCEPT: Final = (("content-type", "application/json"), ("accept", "application/json, text/event-stream"))


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> JsonObject:
        """Its one message: the body, or the last event."""
        if self.headers.get("content-type", "").startswith("text/event-stream"):
            return self.events[-1].json
        return cast("JsonObject", json.loads(self.body))

    @property
    def events(self) -> list[Event]:
        """Its events that have data."""
        return [event for block in self.body.split(b"\n\n") if (event := _event(block)) is not None and event.data]


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event."""

    data: bytes
    id: str = ""

    @property
    def json(self) -> JsonObject:
        return cast("JsonObject", json.loads(self.data))


@dataclass(slots=True)
class Wire:
    """One connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    port: int
    chunked: bool = False
    left: int = 0
    rest: bytes = b""
    comments: int = 0

    def send(self, method: str, body: JsonObject | bytes | None, *headers: tuple[str, str], path: str = "/mcp") -> None:
        """Write one request; Host and Content-Length are added unless they are given."""
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        names = {name for name, _ in headers}
        lines = list(headers)
        if "host" not in names:
            lines.insert(0, ("host", f"127.0.0.1:{self.port}"))
        if body is not None and not names & {"content-length", "transfer-encoding"}:
            lines.append(("content-length", str(len(data))))
        head = "".join(f"{name}: {value}\r\n" for name, value in lines)
        self.writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + data)

    async def head(self) -> Answer:
        """Read the head of an answer; its body follows by `read` or `events`."""
        async with asyncio.timeout(PATIENCE):
            raw = await self.reader.readuntil(b"\r\n\r\n")
        first, *lines = raw.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        self.chunked = headers.get("transfer-encoding") == "chunked"
        self.left = int(headers.get("content-length", "0"))
        return Answer(int(first.split()[1]), headers, b"")

    async def chunk(self) -> bytes:
        """Read some of the body; empty at its end."""
        async with asyncio.timeout(PATIENCE):
            if not self.chunked:
                data = await self.reader.read(min(self.left, 1 << 16)) if self.left else b""
                self.left -= len(data)
                return data
            size = int(await self.reader.readline(), 16)
            data = await self.reader.readexactly(size)
            await self.reader.readexactly(2)
            return data

    async def answer(self) -> Answer:
        """Read a whole answer."""
        head = await self.head()
        parts: list[bytes] = []
        while data := await self.chunk():
            parts.append(data)
        return Answer(head.status, head.headers, b"".join(parts))

    async def ask(self, method: str, body: JsonObject | bytes | None, *headers: tuple[str, str]) -> Answer:
        """Send and read."""
        self.send(method, body, *headers)
        return await self.answer()

    async def events(self) -> AsyncIterator[Event]:
        """Yield events as they come, those without data too; comments are counted."""
        while data := await self.chunk():
            *blocks, self.rest = (self.rest + data).split(b"\n\n")
            for block in blocks:
                event = _event(block)
                if event is None:
                    self.comments += 1
                else:
                    yield event

    async def closed(self) -> bytes:
        """Wait until the other side has closed; return what it said before."""
        async with asyncio.timeout(PATIENCE):
            with suppress(ConnectionError):
                return await self.reader.read(-1)
        return b""

    def drop(self) -> None:
        """End the connection without a word."""
        self.writer.transport.abort()


def _event(block: bytes) -> Event | None:
    """Read one block; None for a comment."""
    id_, seen = "", False
    data: list[bytes] = []
    for line in block.split(b"\n"):
        name, _, value = line.partition(b":")
        if name == b"id":
            id_, seen = value.strip().decode(), True
        elif name == b"data":
            data.append(value.removeprefix(b" "))
            seen = True
    return Event(b"\n".join(data), id_) if seen else None


@asynccontextmanager
async def wire(port: int, host: str = "127.0.0.1") -> AsyncGenerator[Wire]:
    """Open one connection; it is dropped at the end."""
    reader, writer = await asyncio.open_connection(host, port, limit=1 << 22)
    connection = Wire(reader, writer, port)
    try:
        yield connection
    finally:
        connection.drop()


@dataclass(slots=True)
class HttpHost:
    """A 2025 session, one connection per request."""

    port: int
    session: str = ""
    opened: JsonObject = field(default_factory=dict)
    version: str = "2025-11-25"

    async def open(self, *, capabilities: JsonObject | None = None) -> JsonObject:
        """Shake hands; return the answer to `initialize`."""
        answer = await self.post(initialize(version=self.version, capabilities=capabilities))
        assert answer.status == 200, answer
        self.session = answer.headers["mcp-session-id"]
        self.opened = answer.json
        assert (await self.post(note("notifications/initialized"))).status == 202
        return self.opened

    def headers(self, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        """Return what every request of this session carries."""
        named = (("mcp-session-id", self.session), ("mcp-protocol-version", self.version)) if self.session else ()
        return (*ACCEPT, *named, *more)

    async def post(self, body: JsonObject | bytes) -> Answer:
        """POST one body and read the whole answer."""
        async with wire(self.port) as connection:
            return await connection.ask("POST", body, *self.headers())

    async def ask(self, body: JsonObject) -> JsonObject:
        """POST one request and return its answer."""
        return (await self.post(body)).json

    async def delete(self) -> int:
        """End the session; return the status."""
        async with wire(self.port) as connection:
            return (await connection.ask("DELETE", None, *self.headers())).status


def of_modern(body: JsonObject) -> tuple[tuple[str, str], ...]:
    """Return the headers that a 2026-07-28 request needs."""
    headers = [*ACCEPT, ("mcp-protocol-version", MODERN), ("mcp-method", str(body["method"]))]
    params = body.get("params")
    name = params.get("name") if isinstance(params, dict) else None
    return (*headers, ("mcp-name", name)) if isinstance(name, str) else tuple(headers)


async def post(port: int, body: JsonObject | bytes, *headers: tuple[str, str]) -> Answer:
    """POST one body on a connection of its own."""
    async with wire(port) as connection:
        return await connection.ask("POST", body, *headers)


async def refused(connection: Wire, status: int) -> None:
    """Expect a plain refusal and the end of the connection."""
    said = await connection.closed()
    assert said.startswith(b"HTTP/1.1 %d " % status), said[:200]
    assert b"connection: close" in said.lower()


def head(*lines: str, start: str = "POST /mcp HTTP/1.1") -> bytes:
    """Return the head of a request."""
    return "\r\n".join([start, "host: localhost", *lines, "", ""]).encode()
