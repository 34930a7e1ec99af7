"""How long it takes until everything is listed, and what the checkpoint's own processes take of memory."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comparison import gateway
from eight import EIGHT, settled
from hosts import everywhere, opened
from processes import memory_of, tree_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from faithful.places import Place
    from faithful.wire import Object

__all__ = ["own_processes", "servers_of", "started"]

_SECONDS: Final = 30.0


async def started(place: Place, rounds: int) -> Object:
    """Measure starts: each server alone, all eight at once without us, and all eight behind us."""
    settled(place)
    alone: dict[str, float] = {}
    for alias, server in EIGHT.items():
        env = {**place.env, **server.env(place)}
        command = server.command(place)
        alone[alias] = statistics.median([(await _listing(command, env, place))[0] for _ in range(rounds)])
    together = [await _together(place) for _ in range(rounds)]
    ours = [await _listing(gateway(place), place.env, place, servers=len(EIGHT)) for _ in range(rounds)]
    slowest = max(alone, key=lambda alias: alone[alias])
    total = statistics.median(took for took, _ in ours)
    return {
        "slowest_alone": slowest,
        "slowest_alone_ms": round(alone[slowest] * 1000),
        "sum_alone_ms": round(sum(alone.values()) * 1000),
        "all_at_once_without_us_ms": round(statistics.median(together) * 1000),
        "all_behind_us_ms": round(total * 1000),
        "times_the_slowest": round(total / alone[slowest], 2),
        "times_all_at_once": round(total / statistics.median(together), 2),
        "own_pss_mb": round(statistics.median(memory for _, memory in ours), 1),
        "rounds": rounds,
        "cores": os.cpu_count(),
    }


async def _together(place: Place) -> float:
    found = await asyncio.gather(
        *(_listing(server.command(place), {**place.env, **server.env(place)}, place) for server in EIGHT.values())
    )
    return max(took for took, _ in found)


async def _listing(
    command: Sequence[str], env: Mapping[str, str], place: Place, *, servers: int = 1
) -> tuple[float, float]:
    """Return the seconds until tools of so many servers are listed, and the checkpoint's memory then."""
    begun = time.perf_counter()
    async with asyncio.timeout(_SECONDS), opened(command, env=env, root=str(place.folder), declares="nothing") as at:
        await everywhere(at, servers)
        took = time.perf_counter() - begun
        return took, _memory(command[-1])


def _memory(last: str) -> float:
    pids = own_processes(last)
    return memory_of(pids).own_mb if pids else 0.0


def own_processes(configuration: str) -> list[int]:
    """Return the processes of the checkpoint that was started with a configuration, without the servers'."""
    servers = {pid for server in servers_of(configuration).values() for pid in tree_of(server)}
    return [pid for root in _roots(configuration) for pid in tree_of(root) if pid not in servers]


def servers_of(configuration: str) -> dict[str, int]:
    """Return the servers behind a checkpoint by alias."""
    found: dict[str, int] = {}
    for root in _roots(configuration):
        for pid in tree_of(root):
            words = _words(pid)
            for alias, server in EIGHT.items():
                if any(server.name in Path(word).parts for word in words[:3]):
                    found.setdefault(alias, pid)
    return found


def _roots(configuration: str) -> list[int]:
    return [pid for pid in tree_of(os.getpid()) if _words(pid)[-1:] == [configuration]]


def _words(pid: int) -> list[str]:
    try:
        return [os.fsdecode(word) for word in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[:-1]]
    except OSError:
        return []
