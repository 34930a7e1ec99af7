"""Start-up and idle memory: how long until the first answer, and what a 2025-11-25 session costs that only waits.

`run_start` and `serve_start` start fresh processes; `bare_start` is the same for an interpreter that does nothing,
the floor under both. `idle_sessions` opens 2,000 sessions, one call each, over one keep-alive connection: it counts
what a session costs, not what a connection costs. Called by `run`.
"""

from __future__ import annotations

import os
import select
import statistics
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import generations as g
from load_http import HttpClient
from processes import Failed, Process, free_port
from targets import HERE, sekisho, serve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from targets import Place

TIMES: Final = 10
SESSIONS: Final = 2000
_WARM_SESSIONS: Final = 100
BARE: Final = [sys.executable, "-c", "import sys; sys.stdin.readline(); sys.stdout.write('x'); sys.stdout.flush()"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleSessions:
    """What idle sessions cost."""

    sessions: int
    """How many were opened on top of the warm-up."""
    kb_each: float
    """Growth of the resident memory per session, in KB (1,000 bytes)."""


def first_byte(command: Sequence[str], place: Place) -> float:
    """Return the milliseconds from before the start of `command` to the first byte that answers `initialize`."""
    _, message = g.opening(g.LEGACY, 1)
    start = time.perf_counter()
    process = Process(command, errors=place.folder / "start.err", env=place.env, pipes=True)
    try:
        source, sink = process.pipes
        os.write(source.fileno(), message + b"\n")
        waiter = select.poll()
        waiter.register(sink.fileno(), select.POLLIN)
        answered = waiter.poll(place.ready_seconds * 1e3) and os.read(sink.fileno(), 1)
        took = time.perf_counter() - start
        if not answered:
            raise Failed(f"no answer to initialize: {process.last_words()}")
    except BrokenPipeError as error:
        raise Failed(f"ended at once: {process.last_words()}") from error
    finally:
        process.stop()
    return took * 1e3


def run_start(place: Place) -> float:
    """Return the median milliseconds until `sekisho run` answers `initialize`, its child answering at once."""
    command = sekisho("run", "--", "/bin/sh", str(HERE / "instant.sh"))
    return statistics.median(first_byte(command, place) for _ in range(TIMES))


def bare_start(place: Place) -> float:
    """Return the median milliseconds until an interpreter that imports nothing writes a byte."""
    return statistics.median(first_byte(BARE, place) for _ in range(TIMES))


def serve_start(place: Place) -> float:
    """Return the median milliseconds until `sekisho serve --url` answers `initialize`."""
    return statistics.median(_serve_once(place) for _ in range(TIMES))


def _serve_once(place: Place) -> float:
    port = free_port()
    start = time.perf_counter()
    process = _serve(place, port)
    try:
        process.wait_for_port(port, seconds=place.ready_seconds)
        client = HttpClient(port, g.LEGACY)
        try:
            client.open()
            return (time.perf_counter() - start) * 1e3
        finally:
            client.close()
    finally:
        process.stop()


def _serve(place: Place, port: int) -> Process:
    command = serve(port, "--url", place.url)
    return Process(command, errors=place.folder / "serve.err", env=place.env, pipes=False)


def idle_sessions(place: Place) -> IdleSessions:
    """Measure what an idle 2025-11-25 session of `sekisho serve --url` keeps in memory.

    Raises:
        WrongAnswer: a session was refused, or the oldest one was gone after the last one was opened.
    """
    port = free_port()
    process = _serve(place, port)
    try:
        process.wait_for_port(port, seconds=place.ready_seconds)
        client = HttpClient(port, g.LEGACY)
        try:
            oldest = _open(client, _WARM_SESSIONS)
            before = process.memory().rss_mb
            _open(client, SESSIONS)
            after = process.memory().rss_mb
            client.session = oldest
            client.once()
        finally:
            client.close()
    finally:
        process.stop()
    return IdleSessions(sessions=SESSIONS, kb_each=(after - before) * 1e3 / SESSIONS)


def _open(client: HttpClient, count: int) -> bytes:
    """Open sessions with one call each and leave them open; return the first one."""
    first = b""
    for _ in range(count):
        client.greet()
        client.once()
        first = first or client.session
    if not first:
        raise g.WrongAnswer("initialize minted no Mcp-Session-Id")
    return first
