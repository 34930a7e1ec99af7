"""A query that nobody reads alike.

## What it does
Reports executable and nested comments, NUL characters, queries that no parser understands, and long ones that were not
read in time.

## Why it matters
What cannot be read cannot be judged.

## Seen in the wild
MySQL runs what stands in `/*!50000 … */`, and others skip it.

## How to fix
Write the query plainly and shorter.

## Known limits
New syntax of an engine is refused until the parser knows it.
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
    id="sql-unclear",
    title="Engines would read the query in different ways",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(89, 436)),
    check=objecting("sql-unclear"),
    bad=(call("read_query", query="SELECT 1 /*!50000 UNION SELECT 2 */"),),
    good=(call("read_query", query="SELECT 1 /* one */"),),
)
