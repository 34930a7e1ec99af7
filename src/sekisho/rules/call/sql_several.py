"""Two statements where there is one.

## What it does
Reports a second statement behind the first.

## Why it matters
The second one is the attacker's.

## Seen in the wild
`SELECT 1; DROP TABLE users` is the oldest injection there is.

## How to fix
Call the tool once for each statement.

## Known limits
A script of honest statements is refused too.
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
    id="sql-several",
    title="The query is more than one statement",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(89,)),
    check=objecting("sql-several"),
    bad=(call("read_query", query="SELECT 1; DROP TABLE users"),),
    good=(call("read_query", query="SELECT 'a;b';"),),
)
