"""A name with a command in it.

## What it does
Reports characters with which a shell starts something else, in values that are one name: keys, ids, refs, branches,
namespaces.

## Why it matters
A server that puts the value into a command line runs the rest.

## Seen in the wild
CVE-2025-53967: the key of a file was `abc$(touch x)`.

## How to fix
Give the plain name.

## Known limits
Content, titles and messages may hold anything, and pass.
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
    id="word-shell",
    title="A name holds what a shell would run",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(78,)),
    check=objecting("word-shell"),
    bad=(call("get_file", key="abc$(touch x)"),),
    good=(call("get_file", key="AbC-123:4"), call("add_note", text="a; b && $(c)")),
)
