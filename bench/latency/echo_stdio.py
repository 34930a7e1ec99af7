"""The raw echo MCP server over stdio: blocking reads, one JSON message per line, both generations.

`echo_stdio.py [TOOLS [SECONDS]]` lists so many tools, and waits so long before it reads its first message.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Final

import orjson
from echo_answers import answer, crowd, failure

if TYPE_CHECKING:
    import generations as g

_CHUNK: Final = 1 << 16
_MAX_LINE: Final = 16 << 20


def _reply(line: bytes, tools: list[g.Json] | None) -> bytes:
    try:
        message: object = orjson.loads(line)
    except orjson.JSONDecodeError:
        return orjson.dumps(failure(None, -32700, "Not JSON").message) + b"\n"
    reply = answer(message, tools)
    return b"" if reply is None else orjson.dumps(reply.message) + b"\n"


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(1, view) :]


def main() -> None:
    """Answer line by line until the input ends; a line of more than 16 MiB ends the server."""
    tools = crowd(int(sys.argv[1])) if sys.argv[1:] else None
    time.sleep(float(sys.argv[2]) if sys.argv[2:] else 0.0)
    parts: list[bytes] = []
    held = 0
    while chunk := os.read(0, _CHUNK):
        lines = chunk.split(b"\n")
        if len(lines) > 1:
            parts.append(lines[0])
            lines[0] = b"".join(parts)
            rest = lines.pop()
            _write(b"".join(_reply(line, tools) for line in lines if line))
            parts, held = ([rest] if rest else []), len(rest)
        else:
            parts.append(chunk)
            held += len(chunk)
        if held > _MAX_LINE:
            raise SystemExit("a line of more than 16 MiB")


if __name__ == "__main__":
    main()
