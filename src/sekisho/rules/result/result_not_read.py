"""A long message that was not read in time.

## What it does
Refuses a result, an error, a question or a notification of more than 64 KB that a worker could not read within two
seconds and four more for each megabyte, twenty at most.

## Why it matters
What nobody read may hold anything; and whoever waits for it must not wait for ever.

## Seen in the wild
None; it bounds what a server may make us do.

## How to fix
Ask for less at once.

## Known limits
It can't be released, because nothing is known of it.
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.carried import noticing
from sekisho.rules.example import answered

__all__ = ["RULE"]

RULE: Final = Rule(
    id="result-not-read",
    title="Nobody could read the server's message in time",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(400, 770)),
    check=noticing("result-not-read"),
    bad=({**answered("A note."), "worker": {}},),
    good=(answered("A note."),),
)
