"""The texts of a request that carries arguments, by the definition that it is judged by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sekisho.wire.views import nested, obj, text

if TYPE_CHECKING:
    from sekisho.meaning.argument import Argument
    from sekisho.meaning.tool import Tool
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["texts"]


def texts(method: str, params: JsonObject, tool: Tool) -> tuple[Argument, ...]:
    """Return every text of a call, a prompt or a completion; pointers begin at the arguments, of a completion at all.

    Args:
        method: of the request.
        params: of the request.
        tool: what it is about.
    """
    return _completed(tool, params) if method == "completion/complete" else tool.read(obj(params.get("arguments")))


def _completed(tool: Tool, params: JsonObject) -> tuple[Argument, ...]:
    """Return what a completion says: the value so far, and the arguments that are known already."""
    argument = obj(params.get("argument"))
    begun = tool.read({text(argument.get("name")) or "": argument.get("value")})
    known = tool.read(nested(params, "context", "arguments"))
    return (
        *(
            replace(each, pointer="/argument/value")
            for each in begun
            if each.declared or each.value == argument.get("value")
        ),
        *(replace(each, pointer=f"/context/arguments{each.pointer}") for each in known),
    )
