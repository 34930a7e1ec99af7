"""Rules for tests of what stands around rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sekisho.model.finding import Evidence

__all__ = ["make_rule"]

S = TypeVar("S")


def make_rule(
    check: Callable[[S], Iterator[Evidence]], id_: str = "test-rule", verdict: Verdict = Verdict.DENY
) -> Rule[S]:
    """Return a rule of which only the check, the id and the verdict matter."""
    return Rule(
        id=id_,
        title="a test",
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        verdict=verdict,
        references=References(owasp=("MCP03:2025",), cwe=(1,)),
        check=check,
    )
