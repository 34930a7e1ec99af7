"""A schema that is fetched from elsewhere.

## What it does
Reports a `$ref` in a schema that leads out of the document.

## Why it matters
Whoever holds the other address decides later what the schema says.
A client that resolves it also fetches an address of the server's choice from inside your network.

## Seen in the wild
Scanners of tool schemas found it in demonstrations; no honest server of our corpora does it.

## How to fix
Copy the referenced schema into `$defs`, and refer to it as `#/$defs/NAME`.

## Known limits
A relative file name is reported too, although few clients would resolve it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import tool, tools
from sekisho.text.looks import Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]

_REFERENCES: Final = frozenset({"$ref", "$dynamicRef", "$recursiveRef"})


def _check(reading: Reading) -> Iterator[Evidence]:
    for passage in reading.passages:
        if passage.key in _REFERENCES and not passage.text.startswith("#") and passage.text != passage.key:
            yield reading.evidence(passage, passage.text)


RULE: Final = Rule(
    id="remote-reference",
    title="The schema refers to something outside of the document",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP03:2025", "MCP04:2025"), cwe=(829, 918)),
    check=_check,
    needs=(Look.REFERENCE,),
    bad=(tools(tool("Forecast.", more={"inputSchema": {"$ref": "https://schemas.invalid/forecast.json"}})),),
    good=(tools(tool("Forecast.", more={"inputSchema": {"$ref": "#/$defs/a", "$defs": {"a": {"type": "object"}}}})),),
    miss=(tools(tool("Arguments as in https://schemas.invalid/forecast.json.")),),
)
