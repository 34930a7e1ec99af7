"""Generations as a pinned fact: more is fine, fewer is held until a person agrees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pinkit import SERVER, observation
from sekisho.model.place import Kind
from sekisho.pin.generations import are_held, spoken
from sekisho.pin.grade import Grade, Why, grade
from sekisho.pin.ledger import observe
from sekisho.pin.records import Key, Ledger, Origin, State
from sekisho.pin.review import approve, refuse
from sekisho.wire.versions import Generation

if TYPE_CHECKING:
    from sekisho.pin.records import Pin

LEGACY, MODERN = Generation.LEGACY, Generation.MODERN
KEY = Key(Kind.GENERATIONS, "")


def greeted(ledger: Ledger | None, *answers: tuple[Generation, Generation | None]) -> Ledger:
    """Return what is kept after a server answered in generations, having missed others."""
    at = ledger or Ledger(server=SERVER)
    for place, (generation, missed) in enumerate(answers):
        seen = observation({}, listed=frozenset(), opening=ledger is None, session=str(place))
        at = observe(at, replace(seen, definitions=(spoken(at, generation, missed=missed),))).ledger
    return at


def pin(ledger: Ledger) -> Pin:
    return ledger.pins[KEY]


def approved(ledger: Ledger) -> object:
    text = pin(ledger).approved
    return None if text is None else text.body


def test_the_set_grows_by_what_is_found_out() -> None:
    one = greeted(None, (MODERN, None))
    assert approved(one) == ["2026"]
    both = greeted(one, (LEGACY, None), (MODERN, None))
    assert (approved(both), pin(both).state) == (["2025", "2026"], State.APPROVED)
    assert greeted(both, (LEGACY, None)) is both
    alone = greeted(None, (LEGACY, MODERN))
    assert (approved(alone), are_held(alone)) == (["2025"], False)
    assert not are_held(Ledger(server=SERVER))


def test_a_smaller_set_is_held_until_it_is_whole_again() -> None:
    both = greeted(None, (LEGACY, None), (MODERN, None))
    for generation, missed, gone in ((LEGACY, MODERN, "2026"), (MODERN, LEGACY, "2025")):
        held = greeted(both, (generation, missed))
        waiting = pin(held).waiting
        assert waiting is not None
        assert are_held(held)
        assert [(reason.why, reason.detail) for reason in waiting.reasons] == [(Why.GENERATION_GONE, gone)]
        assert greeted(held, (generation, None), (generation, missed)) == held, "nobody has asked in the other one"
        assert not are_held(greeted(held, (missed, None)))
        assert approved(greeted(held, (missed, None))) == ["2025", "2026"]


def test_a_person_decides() -> None:
    held = greeted(greeted(None, (LEGACY, None), (MODERN, None)), (LEGACY, MODERN))
    waiting = pin(held).waiting
    assert waiting is not None
    assert are_held(refuse(held, KEY, waiting.fingerprint))
    fewer = approve(held, KEY, waiting.fingerprint)
    assert (approved(fewer), are_held(fewer)) == (["2025"], False)
    text = pin(fewer).approved
    assert text is not None
    assert text.by is Origin.HUMAN
    assert greeted(fewer, (LEGACY, MODERN)) == fewer


def test_one_more_is_neutral_and_one_less_is_held() -> None:
    two = spoken(greeted(None, (LEGACY, None)), MODERN)
    one = spoken(Ledger(server=SERVER), MODERN)
    assert grade(one, two).grade is Grade.NEUTRAL
    assert grade(two, one).grade is Grade.HELD
    assert grade(one, one).grade is Grade.NEUTRAL
