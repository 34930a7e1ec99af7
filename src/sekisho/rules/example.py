"""Dumps and settings for the examples of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sekisho.model.rule import Example
    from sekisho.wire.strict import Json, JsonObject

__all__ = [
    "answered",
    "call",
    "form",
    "listing",
    "prompt",
    "read",
    "remote",
    "replied",
    "returned",
    "sampling",
    "settings",
    "started",
    "tool",
    "tools",
]


def tool(
    description: str, *, name: str = "get_forecast", more: Mapping[str, Json] | None = None, **parameters: str
) -> JsonObject:
    """Return a tool whose parameters are strings with the descriptions given."""
    properties: JsonObject = {key: {"type": "string", "description": text} for key, text in parameters.items()}
    schema: JsonObject = {"type": "object", "properties": properties}
    return {"name": name, "description": description, "inputSchema": schema, **(more or {})}


def prompt(description: str, **arguments: str) -> JsonObject:
    """Return a prompt with the arguments given."""
    given: list[Json] = [{"name": key, "description": text} for key, text in arguments.items()]
    return {"name": "summary", "description": description, "arguments": given}


def listing(*definitions: JsonObject) -> JsonObject:
    """Return the tools list of one server."""
    return {"tools": list(definitions)}


def tools(*definitions: JsonObject) -> Example:
    """Return the dump of a single server with these tools."""
    return {"weather": listing(*definitions)}


def read(uri: str) -> Example:
    """Return a request for a resource that the server did not list."""
    return {"uri": {"uri": uri}, "server": {"roots": ["/work"], "cwd": "/work", "home": "/home/me"}}


def answered(said: str, structured: Mapping[str, Json] | None = None) -> Example:
    """Return a tool's result."""
    result: JsonObject = {"content": [{"type": "text", "text": said}]}
    return {"result": result if structured is None else {**result, "structuredContent": dict(structured)}}


def form(message: str, **fields: str) -> Example:
    """Return a form with fields of these types."""
    properties: JsonObject = {name: {"type": kind} for name, kind in fields.items()}
    return {"elicitation/create": {"message": message, "requestedSchema": {"type": "object", "properties": properties}}}


def page(url: str) -> Example:
    """Return a question that asks a person to open a page."""
    return {"elicitation/create": {"mode": "url", "message": "Log in.", "elicitationId": "1", "url": url}}


def sampling(**more: Json) -> Example:
    """Return a request to a model."""
    return {"sampling/createMessage": {"messages": [], "maxTokens": 1, **more}}


def returned(said: str, *, seen: str = "") -> Example:
    """Return what a model sends to the server `weather`.

    Args:
        said: the text; the first reference of the conversation has the number 1.
        seen: the server whose result held a secret before.
    """
    return {"arguments": {"text": said}, "seen": {"server": seen}}


def replied(said: str) -> Example:
    """Return what a model answers to a server."""
    return {"answer": {"role": "assistant", "model": "m", "content": {"type": "text", "text": said}}}


def started(command: str, *args: str, **more: Json) -> Example:
    """Return the settings of a host that starts one server."""
    words: list[Json] = [*args]
    return settings({"mcpServers": {"weather": {"command": command, "args": words, **more}}})


def remote(url: str, **more: Json) -> Example:
    """Return the settings of a host that contacts one server."""
    return settings({"mcpServers": {"weather": {"url": url, **more}}})


def settings(content: JsonObject) -> Example:
    """Return a file of settings."""
    return {"mcp.json": content}


def call(
    name: str,
    /,
    *,
    roots: Sequence[str] = ("/work",),
    cwd: str = "/work",
    home: str = "/home/me",
    links: Mapping[str, str | None] | None = None,
    addresses: Mapping[str, Sequence[str] | None] | None = None,
    hosts: Sequence[str] = (),
    programs: Sequence[str] = (),
    **arguments: Json,
) -> Example:
    """Return a call of a tool whose parameters are strings, and what its server was given.

    Args:
        name: the tool.
        roots: folders of the launch line.
        cwd: where the server works.
        home: the user's home.
        links: where paths lead; others lead where they say.
        addresses: what hosts resolve to.
        hosts: the only ones that a person lists, if there are any.
        programs: likewise.
        arguments: of the call.
    """
    given: list[Json] = [*roots]
    properties: JsonObject = {key: {"type": "string"} for key in arguments}
    resolved: JsonObject = {host: None if each is None else [*each] for host, each in (addresses or {}).items()}
    return {
        "tool": {"name": name, "inputSchema": {"type": "object", "properties": properties}},
        "arguments": arguments,
        "server": {"roots": given, "cwd": cwd, "home": home},
        "links": dict(links or {}),
        "addresses": resolved,
        **({"listed": {"hosts": [*hosts], "programs": [*programs]}} if hosts or programs else {}),
    }
