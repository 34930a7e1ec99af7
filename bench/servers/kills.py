"""kill -9 of each server while two hosts keep all of them busy: what is answered, what was done, what is left.

Each host adds rows with numbers of its own to its database, so that a call that was done twice, or was answered as
done and was not, is seen on disk afterwards. Which server is killed when follows from a fixed seed.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sqlite3
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import anyio
from comparison import gateway
from eight import EIGHT, settled
from hosts import Naming, asked, opened
from packages import UnavailableError
from who import behind, is_there

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from faithful.places import Place
    from faithful.scripts import Step
    from faithful.wire import Object
    from mcp.client import Client

__all__ = ["Load", "killed", "left", "prepared", "rows"]

_ROUNDS: Final = 2
_PAUSE: Final = 0.4
_LOOK: Final = 0.02
_LOOKS: Final = 1500
_CALL_SECONDS: Final = 60.0
_USELESS_SECONDS: Final = 3.0
"""How long a connection may give nothing but errors before the host opens another one."""
_WORKERS: Final = 2
"""Calls that each host has open at each server."""
_SEED: Final = 7


class Load:
    """One host that keeps servers busy."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._last = 0
        self.stopped = False
        self.counts: Counter[str] = Counter()
        self.done: set[int] = set()
        """Rows whose insertion was answered well."""
        self.well: Counter[str] = Counter()
        """Calls that were answered well, by server."""
        self.last: dict[str, Object] = {}
        """The last answer that was not, by server."""

    async def run(self, client: Client, aliases: Iterable[str], naming: Naming | None = None) -> None:
        """Call until it is stopped, or until the connection is of no use any more."""
        useless = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for alias in aliases:
                for _ in range(_WORKERS):
                    group.create_task(self._worker(client, alias, naming or Naming(alias), useless))

    async def _worker(self, client: Client, alias: str, naming: Naming, useless: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        well = loop.time()
        while not (self.stopped or useless.is_set()):
            number, step = self._step(alias)
            self.counts["sent"] += 1
            try:
                async with asyncio.timeout(_CALL_SECONDS):
                    answer = await asked(client, step, naming)
            except TimeoutError:
                self.counts["unanswered"] += 1
                continue
            except (anyio.ClosedResourceError, anyio.BrokenResourceError):
                self.counts["reported"] += 1
                useless.set()
                return
            if "error" in answer or answer.get("isError"):
                self.last[alias] = answer
                self.counts["reported"] += 1
                if loop.time() - well > _USELESS_SECONDS:
                    useless.set()
                await asyncio.sleep(0.02)
            else:
                well = loop.time()
                self.counts["answered"] += 1
                self.well[alias] += 1
                self.done |= {number} if alias == "sqlite" else set()

    def _step(self, alias: str) -> tuple[int, Step]:
        self._last += 1
        at = self._place
        thought = {"thought": "x", "nextThoughtNeeded": True, "thoughtNumber": 1, "totalThoughts": 2}
        row = f"INSERT INTO work VALUES ({self._last})"  # noqa: S608 - a number of ours
        calls: dict[str, Object] = {
            "everything": {"name": "echo", "arguments": {"message": str(self._last)}},
            "filesystem": {"name": "read_text_file", "arguments": {"path": str(at.folder / "notes.txt")}},
            "memory": {"name": "read_graph", "arguments": {}},
            "sequential-thinking": {"name": "sequentialthinking", "arguments": thought},
            "git": {"name": "git_log", "arguments": {"repo_path": str(at.repository)}},
            "fetch": {"name": "fetch", "arguments": {"url": f"{at.page}/text"}},
            "time": {"name": "get_current_time", "arguments": {"timezone": "Etc/UTC"}},
            "sqlite": {"name": "write_query", "arguments": {"query": row}},
        }
        return self._last, ("tools/call", calls[alias])


async def killed(places: Sequence[Place]) -> Object:
    """Kill each server of each host, in an order of chance, and count."""
    async with AsyncExitStack() as stack:
        clients = [await _ready(stack, place) for place in places]
        loads = [Load(place) for place in places]
        configurations = [str(place.folder.parent / "sekisho.toml") for place in places]
        running = [asyncio.ensure_future(load.run(client, EIGHT)) for load, client in zip(loads, clients, strict=True)]
        await _all_answer(loads)
        before = [_descriptors(configuration) for configuration in configurations]
        victims = [(place, alias) for place in range(len(places)) for alias in EIGHT] * _ROUNDS
        random.Random(_SEED).shuffle(victims)  # noqa: S311 - an order, not a secret
        for place, alias in victims:
            os.kill(behind(configurations[place]).servers[alias], signal.SIGKILL)
            await asyncio.sleep(_PAUSE)
            await _answers(loads[place], alias)
        for load in loads:
            load.stopped = True
        await asyncio.gather(*running)
        after = [_descriptors(configuration) for configuration in configurations]
        groups = [behind(configuration) for configuration in configurations]
        alive = {pid for group in groups for pid in [*group.own, *group.theirs]}
    counts = sum((load.counts for load in loads), Counter[str]())
    found = [rows(place) for place in places]
    return {
        "kills": len(victims),
        **{key: counts[key] for key in ("sent", "answered", "reported", "unanswered")},
        "executed_twice": sum(count - 1 for each in found for count in each.values()),
        "answered_but_not_executed": sum(len(load.done - set(each)) for load, each in zip(loads, found, strict=True)),
        "processes_left": len(await left(alive)),
        "descriptors_more": sum(max(0, late - early) for early, late in zip(before, after, strict=True)),
    }


async def _ready(stack: AsyncExitStack, place: Place) -> Client:
    prepared(place)
    return await stack.enter_async_context(
        opened(gateway(place), env=place.env, root=str(place.folder), declares="nothing")
    )


def prepared(place: Place) -> None:
    """Make a place as it was, with a table for work."""
    settled(place)
    with contextlib.closing(sqlite3.connect(place.folder / "gates.db")) as database:
        database.execute("CREATE TABLE work (number INTEGER)")
        database.commit()


async def _all_answer(loads: Sequence[Load]) -> None:
    for load in loads:
        for alias in EIGHT:
            await _answers(load, alias)


async def _answers(load: Load, alias: str) -> None:
    """Wait until a server answers well, once more than now."""
    known = load.well[alias]
    for _ in range(_LOOKS):
        if load.well[alias] > known:
            return
        await asyncio.sleep(_LOOK)
    raise UnavailableError(f"{alias} answered nothing well for {_LOOKS * _LOOK:.0f} s: {load.last[alias]}")


def _descriptors(configuration: str) -> int:
    return sum(map(_open, behind(configuration).own))


def _open(pid: int) -> int:
    with contextlib.suppress(FileNotFoundError):  # it ended meanwhile: nothing of it is open
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return 0


def rows(place: Place) -> Counter[int]:
    """Return how often each row was added."""
    with contextlib.closing(sqlite3.connect(place.folder / "gates.db")) as database:
        return Counter(number for (number,) in database.execute("SELECT number FROM work"))


async def left(pids: set[int]) -> set[int]:
    """Return which of these processes are still there after a while."""
    left = pids
    for _ in range(_LOOKS):
        left = {pid for pid in left if is_there(pid)}
        if not left:
            break
        await asyncio.sleep(_LOOK)
    return left
