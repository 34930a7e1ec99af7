"""All eight behind entries of one broker: each host starts `sekisho run --entry NAME` for every server.

Hosts are processes of their own, because the broker tells them apart by that. A host whose entry ends, or whose
broker has to be greeted again, opens that entry anew, as hosts do.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import random
import signal
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from comparison import heard
from eight import EIGHT, configuration
from hosts import Naming, everywhere, opened
from kills import Load, left, prepared, rows
from packages import UnavailableError
from processes import cpu_of, memory_of
from starting import Listed, alone_and_ours
from who import broker, relays

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from comparison import Host
    from faithful.places import Place
    from faithful.wire import Object

__all__ = ["User", "user"]

_SHARED: Final = ("HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME")
_ROUNDS: Final = 2
_PAUSE: Final = 0.4
_LOOK: Final = 0.02
_LOOKS: Final = 1500
_SEED: Final = 11


class User:
    """One user with a broker.

    Args:
        places: of the two hosts; the broker is at home in the first.
    """

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        self._shared = {name: places[0].env[name] for name in _SHARED}

    async def hear(self, hosts: Sequence[Host]) -> Sequence[Object]:
        """Return what each host hears, all at once."""
        loop = asyncio.get_running_loop()
        with ProcessPoolExecutor(len(hosts), multiprocessing.get_context("spawn")) as pool:
            return await asyncio.gather(
                *(loop.run_in_executor(pool, _heard, *host, {**host[0].env, **self._shared}) for host in hosts)
            )

    async def started(self, rounds: int, alone: Mapping[str, float], together: Sequence[float]) -> Object:
        """Measure the start of all eight entries, the broker's included, and what they take of memory."""
        ours: list[Listed] = []
        each: list[float] = []
        for _ in range(rounds):
            await self.end()
            listed, relay_mb = await self._start()
            ours.append(listed)
            each.append(relay_mb)
        return {**alone_and_ours(alone, together, ours), "relay_pss_mb": round(statistics.median(each), 1)}

    async def _start(self) -> tuple[Listed, float]:
        begun = time.perf_counter()
        place = self._places[0]
        async with asyncio.TaskGroup() as group:
            leave = asyncio.Event()
            waiting = [asyncio.Event() for _ in EIGHT]
            for alias, there in zip(EIGHT, waiting, strict=True):
                group.create_task(self._entry(place, alias, there, leave))
            for there in waiting:
                await there.wait()
            took = time.perf_counter() - begun
            below = [pid for alias in EIGHT for pid in relays(alias)]
            own = broker(self._shared["HOME"]).own
            listed = Listed(seconds=took, cpu=cpu_of([*own, *below]), memory=memory_of(own).own_mb)
            relay_mb = memory_of(below).own_mb / len(EIGHT)
            leave.set()
        return listed, relay_mb

    async def _entry(self, place: Place, alias: str, there: asyncio.Event, leave: asyncio.Event) -> None:
        async with opened(
            _command(place, alias), env=self._env(place), root=str(place.folder), declares="nothing"
        ) as at:
            await everywhere(at, 1)
            there.set()
            await leave.wait()

    async def killed(self) -> Object:
        """Kill servers, relays and the broker in an order of chance while all entries are busy, and count."""
        place = self._places[0]
        prepared(place)
        loads = {alias: Load(place) for alias in EIGHT}
        running = [asyncio.ensure_future(self._busy(place, alias, load)) for alias, load in loads.items()]
        for alias, load in loads.items():
            await _answers(load, alias)
        victims = [(kind, alias) for kind in ("server", "relay") for alias in EIGHT] + [("broker", "")] * 4
        victims = victims * _ROUNDS
        random.Random(_SEED).shuffle(victims)  # noqa: S311 - an order, not a secret
        for kind, alias in victims:
            self._kill(kind, alias)
            await asyncio.sleep(_PAUSE)
            for each in [alias] if alias else EIGHT:
                await _answers(loads[each], each)
        for load in loads.values():
            load.stopped = True
        await asyncio.gather(*running)
        group = broker(self._shared["HOME"])
        below = {pid for alias in EIGHT for pid in relays(alias)} | group.theirs
        return self._counted(place, loads, victims, len(await left(below)))

    def _counted(
        self, place: Place, loads: Mapping[str, Load], victims: Sequence[tuple[str, str]], remaining: int
    ) -> Object:
        counts = {key: sum(load.counts[key] for load in loads.values()) for key in ("sent", "answered", "reported")}
        added = rows(place)
        return {
            "kills": len(victims),
            **{f"{kind}_kills": sum(each == kind for each, _ in victims) for kind in ("server", "relay", "broker")},
            **counts,
            "unanswered": sum(load.counts["unanswered"] for load in loads.values()),
            "reopened": sum(load.counts["reopened"] for load in loads.values()),
            "executed_twice": sum(count - 1 for count in added.values()),
            "answered_but_not_executed": len(loads["sqlite"].done - set(added)),
            "processes_left": remaining,
        }

    def _kill(self, kind: str, alias: str) -> None:
        group = broker(self._shared["HOME"])
        match kind:
            case "server":
                victim = [group.servers[alias]] if alias in group.servers else []
            case "relay":
                victim = relays(alias)
            case _:
                victim = group.own[:1]
        for pid in victim:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    async def _busy(self, place: Place, alias: str, load: Load) -> None:
        """Keep one entry busy; open it anew when it is of no use any more."""
        while not load.stopped:
            with contextlib.suppress(Exception):
                async with opened(
                    _command(place, alias), env=self._env(place), root=str(place.folder), declares="nothing"
                ) as client:
                    await load.run(client, [alias], Naming())
            load.counts["reopened"] += not load.stopped

    async def end(self) -> None:
        """End the broker."""
        own = broker(self._shared["HOME"]).own
        for pid in own:  # one that is starting is two for a moment
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        if remaining := await left(set(own)):
            raise UnavailableError(f"{remaining} of the broker did not end")

    def _env(self, place: Place) -> dict[str, str]:
        return {**place.env, **self._shared}


@contextmanager
def user(places: Sequence[Place]) -> Generator[User]:
    """Yield a user whose broker ends with the block."""
    it = User(places)
    try:
        yield it
    finally:
        asyncio.run(it.end())


def _command(place: Place, alias: str) -> list[str]:
    return [sys.executable, "-m", "sekisho", "run", "--entry", alias, "--config", str(configuration(place))]


def _heard(place: Place, declares: str, env: Mapping[str, str]) -> Object:
    return asyncio.run(_by_entries(place, declares, env))


async def _by_entries(place: Place, declares: str, env: Mapping[str, str]) -> Object:
    found: Object = {}
    async with AsyncExitStack() as stack:
        clients = {
            alias: await stack.enter_async_context(
                opened(_command(place, alias), env=env, root=str(place.folder), declares=declares)
            )
            for alias in EIGHT
        }
        for alias, client in clients.items():
            found |= await heard(client, alias, place, declares, Naming())
    return found


async def _answers(load: Load, alias: str) -> None:
    known = load.well[alias]
    for _ in range(_LOOKS):
        if load.well[alias] > known:
            return
        await asyncio.sleep(_LOOK)
    raise UnavailableError(f"{alias} answered nothing well for {_LOOKS * _LOOK:.0f} s: {load.last.get(alias)}")
