"""From findings to one decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sekisho.model.finding import Finding

__all__ = ["ALLOWED", "Decision", "decide"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What happens, and the finding that decided it."""

    verdict: Verdict
    """The strictest verdict of all findings; allow when there is none."""

    because: Finding | None
    """The finding that carried it; the first of the strictest by rule id and place, so that order does not matter."""


ALLOWED: Final = Decision(verdict=Verdict.ALLOW, because=None)


_VAGUE: Final = frozenset({"url-disguised"})
"""What says only that a value is not written like what it should be; any other says what it is."""


def decide(findings: Iterable[Finding]) -> Decision:
    """Combine findings: monotone (one more never lowers the verdict) and free of order."""
    strictest = min(
        findings,
        key=lambda finding: (-finding.verdict, finding.rule in _VAGUE, finding.rule, finding.pointer),
        default=None,
    )
    if strictest is None:
        return ALLOWED
    return Decision(verdict=strictest.verdict, because=strictest)
