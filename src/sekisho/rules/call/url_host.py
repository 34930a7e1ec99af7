"""A host that the policy does not list.

## What it does
Reports an address with a host that is not in every list (`hosts`) that was written for the server or the tool.

## Why it matters
A page or a mail that the model reads may name where its next request goes; a list fixes where it may go at all.

## Seen in the wild
Every published leak by a fetching tool went to a host that the user had never heard of.

## How to fix
If the host is meant, add it to `hosts`: `sekisho config show` says where that is written.

## Known limits
Where a redirect leads; names in what is content for the server.
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
    id="url-host",
    title="The address names a host that is not listed",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP02:2025", "MCP10:2025"), cwe=(441, 918)),
    check=objecting("url-host"),
    bad=(call("fetch", hosts=("api.github.com",), url="https://other.example/"),),
    good=(call("fetch", hosts=("api.github.com",), url="https://api.github.com/x"),),
)
