"""Group commit: one thread that puts what was appended on disk, for all who wait together.

`GroupSync` calls its `Job`: `flush` (everything appended so far reaches the disk), then the waiters are told in their
event loop, then `seal`. Ordinary entries wait for at most one interval, a durable one starts the round at once;
those that arrive while a round runs share the next. A failed round tells its waiters and sets `fault`, under which
nothing is accepted until `mend` and a whole round have worked.
"""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sekisho.adapters.audit.errors import AuditUnavailable, unavailable

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, TimerHandle

Then = Callable[[AuditUnavailable | None], None]
"""What a waiter is told: None when its entry is on disk, else why it is not."""


class Job(Protocol):
    """What a round does. All three run on the sync thread, without the lock, and raise OSError when they fail."""

    @property
    def where(self) -> str:
        """The file, for error texts."""
        ...

    def flush(self) -> None:
        """Put everything appended so far on disk."""
        ...

    def seal(self, *, last: bool) -> None:
        """Record how far the last flush came; `last` says that nothing follows."""
        ...

    def mend(self) -> None:
        """Get ready for new entries after a fault."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The times and counts of a `GroupSync`."""

    interval_s: float = 0.1
    """Longest time that an ordinary entry waits for its round, in seconds."""
    patience_s: float = 10.0
    """A waiter is told that the disk does not answer after this many seconds."""
    retry_s: float = 1.0
    """Time between attempts to mend, in seconds."""
    close_s: float = 5.0
    """Bound of `close`, in seconds."""
    waiting: int = 4096
    """More waiters than this are refused."""


class _Waiter:
    __slots__ = ("loop", "then", "timer")

    def __init__(self, then: Then, loop: AbstractEventLoop) -> None:
        self.then: Then | None = then
        self.loop = loop
        self.timer: TimerHandle | None = None

    def tell(self, error: AuditUnavailable | None) -> None:
        """Tell it once; runs in its loop."""
        then, self.then = self.then, None
        if self.timer is not None:
            self.timer.cancel()
        if then is not None:
            then(error)


class GroupSync:
    """The thread and those who wait for it."""

    def __init__(self, job: Job, lock: threading.Condition, *, pace: Pace) -> None:
        self.lock = lock
        """Guards the state of the job and of this object; held for microseconds only."""
        self.fault: OSError | None = None
        """Why nothing is accepted now."""
        self._job = job
        self._pace = pace
        self._waiters: list[_Waiter] = []
        self._dirty = False
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="sekisho-audit-sync", daemon=True)

    def start(self) -> None:
        """Start the thread; its first round runs at once."""
        self._dirty = True
        self._thread.start()

    def touch(self) -> None:
        """Say that something was appended. The caller holds the lock."""
        if not self._dirty:
            self._dirty = True
            self.lock.notify()

    def full(self) -> bool:
        """Say whether no more waiters are taken. The caller holds the lock."""
        return len(self._waiters) >= self._pace.waiting

    def wait_for(self, then: Then, loop: AbstractEventLoop) -> None:
        """Tell `then`, in its loop, when all that was appended up to now is on disk, or why not.

        The caller holds the lock and runs in the loop.
        """
        waiter = _Waiter(then, loop)
        waiter.timer = loop.call_later(self._pace.patience_s, self._give_up, waiter)
        self._waiters.append(waiter)
        self._dirty = True
        self.lock.notify()

    def fail(self, error: OSError) -> None:
        """Set the fault. The caller holds the lock."""
        self.fault = error
        self.lock.notify()

    def close(self) -> bool:
        """Run a last round and end the thread; False when that did not work within the bound."""
        with self.lock:
            self._stopping = True
            self.lock.notify()
        self._thread.join(self._pace.close_s)
        return not self._thread.is_alive() and self.fault is None

    def _give_up(self, waiter: _Waiter) -> None:
        waiter.tell(
            AuditUnavailable(
                f"The audit record did not reach the disk within {self._pace.patience_s:g} s",
                where=self._job.where,
                next_step="Look at the load and the health of that disk.",
            )
        )

    def _run(self) -> None:
        stopping = False
        while not stopping:
            with self.lock:
                self._await_work()
                stopping = self._stopping
                waiters, self._waiters = self._waiters, []
                self._dirty = False
            self._round(waiters, last=stopping)

    def _await_work(self) -> None:
        if self.fault is not None and not self._stopping:
            self.lock.wait(self._pace.retry_s)
            return
        while not (self._dirty or self._stopping or self.fault):
            self.lock.wait()
        end = time.monotonic() + self._pace.interval_s
        while not (self._waiters or self._stopping or self.fault):
            left = end - time.monotonic()
            if left <= 0:
                break
            self.lock.wait(left)

    def _round(self, waiters: list[_Waiter], *, last: bool) -> None:
        before = self.fault
        try:
            if before is not None:
                self._job.mend()
            self._job.flush()
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing was proved to be on disk
            _tell_all(waiters, unavailable(self._broken(error), self._job.where))
            return
        _tell_all(waiters, None)
        try:
            self._job.seal(last=last)
        except Exception as error:  # noqa: BLE001 - as above
            self._broken(error)
            return
        with self.lock:
            if self.fault is before:  # a new one may have come while this round ran
                self.fault = None
                self.lock.notify_all()

    def _broken(self, error: Exception) -> OSError:
        fault = error if isinstance(error, OSError) else OSError(errno.EIO, f"internal error ({type(error).__name__})")
        with self.lock:
            self.fault = fault
            self.lock.notify_all()
        return fault


def _tell_all(waiters: list[_Waiter], error: AuditUnavailable | None) -> None:
    by_loop: dict[AbstractEventLoop, list[_Waiter]] = {}
    for waiter in waiters:
        by_loop.setdefault(waiter.loop, []).append(waiter)
    for loop, group in by_loop.items():
        with suppress(RuntimeError):  # the loop is closed: nobody is left to be told
            loop.call_soon_threadsafe(_tell_group, loop, group, error)


def _tell_group(loop: AbstractEventLoop, group: list[_Waiter], error: AuditUnavailable | None) -> None:
    for waiter in group:
        loop.call_soon(waiter.tell, error)  # each on its own: one that raises does not keep the next from hearing
