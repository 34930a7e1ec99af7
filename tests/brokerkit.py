"""For tests of the broker: a user with a configuration, hosts that start its entries, and the broker behind them."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, cast

from peers.messages import call, initialize, note
from peers.places import place, scripted, sekisho
from peers.processes import watched
from peers.words import text_of
from sekisho.gateway.broker.address import connect, peer_of

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from peers.places import Place
    from sekisho.wire.jsonrpc import Id, JsonObject

__all__ = ["PATIENCE", "Entry", "Town", "town"]

_TELLING: Final = Path(__file__).with_name("peers") / "telling_server.py"

PATIENCE: Final = 30.0
"""Seconds that any wait of a test may take on a busy machine."""


class Entry:
    """One host's process for one entry, spoken to line by line."""

    def __init__(self, command: Sequence[str], env: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=env
            )
        self._buffer = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        return self.process.pid

    def write(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def tell(self, body: JsonObject) -> None:
        self.write(json.dumps(body).encode() + b"\n")

    def ask(self, body: JsonObject) -> JsonObject:
        """Send a request and return its answer; whatever comes before it is passed over."""
        self.tell(body)
        return self.answer(body["id"])

    def answer(self, about: object) -> JsonObject:
        while True:
            message = self.next()
            if "method" not in message and message.get("id") == about:
                return message

    def next(self) -> JsonObject:
        """Return the next message."""
        assert self.process.stdout is not None
        descriptor = self.process.stdout.fileno()
        end = time.monotonic() + PATIENCE
        while b"\n" not in self._buffer:
            assert select.select([descriptor], [], [], max(0.0, end - time.monotonic()))[0], "it says nothing"
            data = os.read(descriptor, 65536)
            assert data, f"it ended: {self.said()}"
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        return cast("JsonObject", json.loads(line)) if line else self.next()

    def greet(self) -> JsonObject:
        """Open a conversation of the older generation."""
        answer = self.ask(initialize(0))
        self.tell(note("notifications/initialized"))
        return answer

    def echo(self, about: Id, text: str) -> str:
        """Call the echo tool and return what it says."""
        return text_of(self.ask(call(about, "echo", {"text": text})))

    def said(self) -> str:
        """What it wrote to standard error."""
        return self.log.read_text("utf-8", "replace")

    def close(self) -> int:
        """Close the input, as a host does, and return the exit code."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with suppress(OSError):
            self.process.stdin.close()
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()


@dataclass(slots=True)
class Town:
    """One user: a state directory, a configuration with `one`, `two`, `telling`, and a broker once it is needed."""

    at: Place
    config: Path
    count: int = 0
    entries: list[Entry] = field(default_factory=list[Entry])

    def command(self, entry: str) -> tuple[str, ...]:
        return sekisho("run", "--entry", entry, "--config", str(self.config))

    def entry(self, name: str = "one", *, before: Sequence[str] = ()) -> Entry:
        """Start an entry, as a host does; `before` is what stands before its command line."""
        self.count += 1
        log = self.at.folder / f"entry-{self.count}.err"
        made = Entry((*before, *self.command(name)), self.at.env, log)
        self.entries.append(made)
        return made

    def broker(self) -> int:
        """Return the process id of the broker."""
        found = connect(self.at.state, patience=PATIENCE)
        assert found is not None, "there is no broker"
        try:
            return peer_of(found).pid
        finally:
            found.close()

    def kill(self) -> int:
        """Kill the broker and wait until it is dead; return what its process id was."""
        pid = self.broker()
        with watched(pid) as gone:
            os.kill(pid, signal.SIGKILL)
            gone()
        return pid

    def close(self) -> None:
        for one in self.entries:
            one.process.kill()
            one.close()
        found = connect(self.at.state, patience=PATIENCE)
        if found is None:
            return
        pid = peer_of(found).pid
        found.close()
        with watched(pid) as gone:
            os.kill(pid, signal.SIGTERM)
            gone()


@contextmanager
def town(folder: Path) -> Generator[Town]:
    """Yield a user whose broker ends with the block."""
    at = place(folder)
    config = folder / "sekisho.toml"
    command = json.dumps(scripted(at))
    config.write_text(
        f"[servers.one]\ncommand = {command}\n[servers.two]\ncommand = {command}\n"
        f'[servers.telling]\ncommand = ["{sys.executable}", "-I", "-S", "{_TELLING}"]\n'
        f'[servers.gone]\ncommand = ["{sys.executable}", "-I", "-S", "-c", "raise SystemExit(3)"]\n',
        "utf-8",
    )
    made = Town(at, config)
    try:
        yield made
    finally:
        made.close()
