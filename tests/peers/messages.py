"""What hosts say, as plain JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Id, JsonObject

__all__ = ["LEGACY", "MODERN", "call", "initialize", "modern", "note", "request"]

LEGACY: Final = "2025-11-25"
MODERN: Final = "2026-07-28"
_PREFIX: Final = "io.modelcontextprotocol/"


def request(id_: Id, method: str, params: JsonObject | None = None) -> JsonObject:
    body: JsonObject = {"jsonrpc": "2.0", "id": id_, "method": method}
    return body if params is None else {**body, "params": params}


def note(method: str, params: JsonObject | None = None) -> JsonObject:
    body: JsonObject = {"jsonrpc": "2.0", "method": method}
    return body if params is None else {**body, "params": params}


def call(id_: Id, tool: str, arguments: JsonObject | None = None, *, token: Id | None = None) -> JsonObject:
    params: JsonObject = {"name": tool, "arguments": arguments or {}}
    if token is not None:
        params["_meta"] = {"progressToken": token}
    return request(id_, "tools/call", params)


def initialize(id_: Id = 0, *, version: str = LEGACY, capabilities: JsonObject | None = None) -> JsonObject:
    params: JsonObject = {
        "protocolVersion": version,
        "capabilities": capabilities or {},
        "clientInfo": {"name": "test", "version": "1"},
    }
    return request(id_, "initialize", params)


def modern(body: JsonObject, *, capabilities: JsonObject | None = None) -> JsonObject:
    """Return a request as 2026-07-28 sends it."""
    params = body.get("params")
    given = params if isinstance(params, dict) else {}
    about = given.get("_meta")
    told: JsonObject = {
        **(about if isinstance(about, dict) else {}),
        _PREFIX + "protocolVersion": MODERN,
        _PREFIX + "clientCapabilities": capabilities or {},
        _PREFIX + "clientInfo": {"name": "test", "version": "1"},
    }
    return {**body, "params": {**given, "_meta": told}}
