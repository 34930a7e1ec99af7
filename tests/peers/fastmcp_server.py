"""A server written on FastMCP that has one of everything: `fastmcp_server.py`, or `server` for a test to host."""

from __future__ import annotations

from fastmcp import Context, FastMCP  # noqa: TC002 - the annotation is read at run time
from pydantic import BaseModel

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


@server.resource("memo://bytes", mime_type="application/octet-stream")
def all_bytes() -> bytes:
    """Every byte."""
    return bytes(range(256))


@server.resource("memo://notes/{name}")
def memo(name: str) -> str:
    """One of many."""
    return f"the note {name}"


@server.prompt
def greet(name: str) -> str:
    """Greet somebody."""
    return f"Say hello to {name}."


if __name__ == "__main__":
    server.run(show_banner=False)
