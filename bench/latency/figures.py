"""From slots to figures: medians over the rounds, what a target adds to the direct one, and the goals.

A `Cell` names what one slot measured; a `Record` holds all slots, memories and failures of a run; `rows` and `goals`
turn it into what `report` prints and writes. The added p50 is the median of the differences *within* each round.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import generations as g
from targets import TARGETS

if TYPE_CHECKING:
    from processes import Memory
    from slots import Slot
    from startup import IdleSessions
    from targets import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one slot measures."""

    name: str
    """Name of the target."""
    era: g.Era
    """Generation of the protocol."""
    size: int
    """Length of the text in bytes."""
    loaded: bool
    """32 calls in flight instead of one."""


@dataclass(slots=True, kw_only=True)
class Record:
    """All that a run measured."""

    slots: dict[Cell, dict[int, Slot]] = field(default_factory=dict)
    """Slots by cell and round."""
    idle: dict[tuple[str, g.Era], Memory] = field(default_factory=dict)
    """Memory after the start."""
    loaded: dict[tuple[str, g.Era], Memory] = field(default_factory=dict)
    """Memory after the first loaded slot."""
    failed: dict[str, str] = field(default_factory=dict)
    """Why a target or a cell has no figures."""
    wrong: bool = False
    """Whether sekisho or a direct target failed: the run's exit status."""
    skipped: dict[str, str] = field(default_factory=dict)
    """Peers that are not available here."""
    start_ms: dict[str, float] = field(default_factory=dict)
    """Median times to the first answer, by command."""
    sessions: IdleSessions | None = None
    """What idle sessions cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The figures of one target, era and size; None is not measured."""

    target: Target
    """Whose figures."""
    era: g.Era
    """Generation of the protocol."""
    size: int
    """Length of the text in bytes."""
    p50_us: float | None = None
    """Median of the rounds' medians, one client."""
    p99_us: float | None = None
    """Median of the rounds' 99th percentiles, one client."""
    added_us: float | None = None
    """Median of the rounds' differences to the direct target's p50; None for the direct ones."""
    times_direct: float | None = None
    """p50 as a multiple of the direct target's."""
    cpu_us: float | None = None
    """CPU per call, one client."""
    loaded_calls_per_s: float | None = None
    """Calls per second with 32 in flight."""
    loaded_cpu_us: float | None = None
    """CPU per call with 32 in flight."""
    loaded_p50_us: float | None = None
    """Median of the rounds' medians with 32 in flight; over stdio it includes the wait behind 31 others."""
    loaded_p99_us: float | None = None
    """Median of the rounds' 99th percentiles with 32 in flight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal of the project and how this run stands to it."""

    text: str
    """What is compared."""
    value: float | None
    """The figure; None is not measured."""
    limit: float
    """The most that it may be."""
    unit: str
    """Unit of both."""
    wish: float | None = None
    """The stricter goal that is aimed at."""

    @property
    def verdict(self) -> Literal["met", "NOT MET", "not measured"]:
        """How the figure stands to the limit."""
        if self.value is None:
            return "not measured"
        return "met" if self.value <= self.limit else "NOT MET"


def _median(values: list[float]) -> float | None:
    return statistics.median(values) if values else None


def direct_of(target: Target) -> Target:
    """Return the direct target with the same face."""
    return next(one for one in TARGETS if one.direct and one.front == target.front)


def row(record: Record, target: Target, era: g.Era, size: int) -> Row:
    """Reduce the rounds of one target, era and size to medians."""
    alone = record.slots.get(Cell(name=target.name, era=era, size=size, loaded=False), {})
    loaded = record.slots.get(Cell(name=target.name, era=era, size=size, loaded=True), {}).values()
    base = record.slots.get(Cell(name=direct_of(target).name, era=era, size=size, loaded=False), {})
    pairs = [] if target.direct else [(slot, base[index]) for index, slot in alone.items() if index in base]
    return Row(
        target=target,
        era=era,
        size=size,
        p50_us=_median([slot.p50_us for slot in alone.values()]),
        p99_us=_median([slot.p99_us for slot in alone.values()]),
        added_us=_median([slot.p50_us - floor.p50_us for slot, floor in pairs]),
        times_direct=_median([slot.p50_us / floor.p50_us for slot, floor in pairs]),
        cpu_us=_median([slot.cpu_us for slot in alone.values()]),
        loaded_calls_per_s=_median([slot.calls_per_s for slot in loaded]),
        loaded_cpu_us=_median([slot.cpu_us for slot in loaded]),
        loaded_p50_us=_median([slot.p50_us for slot in loaded]),
        loaded_p99_us=_median([slot.p99_us for slot in loaded]),
    )


def rows(record: Record) -> list[Row]:
    """Return a row for everything that has a slot, by size, face and target."""
    order = {target.name: index for index, target in enumerate(TARGETS)}
    seen: set[tuple[int, int, g.Era]] = {(cell.size, order[cell.name], cell.era) for cell in record.slots}
    ordered: list[tuple[int, int, g.Era]] = sorted(seen)
    return [row(record, TARGETS[index], era, size) for size, index, era in ordered]


def _seen(value: float | None) -> float | None:
    """Return a cost, or None where it is zero: then no own process was seen, which is no success."""
    return value or None


def _ratio(value: float | None, base: float | None) -> float | None:
    """Return value / base; None where the base is not a positive figure (it drowned in the noise)."""
    return None if value is None or base is None or base <= 0 else value / base


def goals(record: Record, size: int) -> list[Goal]:
    """Compare the run with the project's goals; `size` is the size at which they are judged."""
    by_name = {target.name: target for target in TARGETS}

    def added(name: str, era: g.Era = g.LEGACY) -> float | None:
        return row(record, by_name[name], era, size).added_us

    ours = [target for target in TARGETS if target.ours]
    stdio = added("sekisho-run-cmd")
    found = [
        Goal(text="run -- CMD: added p50", value=stdio, limit=100, unit="µs"),
        Goal(
            text="run -- CMD: added p50, share of FastMCP's",
            value=_ratio(stdio, added("fastmcp-stdio")),
            limit=0.1,
            unit="x",
        ),
    ]
    for era in by_name["nginx"].eras:
        value = _ratio(added("sekisho-serve-url", era), added("nginx", era))
        text = f"serve --url {era[:4]}: added p50, multiple of nginx's"
        found.append(Goal(text=text, value=value, limit=3, unit="x", wish=1.5))
    for target in ours:
        for era in target.eras:
            value = _seen(row(record, target, era, size).loaded_cpu_us)
            text = f"{target.title.removeprefix('sekisho ')} {era[:4]}: CPU per call, 32 in flight"
            found.append(Goal(text=text, value=value, limit=60, unit="µs", wish=25))
    memories = [memory.own_mb for (name, _), memory in record.loaded.items() if by_name[name].ours]
    text = "largest memory after the load"
    found.append(Goal(text=text, value=_seen(max(memories, default=None)), limit=64, unit="MB"))
    each = None if record.sessions is None else record.sessions.kb_each
    found.append(Goal(text="serve --url: memory per idle session", value=each, limit=25, unit="KB"))
    text = "run: start to the first answered byte"
    found.append(Goal(text=text, value=record.start_ms.get("run"), limit=200, unit="ms"))
    return found
