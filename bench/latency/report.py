"""The report of a run: a readable table of at most 110 columns, and results.json without names or paths of a machine.

Called by `run` with a `figures.Record`.
"""

from __future__ import annotations

import datetime as dt
import os
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Final

import figures
import orjson

import peers

if TYPE_CHECKING:
    import generations as g
    from figures import Record, Row

RESULTS: Final = Path(__file__).resolve().parent / "results.json"
_HEAD: Final = (
    f"{'target':<24}{'era':<5}{'text':>7}{'p50 µs':>9}{'added':>9}{'xdirect':>8}{'p99 µs':>9}{'CPU µs':>8}"
    f"{'calls/s':>10}{'CPU µs':>8}{'MB':>11}"
)
_OVER: Final = f"{'':<45}{'one client':>34}{'32 in flight':>18}{'idle/after':>11}"


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _size(size: int) -> str:
    for unit, scale in (("MB", 1_000_000), ("KB", 1_000)):
        if size >= scale:
            return f"{size / scale:g} {unit}"
    return f"{size} B"


def _line(record: Record, row: Row, first_size: int) -> str:
    key = (row.target.name, row.era)
    idle, loaded = record.idle.get(key), record.loaded.get(key)
    memory = ""
    if row.size == first_size and idle is not None:
        memory = f"{idle.own_mb:.0f}/{'-' if loaded is None else f'{loaded.own_mb:.0f}'}"
    return (
        f"{row.target.title:<24}{row.era[:4]:<5}{_size(row.size):>7}{_number(row.p50_us):>9}"
        f"{_number(row.added_us):>9}{_number(row.times_direct):>8}{_number(row.p99_us):>9}{_number(row.cpu_us):>8}"
        f"{_number(row.loaded_calls_per_s):>10}{_number(row.loaded_cpu_us):>8}{memory:>11}"
    )


def _table(record: Record, sizes: list[int]) -> None:
    print(_OVER)
    print(_HEAD)
    last: tuple[int, str] | None = None
    for row in figures.rows(record):
        group = (row.size, row.target.front)
        if last is not None and group != last:
            print()
        last = group
        print(_line(record, row, sizes[0]))


def _notes(record: Record) -> None:
    for name, took in record.start_ms.items():
        print(f"start to first answer, {name:<18}{took:8.0f} ms")
    if record.sessions is not None:
        each = record.sessions
        print(f"idle 2025 session, mean of {each.sessions:,}    {each.kb_each:8.1f} KB")
    for name, why in record.skipped.items():
        print(f"SKIPPED {name}: {why}")
    for name, why in record.failed.items():
        print(f"FAILED  {name}:")
        print(textwrap.indent(why, "        "))


def _goals(record: Record, size: int) -> None:
    print(f"{'goal, at ' + _size(size):<58}{'figure':>12}{'limit':>12}{'aim':>10}")
    for goal in figures.goals(record, size):
        value = "-" if goal.value is None else f"{_number(goal.value)} {goal.unit}"
        wish = "" if goal.wish is None else f"{goal.wish:g}"
        print(f"{goal.text:<58}{value:>12}{f'{goal.limit:g} {goal.unit}':>12}{wish:>10}  {goal.verdict}")


def show(record: Record, sizes: list[int]) -> None:
    """Print the tables, the failures and the goals."""
    _table(record, sizes)
    print()
    _notes(record)
    print()
    _goals(record, sizes[0])


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _figures(record: Record, row: Row) -> g.Json:
    cell = figures.Cell(name=row.target.name, era=row.era, size=row.size, loaded=False)
    slots = record.slots.get(cell, {})
    return {
        "target": row.target.name,
        "era": row.era,
        "size": row.size,
        "p50_us": _rounded(row.p50_us),
        "p50_us_by_round": [_rounded(slots[index].p50_us) for index in sorted(slots)],
        "added_p50_us": _rounded(row.added_us),
        "times_direct": _rounded(row.times_direct),
        "p99_us": _rounded(row.p99_us),
        "cpu_us_per_call": _rounded(row.cpu_us),
        "calls_per_s_32": _rounded(row.loaded_calls_per_s),
        "cpu_us_per_call_32": _rounded(row.loaded_cpu_us),
        "p50_us_32": _rounded(row.loaded_p50_us),
        "p99_us_32": _rounded(row.loaded_p99_us),
    }


def _memories(record: Record) -> list[g.Json]:
    found: list[g.Json] = []
    for (name, era), idle in record.idle.items():
        after = record.loaded.get((name, era))
        found.append(
            {
                "target": name,
                "era": era,
                "idle_rss_mb": _rounded(idle.rss_mb),
                "idle_pss_mb": _rounded(idle.pss_mb),
                "loaded_rss_mb": None if after is None else _rounded(after.rss_mb),
                "loaded_pss_mb": None if after is None else _rounded(after.pss_mb),
            }
        )
    return found


def write(record: Record, *, sizes: list[int], rounds: int, seconds: float, load: tuple[float, float]) -> None:
    """Write results.json. `load` is the machine's load average before and after the run."""
    goals = [
        {
            "goal": goal.text,
            "value": _rounded(goal.value),
            "limit": goal.limit,
            "aim": goal.wish,
            "unit": goal.unit,
            "verdict": goal.verdict,
        }
        for goal in figures.goals(record, sizes[0])
    ]
    sessions = record.sessions
    document: g.Json = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "load_average_before_and_after": [_rounded(value) for value in load],
        "rounds": rounds,
        "seconds_per_slot": seconds,
        "versions": peers.versions(),
        "figures": [_figures(record, row) for row in figures.rows(record)],
        "memory": _memories(record),
        "start_ms": {name: _rounded(took) for name, took in record.start_ms.items()},
        "idle_session_kb": None if sessions is None else _rounded(sessions.kb_each),
        "goals": goals,
        "failed": sorted(record.failed),
        "skipped": sorted(record.skipped),
    }
    RESULTS.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
