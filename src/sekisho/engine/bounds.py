"""What a server may send, counted.

Every kind of traffic that a server can start by itself has an allowance that refills with time.
The allowances are far above what honest servers need, and a server that exceeds one is quarantined, alone:
its process ends, its open calls are refused, and the others go on (a flood costs the host's memory and the user's
patience, and hides what happens beside it).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEFAULT_ALLOWANCES", "Allowance", "Meter"]


@dataclass(frozen=True, slots=True)
class Allowance:
    """A token bucket."""

    burst: int
    """How many at once."""

    per_second: float
    """How fast it refills."""


DEFAULT_ALLOWANCES: Final[Mapping[str, Allowance]] = {
    "notifications/progress": Allowance(20_000, 2_000),
    "notifications/message": Allowance(20_000, 2_000),
    "notifications/tools/list_changed": Allowance(100, 2),
    "notifications/prompts/list_changed": Allowance(100, 2),
    "notifications/resources/list_changed": Allowance(100, 2),
    "notifications/resources/updated": Allowance(5_000, 200),
    "notifications/elicitation/complete": Allowance(100, 2),
    "notifications/cancelled": Allowance(5_000, 200),
    "sampling/createMessage": Allowance(100, 2),
    "elicitation/create": Allowance(50, 1),
    "roots/list": Allowance(200, 5),
    "ping": Allowance(200, 5),
    "unknown-answer": Allowance(200, 5),
    "unknown-method": Allowance(200, 5),
    "garbled": Allowance(10_000, 500),
}
"""The default for each kind; `garbled` is generous because real servers print logs to their standard output."""

_OTHER: Final = Allowance(1_000, 100)


class Meter:
    """Counts by kind against the allowances."""

    __slots__ = ("_allowances", "_left")

    def __init__(self, allowances: Mapping[str, Allowance] = DEFAULT_ALLOWANCES) -> None:
        self._allowances = allowances
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, kind: str, now: float) -> bool:
        """Count one of `kind`; False when the allowance is used up. Kinds are a closed set: unknown ones share one."""
        allowance = self._allowances.get(kind)
        if allowance is None:
            kind, allowance = "", _OTHER
        left, since = self._left.get(kind, (float(allowance.burst), now))
        left = min(allowance.burst, left + (now - since) * allowance.per_second)
        if left < 1:
            return False
        self._left[kind] = (left - 1, now)
        return True
