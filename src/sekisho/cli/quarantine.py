"""`sekisho quarantine`: take a server out of use, and let it back in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.person import insist, typed
from sekisho.cli.screen import note, say, speaks, trouble_is_usage
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from sekisho.cli.ledgers import Ledgers
    from sekisho.pin.records import Ledger

__all__ = ["quarantine"]

_WORD: Final = "lift"


@click.command()
@click.argument("server")
@click.option("--reason", metavar="TEXT", help="Why; shown with every look at the server.")
@click.option("--lift", is_flag=True, help="Let it back in. Only a person may.")
@speaks
def quarantine(server: str, reason: str | None, *, lift: bool) -> None:
    r"""Take a server out of use: nothing of it passes, and it is not started.

    Running sessions with it end within a second, what they were asked is refused.
    What was approved of it and what is on record stay as they are. Anybody may do
    this; letting it back in takes a person, as `resume --help` tells.

    \b
    Examples:
      sekisho quarantine github --reason "sent mail that nobody asked for"
      sekisho quarantine github --lift
    """
    if lift is (reason is not None):
        raise click.UsageError("Say why with --reason TEXT, or let the server back in with --lift.")
    from sekisho.cli.ledgers import open_ledgers  # noqa: PLC0415 - starting fast

    with trouble_is_usage(), open_ledgers() as ledgers:
        ledger = ledgers.named(server)
        if reason is not None:
            _put(ledgers, ledger, reason)
        else:
            _lift(ledgers, ledger)


def _put(ledgers: Ledgers, ledger: Ledger, reason: str) -> None:
    from sekisho.pin import review as decisions  # noqa: PLC0415 - starting fast

    if ledger.quarantine is not None:
        say(MessageId.QUARANTINE_ALREADY, server=ledger.server, reason=ledger.quarantine)
        return
    ledgers.decide(ledger.server, "quarantine", lambda kept: decisions.quarantine(kept, reason))
    say(MessageId.QUARANTINE_DONE, server=ledger.server)


def _lift(ledgers: Ledgers, ledger: Ledger) -> None:
    from sekisho.pin import review as decisions  # noqa: PLC0415 - starting fast

    if ledger.quarantine is None:
        say(MessageId.QUARANTINE_NOT, server=ledger.server)
        return
    insist(ledgers.directory, "quarantine-lift", MessageId.ALLOW_NEEDS_PERSON)
    say(MessageId.QUARANTINE_ASK, server=ledger.server, reason=ledger.quarantine, word=_WORD)
    if not typed(_WORD):
        note(MessageId.ALLOW_NOT_TYPED, word=_WORD)
        sys.exit(1)
    ledgers.decide(ledger.server, "quarantine-lifted", decisions.end_quarantine)
    say(MessageId.QUARANTINE_LIFTED, server=ledger.server)
