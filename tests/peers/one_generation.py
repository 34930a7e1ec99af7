"""The SDK's server held to one generation of the protocol: what opens the other one is refused as real servers do.

`one_generation.py 2025` or `one_generation.py 2026` over standard streams; `held` for a test that hosts the server.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from peers.apps import App, Message

_VERSION = "io.modelcontextprotocol/protocolVersion"


def refusal(only: str, line: bytes) -> dict[str, object] | None:
    """Return what a server of one generation says to a request of the other, or None."""
    try:
        message: object = json.loads(line)
    except ValueError:
        return None
    if not isinstance(message, dict):
        return None
    body = cast("dict[str, Any]", message)
    if "method" not in body or "id" not in body:
        return None
    params = cast("dict[str, Any]", body.get("params") or {})
    modern = _VERSION in cast("dict[str, Any]", params.get("_meta") or {})
    if only == "2026" and not modern:
        data = {"supported": ["2026-07-28"], "requested": "2025-11-25"}
        error = {"code": -32022, "message": "Unsupported protocol version", "data": data}
        return {"jsonrpc": "2.0", "id": body["id"], "error": error}
    if only == "2025" and modern:
        return {
            "jsonrpc": "2.0",
            "id": body["id"],
            "error": {"code": -32600, "message": "Bad Request: not initialized"},
        }
    return None


def stdio(only: str) -> int:
    """Relay lines to and from the server."""
    command = [sys.executable, str(Path(__file__).with_name("sdk_server.py"))]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    lock = threading.Lock()

    def answer(data: bytes) -> None:
        with lock:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()

    def back() -> None:
        for line in cast("IO[bytes]", child.stdout):
            answer(line)

    reader = threading.Thread(target=back)
    reader.start()
    with cast("IO[bytes]", child.stdin) as to:
        for line in sys.stdin.buffer:
            refused = refusal(only, line)
            if refused is not None:
                answer(json.dumps(refused).encode() + b"\n")
            else:
                to.write(line)
                to.flush()
    reader.join()
    return child.wait()


def held(app: App, only: str) -> App:
    """Return the application with a check of each POST's body before it."""

    async def checked(
        scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await app(scope, receive, send)
            return
        parts: list[Message] = []
        body = b""
        while not parts or parts[-1].get("more_body"):
            parts.append(await receive())
            body += parts[-1].get("body", b"")
        refused = refusal(only, body)
        if refused is None:
            whole = iter([{"type": "http.request", "body": body, "more_body": False}])

            async def again() -> Message:
                return next(whole, None) or await receive()

            await app(scope, again, send)
            return
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 400, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(refused).encode()})

    return checked


if __name__ == "__main__":
    sys.exit(stdio(sys.argv[1]))
