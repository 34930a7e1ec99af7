"""A secret on its way to another server than its own.

## What it does
Refuses a message to a server with a reference for something that another server said.

## Why it matters
It would hand one server's key to another.

## Seen in the wild
Published demonstrations let an agent read a key with one server and post it with another.

## How to fix
Give the other server its secret yourself, in its configuration.

## Known limits
What was not recognised as a secret passes.
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
    id="reference-elsewhere",
    title="A secret of one server was about to reach another",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(
        owasp=(
            "MCP01:2025",
            "MCP10:2025",
        ),
        cwe=(
            200,
            522,
        ),
    ),
    check=noticing("reference-elsewhere"),
    bad=(returned("\u27e6secret:1\u27e7", seen="notes"),),
    good=(returned("\u27e6secret:1\u27e7", seen="weather"),),
)
