"""A server over stdio that offers the tools of a file and does nothing: for peers that only look at servers that run.

python peer_server.py FILE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

_INFO = {"name": "dump", "version": "1"}


def main() -> None:
    """Answer until the peer hangs up."""
    tools = json.loads(Path(sys.argv[1]).read_text("utf-8"))["tools"]
    answers: dict[str, dict[str, Any]] = {
        "tools/list": {"tools": tools}, "resources/list": {"resources": []}, "prompts/list": {"prompts": []},
    }  # fmt: skip
    for line in sys.stdin:
        asked = json.loads(line)
        if "id" not in asked:
            continue
        answer: dict[str, Any] = answers.get(asked["method"], {})
        if asked["method"] == "initialize":
            revision = asked["params"]["protocolVersion"]
            answer = {"protocolVersion": revision, "capabilities": {"tools": {}}, "serverInfo": _INFO}
        sys.stdout.write(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": answer}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
