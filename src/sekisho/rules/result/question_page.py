"""A page that a server wants opened and that is none of the web.

## What it does
Refuses a question of mode `url` (elicitation) whose address has another scheme than `http` or `https`, names an inner
host, hides its host, has a user name, or holds characters that no address has.
A page on this machine itself passes: a server that runs here may have one.

## Why it matters
The host opens the address for the person: a program may be behind its scheme, a router or a cloud's metadata behind its
host, and what a shell makes of it behind its characters.

## Seen in the wild
CVE-2025-6514: the address of an authorisation page, opened by way of a shell, ran commands.

## How to fix
Send people to a page of your own, by `https`.

## Known limits
What a host name resolves to is not asked, and what the page shows is not seen.
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.carried import noticing
from sekisho.rules.example import page

__all__ = ["RULE"]

RULE: Final = Rule(
    id="question-page",
    title="The page to open is none of the web",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(601, 78, 918)),
    check=noticing("question-page"),
    bad=(
        page("file:///etc/passwd"),
        page("ms-settings:privacy"),
        page("http://169.254.169.254/latest/meta-data/"),
        page("https://login.example/$(calc.exe)"),
    ),
    good=(page("https://login.example/authorize?state=a"), page("http://localhost:8123/setup")),
    miss=(page("https://login.example.evil.example/"),),
)
