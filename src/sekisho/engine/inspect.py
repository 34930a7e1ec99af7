"""Judging one subject: the only way in which anything is judged, for gateway, scanner and library alike."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from sekisho.model.finding import Finding
from sekisho.model.place import NOWHERE
from sekisho.model.verdict import Verdict
from sekisho.policy.evaluate import decide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.model.place import Place
    from sekisho.model.rule import Rule
    from sekisho.model.subject import Carrier, Subject
    from sekisho.policy.evaluate import Decision

__all__ = ["NO_RULES", "RULE_FAILED", "findings", "inspect"]

S = TypeVar("S")

RULE_FAILED: Final = "rule-failed"


NO_RULES: Final[Mapping[Carrier, Sequence[Rule[Subject]]]] = MappingProxyType({})
"""No rule objects to anything: everything is allowed and on record."""


def inspect(subject: S, rules: Sequence[Rule[S]]) -> Decision:
    """Decide about `subject`. A rule that raises denies: an error never opens the way."""
    return decide(findings(subject, rules))


def findings(subject: S, rules: Sequence[Rule[S]], *, place: Place = NOWHERE) -> Iterator[Finding]:
    """Yield what every rule reports about `subject`; a rule that raises reports `rule-failed`, and only that.

    Args:
        subject: what is judged.
        rules: who may object.
        place: whose definition it is, for the finding about a rule that failed.
    """
    for rule in rules:
        try:
            yield from [rule.finding(evidence) for evidence in rule.check(subject)]
        except Exception:  # noqa: BLE001 - whatever a rule raises, the answer is a refusal
            yield Finding(rule=RULE_FAILED, verdict=Verdict.DENY, pointer="", place=place)
