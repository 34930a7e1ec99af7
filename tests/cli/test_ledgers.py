"""Decisions of a person against what sessions keep at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.adapters.store import Store
from sekisho.cli.ledgers import Ledgers, today
from sekisho.pin.review import quarantine
from shelves import SERVER, kept, used
from surfacekit import ADD, SUB

if TYPE_CHECKING:
    from clikit import Desk
    from sekisho.pin.records import Ledger


def test_a_decision_holds_also_when_a_session_keeps_something_meanwhile(desk: Desk) -> None:
    tries: list[Ledger] = []

    def change(ledger: Ledger) -> Ledger:
        tries.append(ledger)
        if len(tries) == 1:
            used(desk, ADD, SUB, opening=False)
        return quarantine(ledger, "why")

    used(desk, ADD)
    with Store(desk.state) as store:
        Ledgers(directory=desk.state, store=store).decide(SERVER, "quarantine", change)
    assert len(tries) == 2
    assert (kept(desk).quarantine, len(kept(desk).pins)) == ("why", 2)


def test_the_time_of_day_is_counted_like_in_the_audit() -> None:
    assert today() > 1_700_000_000_000
