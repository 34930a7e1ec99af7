"""`sekisho release`: approve the one definition that a ticket is about."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.person import insist, typed
from sekisho.cli.screen import note, say, speaks, trouble_is_usage
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.pin.records import Ledger, Pin

__all__ = ["release"]

_WORD: Final = "release"
_DAYS: Final = 30


@click.command()
@click.argument("ticket")
@speaks
def release(ticket: str) -> None:
    r"""Approve the one definition for which a call was refused.

    It is shown first, with what was and what is. The ticket is for exactly the
    text that was refused: when the server shows another one by now, look at it
    with review. A ticket is good for 30 days.

    It takes a terminal and a typed word, with the limit that `resume --help`
    tells.

    \b
    Example:
      sekisho release K7QX2A
    """
    from sekisho.cli.ledgers import open_ledgers  # noqa: PLC0415 - starting fast
    from sekisho.cli.review import decided  # noqa: PLC0415 - as above
    from sekisho.cli.waiting import show_pins, show_server  # noqa: PLC0415 - as above

    with trouble_is_usage(), open_ledgers() as ledgers:
        server, fingerprint = _refused(ledgers.directory, ticket.upper())
        ledger = ledgers.store.ledgers.load(server).ledger
        pin = _waiting(ledger, fingerprint)
        if pin is None:
            note(MessageId.RELEASE_GONE, ticket=ticket)
            sys.exit(1)
        show_server(ledger)
        show_pins(ledger, [pin])
        insist(ledgers.directory, "release", MessageId.ALLOW_NEEDS_PERSON)
        click.echo("")
        say(MessageId.RELEASE_ASK, word=_WORD)
        if not typed(_WORD):
            note(MessageId.ALLOW_NOT_TYPED, word=_WORD)
            sys.exit(1)
        decided(ledgers, server, [(pin.key, fingerprint)], approve=True)
        say(MessageId.REVIEW_DONE, count=1)


def _refused(directory: Path, ticket: str) -> tuple[str, str]:
    """Return the server and the fingerprint of the text that a ticket is about; end this process when it is none."""
    from sekisho.adapters.audit.reader import Filter, Reader  # noqa: PLC0415 - starting fast
    from sekisho.cli.house import audit_directory  # noqa: PLC0415 - as above
    from sekisho.cli.ledgers import today  # noqa: PLC0415 - as above

    reader = Reader(audit_directory(directory))
    found = next(iter(reader.records(Filter(verdict="deny", ticket=ticket), newest_first=True)), None)
    line = found.line if found is not None else None
    fingerprint = line.fields.get("fingerprint") if line is not None else None
    if line is None or not isinstance(fingerprint, str):
        note(MessageId.RELEASE_UNKNOWN, ticket=ticket)
        sys.exit(1)
    if line.t < today() - _DAYS * 86_400_000:
        note(MessageId.RELEASE_EXPIRED, ticket=ticket)
        sys.exit(1)
    return line.server, fingerprint


def _waiting(ledger: Ledger, fingerprint: str) -> Pin | None:
    return next(
        (
            pin
            for pin in ledger.pins.values()
            if pin.waiting is not None and pin.waiting.fingerprint == fingerprint and not pin.waiting.refused
        ),
        None,
    )
