"""Eight real servers behind one configuration, and behind eight entries of one broker; two hosts at once.

    python bench/servers/run.py [--write] [--rounds N] [--starts]

Each host is the official SDK's client over standard streams; one declares nothing, one roots, sampling, elicitation.
Everything that the servers list and answer is compared, value by value, with what the same host hears from each
server directly, after the aliases are undone. Then: how long the start takes beside the slowest server alone, what
the checkpoint's own processes take of memory, and what kill -9 costs under load: of each server behind one
configuration; of each server, of each relay and of the broker behind entries, in an order of chance.
Limits: values that differ between two direct runs are compared by their JSON type alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.extend(str(Path(__file__).resolve().parents[1] / bench) for bench in ("fidelity", "latency"))

import entries
from comparison import behind_one, compared
from eight import EIGHT, fresh
from faithful.places import web
from faithful.wire import as_object
from kills import killed
from packages import UnavailableError
from starting import bare, started

if TYPE_CHECKING:
    from faithful.wire import Object

_RESULTS: Final = Path(__file__).with_name("results.json")


def main() -> int:
    """Run all three parts, print them, and write what was asked for."""
    parser = argparse.ArgumentParser(description="Eight real servers behind one configuration, two hosts at once.")
    parser.add_argument("--write", action="store_true", help=f"write {_RESULTS.name}")
    parser.add_argument("--rounds", type=int, default=3, help="how often starts are measured")
    parser.add_argument("--starts", action="store_true", help="measure starts only; the other figures stay as they are")
    chosen = parser.parse_args()
    before = os.getloadavg()[0]
    try:
        results = _starts(chosen.rounds) if chosen.starts else _measured(chosen.rounds)
    except UnavailableError as problem:
        print(f"skipped: {problem}")
        return 0
    load = "starts_load_average_before_and_after" if chosen.starts else "load_average_before_and_after"
    results[load] = [round(each, 1) for each in (before, os.getloadavg()[0])]
    if chosen.write:
        _RESULTS.write_text(f"{json.dumps(results, indent=2, sort_keys=True)}\n", "utf-8")
    return 0 if _is_good(results) else 1


def _measured(rounds: int) -> Object:
    with tempfile.TemporaryDirectory(prefix="sekisho-servers-") as scratch, web() as page:
        at = Path(scratch).resolve()
        places = [fresh(at / name, page) for name in ("one", "two")]
        alone, together = asyncio.run(bare(places[0], rounds))
        one: Object = {
            "answers": asyncio.run(compared(places, behind_one)),
            "start": asyncio.run(started(places[0], rounds, alone, together)),
            "kills": asyncio.run(killed(places)),
        }
        _print("behind one configuration", one)
        with entries.user(places) as user:
            each: Object = {
                "answers": asyncio.run(compared(places, user.hear)),
                "start": asyncio.run(user.started(rounds, alone, together)),
                "kills": asyncio.run(user.killed()),
            }
        _print("behind eight entries", each)
    return {"servers": len(EIGHT), "configuration": one, "entries": each}


def _starts(rounds: int) -> Object:
    """Measure the starts anew; everything else is what was measured before."""
    results = as_object(json.loads(_RESULTS.read_text("utf-8")))
    with tempfile.TemporaryDirectory(prefix="sekisho-servers-") as scratch, web() as page:
        at = Path(scratch).resolve()
        places = [fresh(at / name, page) for name in ("one", "two")]
        alone, together = asyncio.run(bare(places[0], rounds))
        found = {"configuration": asyncio.run(started(places[0], rounds, alone, together))}
        with entries.user(places) as user:
            found["entries"] = asyncio.run(user.started(rounds, alone, together))
    for mode, start in found.items():
        results[mode] = {**as_object(results[mode]), "start": start}
        _print(mode, {"start": start})
    return results


def _print(title: str, found: Object) -> None:
    print(title)
    for part, values in found.items():
        for key, value in as_object(values).items():
            for line in value if isinstance(value, list) else [value]:
                print(f"  {part}: {key}: {line}", flush=True)


def _is_good(results: Object) -> bool:
    lost = ("unanswered", "executed_twice", "answered_but_not_executed", "processes_left", "descriptors_more")
    for mode in ("configuration", "entries"):
        answers, kills = (as_object(as_object(results[mode])[part]) for part in ("answers", "kills"))
        if answers["compared"] != answers["identical"] or answers["not_called"] or any(map(kills.get, lost)):
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
