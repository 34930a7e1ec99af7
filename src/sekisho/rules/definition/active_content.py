"""Code in a place for pictures or text.

## What it does
Reports script addresses, inline scripts and event handlers in icons, links, resources and texts.

## Why it matters
A client that shows the icon or the resource may run it.

## Seen in the wild
`javascript:` icons are in the security notes of the specification for icons.

## How to fix
Use `https:` or a `data:` picture.

## Known limits
Pictures that are attacks on a decoder are not looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import tool, tools
from sekisho.text.lexicon.concepts import Concept as C
from sekisho.text.passages import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]

_CODE: Final = re.compile(
    r"^\s*(?:javascript|vbscript)\s*:|^\s*data:(?:text/html|application/xhtml|image/svg\+xml[^,]{0,40},.{0,4000}(?:script|onload))|"
    r"<script[\s>]|<iframe[\s>]|<[a-z]+[^>]{0,200}\son(?:load|error|click|mouseover|focus)\s*=",
    re.IGNORECASE,
)


def _check(reading: Reading) -> Iterator[Evidence]:
    for passage in reading.passages:
        found = _CODE.search(passage.text)
        if found and not (passage.role is Role.PROSE and "`" in passage.text):
            yield reading.evidence(passage, passage.text[max(0, found.start() - 20) : found.end() + 80])


RULE: Final = Rule(
    id="active-content",
    title="An icon, link or text holds code",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025", "MCP03:2025"), cwe=(79, 83)),
    check=_check,
    needs=(C.MARKUP,),
    bad=(
        tools(tool("Forecast.", more={"icons": [{"src": "javascript:alert(1)"}]})),
        tools(tool("Forecast. <img src=x onerror=alert(1)>")),
    ),
    good=(
        tools(tool("Forecast.", more={"icons": [{"src": "https://weather.invalid/sun.png"}]})),
        tools(tool("Removes `<script>` from pages.")),
    ),
    miss=(tools(tool("Forecast.", more={"icons": [{"src": "data:image/png;base64,AAAA"}]})),),
)
