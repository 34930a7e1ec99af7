"""A server that reads and writes the files of one folder: `files_server.py FOLDER`.

`read_text` answers in text and in structured content, as servers on the SDK do. It speaks the generation of 2026, and
runs on the standard library, so that it starts at once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["Files"]

_ABOUT: dict[str, object] = {"serverInfo": {"name": "files", "version": "1"}, "capabilities": {"tools": {}}}
_PATH = {"type": "string"}


class Files:
    """One folder."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)

    def call(self, name: str, given: dict[str, str]) -> dict[str, Any]:
        file = self.folder / given["path"]  # an absolute path stays one
        if name == "write_text":
            file.write_bytes(given["content"].encode())
        text = file.read_bytes().decode()
        return {"content": [{"type": "text", "text": text}], "structuredContent": {"content": text}}

    def answer(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "server/discover":
                return {"supportedVersions": ["2026-07-28"], **_ABOUT}
            case "tools/list":
                return {"tools": [_tool("read_text", "path"), _tool("write_text", "path", "content")]}
            case _:
                return self.call(params["name"], params["arguments"])

    def run(self) -> None:
        cached = {"resultType": "complete", "ttlMs": 0, "cacheScope": "private"}
        for line in sys.stdin:
            asked = json.loads(line)
            if "id" in asked and "method" in asked:
                result = {**self.answer(asked["method"], asked["params"]), **cached}
                sys.stdout.write(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": result}) + "\n")
                sys.stdout.flush()


def _tool(name: str, *parameters: str) -> dict[str, Any]:
    return {
        "name": name,
        "inputSchema": {"type": "object", "properties": dict.fromkeys(parameters, _PATH)},
    }


if __name__ == "__main__":
    Files(sys.argv[1]).run()
