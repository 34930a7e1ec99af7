"""What many tools and many servers cost behind one configuration.

    python bench/latency/crowds.py [--rounds N] [--seconds S] [--write] [--smoke]

`sekisho run --config F` in front of echo servers over stdio (`echo_stdio.py TOOLS`), one host, 2025-11-25.
Tools: one server lists 1 to 10,000; the CPU time of the checkpoint's own processes for the first list, all pages;
the same list again, unchanged (median of nine); and a call beside a call of the echo server without anything in front.
Servers: 1 to 64 with one tool each; the time until all are listed, memory, and a call of the first and the last one.
Slow servers: eight that take a second each to come up, all at once.
Medians over the rounds; what is noise here is told in `run.py`: with others on the cores, times grow with the load and
CPU time does not. The exit status is 1 if an answer was wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import generations as g
from load_stdio import StdioClient
from processes import Process, spent
from targets import ECHO_STDIO, prepare, sekisho

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from targets import Place

_RESULTS: Final = Path(__file__).with_name("crowds.json")
_TOOLS: Final = (1, 10, 100, 1_000, 10_000)
_SERVERS: Final = (1, 8, 64)
_SLOW: Final = 8
_SLOW_SECONDS: Final = 1.0
_AGAIN: Final = 9
_SIZE: Final = 100
_READY: Final = 60.0
_TURN: Final = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What one start measured."""

    start_ms: float
    """From before the start until everything is listed."""
    first_cpu_ms: float
    """CPU time of the first list, all pages."""
    first_ms: float
    """Its time."""
    again_ms: float
    """The time of the same list again, without the host's own parsing."""
    again_cpu_ms: float
    """Its CPU time."""
    call_us: float
    """The median of a call of the first server's echo."""
    last_call_us: float
    """The same of the last server's."""
    direct_us: float
    """The same without anything in front."""
    memory_mb: float
    """The checkpoint's own processes together."""


def main() -> int:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="What many tools and servers cost behind one configuration.")
    parser.add_argument("--rounds", type=int, default=3, help="rounds (default 3)")
    parser.add_argument("--seconds", type=float, default=0.6, help="seconds of calls (default 0.6)")
    parser.add_argument("--write", action="store_true", help=f"write {_RESULTS.name} beside this file")
    parser.add_argument("--smoke", action="store_true", help="one short round of the smaller crowds, for CI")
    chosen = parser.parse_args()
    rounds, seconds = (1, 0.1) if chosen.smoke else (chosen.rounds, chosen.seconds)
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="crowds-", ignore_cleanup_errors=True) as folder:
        place = prepare(Path(folder), ready_seconds=_READY)
        try:
            found = _all(place, rounds, seconds, small=chosen.smoke)
        except g.WrongAnswer as error:
            print(f"FAILED {error}")
            return 1
        finally:
            place.echo.stop()
    if chosen.write:
        load = [round(before, 1), round(os.getloadavg()[0], 1)]
        head: g.Json = {"rounds": rounds, "cores": os.cpu_count(), "load_average_before_and_after": load}
        _RESULTS.write_text(f"{json.dumps({**head, **found}, indent=2)}\n", "utf-8")
    return 0


def _all(place: Place, rounds: int, seconds: float, *, small: bool) -> g.Json:
    tools, servers = (_TOOLS[:3], _SERVERS[:2]) if small else (_TOOLS, _SERVERS)
    print(_line(["", *Crowd.__slots__]))
    by_tools = {str(count): _row(f"{count} tools", place, rounds, seconds, [count]) for count in tools}
    by_servers = {str(count): _row(f"{count} servers", place, rounds, seconds, [1] * count) for count in servers}
    slow = [_until_listed(place, [1] * _SLOW, _SLOW_SECONDS) for _ in range(rounds)]
    alone = [_until_listed(place, [1], _SLOW_SECONDS) for _ in range(rounds)]
    start: g.Json = {
        "servers": _SLOW,
        "seconds_each": _SLOW_SECONDS,
        "one_ms": round(statistics.median(alone)),
        "all_ms": round(statistics.median(slow)),
        "times_one": round(statistics.median(slow) / statistics.median(alone), 2),
    }
    print(f"slow servers: {start}")
    return {"tools": by_tools, "servers": by_servers, "slow": start}


def _row(title: str, place: Place, rounds: int, seconds: float, tools: Sequence[int]) -> g.Json:
    runs = [_one(place, tools, seconds) for _ in range(rounds)]
    row: g.Json = {name: round(statistics.median(getattr(run, name) for run in runs), 1) for name in Crowd.__slots__}
    print(_line([title, *map(str, row.values())]), flush=True)
    return row


def _line(cells: Sequence[str]) -> str:
    return " ".join(cell.rjust(12) for cell in cells)


def _one(place: Place, tools: Sequence[int], seconds: float) -> Crowd:
    with _started(place, tools) as (process, client, begun):
        client.open(seconds=_READY)
        first_ms, first_cpu = _timed(process, client, lambda: _whole(client, sum(tools)))
        start_ms = (time.perf_counter() - begun) * 1e3
        again = [_timed(process, client, lambda: _whole(client, sum(tools))) for _ in range(_AGAIN)]
        calls = [_called(client, process, place_, seconds) for place_ in (0, len(tools) - 1)]
        memory = process.memory().own_mb
    return Crowd(
        start_ms=start_ms,
        first_cpu_ms=first_cpu,
        first_ms=first_ms,
        again_ms=statistics.median(took for took, _ in again),
        again_cpu_ms=statistics.median(cpu for _, cpu in again),
        call_us=calls[0],
        last_call_us=calls[1],
        direct_us=_direct(place, tools[0], seconds),
        memory_mb=memory,
    )


def _until_listed(place: Place, tools: Sequence[int], delay: float) -> float:
    with _started(place, tools, delay) as (_, client, begun):
        client.open(seconds=_READY)
        _whole(client, sum(tools))
        return (time.perf_counter() - begun) * 1e3


@contextmanager
def _started(place: Place, tools: Sequence[int], delay: float = 0.0) -> Generator[tuple[Process, StdioClient, float]]:
    path = place.folder / "sekisho.toml"
    lines = [json.dumps([*ECHO_STDIO, str(count), str(delay)]) for count in tools]
    path.write_text("".join(f"[servers.s{n}]\ncommand = {line}\n" for n, line in enumerate(lines)), "utf-8")
    begun = time.perf_counter()
    command = sekisho("run", "--config", str(path))
    # A state of its own: else the tools that this crowd has more than the last one would be held as new.
    env = {**place.env, "SEKISHO_STATE": tempfile.mkdtemp(dir=place.folder)}
    process = Process(command, errors=place.folder / "crowd.err", env=env, pipes=True)
    try:
        yield process, StdioClient(process.pipes, g.LEGACY), begun
    except g.WrongAnswer as error:
        raise g.WrongAnswer(f"{error}; {process.last_words()}") from error
    finally:
        process.stop()


def _whole(client: StdioClient, count: int) -> None:
    """List until everything is there: what is late is announced, and the host lists again."""
    deadline = time.monotonic() + _READY
    while len(names := client.listed(seconds=_READY)) < count and time.monotonic() < deadline:
        time.sleep(_TURN)
    if len(set(names)) != count:
        raise g.WrongAnswer(f"{len(set(names))} tools were listed instead of {count}")


def _timed(process: Process, client: StdioClient, act: Callable[[], None]) -> tuple[float, float]:
    """Return the milliseconds that something takes without the host's own parsing, and of the checkpoint's CPU time."""
    clock, begun, read = process.clock(), time.perf_counter(), client.reading
    act()
    took = time.perf_counter() - begun - (client.reading - read)
    return took * 1e3, spent(clock, process.clock()) / 1e6


def _called(client: StdioClient, process: Process, server: int, seconds: float) -> float:
    client.aim(f"s{server}__echo")
    return client.alone(size=_SIZE, seconds=seconds, clock=process.clock).p50_us


def _direct(place: Place, tools: int, seconds: float) -> float:
    process = Process(
        [*ECHO_STDIO, str(tools)], errors=place.folder / "direct.err", env=place.env, pipes=True, whole=True
    )
    try:
        client = StdioClient(process.pipes, g.LEGACY)
        client.open(seconds=_READY)
        client.aim("echo")
        return client.alone(size=_SIZE, seconds=seconds, clock=process.clock).p50_us
    finally:
        process.stop()


if __name__ == "__main__":
    sys.exit(main())
