"""A tool of the reference server: its definition and what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import mcp_types as types

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from reference.call import Call

    Run = Callable[[Call], Awaitable[types.CallToolResult]]


@dataclass(frozen=True, slots=True)
class Tool:
    """A listed tool."""

    definition: types.Tool
    """What `tools/list` shows."""
    run: Run
    """What `tools/call` does."""


def tool(name: str, description: str, run: Run, *, schema: Mapping[str, object] | None = None) -> Tool:
    """A tool that takes what `schema` says; no arguments without one."""
    shape: dict[str, object] = {"type": "object", "properties": {}} if schema is None else dict(schema)
    return Tool(types.Tool(name=name, description=description, input_schema=shape), run)


def text(value: str) -> types.TextContent:
    """A block of text."""
    return types.TextContent(type="text", text=value)


def says(value: str) -> types.CallToolResult:
    """A result of one block of text."""
    return types.CallToolResult(content=[text(value)])
