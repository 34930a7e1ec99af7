"""A proxy that only passes bytes on: the floor of what any Python process between two peers costs on this machine.

    python bare_relay.py stdio PROGRAM ARGS...      lines from standard input to a child, and back
    python bare_relay.py http PORT UPSTREAM_PORT    HTTP/1.1 requests on 127.0.0.1:PORT to 127.0.0.1:UPSTREAM_PORT

It reads no message, checks nothing, records nothing, and keeps no bound; it finds where a request or an answer ends
and writes it to the other side with one call. So it is no rival, but a ruler: the same hop, the same loop (uvloop), the
same HTTP parser (httptools).
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections import deque
from typing import cast

import httptools
import uvloop


class Pipe(asyncio.Protocol):
    """Passes what it reads on."""

    def __init__(self, to: asyncio.WriteTransport, ended: asyncio.Event) -> None:
        """Write to `to`, and tell when there is nothing more to read."""
        self._to = to
        self._ended = ended

    def data_received(self, data: bytes) -> None:
        """Pass bytes on; every peer here writes whole lines."""
        self._to.write(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """One side is gone."""
        del exc
        self._ended.set()


async def stdio(command: list[str]) -> None:
    """Relay between standard input and output and a child."""
    loop = asyncio.get_running_loop()
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: ASYNC220 - once, at the start
    ended = asyncio.Event()
    out, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(os.dup(1), "wb", buffering=0))
    into, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, child.stdin)
    await loop.connect_read_pipe(lambda: Pipe(into, ended), os.fdopen(os.dup(0), "rb", buffering=0))
    await loop.connect_read_pipe(lambda: Pipe(out, ended), child.stdout)
    await ended.wait()
    child.kill()
    child.wait()


class Upstream(asyncio.Protocol):
    """One connection to the server; passes whole answers to the client that asked."""

    def __init__(self, pool: list[Upstream]) -> None:
        """Go back into `pool` behind every answer."""
        self.client: Client | None = None
        self._pool = pool
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._whole = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It can be written to."""
        self._transport = cast("asyncio.Transport", transport)

    def ask(self, client: Client, data: bytes) -> None:
        """Send a request of `client`."""
        self.client = client
        if self._transport is not None:
            self._transport.write(data)

    def data_received(self, data: bytes) -> None:
        """Pass a part of an answer on."""
        self._whole = False
        self._parser.feed_data(data)
        client = self.client
        if self._whole:
            self.client = None
            self._pool.append(self)
        if client is not None:
            client.answer(data, whole=self._whole)

    def on_message_complete(self) -> None:
        """The answer is whole."""
        self._whole = True


class Client(asyncio.Protocol):
    """One connection of a client; passes its requests on, one after the other."""

    def __init__(self, pool: list[Upstream], upstream: int) -> None:
        """Take connections from `pool`, or make them to `upstream`."""
        self._pool = pool
        self._upstream = upstream
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpRequestParser(self)
        self._parts: list[bytes] = []
        self._waiting: deque[bytes] = deque()
        self._busy = False
        self._whole = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It can be written to."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Collect a request."""
        self._parts.append(data)
        self._parser.feed_data(data)
        if self._whole:
            self._whole = False
            self._waiting.append(b"".join(self._parts))
            self._parts = []
            self._next()

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._whole = True

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        data = self._waiting.popleft()
        if self._pool:
            self._pool.pop().ask(self, data)
        else:
            self._opening = asyncio.get_running_loop().create_task(self._open(data))

    async def _open(self, data: bytes) -> None:
        loop = asyncio.get_running_loop()
        _, upstream = await loop.create_connection(lambda: Upstream(self._pool), "127.0.0.1", self._upstream)
        upstream.ask(self, data)

    def answer(self, data: bytes, *, whole: bool) -> None:
        """Write a part of the answer."""
        if self._transport is not None:
            self._transport.write(data)
        if whole:
            self._busy = False
            self._next()


async def http(port: int, upstream: int) -> None:
    """Relay HTTP until the process is ended."""
    pool: list[Upstream] = []
    server = await asyncio.get_running_loop().create_server(lambda: Client(pool, upstream), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(stdio(sys.argv[2:]) if sys.argv[1] == "stdio" else http(int(sys.argv[2]), int(sys.argv[3])))
