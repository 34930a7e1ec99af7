"""A parameter that becomes a dangerous header.

## What it does
Reports `x-mcp-header` declarations for headers that authenticate, route or frame a request.

## Why it matters
The model's argument would set who the request is from, where it goes or where it ends.

## Seen in the wild
New with revision 2026-07-28; the specification forbids some of them.

## How to fix
Use a name of your own.

## Known limits
A private header with the same power under another name is not known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import tool, tools
from sekisho.text.looks import Look
from sekisho.text.passages import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]

_OURS: Final = re.compile(
    r"(?:proxy-)?authori[sz]ation|cookie2?|set-cookie|host|forwarded|x-forwarded-.*|x-real-ip|origin|referer|connection|"
    r"transfer-encoding|content-.*|te|upgrade|x-api-key|x-http-method.*|mcp-.*|via",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")


def _check(reading: Reading) -> Iterator[Evidence]:
    for passage in reading.passages:
        if passage.key == "x-mcp-header" and passage.role is not Role.NAME:
            name = passage.text.strip()
            if _OURS.fullmatch(name) or not _TOKEN.fullmatch(passage.text):
                yield reading.evidence(passage, passage.text)


RULE: Final = Rule(
    id="header-parameter",
    title="A parameter is declared as a header that authenticates or routes",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP07:2025", "MCP03:2025"), cwe=(113, 644)),
    check=_check,
    needs=(Look.HEADER,),
    bad=(
        tools(
            tool("F.", more={"inputSchema": {"properties": {"a": {"type": "string", "x-mcp-header": "Authorization"}}}})
        ),
        tools(tool("F.", more={"inputSchema": {"properties": {"a": {"type": "string", "x-mcp-header": "A: b"}}}})),
    ),
    good=(
        tools(tool("F.", more={"inputSchema": {"properties": {"a": {"type": "string", "x-mcp-header": "Region"}}}})),
    ),
    miss=(
        tools(tool("F.", more={"inputSchema": {"properties": {"a": {"type": "string", "x-mcp-header": "Tenant"}}}})),
    ),
)
