"""A server written on FastMCP that has one of everything. `fastmcp_server.py stdio` or `fastmcp_server.py http`."""

from __future__ import annotations

import sys

from fastmcp import Context, FastMCP  # noqa: TC002 - the annotation is read at run time
from pydantic import BaseModel
from sdk_server import PIXEL, listen

server = FastMCP("interop-fast", version="4.5.6", instructions="Has one of everything too.")


class Order(BaseModel):
    """What somebody orders."""

    item: str
    number: int = 1


@server.tool(annotations={"readOnlyHint": True}, tags={"shop"}, meta={"vendor/cost": 0.25})
def order(orders: list[Order]) -> dict[str, int]:
    """Add up orders."""
    return {each.item: each.number for each in orders}


@server.tool
def fail(why: str) -> str:
    """Fail."""
    raise ValueError(why)


@server.tool
async def count(to: int, ctx: Context) -> str:
    """Report progress on the way."""
    for number in range(to):
        await ctx.report_progress(number, to)
    return f"counted to {to}"


@server.resource("memo://plain", mime_type="text/plain")
def plain() -> str:
    """A text."""
    return "plain text ☃"


@server.resource("memo://pixel", mime_type="image/png")
def pixel() -> bytes:
    """An image."""
    return PIXEL


@server.resource("memo://notes/{name}")
def memo(name: str) -> str:
    """One of many."""
    return f"the note {name}"


@server.prompt
def greet(name: str) -> str:
    """Greet somebody."""
    return f"Say hello to {name}."


if __name__ == "__main__":
    if sys.argv[1] == "stdio":
        server.run(show_banner=False)
    else:
        listen(server.http_app(path="/mcp"))
