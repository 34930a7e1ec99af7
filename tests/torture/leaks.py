"""Many sessions one after the other, and what is left of them: processes, descriptors, memory."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from peers.http_host import HttpHost
from peers.lines import line_host
from peers.loops import PATIENCE
from peers.messages import call
from peers.places import scripted, sekisho, serve
from peers.processes import below, descriptors, mentioning, pipes, resident, watched
from peers.words import text_of

if TYPE_CHECKING:
    from peers.places import Place

__all__ = ["Left", "after_http_sessions", "after_stdio_runs"]

_WARM: Final = 20
"""Sessions before the first look: allocators and caches grow at first."""

_AT_ONCE: Final = 4


@dataclass(frozen=True, slots=True)
class Left:
    """What is there more than before."""

    sessions: int
    processes: int
    descriptors: int
    memory: int
    """Bytes of resident memory."""


async def after_http_sessions(at: Place, *, count: int) -> Left:
    """Open, use and delete sessions of one `sekisho serve`."""
    async with serve(at, "--", *scripted(at)) as served:
        pid = served.process.pid
        idle = pipes(pid)
        await _sessions(served.port, _WARM)
        await _settled(served.port, pid, idle)
        before = len(below(pid)), descriptors(pid), resident(pid)
        await _sessions(served.port, count)
        await _settled(served.port, pid, idle)
        after = len(below(pid)), descriptors(pid), resident(pid)
    return Left(count, *(now - then for now, then in zip(after, before, strict=True)))


async def _sessions(port: int, count: int) -> None:
    for start in range(0, count, _AT_ONCE):
        await asyncio.gather(*(_session(port, number) for number in range(start, min(start + _AT_ONCE, count))))


async def _session(port: int, number: int) -> None:
    host = HttpHost(port)
    await host.open()
    assert text_of(await host.ask(call(number, "echo", {"text": f"{number}"}))) == f"{number}"
    assert await host.delete() == 200


async def _settled(port: int, pid: int, idle: int) -> None:
    """Wait until the children of ended sessions are gone (all but the warden itself), and their pipes with them.

    That a child is dead reaches the server by way of the warden: each request that it answers meanwhile is a turn of
    its loop in which it may hear of it.
    """
    for child in below(pid)[1:]:
        with suppress(ProcessLookupError), watched(child) as dead:
            await asyncio.to_thread(dead)
    async with asyncio.timeout(PATIENCE):
        await HttpHost(port).delete()
        while pipes(pid) > idle:
            await HttpHost(port).delete()


async def after_stdio_runs(at: Place, *, count: int) -> Left:
    """Run `sekisho run` to its end again and again."""
    before = descriptors(os.getpid())
    for number in range(count):
        async with line_host(*sekisho("run", "--", *scripted(at)), env=at.env) as host:
            await host.open()
            assert text_of(await host.ask(call(1, "echo", {"text": f"{number}"}))) == f"{number}"
            assert await host.close(seconds=PATIENCE) == 0
    return Left(count, len(mentioning(str(at.folder))), descriptors(os.getpid()) - before, 0)
