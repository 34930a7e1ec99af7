"""Characters in what a server says that nobody sees.

## What it does
Reports tag characters and terminal controls of eight bits.
A reference stands in their place, and goes back to the same server as what it stands for.

## Why it matters
A model reads tag characters as letters, and a person sees nothing.

## Seen in the wild
Demonstrations of hidden orders in files, issues and web pages use them.

## How to fix
Look at the file or page in an editor that shows such characters.

## Known limits
Flags are made of tag characters too and are left alone.
Zero-width characters and selectors stay, because languages and emoji need them.
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.carried import noticing
from sekisho.rules.example import answered

__all__ = ["RULE"]

RULE: Final = Rule(
    id="result-hidden",
    title="Invisible characters were cut out of what the server says",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.ALLOW,
    references=References(
        owasp=("MCP06:2025",),
        cwe=(
            451,
            1007,
        ),
    ),
    check=noticing("result-hidden"),
    bad=(answered("A note.\U000e0041\U000e0042"), answered("A note.\x9b31m")),
    good=(
        answered("A flag: \U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"),
        answered("\ufeffA note."),
    ),
    miss=(answered("A no\u200bte."),),
)
