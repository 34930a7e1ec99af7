"""A variable that makes a program load or start something else.

## What it does
Reports variables of an environment (`env`, `environment`, `variables`) by which the next program loads a library, runs
a start-up file or another program, or is led elsewhere: `LD_PRELOAD`, `NODE_OPTIONS`, `BASH_ENV`, `GIT_SSH_COMMAND`,
`PATH`, `ansible_shell_executable`; in maps, in lists of `NAME=value`, and as name and value.

## Why it matters
Whoever sets it decides what runs, whatever the command is.

## Seen in the wild
CWE-454 and CWE-426: the list of such variables is the one for commands (`shell-danger`).

## How to fix
Set what the program itself reads (`PORT`, `NODE_ENV`).
Set the others in the launch of the server, where a person sees them.

## Known limits
Options that only tune pass (`NODE_OPTIONS=--max-old-space-size=4096`), and folders of the project (`PYTHONPATH=src`).
Variables of single programs are not known.
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
    id="variable-starts",
    title="A variable makes a program load or start something",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(454, 426)),
    check=objecting("variable-starts"),
    bad=(
        call("run_script", env={"LD_PRELOAD": "/work/x.so"}),
        call("run_script", environment=["BASH_ENV=/work/x"]),
    ),
    good=(
        call("run_script", env={"NODE_ENV": "production", "NODE_OPTIONS": "--max-old-space-size=4096"}),
        call("run_script", environment=["PYTHONPATH=src"]),
    ),
)
