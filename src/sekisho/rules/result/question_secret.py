"""A form of a server that asks for a secret.

## What it does
Refuses a form (elicitation) with a field, or a message beside a free field, that speaks of a password, a key, a token
or a card number.

## Why it matters
The specification forbids it: what a person types there passes through the host and the model's context.

## Seen in the wild
Phishing needs no more than a form that a trusted program shows.

## How to fix
Give the server its secret in its configuration; a server sends the person to its own page instead (mode `url`).

## Known limits
A field with another name for a secret is not seen.
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.carried import noticing
from sekisho.rules.example import form

__all__ = ["RULE"]

RULE: Final = Rule(
    id="question-secret",
    title="The form asks for a secret",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(
        owasp=("MCP10:2025", "MCP01:2025"),
        cwe=(
            522,
            1021,
        ),
    ),
    check=noticing("question-secret"),
    bad=(
        form("Log in.", dbPassword="string"),
        form("Paste your API key.", value="string"),
        form("接続します。", 暗証番号="string"),
    ),
    good=(form("Which colour?", colour="string"), form("Keep the password?", keep="boolean")),
    miss=(form("Type the magic word.", word="string"),),
)
