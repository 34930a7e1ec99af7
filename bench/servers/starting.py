"""How long it takes until everything is listed, and what the checkpoint's own processes take of memory.

Behind one configuration there are two starts: the first one, of which nothing is known, and every later one, in which a
host is answered from what was approved; then also how long it takes until each server has answered a call.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comparison import gateway
from eight import EIGHT, settled, steps
from hosts import Naming, asked, everywhere, opened
from processes import cpu_of, memory_of
from who import behind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from faithful.places import Place
    from faithful.wire import Object

__all__ = ["Listed", "alone_and_ours", "bare", "started"]

_SECONDS: Final = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What it took until everything was listed."""

    seconds: float
    """On the clock."""

    cpu: float
    """CPU seconds of the checkpoint's own processes."""

    memory: float
    """What they took of memory then, in MB."""


async def bare(place: Place, rounds: int) -> tuple[dict[str, float], list[float]]:
    """Measure starts without us: each server alone, and all eight at once."""
    settled(place)
    alone: dict[str, float] = {}
    for alias, server in EIGHT.items():
        env = {**place.env, **server.env(place)}
        command = server.command(place)
        alone[alias] = statistics.median([(await _listing(command, env, place)).seconds for _ in range(rounds)])
    return alone, [await _together(place) for _ in range(rounds)]


async def started(place: Place, rounds: int, alone: Mapping[str, float], together: Sequence[float]) -> Object:
    """Measure the starts of all eight behind one configuration."""
    first: list[Listed] = []
    later: list[tuple[float, float]] = []
    for _ in range(rounds):
        for file in (place.folder.parent / "home").rglob("sekisho.db*"):
            file.unlink()
        first.append(await _listing(gateway(place), place.env, place, servers=len(EIGHT)))
        later.append(await _answered(place))
    again, answered = (statistics.median(each) for each in zip(*later, strict=True))
    return {
        **alone_and_ours(alone, together, first),
        "again_ms": round(again * 1000),
        "again_times_the_slowest": round(again / max(alone.values()), 2),
        "again_each_answers_ms": round(answered * 1000),
    }


async def _answered(place: Place) -> tuple[float, float]:
    """Return the seconds until everything is listed, and until each server has answered a call."""
    first = {
        alias: next(step for step in steps(server, place, {}) if step[0] == "tools/call")
        for alias, server in EIGHT.items()
    }
    begun = time.perf_counter()
    command = gateway(place)
    async with (
        asyncio.timeout(_SECONDS),
        opened(command, env=place.env, root=str(place.folder), declares="nothing") as at,
    ):
        await everywhere(at, len(EIGHT))
        took = time.perf_counter() - begun
        answers = await asyncio.gather(*(asked(at, step, Naming(alias)) for alias, step in first.items()))
    failed = [answer for answer in answers if "error" in answer or "sekisho/refusal" in str(answer)]
    if failed:
        raise RuntimeError(f"a call was refused: {failed[0]}")
    return took, time.perf_counter() - begun


async def _together(place: Place) -> float:
    found = await asyncio.gather(
        *(_listing(server.command(place), {**place.env, **server.env(place)}, place) for server in EIGHT.values())
    )
    return max(each.seconds for each in found)


async def _listing(command: Sequence[str], env: Mapping[str, str], place: Place, *, servers: int = 1) -> Listed:
    """Return what it took until tools of so many servers are listed."""
    begun = time.perf_counter()
    async with asyncio.timeout(_SECONDS), opened(command, env=env, root=str(place.folder), declares="nothing") as at:
        await everywhere(at, servers)
        took = time.perf_counter() - begun
        own = behind(command[-1]).own
        return Listed(seconds=took, cpu=cpu_of(own), memory=memory_of(own).own_mb)


def alone_and_ours(alone: Mapping[str, float], together: Sequence[float], ours: Sequence[Listed]) -> Object:
    """Return a start beside the slowest server alone, and beside all of them at once without us."""
    slowest = max(alone, key=lambda alias: alone[alias])
    bare, total = statistics.median(together), statistics.median(each.seconds for each in ours)
    return {
        "slowest_alone": slowest,
        "slowest_alone_ms": round(alone[slowest] * 1000),
        "sum_alone_ms": round(sum(alone.values()) * 1000),
        "all_at_once_without_us_ms": round(bare * 1000),
        "all_behind_us_ms": round(total * 1000),
        "times_the_slowest": round(total / alone[slowest], 2),
        "times_all_at_once": round(total / bare, 2),
        "own_cpu_s": round(statistics.median(each.cpu for each in ours), 2),
        "own_pss_mb": round(statistics.median(each.memory for each in ours), 1),
        "rounds": len(ours),
        "cores": os.cpu_count(),
    }
