"""Budgets: so many calls in a time, in a conversation, and so long; and when it is possible again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play import ALICE, BOB, refused
from engine.test_terms import called, opened
from sekisho.engine import budgets
from sekisho.engine.budgets import Budgets, Over
from sekisho.policy.calls import CallTerms
from sekisho.wire.jsonrpc import Request
from surfacekit import tool

if TYPE_CHECKING:
    import pytest

    from sekisho.model.subject import Who


def spend(counted: Budgets, terms: CallTerms, now: float, who: Who = ALICE, name: str = "add") -> Over | None:
    message = Request(1, "tools/call", {"name": name, "arguments": {"a": "b"}}, {})
    return counted.spend({"*": terms}, message, who, now)


def test_a_rate_says_when_it_is_possible_again() -> None:
    counted, terms = Budgets(), CallTerms(per_minute=2, per_hour=3)
    assert [spend(counted, terms, now) for now in (0.0, 10.0)] == [None, None]
    assert spend(counted, terms, 20.0) == Over("budget-rate", 40)
    assert spend(counted, terms, 60.0) is None
    assert spend(counted, terms, 61.0) == Over("budget-rate", 3539)
    assert spend(counted, terms, 3601.0) is None
    assert spend(counted, terms, 3602.0, BOB) is None


def test_a_conversation_has_its_own_and_what_is_over_is_not_counted() -> None:
    counted, terms = Budgets(), CallTerms(per_conversation=1)
    assert spend(counted, terms, 0.0) is None
    assert spend(counted, terms, 9999.0) == Over("budget-calls")
    assert spend(counted, terms, 0.0, name="sub") is None
    assert spend(counted, terms, 0.0, BOB) is None


def test_arguments_have_a_length() -> None:
    counted = Budgets()
    assert spend(counted, CallTerms(argument_bytes=9), 0.0) is None
    assert spend(counted, CallTerms(argument_bytes=8), 0.0) == Over("budget-size")


def test_what_has_no_budget_is_not_counted_and_what_is_counted_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "_KEPT", 1)
    counted = Budgets()
    assert spend(counted, CallTerms(), 0.0) is None
    assert counted.spend({"*": CallTerms(per_minute=1)}, Request(1, "ping", None, {}), ALICE, 0.0) is None
    assert counted.spend({}, Request(1, "tools/call", None, {}), ALICE, 0.0) is None
    assert not counted.spent
    for name in ("one", "two"):
        assert spend(counted, CallTerms(per_minute=1), 0.0, name=name) is None
    assert [name for _, _, name in counted.spent] == ["two"]


def test_a_refused_call_is_told_when_to_come_back() -> None:
    play, _ = opened({"add": CallTerms(per_minute=1)}, tool("add"))
    called(play, 1, {}, "add")
    called(play, 2, {}, "add").expects(refused(2, "budget-rate"))
    assert "It is possible again in 60 seconds" in repr(play.effects)
