"""What is decided in one turn of the event loop goes on record with one write, before any of it happens.

A write to the audit costs more than a decision. So the first decision of a turn is recorded and performed at once, and
those that follow in the same turn are recorded together: the order is kept, and nothing happens that is not on record.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from sekisho.adapters.recording import AuditUnavailable
from sekisho.engine.effects import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.engine.effects import Effect
    from sekisho.ports import AuditSink

__all__ = ["Performer", "Turn"]


class Performer(Protocol):
    """Who performs effects: a link."""

    def perform(self, effects: Sequence[Effect]) -> None:
        """Record and perform `effects`, in order."""
        ...

    def act(self, effects: Sequence[Effect]) -> None:
        """Perform `effects`, whose records are written."""
        ...

    def lose(self, effects: Sequence[Effect]) -> None:
        """Refuse what `effects` would have done: they can't be recorded."""
        ...


class Turn:
    """Gathers the effects of all links of a process.

    Args:
        audit: takes the records.
    """

    __slots__ = ("_audit", "_open", "_waiting")

    def __init__(self, audit: AuditSink) -> None:
        self._audit = audit
        self._open = False
        self._waiting: list[tuple[Performer, Sequence[Effect]]] = []

    def take(self, performer: Performer, effects: Sequence[Effect]) -> None:
        """Perform `effects` now, or behind everything else of this turn."""
        if self._open:
            self._waiting.append((performer, effects))
            return
        self._open = True
        asyncio.get_running_loop().call_soon(self._end)
        performer.perform(effects)

    def flush(self) -> None:
        """Perform what waits, now."""
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            self._together(waiting)

    def _end(self) -> None:
        # What comes while the rest is performed stays behind it.
        self.flush()
        self._open = False

    def _together(self, waiting: Sequence[tuple[Performer, Sequence[Effect]]]) -> None:
        records: list[Record] = []
        apart: set[int] = set()
        for place, (_, effects) in enumerate(waiting):
            if not _gather(effects, records):
                apart.add(place)
        try:
            self._audit.append_all(records)
        except AuditUnavailable:
            written = False
        else:
            written = True
        for place, (performer, effects) in enumerate(waiting):
            do = performer.perform if place in apart else performer.act if written else performer.lose
            try:
                do(effects)
            except Exception as error:  # noqa: BLE001 - a fault at one link, of which the others know nothing
                _told(error)


def _told(error: Exception) -> None:
    """Say what went wrong as the event loop says it of what it called itself; whoever waits behind it goes on."""
    context = {"message": "a decision was not performed", "exception": error}
    asyncio.get_running_loop().call_exception_handler(context)


def _gather(effects: Sequence[Effect], records: list[Record]) -> bool:
    """Add the records of `effects`; False, and none, where one has to wait for the disk: such a list does so alone."""
    before = len(records)
    for effect in effects:
        if isinstance(effect, Record):
            if effect.durable:
                del records[before:]
                return False
            records.append(effect)
    return True
