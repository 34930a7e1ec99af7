"""Facts of the world that guards need: where links lead, what names resolve to. Bounded; a fact not had is None."""

from __future__ import annotations

import asyncio
import os
import socket
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from sekisho.gateway.behind.apart import apart
from sekisho.guards.objection import Told, Wanted

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from sekisho.gateway.worker import Worker
    from sekisho.guards.objection import Need

__all__ = ["MOST", "SECONDS", "WORK_SECONDS", "look"]

_T = TypeVar("_T")

SECONDS: Final = 3.0
"""How long may pass until every fact is there."""

WORK_SECONDS: Final = 60.0
"""How long may pass until a worker has done its jobs, those of others before them too: each is bounded by itself."""

MOST: Final = 256
"""Facts for one call; what is asked beyond that is not had."""


async def look(needs: Sequence[Need], worker: Worker | None = None) -> Told:
    """Fetch facts; what fails, or takes too long, is None. Never raises, but for a cancellation.

    Links are followed as the server would follow them, at this moment: whoever changes one between this and the call
    is not seen, which only a sandbox can see (CWE-367).

    Args:
        needs: which facts.
        worker: who does jobs that may take long; without one, they have no answer.
    """
    paths = [need.subject for need in needs if need.wanted is Wanted.REAL_PATH]
    hosts = [need.subject for need in needs if need.wanted is Wanted.ADDRESSES]
    jobs = [need.subject for need in needs if need.wanted is Wanted.WORKER]
    # A network drive or a resolver may hang, so neither is waited for in the loop, nor for long.
    real, found, done = await asyncio.gather(
        _bounded([apart(partial(os.path.realpath, path), SECONDS) for path in paths[:MOST]], SECONDS),
        _bounded([_addresses(host) for host in hosts[:MOST]], SECONDS),
        _bounded([worker.perform(job) for job in jobs[:MOST]] if worker is not None else [], WORK_SECONDS),
    )
    return Told(
        real_paths=dict.fromkeys(paths) | dict(zip(paths, real, strict=False)),
        addresses=dict.fromkeys(hosts) | dict(zip(hosts, found, strict=False)),
        worked=dict.fromkeys(jobs) | dict(zip(jobs, done, strict=False)),
    )


async def _bounded(work: Sequence[Coroutine[None, None, _T]], seconds: float) -> list[_T | None]:
    """Return what each gave; None for one that failed or is not done in time."""
    tasks = [asyncio.ensure_future(each) for each in work]
    if tasks:
        await asyncio.wait(tasks, timeout=seconds)
    return [_result(task) for task in tasks]


def _result(task: asyncio.Future[_T]) -> _T | None:
    if not task.done():
        task.cancel()
        return None
    return None if task.exception() is not None else task.result()


async def _addresses(host: str) -> tuple[str, ...]:
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))
