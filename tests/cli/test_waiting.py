"""What waits of a server, in the order in which a person wants to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.cli.waiting import counts, difference, show_pins, unseen, waits
from sekisho.model.place import Kind
from sekisho.pin.compare import Fate
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.records import Key, Ledger, Origin, Pin, State, Text
from sekisho.pin.review import refuse
from shelves import kept, used
from surfacekit import ADD, EVIL, SUB, tool

if TYPE_CHECKING:
    import pytest

    from clikit import Desk


def test_what_is_held_comes_first_and_what_was_refused_does_not_come_again(desk: Desk) -> None:
    used(desk, ADD, SUB)
    reworded = tool("add", "Adds two numbers and returns the sum.")
    used(desk, reworded, {**EVIL, "name": "sub"}, opening=False)
    ledger = kept(desk)
    assert [pin.key.name for pin in waits(ledger)] == ["sub", "add"]
    assert counts(ledger) == {"held": 1, "waits": 1, "first": 2, "seen": 0}
    left = refuse(ledger, Key(Kind.TOOL, "add"), fingerprint(Kind.TOOL, reworded))
    assert [pin.key.name for pin in waits(left)] == ["sub"]
    assert unseen(left) == []


def test_what_is_new_is_told_member_by_member(desk: Desk) -> None:
    used(desk, EVIL)
    ledger = kept(desk)
    (pin,) = waits(ledger)
    assert pin.waiting is not None
    told = difference(ledger, pin, pin.waiting)
    assert told.fate is Fate.ADDED
    assert [change.pointer for change in told.judgement.changes] == ["/name", "/description", "/inputSchema"]


def test_instructions_that_nobody_has_looked_at_are_shown_as_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    text = Text(body="Add numbers.", fingerprint="1:a", by=Origin.FIRST_USE)
    pins = [
        Pin(key=Key(Kind.INSTRUCTIONS, ""), state=State.APPROVED, approved=text),
        Pin(key=Key(Kind.SERVER, ""), state=State.NEW),
    ]
    show_pins(Ledger(server="s"), pins)
    assert capsys.readouterr().out == "\n  instructions \n    Add numbers.\n\n  server \n"
