"""Work in a thread that nobody waits for at the end: files may lie on a drive that hangs.

The threads of an executor are joined when the interpreter ends, so one hanging drive would keep a gateway for ever.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Lanes", "apart"]

_T = TypeVar("_T")

_MOST: Final = 16
"""Threads at most; where all of them hang, what comes later waits behind them until it is given up."""


class Lanes:
    """Threads that stay: as many as there was work at once.

    Args:
        most: how many at most.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._jobs: SimpleQueue[Callable[[], object]] = SimpleQueue()
        self._lock = Lock()
        self._open = 0
        self._threads = 0

    def do(self, job: Callable[[], object]) -> None:
        """Have a job done, which raises nothing, as soon as a thread is free.

        Raises:
            RuntimeError: the system starts no thread, and there is none; the job is not done.
        """
        with self._lock:
            if self._threads < min(self._open + 1, self._most):
                self._start()
            self._open += 1
        self._jobs.put(job)

    def _start(self) -> None:
        """Start one more; where there are some, they do without it."""
        try:
            Thread(target=self._run, name="apart", daemon=True).start()
        except RuntimeError:
            if not self._threads:
                raise
        else:
            self._threads += 1

    def _run(self) -> None:
        while True:
            self._jobs.get()()
            with self._lock:
                self._open -= 1


_LANES: Final = Lanes()


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

    _LANES.do(run)
    return await asyncio.wait_for(done, seconds)
