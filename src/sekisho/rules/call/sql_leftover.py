"""A query that ends with what is left of a text that somebody closed.

## What it does
Reports a comment at the very end of a query that holds nothing but closing quotes and brackets.

## Why it matters
Whoever puts a value into a query by hand, and the value closes the text, has the rest of the query in a comment.

## Seen in the wild
The archived reference server for SQLite stored what an attacker added as a row of its own (Trend Micro, 2025).

## How to fix
Double each quote in the value, or take a tool with parameters.

## Known limits
A value that closes the text and opens it again leaves nothing behind.
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
    id="sql-leftover",
    title="A comment at the end holds closing quotes only",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(89,)),
    check=objecting("sql-leftover"),
    bad=(call("write_query", query="INSERT INTO t (a) VALUES ('x'), ('y')--')"),),
    good=(call("write_query", query="INSERT INTO t (a) VALUES ('it''s -- not; a comment')"),),
    miss=(call("write_query", query="INSERT INTO t (a) VALUES ('x'), ('y')"),),
)
