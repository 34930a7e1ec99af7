"""A query that changes what it should only read.

## What it does
Reports statements that change data where the tool only reads, and statements that change the schema or delete every
row in any tool, anywhere in the query: in a common table expression, behind `EXPLAIN ANALYZE`, in `SELECT … INTO`.

## Why it matters
The server checks the first word, or nothing.

## Seen in the wild
The reference server for SQLite passed writes through its tool for reading behind a comment.

## How to fix
Call the tool that writes, say which rows are meant (`WHERE`), or change the schema by hand.

## Known limits
A function that changes something is reported only if it is not known to compute.
A condition that holds for every row of a table is not told from one that does not (`id > 0`); an `UPDATE` of every row
passes.
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
    id="sql-write",
    title="The query writes where the tool reads, deletes every row, or changes the schema",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(89,)),
    check=objecting("sql-write"),
    bad=(
        call("read_query", query="WITH x AS (DELETE FROM a RETURNING *) SELECT * FROM x"),
        call("write_query", query="/**/DROP TABLE users"),
        call("write_query", query="DELETE FROM users"),
    ),
    good=(
        call("write_query", query="DELETE FROM users WHERE id = 3"),
        call("read_query", query="SELECT * FROM a WHERE b LIKE '%drop table%'"),
        call("write_query", query="INSERT INTO a(b) VALUES ('; DROP TABLE b; --')"),
    ),
)
