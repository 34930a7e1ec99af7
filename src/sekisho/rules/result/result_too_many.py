"""More to cut out than can be remembered.

## What it does
Refuses a message when a server's secrets and invisible stretches in one conversation are more than 4,096, or a
megabyte.

## Why it matters
What can't be remembered can't be put back, and what can't be cut out must not be shown.

## Seen in the wild
None; it bounds what a server may make us keep.

## How to fix
Ask for less at once; begin a new conversation.

## Known limits
A server can use up its own bound and no other server's.
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.carried import noticing
from sekisho.rules.example import answered

__all__ = ["RULE"]

RULE: Final = Rule(
    id="result-too-many",
    title="The server says more secrets than can be remembered",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP01:2025",), cwe=(770,)),
    check=noticing("result-too-many"),
    bad=(answered(" ".join(f"{chr(0xE0020 + number % 64)}{chr(0xE0020 + number // 64)}" for number in range(4160))),),
    good=(answered("A note.\U000e0041"),),
)
