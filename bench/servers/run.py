"""Eight real servers behind one configuration, two hosts at once.

    python bench/servers/run.py [--write] [--rounds N]

Each host is the official SDK's client over standard streams; one declares nothing, one roots, sampling, elicitation.
Everything that the servers list and answer is compared, value by value, with what the same host hears from each
server directly, after the aliases are undone. Then: how long the start takes beside the slowest server alone, what
the checkpoint's own processes take of memory, and what kill -9 of each server costs under load.
Limits: values that differ between two direct runs are compared by their JSON type alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.extend(str(Path(__file__).resolve().parents[1] / bench) for bench in ("fidelity", "latency"))

from comparison import compared
from eight import EIGHT, fresh
from faithful.places import web
from kills import killed
from packages import UnavailableError
from starting import started

if TYPE_CHECKING:
    from faithful.wire import Object

_RESULTS: Final = Path(__file__).with_name("results.json")


def main() -> int:
    """Run all three parts, print them, and write what was asked for."""
    parser = argparse.ArgumentParser(description="Eight real servers behind one configuration, two hosts at once.")
    parser.add_argument("--write", action="store_true", help=f"write {_RESULTS.name}")
    parser.add_argument("--rounds", type=int, default=3, help="how often starts are measured")
    chosen = parser.parse_args()
    try:
        results = _measured(chosen.rounds)
    except UnavailableError as problem:
        print(f"skipped: {problem}")
        return 0
    if chosen.write:
        _RESULTS.write_text(f"{json.dumps(results, indent=2, sort_keys=True)}\n", "utf-8")
    return 0 if _is_good(results) else 1


def _measured(rounds: int) -> Object:
    with tempfile.TemporaryDirectory(prefix="sekisho-servers-") as scratch, web() as page:
        at = Path(scratch).resolve()
        places = [fresh(at / name, page) for name in ("one", "two")]
        same = asyncio.run(compared(places))
        _print("answers", same)
        start = asyncio.run(started(places[0], rounds))
        _print("start", start)
        kill = asyncio.run(killed(places))
        _print("kill -9", kill)
    return {"servers": len(EIGHT), "configuration": {"answers": same, "start": start, "kills": kill}}


def _print(title: str, found: Object) -> None:
    print(title)
    for key, value in found.items():
        for line in value if isinstance(value, list) else [value]:
            print(f"  {key}: {line}", flush=True)


def _is_good(results: Object) -> bool:
    found = results["configuration"]
    if not isinstance(found, dict):
        return False
    answers, kill = found["answers"], found["kills"]
    if not (isinstance(answers, dict) and isinstance(kill, dict)):
        return False
    lost = ("unanswered", "executed_twice", "answered_but_not_executed", "processes_left", "descriptors_more")
    return answers["compared"] == answers["identical"] and not answers["not_called"] and not any(map(kill.get, lost))


if __name__ == "__main__":
    sys.exit(main())
