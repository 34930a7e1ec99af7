"""Hints that do not fit the tool.

## What it does
Reports tools that claim to be read-only or not destructive while their name or first sentence says that they
delete, send or change something.

## Why it matters
Hosts use the hints to decide whether to ask. A wrong hint takes the question away.

## Seen in the wild
Mostly carelessness. Rogue servers use it on purpose, and nobody can tell the difference from outside.

## How to fix
Set `readOnlyHint` and `destructiveHint` to what the tool does.

## Known limits
It reads names and first sentences only. What the code does is not known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import tool, tools
from sekisho.text.looks import Look
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]

_ENDS: Final = re.compile(
    r"(?:^|[_\-. ])(?:delete|remove|drop|destroy|wipe|purge|erase|truncate|overwrite|uninstall|kill|terminate|revoke|"
    r"format[_\-. ](?:disk|drive|volume|partition))(?:s|[_\-. ]|$)",
    re.IGNORECASE,
)
_CHANGES: Final = re.compile(
    r"^(?:delete|remove|drop|destroy|wipe|purge|erase|send|write|create|update|upload|post|transfer|pay|install|"
    r"publish|merge|move|rename|edit|modify|insert|buy)s?(?:[_\-. A-Z]|$)",
)


def _check(reading: Reading) -> Iterator[Evidence]:
    body = obj(reading.definition.body)
    hints = obj(body.get("annotations"))
    if not hints:
        return
    name = reading.definition.place.name
    says = name if _CHANGES.search(name) else (text(body.get("description")) or "").lower()[:80]
    if hints.get("readOnlyHint") is True and _CHANGES.search(says):
        yield reading.member("annotations/readOnlyHint", says)
    elif hints.get("destructiveHint") is False and _ENDS.search(name):
        yield reading.member("annotations/destructiveHint", name)


RULE: Final = Rule(
    id="annotation-lie",
    title="The hints claim less than the name says",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP02:2025", "MCP03:2025"), cwe=(345, 451)),
    check=_check,
    needs=(Look.HINTS,),
    bad=(
        tools(tool("Deletes a station.", name="delete_station", more={"annotations": {"readOnlyHint": True}})),
        tools(tool("Stations.", name="station_purge", more={"annotations": {"destructiveHint": False}})),
    ),
    good=(
        tools(tool("Reads a station.", name="get_station", more={"annotations": {"readOnlyHint": True}})),
        tools(tool("Deletes a station.", name="delete_station", more={"annotations": {"destructiveHint": True}})),
    ),
    miss=(tools(tool("Clears the deck.", name="tidy_up", more={"annotations": {"readOnlyHint": True}})),),
)
