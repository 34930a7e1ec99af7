"""Work in a thread of its own that nobody waits for at the end: files may lie on a drive that hangs."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["apart"]

_T = TypeVar("_T")


async def apart(work: Callable[[], _T], seconds: float) -> _T:
    """Return what `work` returns, or raise what it raises.

    Args:
        work: is done in another thread, to its end even when nobody waits any more.
        seconds: how long that may take.

    Raises:
        TimeoutError: it took longer.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[_T] = loop.create_future()

    def settle(found: _T | None, error: Exception | None) -> None:
        if done.done():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(found)  # pyright: ignore[reportArgumentType] - without an error it is there

    def run() -> None:
        found: _T | None = None
        error: Exception | None = None
        try:
            found = work()
        except Exception as raised:  # noqa: BLE001 - it is raised where it is waited for
            error = raised
        with suppress(RuntimeError):  # the loop is closed: nobody waits
            loop.call_soon_threadsafe(settle, found, error)

    Thread(target=run, name="code", daemon=True).start()
    return await asyncio.wait_for(done, seconds)
