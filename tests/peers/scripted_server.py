"""A server over standard streams that does what the tool's name says; standard library only, so it starts at once.

`scripted_server.py JOURNAL` appends every line that it reads to JOURNAL. It speaks both generations.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import cast

PREFIX = "io.modelcontextprotocol/"
TOOLS = [
    {"name": name, "description": f"Does {name}.", "inputSchema": {"type": "object"}}
    for name in ("echo", "hold", "notes", "raw", "big", "ask", "flood", "deaf", "leave", "orphan", "env", "spill")
]
CAPABILITIES = {"tools": {"listChanged": True}, "logging": {}}


class Server:
    def __init__(self, journal: str) -> None:
        self.journal = open(journal, "ab", buffering=0)  # noqa: PTH123, SIM115 - open as long as the process lives
        self.buffer = b""
        self.asked = 0
        self.waiting: dict[object, object] = {}

    def run(self) -> None:
        while chunk := os.read(0, 1 << 16):
            self.journal.write(chunk)
            self.buffer += chunk
            while b"\n" in self.buffer:
                line, _, self.buffer = self.buffer.partition(b"\n")
                self.take(json.loads(line))

    def take(self, message: dict[str, object]) -> None:
        method, about = message.get("method"), message.get("id")
        params = obj(message.get("params"))
        if method is None:
            self.answered(about, message)
        elif about is not None:
            self.request(str(method), about, params)

    def answered(self, about: object, message: dict[str, object]) -> None:
        call = self.waiting.pop(about, None)
        if call is not None:
            self.text(call, json.dumps(message.get("result", message.get("error"))))

    def request(self, method: str, about: object, params: dict[str, object]) -> None:
        meta = obj(params.get("_meta"))
        modern = PREFIX + "protocolVersion" in meta
        extra = {"resultType": "complete", "ttlMs": 0, "cacheScope": "private"} if modern else {}
        if method == "initialize":
            version = params.get("protocolVersion")
            info = {"name": "scripted", "version": "1"}
            self.result(about, {"protocolVersion": version, "capabilities": CAPABILITIES, "serverInfo": info})
        elif method == "server/discover":
            self.result(about, {"supportedVersions": ["2026-07-28"], "capabilities": CAPABILITIES, **extra})
        elif method == "tools/list":
            self.result(about, {"tools": TOOLS, **extra})
        elif method in ("ping", "logging/setLevel"):
            self.result(about, {})
        elif method == "tools/call":
            self.tool(about, str(params.get("name")), obj(params.get("arguments")), meta)
        else:
            self.say({"jsonrpc": "2.0", "id": about, "error": {"code": -32601, "message": "no such method"}})

    def tool(self, about: object, name: str, given: dict[str, object], meta: dict[str, object]) -> None:
        token = meta.get("progressToken")
        acts: dict[str, object] = {
            "echo": lambda: self.text(about, given.get("text")),
            "hold": lambda: None,
            "notes": lambda: self.notes(about, given, token),
            "flood": lambda: self.flood(given["method"], token),
            "raw": lambda: self.write(str(given["text"]).encode() + b"\n"),
            "big": lambda: self.big(about, int(str(given["bytes"]))),
            "ask": lambda: self.ask(about, int(str(given["count"]))),
            "deaf": deaf,
            "leave": lambda: os._exit(int(str(given["code"]))),
            "orphan": lambda: self.text(about, str(orphan())),
            "spill": lambda: self.spill(about, given),
            "env": lambda: self.text(about, json.dumps(dict(os.environ))),
        }
        act = acts.get(name)
        if callable(act):
            act()
        else:
            self.say({"jsonrpc": "2.0", "id": about, "error": {"code": -32602, "message": "no such tool"}})

    def notes(self, about: object, given: dict[str, object], token: object) -> None:
        for number in range(int(str(given["count"]))):
            self.note(given["method"], token, number)
        self.text(about, "told")

    def flood(self, method: object, token: object) -> None:
        number = 0
        while True:
            number += 1
            self.note(method, token, number)

    def spill(self, about: object, given: dict[str, object]) -> None:
        """Say lines out of a file, but none that would answer this very call; and then answer it."""
        with open(str(given["file"]), encoding="latin-1") as file:  # noqa: PTH123 - starts faster
            pieces = json.load(file)
        for piece in pieces[given["first"] : given["last"]]:
            for line in str(piece).encode("latin-1").split(b"\n"):
                if not answers(line, about):
                    self.write(line + b"\n")
        self.text(about, given.get("text"))

    def big(self, about: object, size: int) -> None:
        """One line of this size without an end, and then its end."""
        chunk = b"x" * (1 << 16)
        for _ in range(size >> 16):
            self.write(chunk)
        self.write(b"\n")
        self.text(about, "done")

    def ask(self, about: object, count: int) -> None:
        schema: dict[str, object] = {"type": "object", "properties": {}}
        params: dict[str, object] = {"message": "Which?", "requestedSchema": schema}
        for _ in range(count):
            self.asked += 1
            self.waiting[f"q{self.asked}"] = about
            self.say({"jsonrpc": "2.0", "id": f"q{self.asked}", "method": "elicitation/create", "params": params})

    def note(self, method: object, token: object, number: int) -> None:
        params: dict[str, object] = {}
        if method == "notifications/progress":
            params = {"progressToken": token, "progress": number}
        elif method == "notifications/message":
            params = {"level": "info", "data": number}
        self.say({"jsonrpc": "2.0", "method": method, "params": params})

    def text(self, about: object, text: object) -> None:
        self.result(about, {"content": [{"type": "text", "text": text}], "resultType": "complete"})

    def result(self, about: object, result: dict[str, object]) -> None:
        self.say({"jsonrpc": "2.0", "id": about, "result": result})

    def say(self, message: dict[str, object]) -> None:
        self.write(json.dumps(message).encode() + b"\n")

    def write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(1, view) :]


def obj(value: object) -> dict[str, object]:
    """Return an object, or an empty one."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def deaf() -> None:
    """Read no more, for good."""
    while True:
        signal.pause()


def answers(line: bytes, about: object) -> bool:
    """Tell whether some reader may take this line for the answer to `about`."""
    try:
        value: object = json.loads(line)
    except ValueError:
        return False
    found = obj(value)
    return bool(found) and "method" not in found and found.get("id") == about


def orphan() -> int:
    """Leave a process behind: two forks, a session of its own, deaf to signals, without our pipes."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            os.write(writing, str(os.getpid()).encode())
            os.closerange(0, 100)
            while True:
                signal.pause()
        os._exit(0)
    os.wait()
    return int(os.read(reading, 20))


if __name__ == "__main__":
    Server(sys.argv[1]).run()
