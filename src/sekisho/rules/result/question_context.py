"""A request to a model that asks for the conversation.

## What it does
Takes `includeContext` out of a request to a model (sampling); the rest passes.

## Why it matters
It would give a server what was said to other servers.

## Seen in the wild
The member is deprecated for this reason.

## How to fix
Nothing.

## Known limits
What the host puts into the answer anyway is not seen.
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.carried import noticing
from sekisho.rules.example import sampling

__all__ = ["RULE"]

RULE: Final = Rule(
    id="question-context",
    title="The server asked a model for the conversation",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.ALLOW,
    references=References(owasp=("MCP10:2025", "MCP01:2025"), cwe=(200,)),
    check=noticing("question-context"),
    bad=(sampling(includeContext="allServers"), sampling(includeContext="thisServer")),
    good=(sampling(), sampling(includeContext="none")),
)
