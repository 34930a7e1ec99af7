"""Dumps and settings for the examples of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.model.rule import Example
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["listing", "prompt", "remote", "settings", "started", "tool", "tools"]


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
