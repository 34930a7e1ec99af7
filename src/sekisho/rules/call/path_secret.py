"""A path to a file that often holds secrets.

## What it does
Reports a path to files such as `.env`, `*.pem` or `credentials.json`, where a person should decide.

## Why it matters
Such files stand in the middle of projects, where everything else may be read.

## Seen in the wild
Published demonstrations let an agent print `.env` and put it into an issue.

## How to fix
Confirm the one call if it is meant.

## Known limits
Secrets in files with harmless names are found in results, not here.
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
    id="path-secret",
    title="The path often holds secrets",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP01:2025",), cwe=(552,)),
    check=objecting("path-secret"),
    bad=(call("read_file", path="/work/.env"),),
    good=(call("read_file", path="/work/.env.example"), call("read_file", path="/work/environment.md")),
)
