"""A structured result that could not be held against its tool's schema in time.

## What it does
Holds a result whose schema refers to itself without end, or is too large, or that is too much for its schema.

## Why it matters
A schema of 2 KB can keep a validator busy for ever, and what was not checked is not shown as if it was.

## Seen in the wild
Schemas of this kind are known from validators of all languages; no honest server of our corpora has one.

## How to fix
Ask for less at once; to let a tool's results pass unchecked, write `output = "note"` for its calls.

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

_ENDLESS: Final[JsonObject] = {"outputSchema": {"allOf": [{"$ref": "#"}]}}

RULE: Final = Rule(
    id="result-not-checked",
    title="Nobody could check the structured result in time",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(400, 770)),
    check=noticing("result-not-checked"),
    bad=({**answered("3", {"count": 3}), "tool": _ENDLESS},),
    good=(answered("3", {"count": 3}),),
)
