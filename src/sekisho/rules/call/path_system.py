r"""A path in the system's own folders.

## What it does
Reports a path into folders such as `/etc`, `/proc`, `/sys`, `/dev` or `C:\Windows`, unless the server was given one
of them.

## Why it matters
Nothing that an agent works on lies there, and much that helps an attacker does.

## Seen in the wild
Reading `/etc/passwd` is the first line of nearly every published exploit of a path.

## How to fix
Name the folder on the server's launch line, if the server is meant to work there.

## Known limits
What a distribution keeps elsewhere is not in the table `data/paths.toml`.
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
    id="path-system",
    title="The path belongs to the system",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(22, 552)),
    check=objecting("path-system"),
    bad=(call("read_file", path="/proc/self/environ", roots=(), cwd="/"),),
    good=(call("read_file", path="/srv/shop/readme.md", roots=("/srv/shop",)),),
)
