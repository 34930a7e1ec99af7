"""However Sekisho ends, nothing that it started outlives it."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from peers.http_host import HttpHost
from peers.lines import line_host
from peers.loops import run
from peers.messages import call
from peers.places import place, scripted, sekisho, serve
from peers.processes import below, watched
from peers.words import text_of

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the warden purges on Linux only"),
    pytest.mark.allow_hosts(["127.0.0.1", "::1"]),
]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_run_leaves_neither_its_child_nor_what_that_one_left_behind(tmp_path: Path, number: int) -> None:
    async def work() -> None:
        at = place(tmp_path)
        async with line_host(*sekisho("run", "--", *scripted(at)), env=at.env) as host:
            await host.open()
            orphan = int(text_of(await host.ask(call(1, "orphan"))))
            family = below(host.pid)
            assert orphan in family
            with watched(*family) as all_dead:
                os.kill(host.pid, number)
                all_dead()

    run(work())


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_serve_leaves_no_child_of_any_session(tmp_path: Path, number: int) -> None:
    async def work() -> None:
        at = place(tmp_path)
        async with AsyncExitStack() as stack:
            served = await stack.enter_async_context(serve(at, "--", *scripted(at)))
            orphans: list[int] = []
            for _ in range(3):
                host = HttpHost(served.port)
                await host.open()
                orphans.append(int(text_of(await host.ask(call(1, "orphan")))))
            family = below(served.process.pid)
            assert set(orphans) <= set(family)
            with watched(*family) as all_dead:
                os.kill(served.process.pid, number)
                all_dead()

    run(work())


def test_the_end_of_a_session_ends_its_child_and_what_that_one_left_behind(tmp_path: Path) -> None:
    async def work() -> None:
        at = place(tmp_path)
        async with serve(at, "--", *scripted(at)) as served:
            before = set(below(served.process.pid))
            host, other = HttpHost(served.port), HttpHost(served.port)
            await other.open()
            kept = set(below(served.process.pid)) - before
            await host.open()
            await host.ask(call(1, "orphan"))
            family = set(below(served.process.pid)) - before - kept
            assert family
            with watched(*family) as all_dead:
                assert await host.delete() == 200
                all_dead()
            assert kept <= set(below(served.process.pid))
            assert text_of(await other.ask(call(1, "echo", {"text": "still here"}))) == "still here"

    run(work())
