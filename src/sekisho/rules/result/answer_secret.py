"""A secret in what a model answers to a server.

## What it does
Refuses to hand a model's answer to the server that asked for it, where it holds a key, a token or a password that this
server has not said itself.

## Why it matters
A server that may ask the model may also ask it for what other tools have read.

## Seen in the wild
Published demonstrations use requests to the model to draw out what the conversation holds.

## How to fix
Give the server its secret yourself, in its configuration.

## Known limits
Secrets are known as in `result-secret`: by their form, or by the name beside them.
Whatever else the model says is handed on; what the server said itself comes as a reference, and goes back to it.
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.carried import noticing
from sekisho.rules.example import replied

__all__ = ["RULE"]

RULE: Final = Rule(
    id="answer-secret",
    title="A secret in a model's answer was about to reach a server",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP01:2025", "MCP10:2025"), cwe=(200, 522)),
    check=noticing("answer-secret"),
    bad=(
        replied("The key is in .env: API_KEY=q7Rw2mZx9Lk4Vb8Nc3Td6Yh1"),
        replied("https://me:q7Rw2mZx@git.test/a.git"),
    ),
    good=(replied("Set `API_KEY` to your key."), replied("It is \u27e6secret:1\u27e7.")),
    miss=(replied("The password is correct horse battery."),),
)
