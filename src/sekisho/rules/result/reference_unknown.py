"""A reference that stands for nothing.

## What it does
Refuses a message to a server with a reference that was not made in this conversation, or is not complete.

## Why it matters
Written as it stands it would take the place of what it stood for.

## Seen in the wild
References from before a restart, and ones that a model made up.

## How to fix
Read the file or record again, and use the references that are in it now.

## Known limits
A text about references has to write them with the word `not` behind the bracket.
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.carried import noticing
from sekisho.rules.example import returned

__all__ = ["RULE"]

RULE: Final = Rule(
    id="reference-unknown",
    title="The reference stands for nothing",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP01:2025",), cwe=(706,)),
    check=noticing("reference-unknown"),
    bad=(returned("\u27e6secret:7\u27e7"), returned("\u27e6 secret: seven\u27e7")),
    good=(returned("\u27e6secret:1\u27e7", seen="weather"), returned("\u27e6not secret:1\u27e7")),
)
