"""An address that does more than fetch.

## What it does
Reports schemes other than `http`, `https`, `ws`, `wss` and `data`, such as `tel`, `content`, `javascript`, `gopher`,
`jar`.

## Why it matters
Such an address calls somebody, runs a script, reads a local store, or speaks another protocol.

## Seen in the wild
CVE-2026-35394: a phone was made to open `tel:` and `content:` addresses.
CVE-2025-6514: a bridge opened whatever its server called an address.

## How to fix
Use an `https` address.

## Known limits
`file:` addresses are judged as paths.
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
    id="url-scheme",
    title="The address has a scheme that the tool has no use for",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025", "MCP02:2025"), cwe=(939,)),
    check=objecting("url-scheme"),
    bad=(call("open_url", url="tel:*#06#"),),
    good=(call("open_url", url="https://docs.example/", addresses={"docs.example": ["93.184.216.34"]}),),
)
