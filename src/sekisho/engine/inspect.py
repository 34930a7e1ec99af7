"""Judging one subject: the only way in which anything is judged, for gateway, scanner and library alike."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Finding
from sekisho.model.verdict import Verdict
from sekisho.policy.evaluate import decide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.model.rule import Rule
    from sekisho.model.subject import Carrier, Subject
    from sekisho.policy.evaluate import Decision

__all__ = ["NO_RULES", "RULE_FAILED", "inspect"]

RULE_FAILED: Final = "rule-failed"


NO_RULES: Final[Mapping[Carrier, Sequence[Rule]]] = MappingProxyType({})
"""No rule objects to anything: everything is allowed and on record."""


def inspect(subject: Subject, rules: Sequence[Rule]) -> Decision:
    """Decide about `subject`. A rule that raises denies: an error never opens the way."""
    return decide(finding for rule in rules for finding in _findings(rule, subject))


def _findings(rule: Rule, subject: Subject) -> Iterator[Finding]:
    try:
        yield from list(rule.check(subject))
    except Exception:  # noqa: BLE001 - whatever a rule raises, the answer is a refusal
        yield Finding(rule=RULE_FAILED, verdict=Verdict.DENY, pointer="")
