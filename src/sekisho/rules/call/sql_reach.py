"""A query that leaves the database.

## What it does
Reports files, other databases and servers, settings of the engine, tables of credentials, and functions that are not
known to only compute.

## Why it matters
A query can read files, load code and run commands in most engines.

## Seen in the wild
The reference server for SQLite attached and wrote files of the caller's choice by `ATTACH DATABASE`.

## How to fix
Do it by hand, or let a person add the function to the policy.

## Known limits
A function of an extension is refused until somebody adds it.
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
    id="sql-reach",
    title="The query reaches beyond its tables",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(89, 552)),
    check=objecting("sql-reach"),
    bad=(
        call("write_query", query="ATTACH DATABASE '/tmp/x.db' AS p"),
        call("read_query", query="SELECT load_extension('x')"),
    ),
    good=(call("read_query", query="SELECT count(*), lower(name) FROM users"),),
)
