"""How fast one client may ask: an allowance for each principal that fills up with time.

A client that asks faster is told to wait, and nothing of what it said is read. The others notice nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.bounds import Allowance, Meter
from sekisho.gateway.http_gate import Turned

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Pace"]

_REQUEST: Final = "request"
_TOO_FAST: Final = Turned(
    status=429,
    rule="too-many-requests",
    message="Sekisho: this client sends more requests than its server takes from it; wait a second, and send fewer",
)


class Pace:
    """The allowances of all clients of one face.

    How many clients there are is bounded by the gate, which knows each by a credential.

    Args:
        rate: requests in a second; as many may come at once.
        clock: monotonic seconds.
    """

    def __init__(self, rate: int, clock: Callable[[], float]) -> None:
        self._allowances = {_REQUEST: Allowance(rate, rate)}
        self._clock = clock
        self._meters: dict[str, Meter] = {}

    def objection(self, principal: str) -> Turned | None:
        """Return why a client has to wait; None for a request that may come, which is counted."""
        meter = self._meters.get(principal)
        if meter is None:
            meter = self._meters[principal] = Meter(self._allowances)
        return None if meter.take(_REQUEST, self._clock()) else _TOO_FAST
