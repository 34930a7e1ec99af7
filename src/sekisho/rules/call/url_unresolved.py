"""A host without an address.

## What it does
Reports a host name for which the resolver has no answer in time.

## Why it matters
An address that we cannot see may be an inner one for the server.

## Seen in the wild
Rebinding names answer the check with nothing or with a public address, and the fetch with an inner one.

## How to fix
Correct the name, or name the host in the server's `hosts`.
Where a proxy resolves names and the resolver here knows inner ones only, write `unresolved = "allow"` for the server.

## Known limits
With `unresolved = "allow"`, only the proxy keeps a name from leading to an inner machine.
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
    id="url-unresolved",
    title="The host of the address cannot be told",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025", "MCP02:2025"), cwe=(918,)),
    check=objecting("url-unresolved"),
    bad=(call("fetch", url="https://gone.example/", addresses={"gone.example": None}),),
    good=(call("fetch", url="https://docs.example/", addresses={"docs.example": ["93.184.216.34"]}),),
)
