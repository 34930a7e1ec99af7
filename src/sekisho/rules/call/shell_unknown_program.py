"""A program that is not in the table.

## What it does
Reports programs that are neither known to only show things nor known to developers, wherever they stand in the
command.

## Why it matters
A list of forbidden programs is no boundary: everything else would pass.

## Seen in the wild
Desktop Commander's list of blocked commands was passed by a newline and by `$(…)`.

## How to fix
Confirm the call, or let a person add the program to the policy.

## Known limits
A known program with unknown effects of its own options passes, if no table lists these.
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
    id="shell-unknown-program",
    title="The program is not one that we know",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP05:2025",), cwe=(78,)),
    check=objecting("shell-unknown-program"),
    bad=(call("run_command", command="frobnicate --all"), call("run_command", command='echo "$(frobnicate)"')),
    good=(call("run_command", command="echo a; ls | wc -l"),),
)
