"""A server on the official SDK that reads and writes the files of one folder: `files_server.py FOLDER`.

`read_text` answers in text and in structured content, as servers on the SDK do.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import anyio
import mcp_types as types
from mcp.server import Server
from mcp.server.stdio import stdio_server

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext

FOLDER: Final = Path(sys.argv[1])
PATH: Final[dict[str, object]] = {"type": "string"}


def tool(name: str, *parameters: str) -> types.Tool:
    return types.Tool(name=name, input_schema={"type": "object", "properties": dict.fromkeys(parameters, PATH)})


async def on_list_tools(_: ServerRequestContext, params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
    del params
    return types.ListToolsResult(tools=[tool("read_text", "path"), tool("write_text", "path", "content")])


async def on_call_tool(_: ServerRequestContext, params: types.CallToolRequestParams) -> types.CallToolResult:
    given = params.arguments or {}
    file = FOLDER / str(given["path"])  # an absolute path stays one
    if params.name == "write_text":
        file.write_bytes(str(given["content"]).encode())
    text = file.read_bytes().decode()
    content: list[types.ContentBlock] = [types.TextContent(type="text", text=text)]
    return types.CallToolResult(content=content, structured_content={"content": text})


async def main() -> None:
    server = Server("files", version="1", on_list_tools=on_list_tools, on_call_tool=on_call_tool)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


if __name__ == "__main__":
    anyio.run(main)
