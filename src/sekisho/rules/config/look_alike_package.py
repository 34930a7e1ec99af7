"""A package that looks like another one.

## What it does
Reports launches of packages whose name differs from a well-known server's by its separators, or by one letter.

## Why it matters
Whoever registers the name with the typing mistake runs code on every machine where it was made.

## Seen in the wild
Names one letter away from popular packages are registered within days, for servers as for everything else.

## How to fix
Compare the name with the server's own documentation and correct it.

## Known limits
The table of well-known packages is short.
An invented name that sounds right, or the right name under another owner's scope, is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Evidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import started
from sekisho.settings.advisories import canonical
from sekisho.settings.known_packages import resembled
from sekisho.settings.packages import Origin, packages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.entry import Entry

__all__ = ["RULE"]


def _check(entry: Entry) -> Iterator[Evidence]:
    for package in packages(entry):
        if package.origin is Origin.REGISTRY:
            other = resembled(canonical(package), package.ecosystem.value)
            if other is not None:
                excerpt = f"{package.name} ≈ {other}"
                yield Evidence(pointer=package.word.pointer, excerpt=excerpt, place=entry.place)


RULE: Final = Rule(
    id="look-alike-package",
    title="The package's name is almost that of a well-known one",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP04:2025", "MCP09:2025"), cwe=(1357, 494)),
    check=_check,
    bad=(
        started("npx", "-y", "@modelcontextprotocol/server-filesytem@1.0.0", "/srv/notes"),
        started("npx", "-y", "@modelcontextprotocal/server-github@1.0.0"),
        started("npx", "-y", "modelcontextprotocol-server-memory@1.0.0"),
        started("npx", "-y", "mcp-remtoe@0.1.29", "https://weather.example.org"),
        started("uvx", "mcp-server-fetchh==1.0.0"),
    ),
    good=(
        started("npx", "-y", "@modelcontextprotocol/server-filesystem@2026.8.31", "/srv/notes"),
        started("npx", "-y", "mcp-remote@0.1.29", "https://weather.example.org"),
        started("uvx", "mcp_server_fetch==2026.10.24"),
        started("uvx", "mcp-server-weather==1.0.0"),
        started("npx", "-y", "@example/server-github@1.0.0"),
    ),
    miss=(started("npx", "-y", "@mcp-official/server-filesystem@1.0.0"),),
)
