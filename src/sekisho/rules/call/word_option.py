"""A name that begins like an option.

## What it does
Reports values that are one name and begin with a dash, or name a transport that starts a program (`ext::`).
The same for addresses and hosts, and for paths that begin like an option with a value or one that is known to do harm.

## Why it matters
The program behind the tool obeys it.

## Seen in the wild
CVE-2026-61459: the name of a pod was `--server=…`.
CVE-2025-68144: a git ref was an option.

## How to fix
Give the plain name.
A server puts `--` before values that it did not choose.

## Known limits
An option in the middle of a text with spaces is looked for only where the program is known.
Where a tool does not say that it runs anything, a dash with a word behind it passes, unless some program has such an
option.
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
    id="word-option",
    title="A name would be taken for an option",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(88,)),
    check=objecting("word-option"),
    bad=(call("kubectl_get", name="--server=https://x.example"),),
    good=(call("kubectl_get", name="web-1", namespace="default"), call("set_offset", offset="-5m")),
)
