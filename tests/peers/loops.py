"""Running a test's coroutine: bounded, on either event loop, and what a loop would only log fails the test."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Final, TypeVar

import uvloop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

__all__ = ["LOOPS", "PATIENCE", "run", "until"]

_T = TypeVar("_T")

LOOPS: Final = {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}

PATIENCE: Final = 20.0
"""Seconds that one wait of a test may take on a busy machine."""


def run(work: Coroutine[None, None, _T], *, loop: str = "asyncio", seconds: float = 45.0) -> _T:
    """Run `work`; a task that failed unseen fails the test."""
    failures: list[dict[str, object]] = []

    async def main() -> _T:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context))
        async with asyncio.timeout(seconds):
            result = await work
        for _ in range(3):
            await asyncio.sleep(0)  # what was just closed says so in the next turns
        gc.collect()
        return result

    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        result = runner.run(main())
    assert not failures, failures
    return result


async def until(changed: asyncio.Event, condition: Callable[[], object], *, seconds: float = PATIENCE) -> None:
    """Wait until `condition` holds; `changed` is set whenever it might have come to hold."""
    try:
        async with asyncio.timeout(seconds):
            while not condition():
                changed.clear()
                await changed.wait()
    except TimeoutError:
        raise AssertionError(f"it did not come to hold within {seconds:g} s") from None
