"""The Python clients, in this process: the official SDK in both generations, and FastMCP's."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Literal, TypeAlias

from fastmcp import Client as FastClient
from fastmcp.client.transports import StdioTransport, StreamableHttpTransport
from mcp import StdioServerParameters
from mcp.client import Client

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mcp_types import CallToolResult

__all__ = ["Seen", "Target", "fastmcp", "fastmcp_version", "sdk", "sdk_version"]

Target: TypeAlias = "str | tuple[str, ...]"
Seen: TypeAlias = "tuple[list[str], str]"


def sdk_version() -> str:
    """Return the SDK's version."""
    return version("mcp")


def fastmcp_version() -> str:
    """Return FastMCP's version."""
    return version("fastmcp")


async def sdk(target: Target, env: Mapping[str, str], mode: Literal["legacy", "auto"]) -> Seen:
    """Return the tools that the SDK's client lists, and what `add` answers."""
    if isinstance(target, tuple):
        server = StdioServerParameters(command=target[0], args=list(target[1:]), env=dict(env))
    else:
        server = target
    async with Client(server, mode=mode) as client:
        wanted = "2025-11-25" if mode == "legacy" else "2026-07-28"
        if client.protocol_version != wanted:
            raise RuntimeError(f"it agreed on {client.protocol_version}")
        tools = [tool.name for tool in (await client.list_tools()).tools]
        return tools, _text(await client.call_tool("add", {"a": 40}))


async def fastmcp(target: Target, env: Mapping[str, str], log: Path) -> Seen:
    """Return the tools that FastMCP's client lists, and what `add` answers."""
    if isinstance(target, tuple):
        transport = StdioTransport(target[0], list(target[1:]), env=dict(env), keep_alive=False, log_file=log)
    else:
        transport = StreamableHttpTransport(target)
    async with FastClient(transport) as client:
        tools = [tool.name for tool in await client.list_tools()]
        return tools, _text(await client.call_tool_mcp("add", {"a": 40}))


def _text(result: CallToolResult) -> str:
    first = result.content[0]
    return first.text if first.type == "text" else first.type
