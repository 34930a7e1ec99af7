"""An address that has two hosts.

## What it does
Reports control characters, backslashes and spaces before the path, two ports, brackets that do not close, a name that
looks like a host, encodings that do not settle, and more than 64 addresses in one text.

## Why it matters
What is checked and what is fetched are then two hosts.

## Seen in the wild
Differences between URL parsers are the usual way around a check of hosts.

## How to fix
Write the address plainly.

## Known limits
Odd spellings with one reading are read, not refused.
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
    id="url-disguised",
    title="The address is written so that parsers disagree",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025", "MCP02:2025"), cwe=(20, 436)),
    check=objecting("url-disguised"),
    bad=(call("fetch", url="http://docs.example\\\\@10.0.0.1/", addresses={"docs.example": ["93.184.216.34"]}),),
    good=(call("fetch", url="https://docs.example/a%5Cb", addresses={"docs.example": ["93.184.216.34"]}),),
)
