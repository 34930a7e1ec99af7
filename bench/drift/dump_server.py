"""A server on standard input and output that offers what a file says, read anew for each list.

python bench/drift/dump_server.py FILE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

_LISTS = {
    "tools/list": "tools",
    "prompts/list": "prompts",
    "resources/list": "resources",
    "resources/templates/list": "resourceTemplates",
}
_PAGE = 100


def _answer(method: str, params: dict[str, Any], dump: dict[str, Any]) -> dict[str, Any] | None:
    if method == "initialize":
        return {
            "protocolVersion": params["protocolVersion"],
            "capabilities": {"tools": {}, "prompts": {}, "resources": {}},
            "serverInfo": dump.get("serverInfo", {"name": "x", "version": "1"}),
            **({"instructions": dump["instructions"]} if "instructions" in dump else {}),
        }
    if method in _LISTS:
        member = _LISTS[method]
        start = int(params.get("cursor", 0))
        every = dump.get(member, [])
        more = {"nextCursor": str(start + _PAGE)} if len(every) > start + _PAGE else {}
        return {member: every[start : start + _PAGE], **more}
    if method == "tools/call":
        return {"content": [{"type": "text", "text": f"called {params['name']}"}]}
    return {} if method == "ping" else None


def main() -> None:
    """Answer until the host leaves."""
    for line in sys.stdin:
        message = json.loads(line)
        if "id" not in message or "method" not in message:
            continue
        dump = json.loads(Path(sys.argv[1]).read_text("utf-8"))
        result = _answer(message["method"], message.get("params") or {}, dump)
        said: dict[str, Any] = {"jsonrpc": "2.0", "id": message["id"]}
        if result is None:
            said["error"] = {"code": -32601, "message": "no such method"}
        else:
            said["result"] = result
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
