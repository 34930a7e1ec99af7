"""Raw hosts: what is sent is written here, what comes back is kept whole. No SDK, so no field is dropped unseen.

`over_stdio` and `over_http` open a session with a server and yield a `Session`; `Session.ask` is one exchange.
A server's own questions are answered always in the same way, so that two runs can be compared.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

# The raw hosts of the tests are the ones of this bench.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from peers.http_host import HttpHost, wire
from peers.lines import line_host
from peers.messages import LEGACY, initialize, modern, note, request
from peers.places import place, sekisho, serve
from sekisho.adapters.places import user_file

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping, Sequence

    from peers.lines import LineHost

__all__ = [
    "CAPABILITIES",
    "Exchange",
    "Session",
    "leave_to_host",
    "over_http",
    "over_stdio",
    "place",
    "sekisho",
    "serve",
]

Object: TypeAlias = "dict[str, object]"

CAPABILITIES: Final[Object] = {"roots": {"listChanged": True}, "sampling": {}, "elicitation": {}}
_SECONDS: Final = 60.0
_TURN: Final = 0.02


class Exchange(Protocol):
    """Sends one request and returns its answer, with the progress that came before it."""

    async def __call__(self, id_: int, body: Object) -> tuple[Object, list[Object]]:
        """Send `body`, whose id is `id_`."""
        ...


class Session:
    """A conversation with one server.

    Args:
        exchange: how a request travels.
        opened: the answer to `initialize` or `server/discover`.
        is_modern: whether each request carries its revision.
    """

    def __init__(self, exchange: Exchange, opened: Object, *, is_modern: bool) -> None:
        self.opened = opened
        self._exchange = exchange
        self._modern = is_modern
        self._last = 0

    async def ask(self, method: str, params: Object | None) -> Object:
        """Return the answer without its id, and the progress that came before it."""
        self._last += 1
        body = request(self._last, method, params)  # type: ignore[arg-type]
        if self._modern:
            body = modern(body, capabilities=CAPABILITIES)  # type: ignore[arg-type]
        answer, steps = await self._exchange(self._last, body)  # type: ignore[arg-type]
        told = [dict(step) for step in steps]
        return {"answer": {key: value for key, value in answer.items() if key != "id"}, "progress": told}


def leave_to_host(env: Mapping[str, str]) -> None:
    """Let servers ask the host's model without a question of ours: nobody sits here, and theirs are compared."""
    own = user_file(env)
    own.parent.mkdir(parents=True)
    own.write_text('questions.sampling = "allow"\n', "utf-8")


def reply(question: Object, root: str) -> Object:
    """Answer a server's question, always in the same way."""
    match question["method"]:
        case "roots/list":
            result: Object = {"roots": [{"uri": f"file://{root}", "name": "root"}]}
        case "sampling/createMessage":
            content = {"type": "text", "text": "An answer of the bench's model."}
            result = {"role": "assistant", "content": content, "model": "bench", "stopReason": "endTurn"}
        case "elicitation/create":
            result = {"action": "decline"}
        case _:
            result = {}
    return {"jsonrpc": "2.0", "id": question["id"], "result": result}


@asynccontextmanager
async def over_stdio(
    command: Sequence[str], *, env: Mapping[str, str], root: Path, is_modern: bool
) -> AsyncGenerator[Session]:
    """Start a command and open a session with it."""
    async with line_host(*command, env=env, cwd=root) as host:
        answering = asyncio.ensure_future(_answering(host, str(root)))

        async def exchange(id_: int, body: Object) -> tuple[Object, list[Object]]:
            host.notes.clear()
            answer = await host.ask(body, seconds=_SECONDS)  # type: ignore[arg-type]
            del id_
            return dict(answer), [_params(each) for each in host.notes if each["method"] == "notifications/progress"]

        try:
            yield Session(exchange, await _open(host, is_modern=is_modern), is_modern=is_modern)
        finally:
            answering.cancel()


async def _open(host: LineHost, *, is_modern: bool) -> Object:
    if is_modern:
        body = modern(request(0, "server/discover"), capabilities=CAPABILITIES)  # type: ignore[arg-type]
        return dict(await host.ask(body, seconds=_SECONDS))
    opened = await host.ask(initialize(0, version=LEGACY, capabilities=CAPABILITIES), seconds=_SECONDS)  # type: ignore[arg-type]
    host.send(note("notifications/initialized"))
    return dict(opened)


async def _answering(host: LineHost, root: str) -> None:
    answered = 0
    while True:
        while answered < len(host.questions):
            host.send(reply(dict(host.questions[answered]), root))  # type: ignore[arg-type]
            answered += 1
        await asyncio.sleep(_TURN)


def _params(message: Mapping[str, object]) -> Object:
    params = message.get("params")
    return dict(params) if isinstance(params, dict) else {}


@asynccontextmanager
async def over_http(port: int, *, root: Path, is_modern: bool) -> AsyncGenerator[Session]:
    """Open a session at a loopback port."""
    host = HttpHost(port)
    opened: Object = {}
    listening: asyncio.Task[None] | None = None
    if is_modern:
        answer, _ = await _post(host, modern(request(0, "server/discover"), capabilities=CAPABILITIES), root)  # type: ignore[arg-type]
        opened = answer
    else:
        opened = dict(await host.open(capabilities=CAPABILITIES))  # type: ignore[arg-type]
        listening = asyncio.ensure_future(_listen(host, root))

    async def exchange(id_: int, body: Object) -> tuple[Object, list[Object]]:
        del id_
        return await _post(host, body, root)

    try:
        yield Session(exchange, opened, is_modern=is_modern)
    finally:
        if listening is not None:
            listening.cancel()
            await host.delete()


async def _post(host: HttpHost, body: Object, root: Path) -> tuple[Object, list[Object]]:
    """POST one request; return its answer and the progress that came before it."""
    steps: list[Object] = []
    async with wire(host.port) as connection:
        connection.send("POST", body, *host.headers(*_standard(body)))  # type: ignore[arg-type]
        head = await connection.head()
        if head.headers.get("content-type", "").startswith("application/json"):
            data = b""
            while part := await connection.chunk():
                data += part
            answer = type(head)(head.status, head.headers, data).json
            return dict(answer), steps
        async for event in connection.events():
            if not event.data:
                continue
            message = dict(event.json)
            if "method" not in message:
                return message, steps
            if "id" in message:
                await host.post(reply(message, str(root)))  # type: ignore[arg-type]
            elif message["method"] == "notifications/progress":
                steps.append(_params(message))
    raise RuntimeError("the stream ended without an answer")


def _standard(body: Object) -> list[tuple[str, str]]:
    """Return the headers that a 2026-07-28 request repeats."""
    params = body.get("params")
    meta = params.get("_meta") if isinstance(params, dict) else None
    version = meta.get("io.modelcontextprotocol/protocolVersion") if isinstance(meta, dict) else None
    if not isinstance(params, dict) or not isinstance(version, str):
        return []
    lines = [("mcp-protocol-version", version), ("mcp-method", str(body["method"]))]
    key = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}.get(str(body["method"]))
    return [*lines, ("mcp-name", str(params[key]))] if key is not None else lines


async def _listen(host: HttpHost, root: Path) -> None:
    """Read the standalone stream, and answer what the server asks there."""
    async with wire(host.port) as connection:
        connection.send("GET", None, *host.headers())
        await connection.head()
        async for event in connection.events():
            if event.data and "id" in event.json and "method" in event.json:
                await host.post(reply(dict(event.json), str(root)))  # type: ignore[arg-type]
