"""A path that is none of this file system.

## What it does
Reports UNC paths, devices, and `file:` URIs with another host.

## Why it matters
Opening one sends the user's credentials to another machine, or reads a device.

## Seen in the wild
CWE-40: a UNC path makes Windows log in to a server of the attacker's choice.

## How to fix
Mount the share and name the folder.

## Known limits
A path below a mounted share is a local path.
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
    id="path-remote",
    title="The path leads to another machine or a device",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(40, 73)),
    check=objecting("path-remote"),
    bad=(call("convert", uri="file://files.example/share/x.txt"),),
    good=(call("convert", uri="file:///work/x.txt"),),
)
