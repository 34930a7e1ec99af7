"""A pattern that makes whoever matches with it try every way.

## What it does
Reports a repeat without end around something that matches the same text in two ways, in a parameter for patterns.

## Why it matters
A server that matches with it stands still for minutes on a line of thirty characters.

## Seen in the wild
The TypeScript SDK found the template of a URI by such a pattern (CVE-2026-0621).

## How to fix
Let each round need a character that nothing else in it matches, or repeat once.

## Known limits
Ways that need two different characters are not found, nor is what grows with a power only.
Servers that name `grep`, `rg` or `git` are not asked: these never go back.
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
    id="pattern-explodes",
    title="Matching the pattern may take for ever",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(1333,)),
    check=objecting("pattern-explodes"),
    bad=(call("search_files", pattern="^(\\w+\\s?)+$"),),
    good=(call("search_files", pattern="(\\w+\\.)+\\w+"),),
    miss=(call("search_files", pattern="(a|b|ab)*c"),),
)
