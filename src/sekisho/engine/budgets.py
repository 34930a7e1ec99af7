"""How many calls of a tool there may be, and how long: counted for each conversation, by the time of the events."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sekisho.policy.calls import terms_of
from sekisho.wire.jsonrpc import serialise
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.model.subject import Who
    from sekisho.policy.calls import CallTerms
    from sekisho.wire.jsonrpc import Request

__all__ = ["Budgets", "Over"]

_KEPT: Final = 4096
"""Conversations and tools that are counted; past that, the one that called longest ago is forgotten."""

_MINUTE: Final = 60.0
_HOUR: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Over:
    """A budget that a call would be over."""

    rule: str
    """The rule by which it is refused."""

    seconds: int = 0
    """After how many seconds it is possible again; 0 if time changes nothing."""


@dataclass(slots=True)
class _Spent:
    times: deque[float] = field(default_factory=deque[float])
    """When calls were let through, in the last hour."""

    calls: int = 0
    """How many there were at all."""


@dataclass(slots=True, eq=False)
class Budgets:
    """What was spent in a session."""

    spent: dict[tuple[str, str, str], _Spent] = field(default_factory=dict[tuple[str, str, str], _Spent])
    """By principal, conversation and tool."""

    def spend(self, calls: Mapping[str, CallTerms], message: Request, who: Who, now: float) -> Over | None:
        """Count a call that is about to be sent; None if it may be, else nothing is counted."""
        if not calls or message.method != "tools/call":
            return None
        params = obj(message.params)
        tool = text(params.get("name")) or ""
        terms = terms_of(calls, tool)
        most = terms.argument_bytes
        if most is not None and len(serialise(params.get("arguments"))) > most:
            return Over("budget-size")
        if terms.per_minute is None and terms.per_hour is None and terms.per_conversation is None:
            return None
        key = who.principal, who.conversation, tool
        spent = self.spent.pop(key, None) or _Spent()
        if len(self.spent) >= _KEPT:
            del self.spent[next(iter(self.spent))]
        self.spent[key] = spent
        over = _over(terms, spent, now)
        if over is None:
            spent.times.append(now)
            spent.calls += 1
        return over


def _over(terms: CallTerms, spent: _Spent, now: float) -> Over | None:
    if terms.per_conversation is not None and spent.calls >= terms.per_conversation:
        return Over("budget-calls")
    while spent.times and spent.times[0] <= now - _HOUR:
        spent.times.popleft()
    waits = [
        spent.times[-most] + window - now
        for most, window in ((terms.per_minute, _MINUTE), (terms.per_hour, _HOUR))
        if most is not None and len(spent.times) >= most and spent.times[-most] > now - window
    ]
    return Over("budget-rate", max(1, math.ceil(max(waits)))) if waits else None
