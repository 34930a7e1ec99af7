"""Text that a terminal does not draw, or that reaches the clipboard.

## What it does
Refuses what a server says when it holds the sequence for concealed text, or the one that sets the clipboard.

## Why it matters
Whoever hides text from a person means it for the model.

## Seen in the wild
Trail of Bits concealed orders in results with it in 2025; clipboards are set to commands that a person then pastes.

## How to fix
Look at the file in an editor; remove the sequences where they are not meant.

## Known limits
Text in the colour of its background, and text that is drawn over, is shown with its sequences as signs.
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
    id="terminal-conceals",
    title="The server says something that a terminal would conceal",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(
        owasp=("MCP06:2025",),
        cwe=(
            150,
            451,
        ),
    ),
    check=noticing("terminal-conceals"),
    bad=(
        answered("safe\x1b[8m and more\x1b[0m"),
        answered("\x1b[0;8mmore"),
        answered("\x1b]52;c;eA==\x07"),
        answered("\x9b8mmore"),
    ),
    good=(answered("\x1b[38;5;8mgrey\x1b[0m"), answered("\x1b[1;31mred"), answered("array[8m]")),
    miss=(answered("\x1b[30;40mblack on black"),),
)
