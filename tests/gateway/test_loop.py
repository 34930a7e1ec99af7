"""The event loop that a program runs on: uvloop where it is installed, asyncio's own elsewhere."""

from __future__ import annotations

import asyncio
import gc
import importlib.util
from typing import TYPE_CHECKING

import pytest

from sekisho.gateway.loop import run_loop

if TYPE_CHECKING:
    from collections.abc import Iterator


def missing(_name: str) -> None:
    """Find no package."""


@pytest.fixture(params=["uvloop", "asyncio"], autouse=True)
def expected(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if request.param == "asyncio":
        monkeypatch.setattr(importlib.util, "find_spec", missing)
    yield str(request.param)
    gc.unfreeze()
    gc.enable()


async def loop_in_use() -> str:
    return type(asyncio.get_running_loop()).__module__.partition(".")[0]


def test_the_fast_loop_is_used_where_it_is_installed(expected: str) -> None:
    assert run_loop(loop_in_use()) == expected


def test_an_error_of_the_work_comes_out() -> None:
    async def work() -> None:
        await asyncio.sleep(0)
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        run_loop(work())


def test_tasks_that_were_left_behind_are_cancelled() -> None:
    ended: list[str] = []

    async def forgotten() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    async def work() -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(forgotten())
        await asyncio.sleep(0)
        return task

    assert run_loop(work()).cancelled()
    assert ended == ["cancelled"]


def test_a_start_without_collection_ends_here() -> None:
    gc.disable()
    run_loop(loop_in_use())
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
