"""The raw echo MCP server over Streamable HTTP at `/mcp`: uvloop, httptools, keep-alive, both generations.

2025-11-25: `initialize` mints an `Mcp-Session-Id` that later requests must carry; DELETE ends it; a notification
gets 202. 2026-07-28: stateless; the mirrored headers must equal the body. `echo_http.py PORT` (on 127.0.0.1).
"""

from __future__ import annotations

import asyncio
import secrets
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

import generations as g
import httptools
import orjson
import uvloop
from echo_answers import answer, failure

if TYPE_CHECKING:
    from echo_answers import Answer

_MAX_BODY: Final = 16 << 20
_MAX_SESSIONS: Final = 20_000
_SESSION: Final = b"mcp-session-id"
_NAMED: Final = ("tools/call",)


class Sessions:
    """The 2025-11-25 sessions that are open; the oldest ends when there are too many."""

    def __init__(self) -> None:
        self._open: dict[bytes, None] = {}

    def mint(self) -> bytes:
        """Open a session."""
        if len(self._open) >= _MAX_SESSIONS:
            del self._open[next(iter(self._open))]
        ident = secrets.token_hex(16).encode()
        self._open[ident] = None
        return ident

    def knows(self, ident: bytes) -> bool:
        """Whether the session is open."""
        return ident in self._open

    def end(self, ident: bytes) -> bool:
        """End a session; False if there was none."""
        return self._open.pop(ident, self) is None


def _mirrors(headers: dict[bytes, bytes], message: g.Json) -> bool:
    method = message.get("method")
    if headers.get(b"mcp-method", b"").decode("latin-1") != method:
        return False
    params = g.as_object(message.get("params"))
    stamp = g.as_object(params.get("_meta")).get(g.META_VERSION)
    if headers[b"mcp-protocol-version"].decode("latin-1") != stamp:
        return False
    return method not in _NAMED or headers.get(b"mcp-name", b"").decode("latin-1") == params.get("name")


class Connection(asyncio.Protocol):
    """One client connection; requests are answered in their order."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._url = b""
        self._headers: dict[bytes, bytes] = {}
        self._parts: list[bytes] = []
        self._held = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Feed the parser; malformed HTTP ends the connection."""
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._end()

    def on_message_begin(self) -> None:
        """Forget the request before."""
        self._url, self._headers, self._parts, self._held = b"", {}, [], 0

    def on_url(self, url: bytes) -> None:
        """Collect the target."""
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Collect one header."""
        self._headers[name.lower()] = value

    def on_body(self, body: bytes) -> None:
        """Collect the body up to its bound."""
        self._held += len(body)
        if self._held <= _MAX_BODY:
            self._parts.append(body)

    def on_message_complete(self) -> None:
        """Answer the request."""
        if self._url.partition(b"?")[0] != b"/mcp":
            self._send(404)
        elif self._held > _MAX_BODY:
            self._send(413)
        else:
            match self._parser.get_method():
                case b"POST":
                    self._post()
                case b"DELETE" if not self._modern():
                    self._send(200 if self._sessions.end(self._headers.get(_SESSION, b"")) else 404)
                case _:
                    self._send(405)
        if not self._parser.should_keep_alive():
            self._end()

    def _end(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _modern(self) -> bool:
        return self._headers.get(b"mcp-protocol-version") == g.MODERN.encode()

    def _post(self) -> None:
        try:
            message: object = orjson.loads(b"".join(self._parts))
        except orjson.JSONDecodeError:
            self._reply(failure(None, -32700, "Not JSON", status=400))
            return
        body = g.as_object(message)
        if self._modern():
            if not _mirrors(self._headers, body):
                self._reply(failure(body.get("id"), -32020, "Headers differ from the body", status=400))
            else:
                self._reply(answer(message))
        elif body.get("method") == "initialize":
            self._reply(answer(message), session=self._sessions.mint())
        elif (ident := self._headers.get(_SESSION)) is None:
            self._reply(failure(body.get("id"), -32600, "Mcp-Session-Id is missing", status=400))
        elif not self._sessions.knows(ident):
            self._reply(failure(body.get("id"), -32600, "No such session", status=404))
        else:
            self._reply(answer(message))

    def _reply(self, reply: Answer | None, *, session: bytes | None = None) -> None:
        if reply is None:
            self._send(202)
            return
        extra = b"" if session is None else b"Mcp-Session-Id: " + session + b"\r\n"
        self._send(reply.status, orjson.dumps(reply.message), extra)

    def _send(self, status: int, body: bytes = b"", extra: bytes = b"") -> None:
        if self._transport is None:
            return
        kind = b"Content-Type: application/json\r\n" if body else b""
        line = b"HTTP/1.1 %d %s\r\n" % (status, HTTPStatus(status).phrase.encode())
        length = b"Content-Length: %d\r\n\r\n" % len(body)
        self._transport.write(b"".join((line, kind, extra, length, body)))


async def _serve(port: int) -> None:
    sessions = Sessions()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(sessions), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


def main() -> None:
    """Serve until killed."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(int(sys.argv[1])))


if __name__ == "__main__":
    main()
