"""Terminal sequences in what a server says.

## What it does
Reports escape characters; they are shown as a sign, and go back to the same server as what they are.

## Why it matters
A host that prints a result lets it colour, hide, overwrite and link.

## Seen in the wild
Trail of Bits showed in 2025 how results deceive people through terminals.

## How to fix
Nothing: the text is all there, and a file keeps its sequences when it is written back.

## Known limits
After a restart of the gateway a sign that is written back stays a sign.
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
    id="result-terminal",
    title="Terminal sequences were made visible",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    verdict=Verdict.ALLOW,
    references=References(owasp=("MCP06:2025",), cwe=(150,)),
    check=noticing("result-terminal"),
    bad=(answered("\x1b[31mred\x1b[0m"),),
    good=(answered("red"), answered(r"\x1b[31m")),
)
