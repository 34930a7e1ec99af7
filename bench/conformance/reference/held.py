"""Holds the reference server to one generation: what opens the other one is refused as real servers do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Message, Receive, Send], Awaitable[None]]

_VERSION = "io.modelcontextprotocol/protocolVersion"


def held(app: App, only: str) -> App:
    """Return `app` with a look at each POST's body before it; `only` is `2025` or `2026`."""

    async def checked(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await app(scope, receive, send)
            return
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), bool(part.get("more_body"))
        refused = _refusal(only, body)
        if refused is None:
            await app(scope, _replayed(body, receive), send)
            return
        await send({"type": "http.response.start", "status": 400, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": json.dumps(refused).encode()})

    return checked


def _replayed(body: bytes, receive: Receive) -> Receive:
    whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return whole.pop() if whole else await receive()

    return again


def _refusal(only: str, body: bytes) -> Message | None:
    try:
        parsed: object = json.loads(body)
    except ValueError:
        return None
    if not isinstance(parsed, dict):
        return None
    message = cast("dict[str, Any]", parsed)
    if "method" not in message or "id" not in message:
        return None
    params = cast("dict[str, Any]", message.get("params") or {})
    modern = _VERSION in cast("dict[str, Any]", params.get("_meta") or {})
    if modern is (only == "2026"):
        return None
    error: dict[str, Any] = {"code": -32600, "message": "Bad Request: not initialized"}
    if only == "2026":
        data = {"supported": ["2026-07-28"], "requested": "2025-11-25"}
        error = {"code": -32022, "message": "Unsupported protocol version", "data": data}
    return {"jsonrpc": "2.0", "id": message["id"], "error": error}
