"""The HTTP face in this process: the real server, application, sessions and engine, in front of a server in memory.

`Desk` is what a test holds: the port, a clock that it may turn, and every `Inner` (a server in memory) by link.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from peers.loops import until
from peers.messages import MODERN
from sekisho.adapters.recording import AuditUnavailable
from sekisho.engine.events import ServerSent
from sekisho.engine.seal import Sealer
from sekisho.engine.session import Session
from sekisho.engine.state import Face as Kind
from sekisho.engine.state import Patience, Setup
from sekisho.gateway.http_app import App
from sekisho.gateway.http_gate import Credential, Gate
from sekisho.gateway.http_principals import Principals
from sekisho.gateway.http_server import HttpServer
from sekisho.gateway.link import Link
from sekisho.wire.jsonrpc import read_message
from sekisho.wire.strict import Limits
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping, Sequence

    from sekisho.engine.effects import Record
    from sekisho.gateway.http_faces import LegacyFace
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["Book", "Clock", "Desk", "Inner", "desk"]

_CAPABILITIES: Final[JsonObject] = {"tools": {"listChanged": True}, "logging": {}}


class Clock:
    """Time that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Book:
    """An audit in memory that can be made to fail."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.lost = False
        """Whether nothing can be written."""
        self.unsynced = False
        """Whether nothing reaches the disk."""

    def append(self, record: Record) -> None:
        if self.lost:
            raise AuditUnavailable("the disk is full", where="nowhere", next_step="Free space.")
        self.records.append(record)

    def append_all(self, records: Sequence[Record]) -> None:
        for record in records:
            self.append(record)

    def append_durable(self, record: Record, then: Callable[[bool], None]) -> None:
        self.append(record)
        asyncio.get_running_loop().call_soon(then, not self.unsynced)

    def rules(self) -> list[Json]:
        """Return the rules that were put on record."""
        return [record.fields["rule"] for record in self.records if "rule" in record.fields]


class Inner:
    """A server in memory: it shakes hands and echoes by itself, everything else is said by the test."""

    def __init__(self, link: Link, revision: str | None, *, silent: bool) -> None:
        self.link = link
        self.revision = revision
        """What it answers to `initialize`, if not what the host asked for."""
        self.silent = silent
        self.sent: list[JsonObject] = []
        self.aborted: list[int] = []
        self.listened = 0
        self.holds: list[bool] = []
        self.started = 0
        self.stopped = 0
        self.closed = False
        self.taken = asyncio.Event()
        """What `settled` waits for."""
        self.taken.set()
        self.changed = asyncio.Event()

    def start(self) -> None:
        self.started += 1

    def send(self, body: JsonObject, call: int | None, headers: tuple[tuple[bytes, bytes], ...]) -> None:
        del call, headers
        self.sent.append(body)
        self.changed.set()
        if not self.silent:
            self._react(body, body.get("method"), obj(body.get("params")))

    def _react(self, body: JsonObject, method: Json, params: JsonObject) -> None:
        match method:
            case "initialize":
                version = self.revision or params.get("protocolVersion")
                opened: JsonObject = {"protocolVersion": version, "capabilities": _CAPABILITIES}
                self.answer(body, {**opened, "serverInfo": {"name": "inner", "version": "1"}})
            case "server/discover":
                offer: JsonObject = {"supportedVersions": [MODERN], "capabilities": _CAPABILITIES}
                self.answer(body, {"resultType": "complete", "ttlMs": 0, "cacheScope": "private", **offer})
            case "tools/list":
                self.answer(body, {"resultType": "complete", "ttlMs": 0, "cacheScope": "private", "tools": []})
            case "tools/call" if params.get("name") == "echo":
                text = obj(params.get("arguments")).get("text")
                self.answer(body, {"resultType": "complete", "content": [{"type": "text", "text": text}]})
            case _:
                pass

    def answer(self, asked: JsonObject, result: JsonObject) -> None:
        """Answer one of the requests in `sent`."""
        self.say({"jsonrpc": "2.0", "id": asked["id"], "result": result})

    def text(self, asked: JsonObject, text: str) -> None:
        """Answer a tool's call."""
        self.answer(asked, {"resultType": "complete", "content": [{"type": "text", "text": text}]})

    def say(self, message: JsonObject, *, about: JsonObject | None = None) -> None:
        """Say anything; `about` is the request on whose stream it comes."""
        call = about["id"] if about is not None else None
        asyncio.get_running_loop().call_soon(self._say, message, call if isinstance(call, int) else None)

    def _say(self, message: JsonObject, call: int | None) -> None:
        self.link.receive(ServerSent(read_message(message), self.link.clock(), call))

    async def told(self, condition: Callable[[JsonObject], object]) -> JsonObject:
        """Wait for a message of the host and return it."""
        await until(self.changed, lambda: any(condition(message) for message in self.sent))
        return next(message for message in self.sent if condition(message))

    async def called(self, tool: str) -> JsonObject:
        """Wait for the call of a tool."""
        return await self.told(lambda message: obj(message.get("params")).get("name") == tool)

    def abort(self, call: int) -> None:
        self.aborted.append(call)
        self.changed.set()

    def listen(self) -> None:
        self.listened += 1

    async def settled(self) -> None:
        await self.taken.wait()

    def hold(self) -> None:
        self.holds.append(True)

    def flow(self) -> None:
        self.holds.append(False)

    def stop(self) -> None:
        self.stopped += 1
        self.changed.set()

    async def finish(self, patience: float) -> None:
        del patience

    async def aclose(self) -> None:
        self.closed = True
        self.changed.set()


class Desk:
    """Everything behind one listening socket."""

    def __init__(self, patience: Patience | None) -> None:
        self.clock = Clock()
        self.book = Book()
        self.inner: list[Inner] = []
        self.principals = Principals(self, "alice")
        self.sessions = self.principals.of("alice")
        self.came = asyncio.Event()
        """Set when a server was made."""
        self.port = 0
        self.app: App | None = None
        self.revision: str | None = None
        """What every server answers to `initialize`, if not what its host asked for."""
        self.silent = False
        """Whether new servers answer nothing by themselves."""
        self._patience = patience or Patience()

    @property
    def server(self) -> str:
        return "inner"

    def backend(self, who: Who, face: Kind) -> Link:
        """Return a link with a server in memory, which is the last of `inner`."""
        link = self.link(who, face)
        self.inner.append(Inner(link, self.revision, silent=self.silent))
        link.join(self.inner[-1])
        self.came.set()
        return link

    def link(self, who: Who, face: Kind) -> Link:
        """Return a link without a server."""
        setup = Setup(
            server=self.server,
            who=who,
            host_face=face,
            server_face=Kind.STDIO,
            sealer=Sealer(bytes(32), bytes(16)),
            salt=bytes(16),
            epoch=0.0,
            patience=self._patience,
        )
        return Link(Session(setup), self.book, self.clock)

    def quiet(self, seconds: float) -> None:
        """Behave as if nothing had happened for so long."""
        assert self.app is not None
        self.app.sweep(asyncio.get_running_loop().time() + seconds)

    def faces(self) -> list[LegacyFace]:
        """Return the open sessions."""
        return list(self.sessions._legacy.values())  # pyright: ignore[reportPrivateUsage]

    def record(self, record: Record) -> None:
        if not self.book.lost:
            self.book.append(record)


@asynccontextmanager
async def desk(
    *,
    token: str | None = None,
    tokens: Mapping[str, str] = MappingProxyType({}),
    uid: int | None = None,
    body_bytes: int = Limits().bytes,
    patience: Patience | None = None,
    host: str = "127.0.0.1",
) -> AsyncGenerator[Desk]:
    """Serve on a free port as long as the block lasts."""
    held = Desk(patience)
    limits = Limits(bytes=body_bytes)
    every = {**tokens, **({"alice": token} if token is not None else {})}
    credentials = tuple(Credential(principal=name, token=secret) for name, secret in every.items())
    held.app = App(held.principals, Gate(owner="alice", credentials=credentials, uid=uid), limits)
    server = HttpServer(held.app, body_bytes=body_bytes)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.bind((host, 0))
        listener.settimeout(0)
        held.port = listener.getsockname()[1]
        await server.start(listener)
        try:
            yield held
        finally:
            await held.principals.aclose()
            await server.aclose(5.0)
