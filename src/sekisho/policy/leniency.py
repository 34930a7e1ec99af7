"""What a person may let through, of calls and of results: what an exception or a release takes away, and what never.

A release is for one call or one result, once; an exception is for one rule at one tool, until it expires.
Neither opens our own files, those of hosts, or what runs by itself, and neither speaks for a rule that failed: what it
would have said is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.model.finding import Finding

__all__ = ["NOTHING_HEARD", "Heard", "can_be_excepted", "can_be_released", "left"]

_NEVER: Final = frozenset(
    {
        "answer-secret",
        "path-protected",
        "question-secret",
        "reference-elsewhere",
        "reference-unknown",
        "result-not-read",
        "result-too-many",
        "rule-failed",
    }
)
"""What nobody knows enough about, what would hand a secret on, and what decides about us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a shell found of what a person let through."""

    ticket: str = ""
    """The ticket of a release for exactly this call, used up by now; empty where there was none."""

    rules: frozenset[str] = frozenset()
    """The rules that are excepted for its tool."""


NOTHING_HEARD: Final = Heard()
"""Nobody let anything through."""


def can_be_released(rules: Sequence[str]) -> bool:
    """Tell whether a call that these rules refuse may pass once, if a person says so."""
    return bool(rules) and _NEVER.isdisjoint(rules)


def can_be_excepted(rule: str, severity: Severity) -> bool:
    """Tell whether a rule may be silent at a tool for a while, if a person says so: one that is not critical."""
    return rule not in _NEVER and severity < Severity.CRITICAL


def left(findings: Sequence[Finding], excepted: frozenset[str]) -> tuple[Finding, ...]:
    """Return the findings that no exception takes away."""
    return tuple(
        each for each in findings if each.rule not in excepted or not can_be_excepted(each.rule, each.severity)
    )
