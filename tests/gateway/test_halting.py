"""A halt reaches every session within a second, and a resume too."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest

from peers.http_host import HttpHost
from peers.lines import line_host
from peers.loops import run
from peers.messages import call
from peers.places import place, scripted, sekisho, serve
from peers.words import rule_of, text_of
from sekisho.adapters.halt import HaltFlag
from sekisho.engine.events import Halted, Resumed
from sekisho.gateway import halting
from sekisho.gateway.halting import HaltWatch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from sekisho.engine.events import Event
    from sekisho.wire.jsonrpc import JsonObject

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])


def test_the_watch_tells_of_changes_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halting, "_EVERY", 0.01)

    async def work() -> None:
        told: asyncio.Queue[Event] = asyncio.Queue()
        flag = HaltFlag(tmp_path)
        watch = HaltWatch(flag, lambda make: told.put_nowait(make(1.0)))
        watch.start()
        assert told.empty()
        flag.set()
        assert isinstance(await asyncio.wait_for(told.get(), 10), Halted)
        assert watch.halted
        flag.clear()
        assert isinstance(await asyncio.wait_for(told.get(), 10), Resumed)
        watch.stop()
        flag.set()
        await asyncio.sleep(0)
        assert told.empty()

    run(work())


def test_a_halt_that_is_in_force_is_told_at_the_start(tmp_path: Path) -> None:
    async def work() -> None:
        flag = HaltFlag(tmp_path)
        flag.set()
        told: list[Event] = []
        watch = HaltWatch(flag, lambda make: told.append(make(1.0)))
        watch.start()
        watch.stop()
        assert [type(event) for event in told] == [Halted]

    run(work())


def test_a_watch_that_never_started_can_be_stopped(tmp_path: Path) -> None:
    HaltWatch(HaltFlag(tmp_path), lambda _: None).stop()


async def answered(ask: Callable[[JsonObject], Awaitable[JsonObject]], *, halted: bool) -> None:
    """Ask until the halt, or its end, has arrived."""
    async with asyncio.timeout(10):
        number = 0
        while True:
            number += 1
            answer = await ask(call(f"{halted}{number}", "echo", {"text": "x"}))
            if (rule_of(answer) == "halted") == halted:
                return


def test_a_running_stdio_session_is_halted_and_resumed(tmp_path: Path) -> None:
    async def work() -> None:
        at = place(tmp_path)
        async with line_host(*sekisho("run", "--", *scripted(at)), env=at.env) as host:
            await host.open()
            host.send(call("held", "hold"))
            assert text_of(await host.ask(call(1, "echo", {"text": "x"}))) == "x"
            flag = HaltFlag(at.state)
            flag.set()
            assert rule_of(await host.answer("held", seconds=10)) == "halted"
            await answered(host.ask, halted=True)
            flag.clear()
            await answered(host.ask, halted=False)
            await host.until(lambda: [each for each in host.notes if each["method"].endswith("list_changed")])  # type: ignore[union-attr]

    run(work())


def test_every_http_session_is_halted_and_new_ones_are_too(tmp_path: Path) -> None:
    async def work() -> None:
        at = place(tmp_path)
        async with serve(at, "--", *scripted(at)) as served:
            one, two = HttpHost(served.port), HttpHost(served.port)
            await one.open()
            await two.open()
            flag = HaltFlag(at.state)
            flag.set()
            for host in (one, two):
                await answered(host.ask, halted=True)
            late = HttpHost(served.port)
            await late.open()
            assert rule_of(await late.ask(call(1, "echo", {"text": "x"}))) == "halted"
            flag.clear()
            for host in (one, two, late):
                await answered(host.ask, halted=False)

    run(work())


@pytest.mark.skipif(os.name != "posix", reason="POSIX")
def test_the_halt_command_reaches_a_running_session(tmp_path: Path) -> None:
    async def work() -> None:
        at = place(tmp_path)
        async with line_host(*sekisho("run", "--", *scripted(at)), env=at.env) as host:
            await host.open()
            async with line_host(*sekisho("halt"), env=at.env) as command:
                assert await command.close() == 0
            await answered(host.ask, halted=True)

    run(work())


def test_a_session_that_began_in_a_halt_too_short_for_the_watch_is_resumed(tmp_path: Path) -> None:
    async def work() -> None:
        flag = HaltFlag(tmp_path)
        told: list[Event] = []
        watch = HaltWatch(flag, lambda make: told.append(make(1.0)))
        watch.start()
        watch.stop()
        flag.set()
        assert flag.is_set  # as a new session asks
        flag.clear()
        watch.start()
        watch.stop()
        watch.start()
        watch.stop()
        assert [type(event) for event in told] == [Resumed]

    run(work())
