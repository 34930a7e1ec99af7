"""An address with credentials in it.

## What it does
Reports a name or password before the host.

## Why it matters
It ends in logs, and a name that looks like a host deceives whoever reads the address.

## Seen in the wild
`https://bank.example@evil.example/` leads to the second name.

## How to fix
Give credentials to the server as a variable or header.

## Known limits
Credentials in the query are not looked for here.
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
    id="url-userinfo",
    title="The address carries a name or password",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025", "MCP02:2025"), cwe=(522,)),
    check=objecting("url-userinfo"),
    bad=(call("fetch", url="https://me:secret@docs.example/", addresses={"docs.example": ["93.184.216.34"]}),),
    good=(call("fetch", url="https://docs.example/@me", addresses={"docs.example": ["93.184.216.34"]}),),
)
