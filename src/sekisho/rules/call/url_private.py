"""An address that is not on the public internet.

## What it does
Reports addresses of this machine, of private and link-local networks, of cloud metadata, in every spelling (decimal,
octal, mapped, full width), names of inner networks, and names that resolve to such an address.

## Why it matters
The server stands inside: what it fetches for an attacker is what the attacker cannot reach.

## Seen in the wild
CVE-2025-5276: a converter fetched `[::ffff:127.0.0.1]`.
Cloud metadata gives out credentials at `169.254.169.254`.

## How to fix
Name the host on the server's launch line, if the server is meant to talk to it.

## Known limits
A name that resolves differently a moment later, or a redirect, is seen only where connections are made.
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
    id="url-private",
    title="The address leads into a private network",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025", "MCP02:2025"), cwe=(918,)),
    check=objecting("url-private"),
    bad=(
        call("fetch", url="http://2852039166/latest/meta-data/"),
        call("fetch", url="http://intranet.example/", addresses={"intranet.example": ["10.0.0.7"]}),
    ),
    good=(
        call(
            "fetch",
            url="https://docs.example/a?next=http%3A%2F%2F127.0.0.1",
            addresses={"docs.example": ["93.184.216.34"]},
        ),
    ),
    miss=(call("fetch", url="https://docs.example/redirect", addresses={"docs.example": ["93.184.216.34"]}),),
)
