"""Refusals in the log of `sekisho serve`: a line for each, with the ticket by which a person asks why.

Whoever runs a server behind the checkpoint reads its log, not the audit. Clients can be refused as often as they ask,
so the lines are bounded, and how many were left out is told; the audit has every one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.bounds import Allowance, Meter
from sekisho.model.call_ids import CallId

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sekisho.engine.effects import Record

__all__ = ["RefusalLog"]

_LINE: Final = "refusal"
_LINES: Final = {_LINE: Allowance(60, 1)}


class RefusalLog:
    """Tells of what was refused.

    Args:
        say: takes a message of the catalogue and what belongs into it, and makes it printable.
        clock: monotonic seconds.
    """

    def __init__(self, say: Callable[[CallId, Mapping[str, str | int]], None], clock: Callable[[], float]) -> None:
        self._say = say
        self._clock = clock
        self._meter = Meter(_LINES)
        self._more = 0

    def hear(self, record: Record) -> None:
        """Take a record that is in the audit, and tell of it if it is of a refusal."""
        if record.fields.get("verdict") != "deny":
            return
        if not self._meter.take(_LINE, self._clock()):
            self._more += 1
            return
        if self._more:
            self._say(CallId.LOG_LEFT_OUT, {"count": self._more})
            self._more = 0
        self._say(*_told(record))


def _told(record: Record) -> tuple[CallId, dict[str, str | int]]:
    fields, rule = record.fields, str(record.fields.get("rule", ""))
    if "count" in fields:
        return CallId.LOG_MORE, {"rule": rule, "count": str(fields["count"])}
    if record.kind == "turned-away":
        return CallId.LOG_TURNED_AWAY, {"rule": rule}
    what = " ".join(value for key in ("method", "name") if isinstance(value := fields.get(key), str) and value)
    said: dict[str, str | int] = {"what": what or record.kind, "who": record.who.principal, "rule": rule}
    if "ticket" in fields:
        return CallId.LOG_REFUSED, {**said, "ticket": str(fields["ticket"])}
    return CallId.LOG_REFUSED_PLAINLY, said
