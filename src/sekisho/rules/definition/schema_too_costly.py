"""A schema that nobody can hold a value against in time.

## What it does
Reports an input or output schema that leads back to itself without a step into the value, or that is more than 200,000
schemas with every reference written out.

## Why it matters
Thirty references, each to two of the next, are 2 KB of text, and keep a validator busy for ever.
Calls of such a tool are refused, because what can't be checked is not sent; it is better told before.

## Seen in the wild
Schemas of this kind are known from validators of all languages; no honest server of our corpora has one.

## How to fix
Write the schema without references that multiply.

## Known limits
A schema that costs much only with certain values is told with the call (`arguments-not-checked`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.guards.contract import too_costly
from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import tool, tools
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading
    from sekisho.wire.strict import JsonObject

__all__ = ["RULE"]

_SCHEMAS: Final = ("inputSchema", "outputSchema")


def _check(reading: Reading) -> Iterator[Evidence]:
    body = obj(reading.definition.body)
    for name in _SCHEMAS:
        if name in body and too_costly(body[name], refers=any(each.key == "$ref" for each in reading.passages)):
            yield reading.member(name, "")


def _multiplied(times: int) -> JsonObject:
    """Return a schema whose references double so many times."""
    steps: JsonObject = {
        str(number): {"allOf": [{"$ref": f"#/$defs/{number + 1}"}, {"$ref": f"#/$defs/{number + 1}"}]}
        for number in range(times)
    }
    return {"$ref": "#/$defs/0", "$defs": {**steps, str(times): {"type": "object"}}}


RULE: Final = Rule(
    id="schema-too-costly",
    title="Nobody can check a value against the schema in time",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP05:2025",), cwe=(400, 674)),
    check=_check,
    bad=(
        tools(tool("Forecast.", more={"inputSchema": _multiplied(30)})),
        tools(tool("Forecast.", more={"outputSchema": {"allOf": [{"$ref": "#"}]}})),
    ),
    good=(
        tools(tool("Forecast.", more={"inputSchema": _multiplied(5)})),
        tools(tool("Forecast.", more={"inputSchema": {"type": "object", "properties": {"next": {"$ref": "#"}}}})),
    ),
)
