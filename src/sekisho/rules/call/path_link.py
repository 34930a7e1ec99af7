"""A link that leaves the server's folders.

## What it does
Follows links at the moment of the call, where we see the same files as the server, and reports a path whose real
place is outside, or cannot be told.

## Why it matters
A link inside of a permitted folder makes every check of names worthless.

## Seen in the wild
CVE-2025-53109: the filesystem server followed links out of its folders, for reading, writing and creating.

## How to fix
Replace the link, or name its target on the launch line.

## Known limits
A link that is changed between our look and the server's open is not seen; only a sandbox stops that.
Files of another machine are not looked at.
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
    id="path-link",
    title="The path leads elsewhere by a link",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(59, 61)),
    check=objecting("path-link"),
    bad=(call("read_file", path="/work/link/key.txt", links={"/work/link/key.txt": "/home/me/key.txt"}),),
    good=(call("read_file", path="/work/link/a.txt", links={"/work/link/a.txt": "/work/real/a.txt"}),),
)
