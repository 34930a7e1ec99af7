"""A version with a published flaw.

## What it does
Reports launches of packages in versions that a published advisory is about, from a table that comes with us.

## Why it matters
The way in is public, and often so is a program that takes it.

## Seen in the wild
CVE-2025-6514: a bridge that half a million machines had installed ran the commands of the servers it was pointed at.

## How to fix
Launch the version that the advisory names as fixed, or another package where there is none.

## Known limits
The table is as old as this release and far from complete; flaws of what a package depends on are not in it.
A launch without an exact version is taken for the newest one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Evidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import started
from sekisho.settings.advisories import advisories_about
from sekisho.settings.packages import packages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.entry import Entry

__all__ = ["RULE"]


def _check(entry: Entry) -> Iterator[Evidence]:
    for package in packages(entry):
        found = list(advisories_about(package))
        if found:
            ids = ", ".join(advisory.id for advisory in found)
            fixed = found[-1].fixed
            excerpt = f"{package.word.text}: {ids}{f' (fixed in {fixed})' if fixed else ''}"
            yield Evidence(pointer=package.word.pointer, excerpt=excerpt, place=entry.place)


RULE: Final = Rule(
    id="known-vulnerable",
    title="The version has a published flaw",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP04:2025",), cwe=(1395,)),
    check=_check,
    bad=(
        started("npx", "-y", "mcp-remote@0.1.15", "https://weather.example.org/sse"),
        started("npx", "@modelcontextprotocol/inspector@0.14.0"),
        started("npx", "-y", "@modelcontextprotocol/server-filesystem@0.6.2", "/srv/notes"),
        started("uvx", "mcp_server_git==2025.7.1"),
        started("uvx", "--from", "mcp-atlassian@0.16.1", "mcp-atlassian"),
        started("npx", "-y", "postmark-mcp"),
    ),
    good=(
        started("npx", "-y", "mcp-remote@0.1.16", "https://weather.example.org/sse"),
        started("npx", "-y", "@modelcontextprotocol/server-filesystem@2026.8.31", "/srv/notes"),
        started("uvx", "mcp-server-git@2026.10.19"),
        started("npx", "-y", "postmark-mcp@1.0.15"),
        started("npx", "-y", "@example/mcp-remote@0.1.0"),
    ),
    miss=(started("npx", "-y", "mcp-remote@0.1", "https://weather.example.org/sse"),),
)
