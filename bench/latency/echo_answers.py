"""What the raw echo server answers, whatever carries the messages: `answer(message)` is its one function.

The server speaks 2025-11-25 (initialize, ping) and 2026-07-28 (server/discover, `_meta` on every request).
Its one tool, `echo`, returns its text. It is deliberately no SDK server: it is the cheapest upstream that is
still correct, so that what a gateway adds is seen in full. Called by `echo_stdio` and `echo_http`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import generations as g

SERVER: Final[g.Json] = {"name": "echo", "version": "1"}
TOOL: Final[g.Json] = {
    "name": "echo",
    "description": "Returns the text that it was given.",
    "inputSchema": {
        "type": "object",
        "properties": {"text": {"type": "string"}},
        "required": ["text"],
        "additionalProperties": False,
    },
    "annotations": {"readOnlyHint": True, "idempotentHint": True, "openWorldHint": False},
}
_PAGE: Final = 1000
_CAPABILITIES: Final[g.Json] = {"tools": {}}
_CACHE: Final[g.Json] = {"ttlMs": 0, "cacheScope": "private"}
_WORDS: Final = "Takes the number and the units to answer in, and fails when the number is not known. " * 3
_META_SERVER: Final = "io.modelcontextprotocol/serverInfo"
_LEGACY_VERSIONS: Final = ("2025-11-25", "2025-06-18")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One JSON-RPC response and the HTTP status that carries it."""

    message: g.Json
    """The response object."""
    status: int = 200
    """HTTP status; the 2026-07-28 transport gives some errors their own."""


def failure(ident: object, code: int, text: str, *, status: int = 200, data: g.Json | None = None) -> Answer:
    """Build an error response."""
    error: g.Json = {"code": code, "message": text}
    if data is not None:
        error["data"] = data
    return Answer(message={"jsonrpc": "2.0", "id": ident, "error": error}, status=status)


def crowd(count: int) -> list[g.Json]:
    """Return so many tools, `echo` among them as the first; the others are about as long as real ones."""
    others = (
        {**TOOL, "name": f"tool_{number}", "description": f"Returns what it knows about number {number}. {_WORDS}"}
        for number in range(1, count)
    )
    return [TOOL, *others]


def answer(message: object, tools: list[g.Json] | None = None) -> Answer | None:
    """Answer one parsed message; None for notifications and for responses.

    With `tools` these are listed, page by page, and said to change only with a notification (2025-11-25).
    """
    body = g.as_object(message)
    method, ident = body.get("method"), body.get("id")
    if body.get("jsonrpc") != "2.0" or (method is not None and not isinstance(method, str)):
        return failure(None, -32600, "Not a JSON-RPC 2.0 message", status=400)
    if method is None or "id" not in body:
        return None
    if not isinstance(ident, int | str) or isinstance(ident, bool):
        return failure(None, -32600, "An id is a string or an integer", status=400)
    params = g.as_object(body.get("params"))
    stamp = g.as_object(params.get("_meta")).get(g.META_VERSION)
    if stamp is not None:
        return _modern(ident, method, params, stamp)
    if tools is not None and method in ("tools/list", "initialize"):
        return _crowded(ident, method, params, tools)
    return _legacy(ident, method, params)


def _result(ident: object, result: g.Json) -> Answer:
    return Answer(message={"jsonrpc": "2.0", "id": ident, "result": result})


def _legacy(ident: object, method: str, params: g.Json) -> Answer:
    match method:
        case "tools/call":
            return _call(ident, params, {})
        case "tools/list":
            return _result(ident, {"tools": [TOOL]})
        case "initialize":
            asked = params.get("protocolVersion")
            version = asked if asked in _LEGACY_VERSIONS else g.LEGACY
            hello: g.Json = {"protocolVersion": version, "capabilities": _CAPABILITIES, "serverInfo": SERVER}
            return _result(ident, hello)
        case "ping":
            return _result(ident, {})
        case _:
            return failure(ident, -32601, f"Unknown method {method!r}")


def _crowded(ident: object, method: str, params: g.Json, tools: list[g.Json]) -> Answer:
    if method == "initialize":
        hello = g.as_object(_legacy(ident, method, params).message["result"])
        return _result(ident, {**hello, "capabilities": {"tools": {"listChanged": True}}})
    start = int(str(params.get("cursor", 0)))
    more: g.Json = {"nextCursor": str(start + _PAGE)} if start + _PAGE < len(tools) else {}
    return _result(ident, {"tools": tools[start : start + _PAGE], **more})


def _modern(ident: object, method: str, params: g.Json, stamp: object) -> Answer:
    if stamp != g.MODERN:
        known: g.Json = {"supported": [g.MODERN], "requested": stamp}
        return failure(ident, -32022, "Unsupported protocol version", status=400, data=known)
    if not isinstance(g.as_object(params["_meta"]).get(g.META_CAPABILITIES), dict):
        return failure(ident, -32602, f"_meta lacks {g.META_CAPABILITIES}", status=400)
    match method:
        case "tools/call":
            return _call(ident, params, {"resultType": "complete"})
        case "tools/list":
            return _result(ident, {"resultType": "complete", "tools": [TOOL], **_CACHE})
        case "server/discover":
            hello: g.Json = {"supportedVersions": [g.MODERN], "capabilities": _CAPABILITIES}
            found = {"resultType": "complete", **hello, **_CACHE, "_meta": {_META_SERVER: SERVER}}
            return _result(ident, found)
        case _:
            return failure(ident, -32601, f"Unknown method {method!r}", status=404)


def _call(ident: object, params: g.Json, extra: g.Json) -> Answer:
    if params.get("name") != "echo":
        return failure(ident, -32602, f"Unknown tool {params.get('name')!r}")
    text = g.as_object(params.get("arguments")).get("text")
    if not isinstance(text, str):
        return failure(ident, -32602, "echo needs a string argument `text`")
    return _result(ident, {**extra, "content": [{"type": "text", "text": text}]})
