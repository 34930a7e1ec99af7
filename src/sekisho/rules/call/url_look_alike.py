"""A host in letters of several scripts.

## What it does
Reports a host name that mixes scripts so that it looks like another name.

## Why it matters
A person who is asked reads the other name.

## Seen in the wild
Names with one Cyrillic letter have imitated banks and package registries.

## How to fix
Write the name in one script, or in its `xn--` form if it is meant.

## Known limits
A whole name in another script is not reported.
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
    id="url-look-alike",
    title="The host is drawn like another one",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025", "MCP02:2025"), cwe=(1007,)),
    check=objecting("url-look-alike"),
    bad=(
        call(
            "fetch",
            url="https://p\u0430ypal.example/",
            addresses={"p\u0430ypal.example": ["93.184.216.34"], "xn--pypal-4ve.example": ["93.184.216.34"]},
        ),
    ),
    good=(call("fetch", url="https://docs.example/", addresses={"docs.example": ["93.184.216.34"]}),),
)
