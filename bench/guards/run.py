"""Guards: generated variants of each class against the real parsers, values of a megabyte, and what a guard costs.

python bench/guards/run.py [--write] [--smoke]

A *bypass* is a variant that the real parser takes for harmful while the guard has nothing to say: there should be none.
A *stricter* one is the other way round: no harm here, and an objection all the same; the variants are made of attacks,
so this is no rate of false alarms (the tables in tests/guards are about honest values).
What stands on a line of commands is run by bash: it starts a program of ours that leaves a mark, and nothing else.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, cast

import growth
import paths
import plain
import postgres
import queries
import shells
import speed
import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

RESULTS = Path(__file__).parent / "results.json"
CLASSES = (
    ("paths: the kernel", paths.measure),
    ("addresses: Python, Node, curl", urls.measure),
    ("commands: bash", shells.measure),
    ("names in commands: bash", shells.measure_words),
    ("plain commands: bash", plain.measure),
    ("queries: SQLite", queries.measure),
    ("queries: PostgreSQL", postgres.measure),
    ("names in queries: SQLite", queries.measure_names),
)
LONGEST = ("commands: bash", "names in commands: bash")
"""What goes first, so that two processors are done at the same time."""

SEED = 20261129


def main() -> int:
    """Run, print, and write where asked; 1 where a variant gets by."""
    parser = argparse.ArgumentParser(description="Compare the guards with real parsers.")
    parser.add_argument("--write", action="store_true", help="write results.json beside this file")
    parser.add_argument("--seed", type=int, default=SEED, help="other variants")
    parser.add_argument("--smoke", action="store_true", help="300 variants of each class, no figures of cost")
    options = parser.parse_args()
    count = 300 if options.smoke else 10_000
    classes: dict[str, dict[str, object]] = {}
    for name, found in _measured(count, options.seed):
        classes[name] = found
        if skipped := found.get("skipped"):
            print(f"{name:32}  SKIPPED: {skipped}", flush=True)
            continue
        told = f"{found['harm']:>5} harmful  {found['bypass']:>3} get by  {found['stricter']:>5} stricter"
        print(f"{name:32}  {found['variants']:>6} variants  {told}", flush=True)
        for example in cast("list[str]", found["examples"]):
            print(f"    gets by: {example!a}")
    figures: dict[str, object] = {"seed": options.seed, "classes": classes}
    figures["growth"] = grown = growth.measure(0 if options.smoke else 20, options.seed, smoke=options.smoke)
    for name, value in grown.items():
        print(f"{name:40}  {value}")
    if not options.smoke:
        figures |= (costs := speed.measure())
        for name, cost in costs["microseconds"].items():
            print(f"{name:50}  {cost:>8} us  {costs['multiples'].get(name, 1.0):>7} x")
    if options.write:
        RESULTS.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    broken = growth.broken(grown)
    for each in broken:
        print(f"BROKEN: {each}")
    return int(any(found["bypass"] for found in classes.values()) or bool(broken))


def _measured(count: int, seed: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Measure the classes side by side, each in a process of its own; yield them in their order."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        order = sorted(CLASSES, key=lambda each: each[0] not in LONGEST)
        found = {name: pool.submit(measure, count, seed) for name, measure in order}
        for name, _ in CLASSES:
            yield name, found[name].result()


if __name__ == "__main__":
    sys.exit(main())
