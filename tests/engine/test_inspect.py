from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play import ALICE
from rulekit import make_rule
from sekisho.engine.inspect import NO_RULES, RULE_FAILED, findings, inspect
from sekisho.model.finding import Evidence, Finding
from sekisho.model.subject import Carrier, Subject
from sekisho.model.verdict import Verdict
from sekisho.policy.evaluate import ALLOWED
from tablekit import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SUBJECT = Subject(carrier=Carrier.HOST_REQUEST, who=ALICE, server="s", method="m", revision=None, body={})
MARK = Evidence(pointer="/a", excerpt="seen")


def marks(subject: Subject) -> Iterator[Evidence]:
    assert subject is SUBJECT
    yield MARK


def raises(error: Exception) -> Callable[[Subject], Iterator[Evidence]]:
    def check(subject: Subject) -> Iterator[Evidence]:
        assert subject is SUBJECT
        raise error

    return check


def raises_late(error: Exception) -> Callable[[Subject], Iterator[Evidence]]:
    def check(subject: Subject) -> Iterator[Evidence]:
        yield from marks(subject)
        raise error

    return check


MARKS = make_rule(marks, "marks", Verdict.MARK)


def test_without_a_rule_everything_is_allowed() -> None:
    assert inspect(SUBJECT, []) is ALLOWED
    assert not NO_RULES


def test_findings_of_all_rules_count() -> None:
    decision = inspect(SUBJECT, [MARKS, MARKS])
    assert (decision.verdict, decision.because) == (Verdict.MARK, MARKS.finding(MARK))
    assert list(findings(SUBJECT, [MARKS, MARKS])) == [MARKS.finding(MARK)] * 2


def test_a_finding_has_the_words_of_the_evidence_and_the_weight_of_the_rule() -> None:
    (finding,) = findings(SUBJECT, [MARKS])
    assert (finding.rule, finding.pointer, finding.excerpt) == ("marks", "/a", "seen")
    assert (finding.severity, finding.confidence, finding.persona) == (MARKS.severity, MARKS.confidence, MARKS.persona)


@rows("error", [ValueError("x"), RecursionError(), MemoryError(), StopIteration(), KeyError(1)])
@rows("check", [raises, raises_late])
def test_a_rule_that_raises_denies_whatever_the_others_say(
    check: Callable[[Exception], Callable[[Subject], Iterator[Evidence]]], error: Exception
) -> None:
    decision = inspect(SUBJECT, [MARKS, make_rule(check(error)), MARKS])
    assert decision.verdict is Verdict.DENY
    assert decision.because == Finding(rule=RULE_FAILED, verdict=Verdict.DENY, pointer="")
