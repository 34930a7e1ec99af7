"""A host over standard streams: sends what it is told, byte for byte, and sorts what comes back."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final, cast

from peers.loops import PATIENCE, until
from peers.messages import initialize, note

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping
    from pathlib import Path

    from sekisho.wire.jsonrpc import Id, JsonObject

__all__ = ["LineHost", "line_host"]

_CHUNK: Final = 1 << 16


class LineHost:
    """One started command, spoken to in lines."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.answers: dict[Id, list[JsonObject]] = {}
        """Answers by id, with everything that came for it."""
        self.untied: list[JsonObject] = []
        """Answers without an id."""
        self.notes: list[JsonObject] = []
        """Notifications."""
        self.questions: list[JsonObject] = []
        """Requests of the server."""
        self.junk: list[bytes] = []
        """Lines that are no JSON object."""
        self.said = b""
        """The end of what it wrote to standard error."""
        self.ended = False
        self._changed = asyncio.Event()
        self._reading = asyncio.Event()
        self._reading.set()
        self._tasks = [asyncio.ensure_future(self._read()), asyncio.ensure_future(self._listen())]

    @property
    def pid(self) -> int:
        return self.process.pid

    def send(self, message: JsonObject | bytes) -> None:
        """Queue one message; bytes go out as they are, with a line feed."""
        data = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.write(data + b"\n")

    def write(self, data: bytes) -> None:
        """Queue bytes."""
        if self.process.stdin is not None:
            self.process.stdin.write(data)

    async def drain(self) -> None:
        """Wait until the command has taken what was queued."""
        if self.process.stdin is not None:
            with suppress(ConnectionError):
                await self.process.stdin.drain()

    def stop_reading(self) -> None:
        self._reading.clear()

    def read_again(self) -> None:
        self._reading.set()

    async def until(self, condition: Callable[[], object], *, seconds: float = PATIENCE) -> None:
        """Wait for something that was said."""
        await until(self._changed, condition, seconds=seconds)

    async def answer(self, id_: Id, *, seconds: float = PATIENCE) -> JsonObject:
        """Wait for the answer with this id and return it; there has to be one only."""
        await self.until(lambda: id_ in self.answers or self.ended, seconds=seconds)
        assert id_ in self.answers, (id_, self.said)
        assert len(self.answers[id_]) == 1, self.answers[id_]
        return self.answers[id_][0]

    async def ask(self, message: JsonObject, *, seconds: float = PATIENCE) -> JsonObject:
        """Send a request and return its answer."""
        self.send(message)
        return await self.answer(cast("Id", message["id"]), seconds=seconds)

    async def open(self, *, capabilities: JsonObject | None = None, version: str = "2025-11-25") -> JsonObject:
        """Shake hands as a 2025 host; return the answer to `initialize`."""
        answer = await self.ask(initialize(version=version, capabilities=capabilities))
        self.send(note("notifications/initialized"))
        return answer

    async def close(self, *, seconds: float = PATIENCE) -> int:
        """Close its input and wait for its end; return its exit code."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        async with asyncio.timeout(seconds):
            code = await self.process.wait()
            await asyncio.gather(*self._tasks)
        return code

    async def end(self) -> None:
        """Kill it, whatever it does."""
        self._reading.set()
        if self.process.returncode is None:
            self.process.kill()
        if self.process.stdin is not None:
            self.process.stdin.close()
        async with asyncio.timeout(PATIENCE):
            await self.process.wait()
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks)

    async def _read(self) -> None:
        stream = cast("asyncio.StreamReader", self.process.stdout)
        rest: list[bytes] = []
        while True:
            await self._reading.wait()
            chunk = await stream.read(_CHUNK)
            if not chunk:
                break
            head, found, tail = chunk.rpartition(b"\n")
            if found:
                for line in b"".join([*rest, head]).split(b"\n"):
                    self._sort(line)
                rest = []
            rest.append(tail)
            self._changed.set()
        self.ended = True
        self._changed.set()

    def _sort(self, line: bytes) -> None:
        try:
            value: object = json.loads(line)
        except ValueError:
            value = None
        for item in cast("list[object]", value) if isinstance(value, list) else [value]:
            if not isinstance(item, dict):
                self.junk.append(line)
                continue
            message = cast("JsonObject", item)
            if "method" in message:
                (self.questions if "id" in message else self.notes).append(message)
            elif message.get("id") is None:
                self.untied.append(message)
            else:
                self.answers.setdefault(cast("Id", message["id"]), []).append(message)

    async def _listen(self) -> None:
        stream = cast("asyncio.StreamReader", self.process.stderr)
        while chunk := await stream.read(_CHUNK):
            self.said = (self.said + chunk)[-_CHUNK:]
            self._changed.set()


@asynccontextmanager
async def line_host(
    *argv: str, env: Mapping[str, str], cwd: Path | None = None, own_group: bool = False
) -> AsyncGenerator[LineHost]:
    """Start a command and speak to it; it is killed at the end."""
    process = await asyncio.create_subprocess_exec(
        *argv,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=dict(env),
        cwd=cwd,
        start_new_session=own_group,
        limit=_CHUNK,
    )
    host = LineHost(process)
    try:
        yield host
    finally:
        await host.end()
