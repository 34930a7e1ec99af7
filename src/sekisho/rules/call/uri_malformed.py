"""A URI that is none.

## What it does
Reports control characters in the URI of a resource, which RFC 3986 does not allow.

## Why it matters
They end lines of logs and headers, and make a server's pattern try every way to match.

## Seen in the wild
CVE-2026-0621: a line feed at the end of a URI held a server's matching for ever.

## How to fix
Encode the character as `%0A`, if it is meant.

## Known limits
Encoded control characters pass; what a server makes of them is not known.
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
    id="uri-malformed",
    title="The URI holds control characters",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(20, 116)),
    check=objecting("uri-malformed"),
    bad=(read("notes://a\nb"),),
    good=(read("notes://a%20b"),),
)
