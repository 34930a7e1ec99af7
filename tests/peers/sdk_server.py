"""A server written on the official SDK that has one of everything: `sdk_server.py`, or `server` for a test to host."""

from __future__ import annotations

import mcp_types as types
from mcp.server.mcpserver import Context, Image, MCPServer  # noqa: TC002 - the annotation is read at run time
from pydantic import BaseModel

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
"""A PNG of one pixel."""

server = MCPServer(
    "interop",
    title="Interop",
    version="1.2.3",
    instructions="Has one of everything ☃.\nUse it with care.",
    website_url="https://example.com/interop",
    log_level="CRITICAL",
    icons=[types.Icon(src="https://example.com/icon.png", mime_type="image/png", sizes=["16x16"])],
)


class Point(BaseModel):
    """A place on a plane."""

    x: float
    y: float
    label: str | None = None


class Wish(BaseModel):
    """What a form asks for."""

    colour: str


@server.tool(title="Add", annotations=types.ToolAnnotations(read_only_hint=True, idempotent_hint=True))
def add(a: int, b: int = 2) -> int:
    """Add two numbers."""
    return a + b


@server.tool()
def move(points: list[Point], by: Point) -> list[Point]:
    """Move points: nested models, `$defs`, structured content."""
    return [Point(x=point.x + by.x, y=point.y + by.y, label=point.label) for point in points]


@server.tool()
def picture() -> Image:
    """Return an image."""
    return Image(data=PIXEL, format="png")


@server.tool()
def fail(why: str) -> str:
    """Fail."""
    raise ValueError(why)


@server.tool()
def say(text: str) -> str:
    """Say the same."""
    return text


@server.tool()
async def count(to: int, ctx: Context) -> str:
    """Report progress on the way."""
    for number in range(to):
        await ctx.report_progress(number, to, f"step {number}")
    return f"counted to {to}"


@server.tool()
async def wish(ctx: Context) -> str:
    """Ask the user."""
    answer = await ctx.elicit("Which colour?", Wish)
    return answer.model_dump_json()


@server.resource("memo://plain", mime_type="text/plain")
def plain() -> str:
    """A text."""
    return "plain text, 日本語, and a tab\tand ␛"


@server.resource("memo://pixel", mime_type="image/png")
def pixel() -> bytes:
    """An image."""
    return PIXEL


@server.resource("memo://notes/{name}")
def memo(name: str) -> str:
    """One of many."""
    return f"the note {name}"


@server.prompt(title="Greet")
def greet(name: str, manner: str = "polite") -> str:
    """Greet somebody."""
    return f"Say hello to {name} in a {manner} manner."


@server.completion()
async def complete(
    ref: types.PromptReference | types.ResourceTemplateReference,
    argument: types.CompletionArgument,
    context: types.CompletionContext | None,
) -> types.Completion | None:
    """Complete a name."""
    del context
    if not isinstance(ref, types.PromptReference):
        return None
    found = [name for name in ("anna", "anton", "berta") if name.startswith(argument.value)]
    return types.Completion(values=found, total=len(found), has_more=False)


if __name__ == "__main__":
    server.run()
