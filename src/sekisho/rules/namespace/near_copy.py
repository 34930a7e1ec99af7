"""A tool that copies another server's tool.

## What it does
Reports a tool of one server whose text and parameters are those of another server's tool, under the same or
another name.

## Why it matters
The model chooses between twins by chance or by who praises itself more. A rogue server needs nothing but a
copy to be called.

## Seen in the wild
Transfer and overlap attacks of MCP benchmarks. Two honest forks of one server look the same; one of them is
enough.

## How to fix
Remove one of the two servers.

## Known limits
A copy that was written anew in other words, with other parameters, is not seen. It does not tell which is the
original.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import listing, tool
from sekisho.text.likeness import pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]


def _check(readings: tuple[Reading, ...]) -> Iterator[Evidence]:
    for copy, original in pairs(readings):
        place = original.definition.place
        yield copy.named(f"{copy.definition.place.name} = {place.server}: {place.name}")


RULE: Final = Rule(
    id="near-copy",
    title="The tool is a near copy of another server's tool",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP03:2025", "MCP09:2025"), cwe=(290, 349)),
    check=_check,
    bad=(
        {
            "a": listing(tool("Tide tables for a harbour.", name="tides", harbour="")),
            "b": listing(tool("Tide tables for a harbour.", name="tide_lookup", harbour="")),
        },
        {
            "a": listing(tool("Tide tables for a harbour by date.", name="harbour_tides", harbour="", date="")),
            "b": listing(tool("Superb! Tide tables for any harbour by date.", name="tides_v2", harbour="", date="")),
        },
    ),
    good=(
        {
            "a": listing(tool("Tide tables for a harbour.", name="tides", harbour="")),
            "b": listing(tool("Ships that lie in a harbour.", name="ships", harbour="")),
        },
    ),
    miss=(
        {
            "a": listing(tool("Tide tables for a harbour.", name="tides", harbour="")),
            "b": listing(tool("When the water comes and goes.", name="ebb", port="")),
        },
    ),
)
