"""What is found out about approved texts between two listings."""

from __future__ import annotations

from pinkit import SERVER, objection, observation, tides
from sekisho.model.place import Kind
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.grade import Grade, Why
from sekisho.pin.holding import held
from sekisho.pin.ledger import observe
from sekisho.pin.records import Key, Ledger, State
from sekisho.pin.review import approve

KEY = Key(Kind.TOOL, "tides")
MOON = {"name": "moon", "description": "Phases of the moon."}


def used() -> Ledger:
    return observe(Ledger(server=SERVER), observation({"tools": [tides(), {**MOON}]})).ledger


def test_what_first_use_approved_is_held_and_says_why() -> None:
    ledger = used()
    after = held(ledger, (objection(excerpt="x"),))
    pin = after.pins[KEY]
    assert (pin.state, after.pins[Key(Kind.TOOL, "moon")].state) == (State.HELD, State.APPROVED)
    assert pin.waiting is not None
    assert (pin.waiting.body, pin.waiting.grade, pin.waiting.reasons[0].why) == (tides(), Grade.HELD, Why.FINDING)
    assert held(after, (objection(excerpt="x"),)) is after
    assert held(ledger, ()) is ledger


def test_the_newer_text_is_the_one_to_decide_about() -> None:
    ledger = observe(used(), observation({"tools": [tides("Tide tables, in UTC.")]}, session="later")).ledger
    before = ledger.pins[KEY].waiting
    after = held(ledger, (objection(excerpt="x"),)).pins[KEY].waiting
    assert before is not None
    assert after is not None
    assert (after.body, after.grade, after.reasons[1:]) == (before.body, Grade.HELD, before.reasons)


def test_what_a_person_approved_and_what_was_seen_then_stays() -> None:
    vetted = approve(used(), KEY, fingerprint(Kind.TOOL, tides()))
    assert held(vetted, (objection(excerpt="x"),)) is vetted
    waiting = observe(Ledger(server=SERVER), observation({"tools": [tides()]}, objection("tides", excerpt="x"))).ledger
    assert waiting.pins[KEY].approved is None
    assert held(waiting, (objection(excerpt="x"),)) is waiting
