from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import ALICE
from sekisho.engine.inspect import NO_RULES, RULE_FAILED, inspect
from sekisho.model.finding import Finding
from sekisho.model.subject import Carrier, Subject
from sekisho.model.verdict import Verdict
from sekisho.policy.evaluate import ALLOWED

if TYPE_CHECKING:
    from collections.abc import Iterable

SUBJECT = Subject(carrier=Carrier.HOST_REQUEST, who=ALICE, server="s", method="m", revision=None, body={})
MARKS = Finding(rule="marks", verdict=Verdict.MARK, pointer="/a")


class Marks:
    id = "marks"

    def check(self, subject: Subject) -> Iterable[Finding]:
        assert subject is SUBJECT
        return [MARKS]


class Raises:
    id = "raises"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def check(self, subject: Subject) -> Iterable[Finding]:
        assert subject is SUBJECT
        raise self._error


class RaisesLate(Raises):
    def check(self, subject: Subject) -> Iterable[Finding]:
        assert subject is SUBJECT
        yield MARKS
        raise self._error


def test_without_a_rule_everything_is_allowed() -> None:
    assert inspect(SUBJECT, []) is ALLOWED
    assert not NO_RULES


def test_findings_of_all_rules_count() -> None:
    decision = inspect(SUBJECT, [Marks(), Marks()])
    assert (decision.verdict, decision.because) == (Verdict.MARK, MARKS)


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), MemoryError(), StopIteration(), KeyError(1)])
@pytest.mark.parametrize("rule", [Raises, RaisesLate])
def test_a_rule_that_raises_denies_whatever_the_others_say(rule: type[Raises], error: Exception) -> None:
    decision = inspect(SUBJECT, [Marks(), rule(error), Marks()])
    assert decision.verdict is Verdict.DENY
    assert decision.because == Finding(rule=RULE_FAILED, verdict=Verdict.DENY, pointer="")
