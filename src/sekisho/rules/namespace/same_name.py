"""Two servers that offer something under the same name.

## What it does
Reports a tool or prompt whose name another server of the same host has too, case and separators aside.

## Why it matters
A host without prefixes calls whichever came last.
A server can take over another's calls by nothing but a name.

## Seen in the wild
Honest servers collide often: `search` and `fetch` are everywhere. That is why it is low.

## How to fix
Give servers an alias in front of their names: the configured gateway does.

## Known limits
It does not tell which of the two was there first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.place import Kind
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import listing, tool
from sekisho.text.scripts import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]

_NAMED: Final = frozenset({Kind.TOOL, Kind.PROMPT})


def _check(readings: tuple[Reading, ...]) -> Iterator[Evidence]:
    first: dict[tuple[Kind, str], str] = {}
    for reading in readings:
        place = reading.definition.place
        key = (place.kind, plain(place.name) or place.name)
        if place.kind in _NAMED and first.setdefault(key, place.server) != place.server:
            yield reading.named(f"{place.name} ({first[key]})")


RULE: Final = Rule(
    id="same-name",
    title="Another server offers the same name",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    verdict=Verdict.ALLOW,
    references=References(owasp=("MCP03:2025", "MCP09:2025"), cwe=(694,)),
    check=_check,
    bad=(
        {"a": listing(tool("Forecast for a city.")), "b": listing(tool("Sky over a place."))},
        {"a": listing(tool("Tides.", name="get_tides")), "b": listing(tool("Moon.", name="getTides"))},
    ),
    good=({"a": listing(tool("Forecast for a city.")), "b": listing(tool("Sky.", name="sky"))},),
)
