"""The raw echo MCP server over stdio: blocking reads, one JSON message per line, both generations."""

from __future__ import annotations

import os
from typing import Final

import orjson
from echo_answers import answer, failure

_CHUNK: Final = 1 << 16
_MAX_LINE: Final = 16 << 20


def _reply(line: bytes) -> bytes:
    try:
        message: object = orjson.loads(line)
    except orjson.JSONDecodeError:
        return orjson.dumps(failure(None, -32700, "Not JSON").message) + b"\n"
    reply = answer(message)
    return b"" if reply is None else orjson.dumps(reply.message) + b"\n"


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(1, view) :]


def main() -> None:
    """Answer line by line until the input ends; a line of more than 16 MiB ends the server."""
    parts: list[bytes] = []
    held = 0
    while chunk := os.read(0, _CHUNK):
        lines = chunk.split(b"\n")
        if len(lines) > 1:
            parts.append(lines[0])
            lines[0] = b"".join(parts)
            rest = lines.pop()
            _write(b"".join(_reply(line) for line in lines if line))
            parts, held = ([rest] if rest else []), len(rest)
        else:
            parts.append(chunk)
            held += len(chunk)
        if held > _MAX_LINE:
            raise SystemExit("a line of more than 16 MiB")


if __name__ == "__main__":
    main()
