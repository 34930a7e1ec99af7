"""A URI that makes a pattern explode.

## What it does
Reports URIs of more than 8,192 characters, and paths that one delimiter divides into more than 25 parts.

## Why it matters
A server finds the template of a URI by a regular expression; some take time that doubles with each part.

## Seen in the wild
CVE-2026-0621: forty commas in a URI held the official TypeScript SDK for hours.

## How to fix
Use a shorter URI, or update the server.

## Known limits
A pattern that explodes at fewer parts is not stopped here; a call without an answer ends by its deadline.
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.called import objecting
from sekisho.rules.example import read

__all__ = ["RULE"]

RULE: Final = Rule(
    id="uri-bounds",
    title="The URI is longer or more divided than any honest one",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(1333, 400)),
    check=objecting("uri-bounds"),
    bad=(read("file://x/" + "," * 44 + "/a"),),
    good=(read("file://x/a,b,c"),),
)
