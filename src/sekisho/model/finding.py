"""What a rule reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sekisho.model.verdict import Verdict

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One objection, with its place."""

    rule: str
    """The rule's kebab-case id."""

    verdict: Verdict
    """What the rule would have done."""

    pointer: str
    """Where: an RFC 6901 pointer into the message."""
