"""`sekisho release`: let pass what a ticket is about: one call or result, once, or one definition."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.layout import folded_lines, local
from sekisho.cli.person import insist, typed
from sekisho.cli.screen import note, say, speaks, trouble_is_usage, words
from sekisho.model.call_ids import CallId
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from sekisho.adapters.audit.reader import Record
    from sekisho.cli.ledgers import Ledgers
    from sekisho.cli.refused import RefusedCall
    from sekisho.pin.records import Ledger, Pin

__all__ = ["release"]

_WORD: Final = "release"
_DAYS: Final = 30
_MINUTES: Final = 10


@click.command()
@click.argument("ticket")
@speaks
def release(ticket: str) -> None:
    r"""Let pass what a ticket is about: one call or result, once, or one definition.

    A refused call may pass once within 10 minutes: the same tool of the same server,
    with exactly the arguments that were refused, for whom it was refused. What a
    path or a name leads to by then is not bound.

    A result that was held passes once within 10 minutes, when the same call is made
    again: as it was kept, without asking the server another time; or, where it was
    not kept, if the server gives the same result again.

    A definition is shown first, with what was and what is. The ticket is for
    exactly the text that was refused: when the server shows another one by now,
    look at it with review. A ticket is good for 30 days.

    It takes a terminal and a typed word, with the limit that `resume --help`
    tells.

    \b
    Example:
      sekisho release K7QX2A
    """
    from sekisho.cli.ledgers import open_ledgers  # noqa: PLC0415 - starting fast
    from sekisho.cli.refused import call_of, with_ticket  # noqa: PLC0415 - as above

    ticket = ticket.upper()
    with trouble_is_usage(), open_ledgers() as ledgers:
        record = with_ticket(ledgers.directory, ticket)
        call = call_of(record) if record is not None else None
        fingerprint = record.line.fields.get("fingerprint") if record is not None else None
        if record is None or (call is None and not isinstance(fingerprint, str)):
            note(MessageId.RELEASE_UNKNOWN, ticket=ticket)
            sys.exit(1)
        _still_good(record, ticket)
        if call is not None:
            _call(ledgers, call)
        else:
            _definition(ledgers, ticket, record.line.server, str(fingerprint))


def _still_good(record: Record, ticket: str) -> None:
    """End this process when a ticket is too old."""
    from sekisho.cli.ledgers import today  # noqa: PLC0415 - starting fast

    if record.line.t < today() - _DAYS * 86_400_000:
        note(MessageId.RELEASE_EXPIRED, ticket=ticket)
        sys.exit(1)


def _call(ledgers: Ledgers, call: RefusedCall) -> None:
    """Let a call, or its result, pass once."""
    from sekisho.cli.house import principal  # noqa: PLC0415 - starting fast
    from sekisho.cli.ledgers import today  # noqa: PLC0415 - as above
    from sekisho.cli.records import server_name  # noqa: PLC0415 - as above
    from sekisho.cli.why import show_rules  # noqa: PLC0415 - as above
    from sekisho.ports import Release  # noqa: PLC0415 - as above

    if not call.can_be_released:
        note(CallId.RELEASE_CALL_NEVER, ticket=call.ticket, rule=", ".join(call.rules))
        sys.exit(1)
    insist(ledgers.directory, "release", MessageId.ALLOW_NEEDS_PERSON)
    about = {"tool": call.name or call.method, "server": server_name(call.server)}
    shows = CallId.RELEASE_RESULT_SHOWS if call.answered else CallId.RELEASE_CALL_SHOWS
    for line in folded_lines(words(shows, minutes=_MINUTES, **about)):
        click.echo(line)
    show_rules(call.rules)
    say(CallId.RELEASE_RESULT_UNSEEN if call.answered else CallId.RELEASE_CALL_UNSEEN)
    click.echo("")
    say(CallId.RELEASE_CALL_ASK, word=_WORD)
    if not typed(_WORD):
        note(MessageId.ALLOW_NOT_TYPED, word=_WORD)
        sys.exit(1)
    now = int(today() / 1000)
    expires = now + _MINUTES * 60
    release = Release(ticket=call.ticket, binding=call.binding, principal=principal(), granted=now, expires=expires)
    ledgers.put_on_record("call-released", about=call.server, ticket=call.ticket)
    ledgers.store.releases.expire(before=now - _DAYS * 86_400)
    if not ledgers.store.releases.grant(release):
        note(CallId.RELEASE_CALL_USED, ticket=call.ticket)
        sys.exit(1)
    until = local(expires * 1000)
    say(CallId.RELEASE_CALL_DONE, until="?" if until is None else f"{until:%H:%M:%S}")


def _definition(ledgers: Ledgers, ticket: str, server: str, fingerprint: str) -> None:
    """Approve the text that a ticket is about."""
    from sekisho.cli.review import decided  # noqa: PLC0415 - starting fast
    from sekisho.cli.waiting import show_pins, show_server  # noqa: PLC0415 - as above

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


def _waiting(ledger: Ledger, fingerprint: str) -> Pin | None:
    return next(
        (
            pin
            for pin in ledger.pins.values()
            if pin.waiting is not None and pin.waiting.fingerprint == fingerprint and not pin.waiting.refused
        ),
        None,
    )
