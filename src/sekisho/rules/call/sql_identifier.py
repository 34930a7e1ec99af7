"""A name of a table with a query in it.

## What it does
Reports characters that end a name, in values that name a table, column, schema or index.

## Why it matters
Servers put names into queries as text, because engines take no parameter there.

## Seen in the wild
The reference server for SQLite put the name of a table into `PRAGMA table_info(…)`.

## How to fix
Give the plain name, quoted if it is unusual.

## Known limits
Names with spaces have to be quoted.
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
    id="sql-identifier",
    title="A name would be more than a name",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(89,)),
    check=objecting("sql-identifier"),
    bad=(call("describe_table", table_name="users) -- "),),
    good=(call("describe_table", table_name="app.users"),),
)
