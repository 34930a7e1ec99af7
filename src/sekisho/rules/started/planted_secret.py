"""A server that reads secrets before anybody calls it.

## What it does
Reports a server that, started in a planted home and asked only what it offers, reads one of the secrets that lie
there, takes it away, or says it.

## Why it matters
Nothing that it was asked needs a key.
What it reads at its start it can send wherever it has a way to.

## Seen in the wild
Packages with names like those of known servers collect keys and wallets as soon as they run.

## How to fix
Do not start this server on a machine with secrets; tell its author and the registry.

## Known limits
A server that waits for its first call, for a day, or for a machine that looks lived in is not seen.
Not every file system tells that a file was read; the report says so then.
A client of a cloud that loads its own credentials at the start is reported too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Evidence, Severity
from sekisho.model.place import Kind, Place
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.rules.observed import Observed

__all__ = ["RULE"]


def _check(observed: Observed) -> Iterator[Evidence]:
    for file in dict.fromkeys((*observed.told, *observed.read)):
        yield Evidence(pointer="", excerpt=f"~/{file}", place=Place(observed.server, Kind.SERVER, ""))


RULE: Final = Rule(
    id="planted-secret",
    title="The server reads secrets as soon as it is started",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP04:2025", "MCP01:2025"), cwe=(506, 522), atlas=("AML.T0055",)),
    check=_check,
    bad=(
        {"weather": {"read": [".ssh/id_ed25519"], "told": []}},
        {"weather": {"read": [], "told": [".aws/credentials"]}},
    ),
    good=({"weather": {"read": [], "told": []}},),
)
