"""The latency bench: what Sekisho adds to an MCP call, beside nginx, FastMCP's proxy and supergateway.

    python bench/latency/run.py [--rounds N] [--seconds S] [--targets a,b] [--sizes 100,1000] [--write] [--smoke]

One upstream (`echo_stdio`, `echo_http`), one load client, all targets in one run, their slots interleaved within
each round and in turned order in every other round; figures are medians over the rounds. Every answer is checked:
its id, and that its text is the text of that very call. A target that does not start, or answers wrongly, is
reported with the last lines of its error output. The exit status is 1 if a direct target or sekisho failed; no
speed ever changes it.

What is noise here. Load client, target and upstream share the cores of one machine, often with strangers: calls/s
and p99 then show the scheduler more than the target, and absolute times swing by a factor of two to ten between
runs. Trust CPU per call, p50 and the ratios within one run; distrust a single round (results.json has the p50 of
each). The load client is Python and costs about as much CPU per call as the direct server, so calls/s at 32 in
flight is a lower bound for the fast targets. CPU per call excludes the upstream's and includes the kernel's work on
the target's behalf; threads that end within a slot are not seen. Memory is the sum of the proportional set sizes of
the target's own processes (pages that they share count once); results.json also has the resident sizes. nginx judges
nothing and parses no body, and the bare relay reads nothing at all: they are the floors for a hop, in C and in
Python, not rivals; multiples of them travel from machine to machine, microseconds do not. With 32 in flight a call's
time is mostly its wait behind 31 others, so the table shows only calls/s and CPU for it (results.json also has the
times).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import generations as g
import report
import startup
from figures import Cell, Record
from processes import Failed
from targets import TARGETS, Live, prepare

from peers import Skipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from targets import Place, Target

_SIZES: Final = "100,1000,10000,100000,1000000"
_EXTRAS: Final = ("startup", "sessions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to measure."""

    rounds: int
    """How often every slot is measured."""
    seconds: float
    """Length of a slot."""
    sizes: list[int]
    """Text lengths in bytes; all targets and the load are measured at the first."""
    targets: list[Target]
    """What is measured."""
    extras: list[str]
    """Of `startup` and `sessions`."""
    ready_seconds: float
    """How long a target may take to start."""


class Bench:
    """The targets of one run and what they measured."""

    def __init__(self, options: Options, place: Place) -> None:
        """Start nothing yet."""
        self._options = options
        self._place = place
        self._live: dict[tuple[str, g.Era], Live] = {}
        self._given_up: set[tuple[str, g.Era]] = set()
        self._bad: set[Cell] = set()
        self.record = Record()

    def run(self) -> None:
        """Start every target, then measure round after round."""
        pairs: list[tuple[Target, g.Era]] = [(target, era) for target in self._options.targets for era in target.eras]
        for target, era in pairs:
            self._started(target, era)
        for index in range(self._options.rounds):
            print(f"round {index + 1} of {self._options.rounds}", file=sys.stderr)
            order = pairs[::-1] if index % 2 else pairs
            for cell, target in self._plan(order):
                self._measure(cell, target, index)

    def stop(self) -> None:
        """End every target."""
        for live in self._live.values():
            live.stop()
        self._live.clear()

    def _plan(self, order: list[tuple[Target, g.Era]]) -> list[tuple[Cell, Target]]:
        first, *more = self._options.sizes
        cells = [
            (Cell(name=target.name, era=era, size=first, loaded=loaded), target)
            for loaded in (False, True)
            for target, era in order
        ]
        cells += [
            (Cell(name=target.name, era=era, size=size, loaded=False), target)
            for size in more
            for target, era in order
            if target.every_size and era == target.eras[0]
        ]
        return cells

    def _started(self, target: Target, era: g.Era) -> Live | None:
        """Return the running target, started if need be; None if it cannot run."""
        key = (target.name, era)
        if key in self._live or key in self._given_up or target.name in self.record.skipped:
            return self._live.get(key)
        print(f"start {target.name} {era}", file=sys.stderr)
        try:
            live = Live(target, era, self._place)
        except Skipped as reason:
            self.record.skipped[target.name] = str(reason)
            return None
        except (Failed, g.WrongAnswer, OSError) as error:
            self._given_up.add(key)
            self._fail(f"{target.name} {era}", error, target)
            return None
        self._live[key] = live
        self.record.idle.setdefault(key, live.idle)
        return live

    def _measure(self, cell: Cell, target: Target, index: int) -> None:
        key = (cell.name, cell.era)
        live = None if cell in self._bad else self._started(target, cell.era)
        if live is None:
            return
        try:
            slot = live.slot(size=cell.size, seconds=self._options.seconds, loaded=cell.loaded)
        except g.WrongAnswer as error:
            self._bad.add(cell)
            del self._live[key]
            live.stop()
            load = ", 32 in flight" if cell.loaded else ""
            self._fail(f"{cell.name} {cell.era}, text of {cell.size} bytes{load}", error, target)
            return
        self.record.slots.setdefault(cell, {})[index] = slot
        if cell.loaded and key not in self.record.loaded:
            self.record.loaded[key] = live.process.memory()

    def _fail(self, what: str, error: Exception, target: Target) -> None:
        self.record.failed[what] = str(error)
        self.record.wrong |= target.ours or target.direct


def _extras(options: Options, place: Place, record: Record) -> None:
    starts: dict[str, Callable[[Place], float]] = {
        "bare interpreter": startup.bare_start,
        "run": startup.run_start,
        "serve": startup.serve_start,
    }
    if "startup" in options.extras:
        for name, measure in starts.items():
            print(f"start-up of {name}", file=sys.stderr)
            try:
                record.start_ms[name] = measure(place)
            except (Failed, g.WrongAnswer, OSError) as error:
                record.failed[f"start-up of {name}"] = str(error)
                record.wrong = True
    if "sessions" in options.extras:
        print("idle sessions", file=sys.stderr)
        try:
            record.sessions = startup.idle_sessions(place)
        except (Failed, g.WrongAnswer, OSError) as error:
            record.failed["idle sessions"] = str(error)
            record.wrong = True


def _options(arguments: argparse.Namespace) -> Options:
    words = [word for word in str(arguments.targets).split(",") if word]
    sizes = [int(size) for size in str(arguments.sizes).split(",")]
    chosen = [target for target in TARGETS if target.direct or not words or any(word in target.name for word in words)]
    extras = [extra for extra in _EXTRAS if not words or extra in words]
    options = Options(
        rounds=max(1, int(arguments.rounds)),
        seconds=max(0.05, float(arguments.seconds)),
        sizes=[max(20, size) for size in sizes],
        targets=chosen,
        extras=extras,
        ready_seconds=45.0,
    )
    if not arguments.smoke:
        return options
    small = [target for target in chosen if target.direct or target.ours]
    return replace(options, rounds=1, seconds=0.2, sizes=[100], targets=small, extras=[], ready_seconds=10.0)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure what Sekisho adds to an MCP call.")
    names = ", ".join([*(target.name for target in TARGETS), *_EXTRAS])
    parser.add_argument("--rounds", type=int, default=5, help="rounds (default 5)")
    parser.add_argument("--seconds", type=float, default=0.6, help="seconds per slot (default 0.6)")
    parser.add_argument("--targets", default="", help=f"parts of names; the direct ones always run: {names}")
    parser.add_argument("--sizes", default=_SIZES, help=f"text lengths in bytes (default {_SIZES})")
    parser.add_argument("--write", action="store_true", help="write results.json beside this file")
    parser.add_argument("--smoke", action="store_true", help="one short round of direct and sekisho, for CI")
    arguments = parser.parse_args()
    known = [*(target.name for target in TARGETS), *_EXTRAS]
    for word in str(arguments.targets).split(","):
        if not any(word in name for name in known):
            parser.error(f"no target is called {word!r}; there are {names}")
    if arguments.smoke and arguments.write:
        parser.error("a smoke run has no figures worth writing: leave out --smoke or --write")
    return arguments


def main() -> int:
    """Run the bench; 1 if a direct target or sekisho failed or answered wrongly, else 0."""
    arguments = _parse()
    options = _options(arguments)
    before = os.getloadavg()[0]
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="latency-", ignore_cleanup_errors=True))
        place = prepare(Path(folder), ready_seconds=options.ready_seconds)
        stack.callback(place.echo.stop)
        bench = Bench(options, place)
        stack.callback(bench.stop)
        bench.run()
        bench.stop()
        _extras(options, place, bench.record)
    report.show(bench.record, options.sizes)
    if arguments.write:
        load = (before, os.getloadavg()[0])
        report.write(bench.record, sizes=options.sizes, rounds=options.rounds, seconds=options.seconds, load=load)
    return 1 if bench.record.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
