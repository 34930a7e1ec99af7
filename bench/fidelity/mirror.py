"""A server that answers with what it was asked, and lists what no revision defines. Standard library only."""

from __future__ import annotations

import json
import sys
from typing import Final

SCHEMA: Final = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:mirror",
    "type": "object",
    "$defs": {
        "node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/node"}, "n": {"type": "number"}}},
        "kinds": {"enum": [None, True, 0, 1.0, 1e-7, "ä\u2028\U0001f512", [], {}]},
    },
    "properties": {"node": {"$ref": "#/$defs/node"}, "kind": {"$ref": "#/$defs/kinds"}},
    "additionalProperties": {},
    "x-unknown": {"kept": [1, 2.0, 18446744073709551615, -9223372036854775808, 5e-324, 1.7976931348623157e308]},
}
TOOL: Final = {
    "name": "mirror",
    "title": "Mirror",
    "description": "Answers with its own params.\nSecond line\t\u3042",
    "inputSchema": SCHEMA,
    "outputSchema": {"type": "object"},
    "annotations": {"readOnlyHint": True, "x-hint": "unknown"},
    "_meta": {"vendor.example/key": {"deep": [{"a": None}]}, "ui": {"resourceUri": "ui://x"}},
    "icons": [{"src": "data:image/png;base64,AA==", "theme": "dark", "x": 1}],
    "x-tool": "unknown",
}
LISTS: Final[dict[str, dict[str, object]]] = {
    "tools/list": {"tools": [TOOL], "x-page": 1},
    "prompts/list": {"prompts": [{"name": "p", "arguments": [{"name": "a", "x": 1}], "_meta": {"k": 0}, "x": []}]},
    "resources/list": {"resources": [{"uri": "mirror://r?q=%20#f", "name": "r", "size": 9007199254740993, "x": 1.50}]},
    "resources/templates/list": {"resourceTemplates": [{"uriTemplate": "mirror://{+a}{?b*}", "name": "t", "x": {}}]},
}
OPENED: Final = {
    "capabilities": {
        "tools": {"listChanged": True, "x": 1},
        "prompts": {},
        "resources": {"subscribe": True},
        "completions": {},
        "logging": {},
        "experimental": {"mirror": {"on": True}},
        "x-capability": [1],
    },
    "serverInfo": {"name": "mirror", "version": "1", "x": {"unknown": True}},
    "instructions": "One.\n\n\tTwo: \u0645\u06cc\u200c\u0631\u0648\u0645, \U0001f469\u200d\U0001f467, \u95a2\u6240.",
    "_meta": {"vendor.example/opened": 1},
    "x-opened": "unknown",
}


def answer(method: str, params: dict[str, object]) -> dict[str, object]:
    """Return the result of a request."""
    if method == "initialize":
        return {"protocolVersion": params["protocolVersion"], **OPENED}
    if method in LISTS:
        return {**LISTS[method], "_meta": {"vendor.example/list": method}}
    told = json.dumps(params, ensure_ascii=False)
    match method:
        case "tools/call":
            content: list[object] = [{"type": "text", "text": told, "annotations": {"priority": 0.5, "x": 1}}]
            content.append({"type": "x-unknown", "payload": {"n": 1.0}})
            return {"content": content, "structuredContent": {"params": params}, "_meta": {"k": [None]}, "x": params}
        case "prompts/get":
            return {"messages": [{"role": "user", "content": {"type": "text", "text": told}, "x": 1}], "x": params}
        case "resources/read":
            return {"contents": [{"uri": params["uri"], "text": told, "_meta": {"k": 1}, "x": 1}], "x": params}
        case "completion/complete":
            return {"completion": {"values": [told], "total": 1, "hasMore": False, "x": 1}, "x": params}
        case _:
            return {"x": params}


def main() -> None:
    """Answer line by line until the input ends."""
    for line in sys.stdin.buffer:
        message = json.loads(line)
        if "method" not in message or "id" not in message:
            continue
        result = answer(message["method"], message.get("params", {}))
        reply = {"jsonrpc": "2.0", "id": message["id"], "result": result, "x-envelope": {"kept": True}}
        sys.stdout.buffer.write(json.dumps(reply, ensure_ascii=False).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
