"""From the engine's records to the audit's entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.adapters.audit import AuditUnavailable, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sekisho.adapters.audit import AuditLog
    from sekisho.engine.effects import Record

__all__ = ["AuditUnavailable", "Recorder", "unheard"]


def unheard(_: Record) -> None:
    """Make nothing of a record."""


class Recorder:
    """The `AuditSink` of a process: every link writes to the same chain.

    Args:
        log: the chain of this process.
        heard: is given each record that was written.
    """

    def __init__(self, log: AuditLog, heard: Callable[[Record], None] = unheard) -> None:
        self._log = log
        self._heard = heard

    @property
    def head(self) -> tuple[str, int]:
        """The id of the chain's writer, and how many of its records are sealed."""
        return self._log.writer, self._log.sealed

    def append(self, record: Record) -> None:
        """Write `record`; it survives a crash of this process when this returns.

        Raises:
            AuditUnavailable: nothing may pass.
        """
        self._log.append(_entry(record))
        self._heard(record)

    def append_all(self, records: Sequence[Record]) -> None:
        """Write `records` with one write: all of them, or none.

        Raises:
            AuditUnavailable: nothing may pass.
        """
        self._log.append_all([_entry(record) for record in records])
        for record in records:
            self._heard(record)

    def append_durable(self, record: Record, then: Callable[[bool], None]) -> None:
        """Write `record` and tell `then` whether it reached the disk.

        Raises:
            AuditUnavailable: as `append`.
        """
        self._log.append_durable(_entry(record), lambda error: then(error is None))
        self._heard(record)


def _entry(record: Record) -> Entry:
    return Entry(
        kind=record.kind,
        principal=record.who.principal,
        conversation=record.who.conversation,
        server=record.server,
        fields=record.fields,
        values=record.values,
    )
