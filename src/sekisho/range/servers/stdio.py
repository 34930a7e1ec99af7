"""What the small servers share: 2025-11-25 over standard input and output, with tools that take texts.

Nothing is validated here on purpose: a server's implementer who forgot a check is what the range is about.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["Failed", "Tool", "answer", "serve"]

Json: TypeAlias = "dict[str, object]"

REVISION: Final = "2025-11-25"


class Failed(Exception):  # noqa: N818 - an answer, not a fault
    """The tool has something to say that is an error: answered with `isError`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One tool."""

    name: str
    """Its name."""

    says: str
    """Its description."""

    act: Callable[..., str]
    """Takes the arguments by name, returns a text. Raises Failed, or anything: both are `isError`."""

    takes: Mapping[str, str] = field(default_factory=dict[str, str])
    """Its parameters, all texts and all required, with their descriptions."""

    reads: bool = False
    """Whether it says that it changes nothing."""

    @property
    def definition(self) -> Json:
        """Return what `tools/list` shows of it."""
        members = {name: {"type": "string", "description": says} for name, says in self.takes.items()}
        schema: Json = {"type": "object", "properties": members, "required": list(members)}
        hints: Json = {"readOnlyHint": self.reads}
        return {"name": self.name, "description": self.says, "inputSchema": schema, "annotations": hints}


def serve(name: str, tools: Sequence[Tool]) -> None:
    """Answer each line of standard input until it ends."""
    for line in sys.stdin.buffer:
        reply = answer(name, tools, cast("Json", json.loads(line)))
        if reply is not None:
            sys.stdout.buffer.write(json.dumps(reply, separators=(",", ":"), ensure_ascii=False).encode() + b"\n")
            sys.stdout.buffer.flush()


def answer(name: str, tools: Sequence[Tool], message: Json) -> Json | None:
    """Return the answer to one message, None for a notification."""
    if "id" not in message:
        return None
    reply: Json = {"jsonrpc": "2.0", "id": message["id"]}
    match message.get("method"):
        case "initialize":
            about: Json = {"name": name, "version": "1.0"}
            return {
                **reply,
                "result": {"protocolVersion": REVISION, "capabilities": {"tools": {}}, "serverInfo": about},
            }
        case "tools/list":
            return {**reply, "result": {"tools": [tool.definition for tool in tools]}}
        case "tools/call":
            return {**reply, "result": _called(tools, cast("Json", message["params"]))}
        case "ping":
            return {**reply, "result": {}}
        case _:
            return {**reply, "error": {"code": -32601, "message": "Method not found"}}


def _called(tools: Sequence[Tool], params: Json) -> Json:
    try:
        tool = next(tool for tool in tools if tool.name == params["name"])
        return _said(tool.act(**cast("Json", params.get("arguments", {}))))
    except Exception as error:  # noqa: BLE001 - whatever a tool stumbles over is its answer
        return {**_said(f"{type(error).__name__}: {error}"), "isError": True}


def _said(text: str) -> Json:
    return {"content": [{"type": "text", "text": text}]}
