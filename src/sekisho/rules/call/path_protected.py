"""Writing what runs by itself.

## What it does
Reports a write to files that somebody else executes or obeys: `.git/hooks`, files of CI, start files of shells and
editors, agents' settings, hosts' MCP settings, `sekisho.toml`.

## Why it matters
Who writes them runs code later, as the user, outside of every check.

## Seen in the wild
CVE-2025-54135 and CVE-2025-54136: an agent was made to write its own MCP settings, which then started a command.

## How to fix
Make such changes by hand.

## Known limits
A file that only one project executes, such as a script that its build calls, is not known.
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
    id="path-protected",
    title="The file runs by itself, or decides what is allowed",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025", "MCP04:2025"), cwe=(73, 94)),
    check=objecting("path-protected"),
    bad=(call("write_file", path="/work/.git/hooks/pre-commit"), call("write_file", path="/work/.cursor/mcp.json")),
    good=(call("read_file", path="/work/.git/hooks/pre-commit"), call("write_file", path="/work/src/app.py")),
)
