"""A server's definitions on one screen: what waits and why, and what nobody has looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.differences import difference_lines
from sekisho.cli.layout import folded
from sekisho.cli.screen import words
from sekisho.model.definition import Definition
from sekisho.model.escape import printable
from sekisho.model.message_ids import MessageId
from sekisho.model.place import Place
from sekisho.model.verdict import Verdict
from sekisho.pin.compare import Difference, Fate
from sekisho.pin.diff import changes
from sekisho.pin.grade import Grade, Judgement
from sekisho.pin.records import Origin
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sekisho.pin.records import Ledger, Pin, Waiting
    from sekisho.wire.strict import Json

__all__ = ["counts", "difference", "show_pins", "show_server", "unseen", "waits"]

_SAID: Final = 200


def waits(ledger: Ledger) -> list[Pin]:
    """Return what waits for a person and was not refused, what is held first."""
    found = [pin for pin in ledger.pins.values() if pin.waiting is not None and not pin.waiting.refused]
    return sorted(found, key=lambda pin: (-_grade(pin), pin.key.kind, pin.key.name))


def unseen(ledger: Ledger) -> list[Pin]:
    """Return what first use approved and no person has looked at."""
    found = [
        pin
        for pin in ledger.pins.values()
        if pin.approved is not None and pin.approved.by is Origin.FIRST_USE and pin.waiting is None
    ]
    return sorted(found, key=lambda pin: (pin.key.kind, pin.key.name))


def counts(ledger: Ledger) -> dict[str, int]:
    """Return how many definitions stand where."""
    waiting = waits(ledger)
    held = sum(1 for pin in waiting if _grade(pin) is Grade.HELD)
    approved = [pin.approved for pin in ledger.pins.values() if pin.approved is not None]
    first = sum(1 for each in approved if each.by is Origin.FIRST_USE)
    return {"held": held, "waits": len(waiting) - held, "first": first, "seen": len(approved) - first}


def _grade(pin: Pin) -> Grade:
    return pin.waiting.grade if pin.waiting is not None else Grade.NEUTRAL


def difference(ledger: Ledger, pin: Pin, waiting: Waiting) -> Difference:
    """Return what waits as a difference to what was approved."""
    place = Place(ledger.server, pin.key.kind, pin.key.name)
    before = _definition(place, pin.approved.body) if pin.approved is not None else None
    old: Json = {} if before is None and isinstance(waiting.body, dict) else None if before is None else before.body
    judgement = Judgement(grade=waiting.grade, reasons=waiting.reasons, changes=changes(old, waiting.body))
    fate = Fate.ADDED if before is None else Fate.CHANGED
    return Difference(
        fate=fate, place=place, before=before, after=_definition(place, waiting.body), judgement=judgement
    )


def _definition(place: Place, body: Json) -> Definition:
    return Definition(place=place, pointer="", body=body)


def show_server(ledger: Ledger) -> None:
    """Print a server's screen."""
    for line in folded(printable(ledger.server)):
        click.echo(line)
    if ledger.quarantine is not None:
        click.echo(f"  {words(MessageId.REVIEW_SET_ASIDE, reason=ledger.quarantine)}")
    click.echo(f"  {words(MessageId.REVIEW_COUNTS, **counts(ledger))}")


def show_pins(ledger: Ledger, pins: Iterable[Pin]) -> None:
    """Print what a person decides about: what waits with what was and what rules say, the rest in a line."""
    for pin in pins:
        click.echo("")
        for line in _changed(ledger, pin, pin.waiting) if pin.waiting is not None else _plain(pin):
            click.echo(line)


def _changed(ledger: Ledger, pin: Pin, waiting: Waiting) -> Iterator[str]:
    from sekisho.engine.survey import examine  # noqa: PLC0415 - the rules are needed here only

    told = difference(ledger, pin, waiting)
    yield from difference_lines(told)
    alone = set[str]()
    for finding in examine([told.after] if told.after is not None else []):
        alone.add(f"{finding.rule}:{finding.excerpt}")
        if finding.verdict >= Verdict.ASK:
            at = f"{finding.rule}  {printable(finding.pointer, width=_SAID)}: "
            yield from folded(printable(finding.excerpt, width=_SAID), first=f"  ! {at}", rest="    ")
    for said in sorted(waiting.known - alone):
        # What rules said of it beside other servers, when it was listed: that can't be found out again from here.
        rule, _, excerpt = said.partition(":")
        yield from folded(printable(excerpt, width=_SAID), first=f"  ! {rule}: ", rest="    ")


def _plain(pin: Pin) -> Iterator[str]:
    body = pin.approved.body if pin.approved is not None else None
    says = text(obj(body).get("description")) or text(body) or ""
    yield from folded(printable(f"{pin.key.kind} {pin.key.name}"), first="  ", rest="  ")
    if says:
        yield from folded(printable(says, width=_SAID), first="    ", rest="    ")
