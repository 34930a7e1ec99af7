"""A line of its own in a value that becomes a header.

## What it does
Reports a line break before a name and a colon, at either end, or before another one, in headers of HTTP; one before
the name of a header of mail in addresses and subjects of tools for mail, and before a line of a calendar in what a
calendar gets.
Any line break counts in names, keys, hosts, folders and time tables, which have one line, and one before a header of
HTTP in what is no content.
A header is known by its name or by its description.

## Why it matters
The receiver takes the second line for a header, or for the next command: one more recipient, another host, a cookie,
`DEL` in Redis, a second job of cron.

## Seen in the wild
Libraries of most languages let line breaks through into headers at some time (CVE-2019-9740 in Python's own).

## How to fix
Write the value on one line.

## Known limits
A server that logs what it gets is not known: any text may hold lines.
Searches, titles and notes may hold lines too, whatever protocol a server speaks.
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
    id="header-split",
    title="The value holds a line of its own for the head of a message",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(
        owasp=("MCP05:2025",),
        cwe=(
            93,
            113,
        ),
    ),
    check=objecting("header-split"),
    bad=(
        call("send_email", subject="Hello\r\nBcc: all@example.com"),
        call("fetch", headers="X-Team: a\r\nHost: inner.example"),
        call("redis_set", key="a\r\nDEL b"),
    ),
    good=(
        call("send_email", subject="Re: Bcc: or Cc:?"),
        call("create_note", subject="a\nTo: b"),
    ),
)
