"""A server whose tools are what a file says, at each list anew: `changing_server.py FILE [PAGE]`.

The file holds a JSON array of tools; PAGE is how many go on one page. A called tool says its own description, so a test
sees which text a call reached. It speaks both generations, and runs on the standard library, so that it starts at once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["Changing"]

_ABOUT: dict[str, object] = {"serverInfo": {"name": "changing", "version": "1"}, "capabilities": {"tools": {}}}


class Changing:
    """What it offers now, and what it answers."""

    def __init__(self, file: str, page: str = "100") -> None:
        self.file = Path(file)
        self.page = int(page)

    def tools(self) -> list[dict[str, Any]]:
        return json.loads(self.file.read_text("utf-8"))

    def answer(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        cached = {"resultType": "complete", "ttlMs": 0, "cacheScope": "private"}
        match method:
            case "initialize":
                return {"protocolVersion": params["protocolVersion"], **_ABOUT}
            case "server/discover":
                return {"supportedVersions": ["2026-07-28"], **_ABOUT, **cached}
            case "tools/list":
                begin = int(params.get("cursor") or 0)
                known = self.tools()
                more = {"nextCursor": str(begin + self.page)} if len(known) > begin + self.page else {}
                return {"tools": known[begin : begin + self.page], **more, **cached}
            case "tools/call":
                said = next((each["description"] for each in self.tools() if each["name"] == params["name"]), "none")
                return {"content": [{"type": "text", "text": said}], "resultType": "complete"}
            case _:
                return {}

    def run(self) -> None:
        for line in sys.stdin:
            asked = json.loads(line)
            if "id" in asked and "method" in asked:
                result = self.answer(asked["method"], asked.get("params") or {})
                sys.stdout.write(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": result}) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    Changing(*sys.argv[1:]).run()
