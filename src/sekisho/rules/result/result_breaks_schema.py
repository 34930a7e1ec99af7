"""A structured result that is not what its tool declares.

## What it does
Holds a result whose `structuredContent` breaks the `outputSchema` that was approved. Errors are exempt.

## Why it matters
A host or a program that relies on the schema reads something else than it thinks; what is beside the schema is a place
where nobody looks.

## Seen in the wild
The specification demands it of servers; clients of the official SDKs refuse such results themselves.

## How to fix
Report it to the server's author; to let a tool's results pass all the same, write `output = "note"` for its calls.

## Known limits
What of a schema is no valid schema, or has a pattern with look-around, is not enforced.
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
    id="result-breaks-schema",
    title="The structured result breaks the schema of its own tool",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(20, 345)),
    check=noticing("result-breaks-schema"),
    bad=({**answered("3", {"count": "three"}), "tool": _COUNTED}, {**answered("3", {"count": 3.5}), "tool": _COUNTED}),
    good=({**answered("3", {"count": 3}), "tool": _COUNTED}, answered("3", {"count": "three"})),
)
