"""What a rule reports: the evidence, and the finding that it becomes under the rule's name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from sekisho.model.place import NOWHERE

if TYPE_CHECKING:
    from sekisho.model.place import Place
    from sekisho.model.verdict import Verdict

__all__ = ["Confidence", "Evidence", "Finding", "Persona", "Severity"]


class Severity(IntEnum):
    """How bad it is if the finding is right."""

    LOW = 1
    """Worth knowing; nothing is lost by it alone."""

    MEDIUM = 2
    """Somebody should look before it is used."""

    HIGH = 3
    """It works against the user."""

    CRITICAL = 4
    """Using it once is enough."""


class Confidence(IntEnum):
    """How likely the finding is right."""

    LOW = 1
    """A hint."""

    MEDIUM = 2
    """More often right than wrong."""

    HIGH = 3
    """There is hardly an honest reason for it."""


class Persona(IntEnum):
    """Who wants to hear of it. A later one hears all that an earlier one hears."""

    REGULAR = 1
    """Everybody."""

    PEDANTIC = 2
    """Who wants tidy servers."""

    AUDITOR = 3
    """Who looks at everything and expects false alarms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a rule saw, and where."""

    pointer: str
    """Where: an RFC 6901 pointer into the message or dump."""

    excerpt: str = ""
    """The words, decoded, not yet escaped: every surface prints them through `model.escape.printable`."""

    place: Place = NOWHERE
    """Which server's which definition it is about, where the subject is more than one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One objection, with its place."""

    rule: str
    """The rule's kebab-case id."""

    verdict: Verdict
    """What the rule would have done."""

    pointer: str
    """Where: an RFC 6901 pointer into the message or dump."""

    severity: Severity = Severity.HIGH
    """How bad it is if it is right."""

    confidence: Confidence = Confidence.HIGH
    """How likely it is right."""

    persona: Persona = Persona.REGULAR
    """Who wants to hear of it."""

    excerpt: str = ""
    """The words, decoded, not yet escaped."""

    place: Place = NOWHERE
    """Which server's which definition it is about; empty where the message tells."""
