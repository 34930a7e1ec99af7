"""A path that hides what it is.

## What it does
Reports a path with a NUL character, longer than the system takes, or encoded so deep that its readings do not end.

## Why it matters
Parsers disagree about such text, and the disagreement is the attack.

## Seen in the wild
CWE-158: text behind a NUL is seen by the check and not by the system.

## How to fix
Write the path plainly.

## Known limits
Odd spellings that settle are read, not refused.
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.called import objecting
from sekisho.rules.example import call

__all__ = ["RULE"]

RULE: Final = Rule(
    id="path-disguised",
    title="The path is written so that nobody could read it",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(22, 158, 176)),
    check=objecting("path-disguised"),
    bad=(call("read_file", path="/work/a.txt\x00.png"),),
    good=(call("read_file", path="/work/a%20b.txt"),),
)
