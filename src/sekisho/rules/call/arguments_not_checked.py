"""Arguments that could not be judged in time, or not be held against the tool's schema.

## What it does
Reports a schema that refers to itself without end, or is too large, and arguments that are too much for theirs.
So are arguments of very many texts that the guards did not judge in time.

## Why it matters
Thirty references, each to two of the next, are 2 KB of text, and keep a validator busy for ever.
What was not checked is not sent.

## Seen in the wild
Schemas of this kind are known from validators of all languages; no honest server of our corpora has one.

## How to fix
Ask the server's author for a smaller schema, or send less at once.

## Known limits
Arguments of more than 8 MB are checked only where they fit, and no pattern of the schema reads their long texts.
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.called import objecting
from sekisho.rules.example import call, tool

__all__ = ["RULE"]

RULE: Final = Rule(
    id="arguments-not-checked",
    title="Nobody could check the arguments in time",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(400, 674)),
    check=objecting("arguments-not-checked"),
    bad=(
        {
            **call("add_note", note="a"),
            "tool": tool("Adds.", name="add_note", more={"inputSchema": {"allOf": [{"$ref": "#"}]}}),
        },
    ),
    good=(call("add_note", note="a" * 20_000),),
)
