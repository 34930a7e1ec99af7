"""Real children for the tests of the gateway: launches, a recorder of events, waits with a bound."""

from __future__ import annotations

import asyncio
import os
import select
import sys
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop

from sekisho.gateway.child import Child, ChildLimits
from sekisho.gateway.launch import Launch
from sekisho.gateway.warden_client import Warden

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Generator

PATIENCE = 20.0
"""Seconds that any wait of a test may take on a busy machine."""

LOOPS = {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}

ENV = {"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONUNBUFFERED": "1"}

ORPHAN = """
import os, sys, signal
def orphan():
    # Two forks, a session of its own, ignored signals, and another program with an empty environment.
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            os.write(writing, str(os.getpid()).encode())
            os.closerange(0, 100)
            os.execve("/bin/sleep", ["sleep", "1000"], {})
        os._exit(0)
    os.wait()
    return int(os.read(reading, 20))
"""
"""Python source of `orphan()`, which leaves a process behind that wants to live, and returns its number."""


def launch(*argv: str, cwd: str = "/", env: dict[str, str] | None = None) -> Launch:
    return Launch(argv=argv, cwd=cwd, env=ENV if env is None else env)


def python(code: str, *args: str) -> Launch:
    return launch(sys.executable, "-I", "-S", "-c", code, *args)


ECHO = "import sys\nfor line in sys.stdin:\n    print(line, end='', flush=True)"


class Recorder:
    """Notes what a child says; `react` may look at each line as it comes."""

    def __init__(self, react: Callable[[bytes], None] | None = None) -> None:
        self.lines: list[bytes] = []
        self.exits: list[tuple[int | None, int | None]] = []
        self.overflows: list[int] = []
        self.writables = 0
        self._react = react
        self._changed = asyncio.Event()

    def line(self, data: bytes) -> None:
        assert not self.exits
        self.lines.append(data)
        self._changed.set()
        if self._react is not None:
            self._react(data)

    def overflow(self, limit: int) -> None:
        self.overflows.append(limit)
        self._changed.set()

    def diagnostics(self, data: bytes) -> None:
        """What it writes to stderr is of no interest here."""

    def exited(self, code: int | None, signal: int | None) -> None:
        self.exits.append((code, signal))
        self._changed.set()

    def writable(self) -> None:
        self.writables += 1
        self._changed.set()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def lines_seen(self, count: int) -> list[bytes]:
        await self.until(lambda: len(self.lines) >= count or self.exits)
        return self.lines

    async def exit(self) -> tuple[int | None, int | None]:
        await self.until(lambda: self.exits)
        assert len(self.exits) == 1
        return self.exits[0]


class Site:
    """A warden and the children that a test starts with it."""

    def __init__(self, warden: Warden) -> None:
        self.warden = warden
        self._children: list[Child] = []

    async def start(
        self, what: Launch, *, limits: ChildLimits | None = None, react: Callable[[bytes], None] | None = None
    ) -> tuple[Child, Recorder]:
        events = Recorder(react)
        child = await Child.start(what, events, warden=self.warden, limits=limits or ChildLimits())
        self._children.append(child)
        return child, events

    async def clear(self) -> None:
        await asyncio.gather(*(child.stop(grace=0) for child in self._children))


@asynccontextmanager
async def site() -> AsyncGenerator[Site]:
    warden = Warden()
    place = Site(warden)
    try:
        yield place
    finally:
        await place.clear()
        await warden.close()


def run(loop: str, work: Callable[[Site], Awaitable[None]]) -> None:
    """Run a test on one kind of event loop; what the loop would only log fails the test."""
    failures: list[dict[str, object]] = []

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context))
        async with site() as place:
            await work(place)

    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        runner.run(main())
    assert not failures, failures


@contextmanager
def watched(*pids: int) -> Generator[Callable[[], None]]:
    """Hold on to processes; the yielded function waits until all of them are dead."""
    handles = {os.pidfd_open(pid): pid for pid in pids}

    def wait() -> None:
        for handle, pid in handles.items():
            readable, _, _ = select.select([handle], [], [], PATIENCE)
            assert readable, f"process {pid} is still alive"

    try:
        yield wait
    finally:
        for handle in handles:
            os.close(handle)


def descriptors(pid: int | None = None) -> int:
    """How many descriptors a process (ours, if none is named) holds open."""
    return len(list(Path(f"/proc/{pid or 'self'}/fd").iterdir()))


def alive(pid: int) -> bool:
    """Whether a process exists and is not a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] != b"Z"
    except OSError:
        return False
