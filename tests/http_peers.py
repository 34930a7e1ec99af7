"""Servers on loopback that do exactly what a test tells them, for the tests of the HTTP client."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from peers.loops import PATIENCE

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator, Awaitable, Callable

__all__ = ["Peer", "Server", "answer", "chunked", "listen"]


class Peer:
    """The server's end of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def request(self) -> bytes:
        """Read one request with its body; b"" when the client has closed."""
        try:
            head = await self.reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return b""
        _, _, length = head.lower().partition(b"content-length: ")
        return head + await self.reader.readexactly(int(length.split(b"\r\n")[0] or b"0"))

    async def send(self, data: bytes) -> None:
        """Write, and let the others run."""
        self.writer.write(data)
        await self.writer.drain()
        await asyncio.sleep(0)

    async def gone(self) -> None:
        """Wait until the client has closed."""
        with contextlib.suppress(ConnectionError):
            while await self.reader.read(65536):
                pass

    def reset(self) -> None:
        """Close without a word."""
        self.writer.transport.abort()


@dataclass(slots=True)
class Server:
    """What a test sees of a server."""

    port: int = 0
    """Where it listens."""

    connections: int = 0
    """How many it has accepted."""

    requests: list[bytes] = field(default_factory=list[bytes])
    """What was sent to it, when the script records it."""

    open: set[asyncio.Task[None]] = field(default_factory=set["asyncio.Task[None]"])
    """Its live connections."""

    came: asyncio.Condition = field(default_factory=asyncio.Condition)
    """Told of every connection."""

    async def accepted(self, number: int) -> None:
        """Wait until so many connections have come."""
        async with self.came:
            await self.came.wait_for(lambda: self.connections >= number)


@contextlib.asynccontextmanager
async def listen(
    script: Callable[[Peer, Server], Awaitable[None]], *, tls: ssl.SSLContext | None = None
) -> AsyncGenerator[Server]:
    """Serve on 127.0.0.1; the script has one connection, which is closed when it returns."""
    server = Server()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        async with server.came:
            server.came.notify_all()
        try:
            await script(Peer(reader, writer), server)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(serve(reader, writer))
        server.open.add(task)
        task.add_done_callback(server.open.discard)

    listener = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in tuple(server.open):
            task.cancel()
        if server.open:
            await asyncio.wait(server.open, timeout=PATIENCE)


def answer(body: bytes = b"", *fields: bytes, status: bytes = b"200 OK") -> bytes:
    """Return a plain answer."""
    head = [b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), *fields]
    return b"\r\n".join([*head, b"", body])


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    """Return a chunked answer."""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n"
    return head + b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + end
