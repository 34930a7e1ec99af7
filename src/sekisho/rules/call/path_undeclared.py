"""An absolute path where no folder was declared.

## What it does
Reports an absolute path of a server that was given no folder, and whose working directory is a home or the root of
the file system, so that nothing contains it.

## Why it matters
Which files a tool touches is then the choice of whoever wrote the text that the model read.

## Seen in the wild
Desktop hosts start servers in the root of the file system.

## How to fix
Name a folder on the server's launch line, or start it in one.

## Known limits
Relative paths below the working directory pass.
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
    id="path-undeclared",
    title="Nobody said that the server may work there",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP05:2025",), cwe=(22,)),
    check=objecting("path-undeclared"),
    bad=(call("read_file", path="/data/report.txt", roots=(), cwd="/home/me", home="/home/me"),),
    good=(call("read_file", path="/work/report.txt"),),
)
