"""A query of a store of documents that runs code, or writes while it asks.

## What it does
Reports the operators `$where`, `$function` and `$accumulator` in calls of tools for MongoDB and its like, `$out` and
`$merge` in those that ask, and any operator in place of a password, a token or a user's name.

## Why it matters
The code runs in the database, for as long as it likes; a pipeline with `$out` replaces a collection.

## Seen in the wild
Injection of `$where` is the oldest one into such stores; servers have modes for reading because of `$out`.

## How to fix
Compare with operators (`$gt`, `$regex`, `$expr`), and write by the tool that writes.

## Known limits
A tool is known by the words of its name and its server's launch line.
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
    id="document-code",
    title="The query runs code in the store, writes while it asks, or compares in place of a password",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(
        owasp=("MCP05:2025",),
        cwe=(
            94,
            943,
        ),
    ),
    check=objecting("document-code"),
    bad=(
        call("mongodb_find", filter='{"$where": "sleep(9000)"}'),
        call("mongodb_find_user", password={"$ne": None}),
        call("mongodb_aggregate", pipeline='[{"$match": {}}, {"$out": "users"}]'),
    ),
    good=(call("mongodb_find", filter='{"age": {"$gt": 18}, "note": "a $where clause"}'),),
)
