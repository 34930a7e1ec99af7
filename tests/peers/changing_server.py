"""A server on the official SDK whose tools are what a file says, at each list anew: `changing_server.py FILE [PAGE]`.

The file holds a JSON array of tools; PAGE is how many go on one page. A called tool says its own description, so a test
sees which text a call reached.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import anyio
import mcp_types as types
from mcp.server import Server
from mcp.server.stdio import stdio_server

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext

FILE: Final = Path(sys.argv[1])
PAGE: Final = int(sys.argv[2]) if len(sys.argv) > 2 else 100


def tools() -> list[types.Tool]:
    return [types.Tool.model_validate(each) for each in json.loads(FILE.read_text("utf-8"))]


async def on_list_tools(_: ServerRequestContext, params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
    begin = int(params.cursor) if params is not None and params.cursor is not None else 0
    known = tools()
    more = str(begin + PAGE) if len(known) > begin + PAGE else None
    return types.ListToolsResult(tools=known[begin : begin + PAGE], next_cursor=more)


async def on_call_tool(_: ServerRequestContext, params: types.CallToolRequestParams) -> types.CallToolResult:
    said = next((each.description or "" for each in tools() if each.name == params.name), "no such tool")
    return types.CallToolResult(content=[types.TextContent(type="text", text=said)])


async def main() -> None:
    server = Server("changing", version="1", on_list_tools=on_list_tools, on_call_tool=on_call_tool)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


if __name__ == "__main__":
    anyio.run(main)
