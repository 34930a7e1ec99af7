"""A second program behind a tool's own.

## What it does
Reports a program other than the one that the tool is named after, in whatever part of the command.

## Why it matters
The tool's author pastes the text into a shell; the attacker adds a second command.

## Seen in the wild
CVE-2025-59377: `kubectl get pods; touch x` ran both.

## How to fix
Call the tool with arguments of its own program.

## Known limits
A tool whose name does not say its program is judged by the list of known programs.
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
    id="shell-other-program",
    title="The tool is for one program, and this is another one",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(77, 78)),
    check=objecting("shell-other-program"),
    bad=(call("kubectl", command="get pods; touch /tmp/x"),),
    good=(call("kubectl", command="kubectl get pods -n default"),),
)
