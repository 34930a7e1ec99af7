"""An address that speaks to another service.

## What it does
Reports ports on which something else than the web is spoken.

## Why it matters
A request to such a port is a message to a database, a mail server or a control interface.

## Seen in the wild
Requests to ports of Redis and of mail servers are how a fetch became code.

## How to fix
Name host and port on the server's launch line, if the server is meant to talk to it.

## Known limits
Ports above the well-known ones on which web servers usually listen pass.
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
    id="url-port",
    title="The address leads to a port that is not the web's",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025", "MCP02:2025"), cwe=(918,)),
    check=objecting("url-port"),
    bad=(call("fetch", url="http://docs.example:25/", addresses={"docs.example": ["93.184.216.34"]}),),
    good=(call("fetch", url="https://docs.example:8443/", addresses={"docs.example": ["93.184.216.34"]}),),
)
