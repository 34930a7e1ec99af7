"""The host on standard streams, whatever they are: pipes, files, devices, terminals, or nothing at all."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import subprocess
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

import pytest

from peers.loops import PATIENCE, run, until
from peers.messages import initialize, note, request
from peers.places import place, scripted, sekisho
from sekisho.engine.effects import SendToHost
from sekisho.engine.events import HostGarbled, HostSent
from sekisho.gateway import host_stdio
from sekisho.gateway.host_stdio import StdioHost
from sekisho.model.subject import Who
from sekisho.wire.strict import Limits
from sekisho.wire.versions import Revision

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from sekisho.engine.events import Event
    from sekisho.ports import Backend
    from sekisho.wire.jsonrpc import JsonObject

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")

HELLO = json.dumps(initialize()).encode() + b"\n"


# -- what the streams may be ---------------------------------------------------------------------


def started(tmp_path: Path, redirection: str, data: bytes = HELLO) -> subprocess.CompletedProcess[bytes]:
    """Run `sekisho run` with a shell's redirection, which may name the file `in`."""
    at = place(tmp_path)
    (tmp_path / "in").write_bytes(data)
    command = " ".join(sekisho("run", "--", *scripted(at)))
    return subprocess.run(
        ["/bin/sh", "-c", f"exec {command} {redirection}"],
        env=at.env,
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )


@pytest.mark.parametrize(
    ("redirection", "answers"),
    [
        ("< in", True),
        ("< in > out", True),
        ("< /dev/null", False),
        ("< in > /dev/null", False),
        ("< /dev/null > /dev/null", False),
        ("< in > /dev/full", False),
        ("<&-", False),
        ("< in >&-", False),
    ],
)
def test_any_standard_stream_is_borne(tmp_path: Path, redirection: str, answers: bool) -> None:  # noqa: FBT001 - a parameter
    done = started(tmp_path, redirection)
    out = tmp_path / "out"
    said = done.stdout or (out.read_bytes() if out.exists() else b"")
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert (b'"protocolVersion"' in said) == answers


def test_the_last_line_needs_no_line_feed_to_end_the_process(tmp_path: Path) -> None:
    done = started(tmp_path, "< in", HELLO + b'{"jsonrpc":')
    assert done.returncode == 0
    assert b'"protocolVersion"' in done.stdout


def test_what_was_asked_before_the_end_is_still_answered(tmp_path: Path) -> None:
    lines = [HELLO, *(json.dumps(request(number, "ping")).encode() + b"\n" for number in range(1, 200))]
    done = started(tmp_path, "< in | cat", b"".join(lines))
    assert {json.loads(line)["id"] for line in done.stdout.splitlines()} == set(range(200))


def test_a_terminal_is_spoken_to_as_well(tmp_path: Path) -> None:
    at = place(tmp_path)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        sekisho("run", "--", *scripted(at)), stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=at.env
    )
    os.close(theirs)
    os.write(ours, HELLO)
    said = b""
    while b'"protocolVersion":"2025-11-25","capabilities":{"tools"' not in said:
        said += os.read(ours, 65536)
    os.write(ours, b"\x04")
    assert process.wait(PATIENCE) == 0
    assert b"Traceback" not in process.communicate()[1]
    os.close(ours)


def test_a_host_that_closed_our_output_ends_us(tmp_path: Path) -> None:
    at = place(tmp_path)
    process = subprocess.Popen(
        sekisho("run", "--", *scripted(at)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=at.env,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(HELLO)
    process.stdin.flush()
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(PATIENCE) == 0
    process.stdin.close()
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()


# -- in this process -----------------------------------------------------------------------------


class Wall:
    """Takes the place of a link: collects events, answers each with a long line if it is told to."""

    def __init__(self, revision: Revision | None) -> None:
        self.revision = revision
        self.events: list[Event] = []
        self.held: list[bool] = []
        self.echo: StdioHost | None = None
        self.changed = asyncio.Event()

    def clock(self) -> float:
        return 5.0

    def receive(self, event: Event) -> None:
        self.events.append(event)
        self.changed.set()
        if self.echo is not None:
            body: JsonObject = {"jsonrpc": "2.0", "id": 1, "result": {}}
            self.echo.deliver(SendToHost(body, 0, 1, final=True), b"x" * 10_000)

    def hold(self) -> None:
        self.held.append(True)
        self.changed.set()

    def flow(self) -> None:
        self.held.append(False)
        self.changed.set()


class Pipes:
    """The host's ends of our standard streams."""

    def __init__(self) -> None:
        self.their_input, self.to_us = os.pipe()
        self.from_us, self.their_output = os.pipe()
        os.set_blocking(self.to_us, False)

    def close(self) -> None:
        for descriptor in (self.to_us, self.from_us):
            os.close(descriptor)


@asynccontextmanager
async def opened(
    monkeypatch: pytest.MonkeyPatch, *, limits: Limits | None = None, revision: Revision | None = None
) -> AsyncGenerator[tuple[StdioHost, Wall, Pipes]]:
    """Yield a host on two pipes."""
    pipes = Pipes()
    with os.fdopen(pipes.their_input, "rb") as source, os.fdopen(pipes.their_output, "wb") as sink:
        monkeypatch.setattr(sys, "stdin", source)
        monkeypatch.setattr(sys, "stdout", sink)
        wall = Wall(revision)
        host = StdioHost(Who(principal="alice", conversation="first"), limits or Limits())
        await host.open(cast("Backend", wall))
        source.close()
        sink.close()
        try:
            yield host, wall, pipes
        finally:
            pipes.close()
            await host.ended.wait()
            await host.aclose()


def test_lines_become_events_and_blank_ones_do_not(loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        async with opened(monkeypatch) as (_, wall, pipes):
            os.write(pipes.to_us, b"\n  \n\r\n" + HELLO + json.dumps(note("a")).encode() + b"\r\n")
            await until(wall.changed, lambda: len(wall.events) == 2)
            assert all(isinstance(event, HostSent) and event.now == 5.0 for event in wall.events)

    run(work(), loop=loop)


@pytest.mark.parametrize("data", [b"{\n", b"\xff\n", b"[]\n", b"{}\n", b'[{"jsonrpc":"2.0","id":1,"method":"ping"}]\n'])
def test_what_is_no_message_is_told_and_the_next_line_works(
    loop: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        async with opened(monkeypatch) as (_, wall, pipes):
            os.write(pipes.to_us, data + HELLO)
            await until(wall.changed, lambda: len(wall.events) == 2)
            assert [type(event) for event in wall.events] == [HostGarbled, HostSent]

    run(work(), loop=loop)


def test_a_batch_is_split_in_the_one_revision_that_has_them(loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        async with opened(monkeypatch, revision=Revision.V2025_03_26) as (_, wall, pipes):
            os.write(pipes.to_us, json.dumps([request(1, "ping"), note("x"), request(2, "ping")]).encode() + b"\n")
            await until(wall.changed, lambda: len(wall.events) == 3)

    run(work(), loop=loop)


def test_a_line_over_the_limit_is_told_once(loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        async with opened(monkeypatch, limits=Limits(bytes=500)) as (_, wall, pipes):
            for _ in range(20):
                os.write(pipes.to_us, b"x" * 1000)
            os.write(pipes.to_us, b"\n" + HELLO)
            await until(wall.changed, lambda: len(wall.events) == 2)
            garbled = [event for event in wall.events if isinstance(event, HostGarbled)]
            assert [(event.reason, event.id) for event in garbled] == [("too-large", None)]

    run(work(), loop=loop)


def test_a_host_that_asks_on_and_takes_no_answer_is_read_no_more(loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_stdio, "_HIGH_WATER", 50_000)
    monkeypatch.setattr(host_stdio, "_MOST_WAITING", 500_000)

    async def work() -> None:
        async with opened(monkeypatch) as (host, wall, pipes):
            wall.echo = host
            line = json.dumps(note("x")).encode() + b"\n"
            sent, refused = 0, 0
            while refused < 200 and sent < 50_000:
                try:
                    os.write(pipes.to_us, line)
                    sent += 1
                    refused = 0
                except BlockingIOError:
                    refused += 1
                await asyncio.sleep(0)
            assert refused == 200, "it took everything"
            assert wall.held[-1] is True
            answered = len(wall.events)
            assert answered * 10_000 < 5_000_000
            reading = asyncio.get_running_loop().run_in_executor(None, drained, pipes.from_us, sent * 10_001)
            await reading
            await until(wall.changed, lambda: len(wall.events) == sent and wall.held[-1] is False)

    run(work(), loop=loop)


def drained(descriptor: int, size: int) -> None:
    """Read so many bytes."""
    while size > 0:
        size -= len(os.read(descriptor, min(size, 1 << 20)))


def test_telling_it_to_leave_hurries(loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        async with opened(monkeypatch) as (host, _, _pipes):
            assert not host.hurried
            host.leave()
            assert host.hurried
            assert host.ended.is_set()
            host.close_stream(0, 1)
            host.end_session()

    run(work(), loop=loop)
