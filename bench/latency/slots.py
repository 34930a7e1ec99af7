"""One measured slot: the load clients fill a `Tally`, which becomes a `Slot` with its figures."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from processes import spent

if TYPE_CHECKING:
    from collections.abc import Callable

    from processes import Clock

ANSWER_SECONDS: Final = 20.0
"""How long one answer may take; the slowest peer needs 0.4 s on a busy machine."""
WIDTH: Final = 32
"""Calls in flight, or connections, of the loaded slots."""
_WARM_CALLS: Final = 20
_WARM_SHARE: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The figures of one slot."""

    p50_us: float
    """Median time from before the send to after the whole answer."""
    p99_us: float
    """99th percentile of the same; noise on a shared machine."""
    calls: int
    """Answered and checked calls."""
    calls_per_s: float
    """Calls by wall time, the client's own work included."""
    cpu_us: float
    """CPU time of the target's own processes per call."""


class Tally:
    """Counts the calls of one slot; the first few calls (at most 20, at most a fifth of the time) warm up."""

    def __init__(self, *, seconds: float, clock: Callable[[], Clock]) -> None:
        """Start to warm up. `clock` reads the CPU time of the processes under test."""
        self._seconds = seconds
        self._clock = clock
        self._warm_until = time.perf_counter() + seconds * _WARM_SHARE
        self._warm_calls = 0
        self._times: list[float] = []
        self._before: Clock = {}
        self._start = 0.0

    def warming(self) -> bool:
        """Whether the next call still warms up; the last such question opens the measured part."""
        if self._start:
            return False
        if self._warm_calls < _WARM_CALLS and (not self._warm_calls or time.perf_counter() < self._warm_until):
            self._warm_calls += 1
            return True
        self.open()
        return False

    def open(self) -> None:
        """Begin the measured part."""
        self._before = self._clock()
        self._start = time.perf_counter()

    def running(self) -> bool:
        """Whether the measured part still has time for another call."""
        return not self._start or time.perf_counter() - self._start < self._seconds

    def add(self, seconds: float) -> None:
        """Count one checked call."""
        self._times.append(seconds)

    def slot(self) -> Slot:
        """Close the slot; it has at least one call."""
        wall = time.perf_counter() - self._start
        nanoseconds = spent(self._before, self._clock())
        times = sorted(self._times)
        count = len(times)
        return Slot(
            p50_us=times[count // 2] * 1e6,
            p99_us=times[min(count - 1, count * 99 // 100)] * 1e6,
            calls=count,
            calls_per_s=count / wall,
            cpu_us=nanoseconds / 1e3 / count,
        )
