"""A host that starts `sekisho run` before the server of `dump_server.py` and notes what a model would be shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Host"]

_SERVER = Path(__file__).parent / "dump_server.py"
_LISTS = (
    ("tools/list", "tools"),
    ("prompts/list", "prompts"),
    ("resources/list", "resources"),
    ("resources/templates/list", "resourceTemplates"),
)
_PATIENCE = 30


class Host:
    """One connection.

    Args:
        file: what the server offers.
        state: Sekisho's state directory.
    """

    def __init__(self, file: Path, state: Path) -> None:
        self._id = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sekisho", "run", "--", sys.executable, str(_SERVER), str(file)],
            env={**os.environ, "SEKISHO_STATE": str(state)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        params = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}
        self.greeting = self.ask("initialize", params).get("result", {})
        self._send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def __enter__(self) -> Self:
        """Return the connection."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        """Leave."""
        stdin = self._process.stdin
        if stdin is not None:
            stdin.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _send(self, message: dict[str, Any]) -> None:
        stdin = self._process.stdin
        if stdin is None:
            raise RuntimeError("no standard input")
        stdin.write(json.dumps(message).encode() + b"\n")
        stdin.flush()

    def ask(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the answer to a request."""
        self._id += 1
        self._send({"jsonrpc": "2.0", "id": self._id, "method": method, "params": params or {}})
        stdout = self._process.stdout
        for line in stdout or ():
            message = json.loads(line)
            if message.get("id") == self._id and "method" not in message:
                return message
        raise RuntimeError(f"no answer to {method}")

    def shown(self) -> dict[str, Any]:
        """Return all that a model is shown, as a dump."""
        dump: dict[str, Any] = {
            name: self.greeting[name] for name in ("serverInfo", "instructions") if name in self.greeting
        }
        for method, member in _LISTS:
            dump[member], cursor = [], None
            while True:
                result = self.ask(method, {"cursor": cursor} if cursor is not None else None).get("result", {})
                dump[member] += result.get(member, [])
                cursor = result.get("nextCursor")
                if cursor is None:
                    break
        return dump

    def call(self, name: str, arguments: dict[str, Any]) -> bool:
        """Call a tool; tell whether the server got the call."""
        result = self.ask("tools/call", {"name": name, "arguments": arguments}).get("result", {})
        content = result.get("content") or [{}]
        return content[0].get("text") == f"called {name}"
