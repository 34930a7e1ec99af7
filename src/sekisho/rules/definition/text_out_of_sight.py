"""Text where nobody looks.

## What it does
Reports words behind screens of white space, and words in HTML comments or hidden elements.

## Why it matters
A person who approves the tool sees the first lines. The model reads to the end.

## Seen in the wild
Descriptions with a hundred line breaks before the order; comments in Markdown that is rendered.

## How to fix
Say it where it is seen, or not at all.

## Known limits
A long honest text can hide a line too; this looks for emptiness only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import tool, tools
from sekisho.text.looks import BLANK, GAP, Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]

_WIDTH: Final = 80
_SHOWN: Final = 200
_COMMON: Final = ("  ", "\t", "\r")
_UNRENDERED: Final = re.compile(
    r"<!--\s*(\S.{8,300}?)(?:-->|\Z)|<[a-z]+[^>]{0,200}(?:display: ?none|visibility: ?hidden|"
    r"font-size: ?0|\bhidden\b)[^>]{0,200}>(.{8,200})",
    re.IGNORECASE | re.DOTALL,
)


def _check(reading: Reading) -> Iterator[Evidence]:
    for passage in reading.passages:
        text = passage.text
        if len(text) > GAP:
            found = _behind_a_gap(text) or _unrendered(text)
            if found:
                yield reading.evidence(passage, found)


def _behind_a_gap(text: str) -> str:
    """Return what stands behind a screen of nothing."""
    if text.isascii() and text.count("\n") < GAP and not any(blank in text for blank in _COMMON):
        return ""
    for gap in BLANK.finditer(text):
        lines = gap[0].split("\n")
        if gap.end() < len(text) and (len(lines) > GAP or max(map(len, lines)) >= _WIDTH):
            return text[gap.end() : gap.end() + _SHOWN]
    return ""


def _unrendered(text: str) -> str:
    """Return what a page does not show."""
    found = _UNRENDERED.search(text) if "<" in text else None
    return (found[1] or found[2]) if found else ""


RULE: Final = Rule(
    id="text-out-of-sight",
    title="Words stand where a person does not look",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP03:2025",), cwe=(451,)),
    check=_check,
    needs=(Look.GAP | Look.ANGLE,),
    bad=(
        tools(tool("Forecast." + "\n" * 40 + "And some more.")),
        tools(tool("Forecast." + " " * 500 + "And some more.")),
        tools(tool("Forecast." + "\u2800\r\n" * 40 + "And some more.")),
        tools(tool("Forecast. <!-- what the page does not show -->")),
        tools(tool("Forecast. <span style='display:none'>what the page does not show</span>")),
    ),
    good=(
        tools(tool("Forecast.\n\n    Args:\n        area: the city\n")),
        tools(tool("Forecast. <b>Daily</b>.")),
        tools(tool(f"area{' ' * 20}the city")),
    ),
    miss=(tools(tool("Forecast. " + "Sunny. " * 400 + "And some more.")),),
)
