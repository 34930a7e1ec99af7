"""A Streamable HTTP server that does by itself only what every server does; the tools are the test's."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from http_peers import answer
from peers.loops import until
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from http_peers import Peer, Server
    from sekisho.wire.jsonrpc import Json, JsonObject

    Handler: TypeAlias = "Callable[[Peer, Asked], Awaitable[None]]"

__all__ = ["EVENTS", "JSON", "SESSION", "Asked", "Handler", "Seen", "answer_with", "event", "remote", "stream_head"]

SESSION: Final = b"Mcp-Session-Id: s1"
JSON: Final = b"Content-Type: application/json"
EVENTS: Final = b"Content-Type: text/event-stream"


@dataclass(frozen=True, slots=True)
class Asked:
    """One HTTP request."""

    method: str
    """GET, POST or DELETE."""
    headers: dict[str, str]
    body: JsonObject
    """The message; empty where there is none."""

    @property
    def id(self) -> Json:
        return self.body.get("id")

    @property
    def params(self) -> JsonObject:
        return obj(self.body.get("params"))

    @property
    def tool(self) -> str:
        return text(self.params.get("name")) or ""

    def result(self, result: JsonObject) -> JsonObject:
        """Return an answer to this request."""
        return {"jsonrpc": "2.0", "id": self.id, "result": result}

    def echoed(self) -> JsonObject:
        """Return the answer of a tool that says its text."""
        said = obj(self.params.get("arguments")).get("text")
        return self.result({"content": [{"type": "text", "text": said}]})


class Seen:
    """Every request that a server got."""

    def __init__(self) -> None:
        self.all: list[Asked] = []
        self._changed = asyncio.Event()

    def add(self, asked: Asked) -> None:
        self.all.append(asked)
        self._changed.set()

    def by(self, method: str) -> list[Asked]:
        """Return the requests with this HTTP method."""
        return [each for each in self.all if each.method == method]

    async def until(self, condition: Callable[[Asked], object]) -> None:
        """Wait for a request."""
        await until(self._changed, lambda: any(condition(each) for each in self.all))


def read(raw: bytes) -> Asked:
    """Read what `Peer.request` returned."""
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Asked(first.split()[0], headers, cast("JsonObject", json.loads(body)) if body else {})


async def answer_with(peer: Peer, asked: Asked, message: JsonObject, *fields: bytes, status: bytes = b"200 OK") -> None:
    """Answer with one JSON body."""
    del asked
    await peer.send(answer(json.dumps(message).encode(), JSON, *fields, status=status))


def stream_head() -> bytes:
    """Return the head of an event stream that ends with its connection."""
    return b"HTTP/1.1 200 OK\r\n" + EVENTS + b"\r\nConnection: close\r\n\r\n"


def event(message: JsonObject | None, *, id: str = "", retry: int | None = None) -> bytes:  # noqa: A002 - the standard's word
    """Return one event."""
    lines = [f"id: {id}"] if id else []
    lines += [f"retry: {retry}"] if retry is not None else []
    lines.append(f"data: {json.dumps(message) if message is not None else ''}")
    return "\n".join([*lines, "", ""]).encode()


def remote(
    tool: Handler, *, get: Handler | None = None, initialize: Handler | None = None, seen: Seen | None = None
) -> Callable[[Peer, Server], Awaitable[None]]:
    """Return a script for `http_peers.listen`.

    Args:
        tool: answers every request but `initialize`.
        get: answers a GET; else it is 405.
        initialize: answers `initialize` in place of the usual.
        seen: collects every request.
    """

    async def script(peer: Peer, server: Server) -> None:
        del server
        while raw := await peer.request():
            asked = read(raw)
            if seen is not None:
                seen.add(asked)
            await _one(peer, asked)

    async def _one(peer: Peer, asked: Asked) -> None:
        if asked.method == "GET":
            await (get(peer, asked) if get is not None else peer.send(answer(status=b"405 Method Not Allowed")))
        elif asked.method == "DELETE":
            await peer.send(answer())
        elif asked.id is None or "method" not in asked.body:
            await peer.send(answer(status=b"202 Accepted"))
        elif asked.body["method"] == "initialize" and initialize is None:
            version = asked.params.get("protocolVersion")
            info: JsonObject = {"name": "remote", "version": "1"}
            opened: JsonObject = {"protocolVersion": version, "capabilities": {"tools": {}}, "serverInfo": info}
            await answer_with(peer, asked, asked.result(opened), SESSION)
        elif asked.body["method"] == "initialize" and initialize is not None:
            await initialize(peer, asked)
        else:
            await tool(peer, asked)

    return script
