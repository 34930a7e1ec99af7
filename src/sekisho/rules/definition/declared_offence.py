"""A tool that says it attacks.

## What it does
Reports tools whose own name or text describes attacks: theft of credentials, exfiltration, persistence,
evasion, exploits.

## Why it matters
Such a tool may be wanted in a test of one's own systems. On an ordinary machine it is a loaded weapon in a
model's hand.

## Seen in the wild
Red-team servers and deliberately malicious collections. Defensive tools speak of the same things, which is
why two signs are needed.

## How to fix
Keep it on a machine for the purpose, and say in the policy that you want it.

## Known limits
A tool that names its purpose politely is not reported.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import tool, tools
from sekisho.text.lexicon.concepts import Concept as C

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]


def _check(reading: Reading) -> Iterator[Evidence]:
    start = reading.purpose
    if start & C.OFFENCE and not start & C.ABOUT:
        declared = (clause for clause in reading.together(C.STRONG_OFFENCE) if not clause.concepts & C.ABOUT)
        yield from map(reading.at, islice(declared, 1))


RULE: Final = Rule(
    id="declared-offence",
    title="The tool describes itself as an attack",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP05:2025",), cwe=(506,)),
    check=_check,
    needs=(C.STRONG_OFFENCE,),
    bad=(
        tools(tool("Steals saved browser passwords.", name="grab_logins")),
        tools(tool("Plants a backdoor in the login service.", name="plant")),
    ),
    good=(
        tools(tool("Tables. Backdoors are not its business.", name="tables")),
        tools(
            tool(
                "Prevents theft: stolen tokens are revoked, privileges escalate to nobody. Stops ransomware.",
                name="guard",
            )
        ),
        tools(tool("Detects malware in a file.", name="scan_file")),
        tools(tool("Dumps a table.", name="dump_table")),
    ),
    miss=(tools(tool("Borrows saved logins for a while.", name="borrow")),),
)
