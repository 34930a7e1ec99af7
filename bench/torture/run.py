"""Torture at length: 10,000 broken messages, 1,000 HTTP sessions, 200 stdio runs, and the short torture tests.

    python bench/torture/run.py [--mutations N] [--sessions N] [--runs N] [--seed S]

What has to hold: nothing crashes, hangs or gives a caller another's answer; nothing is left behind.
The seed is printed, and gives the same broken messages again. Exits with 1 when something did not hold.
Limits: memory is what the kernel reports as resident, so small leaks below its noise are not seen.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from peers.places import place
from torture.leaks import after_http_sessions, after_stdio_runs
from torture.mangling import from_http_host, from_http_server, from_stdio_host, from_stdio_server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from peers.places import Place
    from torture.leaks import Left
    from torture.mangling import Mangled

_T = TypeVar("_T")
_TESTS: Final = Path(__file__).resolve().parents[2] / "tests"

_MEMORY: Final = 30 * 1024 * 1024
"""How much more resident memory after all sessions is not taken for a leak, in bytes."""


def main() -> int:
    """Do everything, one after the other."""
    parser = argparse.ArgumentParser(description="Kills, floods, mutations and leaks, at length.")
    parser.add_argument("--mutations", type=int, default=10_000, help="broken messages in all (default 10,000)")
    parser.add_argument("--sessions", type=int, default=1_000, help="HTTP sessions (default 1,000)")
    parser.add_argument("--runs", type=int, default=200, help="stdio runs (default 200)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="for the broken messages (default: new)")
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}")
    held = [
        _mangled(work, chosen.seed, chosen.mutations // 4)
        for work in (from_stdio_host, from_stdio_server, from_http_host, from_http_server)
    ]
    held.append(_left("HTTP sessions", lambda at: after_http_sessions(at, count=chosen.sessions)))
    held.append(_left("stdio runs", lambda at: after_stdio_runs(at, count=chosen.runs)))
    held.append(_tests())
    return 0 if all(held) else 1


def _mangled(work: Callable[..., Awaitable[Mangled]], seed: int, count: int) -> bool:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            figures = asyncio.run(_of(work(place(Path(folder)), seed=seed, count=count)))
        except (AssertionError, OSError, asyncio.IncompleteReadError) as error:
            print(f"FAILED  broken {work.__name__}: {type(error).__name__}: {str(error)[:300]}")
            return False
    seconds = time.monotonic() - began
    told = f"{figures.broken} broken messages, {figures.honest} honest calls all answered rightly"
    print(f"ok      broken {work.__name__}: {told} ({seconds:.0f} s)", flush=True)
    return True


def _left(name: str, work: Callable[[Place], Awaitable[Left]]) -> bool:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        left = asyncio.run(_of(work(place(Path(folder)))))
    held = left.processes == 0 and left.descriptors == 0 and left.memory < _MEMORY
    told = f"{left.processes} processes, {left.descriptors} descriptors, {left.memory / 1e6:.1f} MB more than before"
    seconds = time.monotonic() - began
    print(f"{'ok    ' if held else 'FAILED'}  {left.sessions} {name}: {told} ({seconds:.0f} s)", flush=True)
    return held


async def _of(work: Awaitable[_T]) -> _T:
    return await work


def _tests() -> bool:
    """Run the short torture tests."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", str(_TESTS / "torture")]
    done = subprocess.run(command, cwd=_TESTS.parent, capture_output=True, text=True, check=False, timeout=600)
    last = (done.stdout.strip().splitlines() or ["no output"])[-1]
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'}  the torture tests: {last}")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
