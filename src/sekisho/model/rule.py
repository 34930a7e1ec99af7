"""The shape of a rule: what it is called, what it weighs, what it cites, and its one pure check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from sekisho.model.finding import Finding, Persona

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sekisho.model.finding import Confidence, Evidence, Severity
    from sekisho.model.verdict import Verdict
    from sekisho.wire.strict import JsonObject

__all__ = ["Example", "References", "Rule"]

S_contra = TypeVar("S_contra", contravariant=True)
"""What the rule looks at: a message, a definition in its surroundings, or all surfaces together."""

Example: TypeAlias = "Mapping[str, JsonObject]"
"""Dumps by server: what `sekisho scan --tools` takes, each a tools list or more of a server's surface."""


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """What a rule cites."""

    owasp: tuple[str, ...]
    """OWASP MCP Top 10 ids, such as `MCP03:2025`; the id is the key, the list's names have changed."""

    cwe: tuple[int, ...]
    """CWE numbers."""

    atlas: tuple[str, ...] = ()
    """MITRE ATLAS techniques, such as `AML.T0051.001`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[S_contra]):
    """A pure check with its weight: the same subject gives the same evidence."""

    id: str
    """Kebab-case: file name, anchor of its page, SARIF rule id, key in policies."""

    title: str
    """One line that a person understands without the page, without a full stop."""

    severity: Severity
    """How bad it is if it is right."""

    confidence: Confidence
    """How likely it is right."""

    verdict: Verdict
    """What follows, unless a policy says otherwise."""

    references: References
    """What it cites."""

    check: Callable[[S_contra], Iterator[Evidence]]
    """Reports every objection. Raising counts as a denial (`rule-failed`)."""

    needs: tuple[int, ...] = ()
    """Of a rule about definitions: concepts or looks of which any of each must be there, or it is not even asked."""

    persona: Persona = Persona.REGULAR
    """Who wants to hear of it."""

    bad: tuple[Example, ...] = ()
    """What it reports."""

    good: tuple[Example, ...] = ()
    """What looks alike and is honest."""

    miss: tuple[Example, ...] = ()
    """What it should report and does not: the known limits, as assertions."""

    def finding(self, evidence: Evidence) -> Finding:
        """Put the rule's name and weight on a piece of evidence."""
        return Finding(
            rule=self.id,
            verdict=self.verdict,
            pointer=evidence.pointer,
            severity=self.severity,
            confidence=self.confidence,
            persona=self.persona,
            excerpt=evidence.excerpt,
            place=evidence.place,
        )
