"""A member that is named like what all objects inherit.

## What it does
Reports the names `__proto__` and `constructor.prototype` of members that no schema names, at any depth.

## Why it matters
Code in JavaScript that merges such an object changes every object of the process: checks turn into their opposite, and
programs start with other options.

## Seen in the wild
CWE-1321, in most libraries that merge objects deeply.

## How to fix
Leave the member out: nothing honest has this name.

## Known limits
A text that speaks of the name passes.
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
    id="member-inherited",
    title="A member is named like what all objects inherit",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(1321,)),
    check=objecting("member-inherited"),
    bad=(
        call("merge_settings", settings={"__proto__": {"admin": True}}),
        call("merge_settings", settings={"constructor": {"prototype": {"shell": "sh"}}}),
    ),
    good=(
        call("merge_settings", settings={"constructor": "a builder"}),
        call("create_note", text="what `__proto__` is"),
    ),
)
