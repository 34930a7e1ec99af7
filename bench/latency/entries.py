"""What an entry costs: `sekisho run --entry` with its broker, beside the server alone and `sekisho run -- CMD`.

    python bench/latency/entries.py [--rounds N] [--seconds S] [--write] [--smoke]

A call of 100 bytes, 2025-11-25, one client; the slots of the three are interleaved within each round.
Start: from before the relay is started to the first byte that answers `initialize`, its broker running, its child
answering at once; and the same for an interpreter that does nothing.
Memory: eight entries with an echo server each, PSS: one relay, and all that belongs to the broker (its supervisor's
processes too) without the servers.
Of each, the median call of the quietest round, and the quickest start: with strangers on the cores, everything above
that is the scheduler's (`run.py` tells more). The exit status is 1 if an answer was wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import generations as g
import startup
from load_stdio import StdioClient
from processes import Process, memory_of, tree_of
from targets import ECHO_STDIO, HERE, broker_of, prepare, sekisho

if TYPE_CHECKING:
    from collections.abc import Generator

    from targets import Place

_RESULTS: Final = Path(__file__).with_name("entries.json")
_ENTRIES: Final = 8
_SIZE: Final = 100
_READY: Final = 45.0


def main() -> int:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(description="What an entry costs.")
    parser.add_argument("--rounds", type=int, default=15, help="rounds (default 15)")
    parser.add_argument("--seconds", type=float, default=0.3, help="seconds per slot (default 0.3)")
    parser.add_argument("--write", action="store_true", help=f"write {_RESULTS.name}")
    parser.add_argument("--smoke", action="store_true", help="one short round, for CI")
    chosen = parser.parse_args()
    rounds, seconds = (1, 0.2) if chosen.smoke else (max(1, chosen.rounds), max(0.05, chosen.seconds))
    with tempfile.TemporaryDirectory(prefix="entries-", ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        place = prepare(Path(folder), ready_seconds=_READY)
        stack.callback(place.echo.stop)
        stack.enter_context(_ended_broker(place))
        config = _configuration(place)
        try:
            results = {
                "rounds": rounds,
                "cores": os.cpu_count(),
                "p50_us": _calls(place, config, rounds, seconds),
                "start_ms": _starts(place, config, 2 if chosen.smoke else 2 * startup.TIMES),
                "memory_mb": _memory(place, config),
            }
        except g.WrongAnswer as error:
            print(f"FAILED: {error}")
            return 1
    print(json.dumps(results, indent=2))
    if chosen.write:
        _RESULTS.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    return 0


def _configuration(place: Place) -> Path:
    path = place.folder / "entries.toml"
    commands = {f"echo{number}": ECHO_STDIO for number in range(_ENTRIES)}
    commands["instant"] = ["/bin/sh", str(HERE / "instant.sh")]
    path.write_text(
        "".join(f"[servers.{name}]\ncommand = {json.dumps(at)}\n" for name, at in commands.items()), "utf-8"
    )
    return path


def _entry(name: str, config: Path) -> list[str]:
    return sekisho("run", "--entry", name, "--config", str(config))


@contextmanager
def _ended_broker(place: Place) -> Generator[None]:
    try:
        yield
    finally:
        pid = broker_of(place)
        if pid is not None:
            os.kill(pid, signal.SIGTERM)


def _calls(place: Place, config: Path, rounds: int, seconds: float) -> dict[str, float]:
    """Return the median of a call in the quietest round, for each of the three."""
    commands = {
        "direct": ECHO_STDIO,
        "run": sekisho("run", "--", *ECHO_STDIO),
        "entry": _entry("echo0", config),
    }
    with ExitStack() as stack:
        clients = {name: stack.enter_context(_client(place, name, command)) for name, command in commands.items()}
        found: dict[str, list[float]] = {name: [] for name in clients}
        for turn in range(rounds):
            for name in [*clients][:: -1 if turn % 2 else 1]:
                process, client = clients[name]
                found[name].append(client.alone(size=_SIZE, seconds=seconds, clock=process.clock).p50_us)
    return {name: round(min(times), 1) for name, times in found.items()}


@contextmanager
def _client(place: Place, name: str, command: list[str]) -> Generator[tuple[Process, StdioClient]]:
    process = Process(command, errors=place.folder / f"{name}.err", env=place.env, pipes=True, whole=name == "direct")
    try:
        client = StdioClient(process.pipes, g.LEGACY)
        client.greet(seconds=_READY)
        yield process, client
    except g.WrongAnswer as error:
        raise g.WrongAnswer(f"{error}; {process.last_words()}") from error
    finally:
        process.stop()


def _starts(place: Place, config: Path, times: int) -> dict[str, float]:
    command = _entry("instant", config)
    bare = min(startup.first_byte(startup.BARE, place) for _ in range(times))
    took = min(startup.first_byte(command, place) for _ in range(times))
    return {"bare interpreter": round(bare, 1), "entry": round(took, 1)}


def _memory(place: Place, config: Path) -> dict[str, float]:
    """Return what one relay and the broker take while eight entries are open, each behind a call."""
    with ExitStack() as stack:
        relays: list[Process] = []
        for number in range(_ENTRIES):
            process, client = stack.enter_context(_client(place, f"entry{number}", _entry(f"echo{number}", config)))
            client.alone(size=_SIZE, seconds=0.2, clock=process.clock)
            relays.append(process)
        pid = broker_of(place)
        if pid is None:
            raise g.WrongAnswer("there is no broker")
        broker = memory_of([one for one in tree_of(pid) if not _serves(one)])
        return {
            "relay": round(max(process.memory().own_mb for process in relays), 1),
            "broker": round(broker.own_mb, 1),
            "entries": _ENTRIES,
        }


def _serves(pid: int) -> bool:
    """Whether a process is one of the servers."""
    return ECHO_STDIO[1].encode() in Path(f"/proc/{pid}/cmdline").read_bytes()


if __name__ == "__main__":
    sys.exit(main())
