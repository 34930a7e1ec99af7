"""A secret in what a server says.

## What it does
Reports keys, tokens and passwords in results, errors, progress, logs and questions, by their form or by the name
beside them; also escaped, in base64, with characters inside that nobody sees, and split over texts side by side.
A reference stands in their place: it goes back to the same server as what it stands for, and to no other.

## Why it matters
What a model has read it may repeat: into a query, a commit, an answer.

## Seen in the wild
Published demonstrations let an agent read a configuration file and put the key in it into a public issue.

## How to fix
Nothing: the file keeps its secret when the model writes it back.

## Known limits
Passwords of plain words in a sentence or a table, signed addresses of downloads, what is compressed, and the middle of
a private key are not seen.
A random value under a name such as `token` is taken for a secret, which costs nothing but the sight of it.
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
    id="result-secret",
    title="A secret was cut out of what the server says",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ALLOW,
    references=References(
        owasp=(
            "MCP01:2025",
            "MCP10:2025",
        ),
        cwe=(
            200,
            522,
        ),
    ),
    check=noticing("result-secret"),
    bad=(
        answered("DB_PASSWORD=q7Rw2mZx\n"),
        answered("done", structured={"apiKey": "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1"}),
        answered("remote: https://me:q7Rw2mZx@git.test/a.git"),
    ),
    good=(
        answered("password: str\ntoken = read_token()"),
        answered("Set `API_KEY` to your key."),
        answered("done", structured={"nextPageToken": "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1"}),
    ),
    miss=(answered("The password is correct horse battery."),),
)
