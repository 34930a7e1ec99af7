"""A result without the structure that its tool declares.

## What it does
Counts a result without `structuredContent` of a tool that has an `outputSchema`, in the record of the answer; it
passes. Errors are exempt.

## Why it matters
The specification demands the structure; a host that needs it will say so. The text is judged like any other.

## Seen in the wild
Servers that declare the schema for some of their answers only.

## How to fix
Report it to the server's author.

## Known limits
None are known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.carried import noticing
from sekisho.rules.example import answered

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject

__all__ = ["RULE"]

_COUNTED: Final[JsonObject] = {
    "outputSchema": {"type": "object", "properties": {"count": {"type": "integer"}}, "required": ["count"]}
}

RULE: Final = Rule(
    id="result-unstructured",
    title="The tool declares a structured result and gives none",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    verdict=Verdict.ALLOW,
    references=References(owasp=("MCP05:2025",), cwe=(345,)),
    check=noticing("result-unstructured"),
    bad=({**answered("3"), "tool": _COUNTED},),
    good=({**answered("3", {"count": 3}), "tool": _COUNTED}, answered("3")),
)
