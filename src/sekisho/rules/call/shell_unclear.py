"""A command that hides its program.

## What it does
Reports commands whose program is computed, that cannot be read, that hold code of another language, or options and
variables that start another program.

## Why it matters
What cannot be read cannot be judged.

## Seen in the wild
Variables such as `GIT_SSH_COMMAND`, and `find -exec`, start programs that no list of names sees.

## How to fix
Write the command plainly; put code of another language into a file of the project, and run that.

## Known limits
Honest one-liners of other languages are asked about too, but for those of Python that only compute and read, and of
Node that show a version or a member of a JSON file.
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
    id="shell-unclear",
    title="It cannot be told what the command would run",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP05:2025",), cwe=(78, 116)),
    check=objecting("shell-unclear"),
    bad=(call("run_command", command="$CMD x"), call("run_command", command="python3 -c 'import os'")),
    good=(call("run_command", command="python3 -m pytest -q"),),
)
