"""Arguments that the tool's schema does not allow.

## What it does
Holds the arguments of a call against the schema that was approved, before anything is sent.
JSON in a text where something else is declared counts as what it encodes, and null as absent where it may be absent.

## Why it matters
A server that forgot the check gets an array where it expects a text, or a member that it never meant to have.
The guards judge by what the schema says; what does not fit it was not judged.

## Seen in the wild
Most published injections into servers use a parameter whose schema said more than the server checked.

## How to fix
Send what the schema says; the refusal names the place and what was expected.

## Known limits
A `format` is not enforced: values are judged by what they mean.
A part of a schema that is itself no valid schema, a reference that leads nowhere, and a pattern with look-around or
back-references are not enforced.
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
    id="arguments-do-not-match",
    title="Arguments that break the schema",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(20, 1287)),
    check=objecting("arguments-do-not-match"),
    bad=(call("add_note", note=["a", "b"]), call("add_note", note=3)),
    good=(call("add_note", note="a"), call("add_note")),
)
