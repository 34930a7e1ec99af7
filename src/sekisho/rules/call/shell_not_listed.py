"""A program that the policy does not list.

## What it does
Reports a program, in whatever part of a command, that is not in every list (`programs`) that was written for the server
or the tool.

## Why it matters
What a server's commands are for is known to whoever set it up; everything else is somebody else's idea.

## Seen in the wild
Lists of blocked commands were passed by a newline and by `$(…)`; a list of programs is judged by what would run.

## How to fix
If the program is meant, add it to `programs`: `sekisho config show` says where that is written.

## Known limits
What a listed program starts by itself.
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
    id="shell-not-listed",
    title="The program is not listed",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(78,)),
    check=objecting("shell-not-listed"),
    bad=(call("run_command", programs=("git",), command="git status; make"),),
    good=(call("run_command", programs=("git",), command="cd src && git status"),),
)
