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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]

_LINES: Final = 12
_GAP: Final = re.compile(r"(?:[ \t]*\n){12,}\s*(\S.{0,200})|[ \t\u00a0\u3000]{80,}(\S.{0,200})")
_UNRENDERED: Final = re.compile(
    r"<!--\s*(\S.{8,300}?)(?:-->|\Z)|<[a-z]+[^>]{0,200}(?:display: ?none|visibility: ?hidden|"
    r"font-size: ?0|\bhidden\b)[^>]{0,200}>(.{8,200})",
    re.IGNORECASE | re.DOTALL,
)


def _check(reading: Reading) -> Iterator[Evidence]:
    if (
        "<" not in reading.whole
        and " " * 80 not in reading.whole
        and reading.whole.count("\n") < _LINES
        and reading.ascii
    ):
        return
    for passage in reading.passages:
        for pattern, sign in ((_GAP, "  "), (_GAP, "\n\n"), (_UNRENDERED, "<")):
            found = pattern.search(passage.text) if sign in passage.text else None
            if found:
                yield reading.evidence(passage, found[1] or found[2])
                break


RULE: Final = Rule(
    id="text-out-of-sight",
    title="Words stand where a person does not look",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP03:2025",), cwe=(451,)),
    check=_check,
    bad=(
        tools(tool("Forecast." + "\n" * 40 + "And some more.")),
        tools(tool("Forecast." + " " * 500 + "And some more.")),
        tools(tool("Forecast. <!-- what the page does not show -->")),
        tools(tool("Forecast. <span style='display:none'>what the page does not show</span>")),
    ),
    good=(tools(tool("Forecast.\n\n    Args:\n        area: the city\n")), tools(tool("Forecast. <b>Daily</b>."))),
    miss=(tools(tool("Forecast. " + "Sunny. " * 400 + "And some more.")),),
)
