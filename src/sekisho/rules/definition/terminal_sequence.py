r"""Control sequences for a terminal.

## What it does
Reports escape characters, and other control characters than tab and line ends, in any string.

## Why it matters
They move the cursor, hide words, set the clipboard or the title when a person looks at the tool in a
terminal.

## Seen in the wild
Published against MCP clients in 2025: the description erases itself on the screen and stays in the model's
view.

## How to fix
Remove them. Colours belong to the client.

## Known limits
A sequence written out as text (`\\x1b[2J`) is not reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import tool, tools
from sekisho.text.looks import CONTROL, Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]


def _check(reading: Reading) -> Iterator[Evidence]:
    for passage in reading.passages:
        found = CONTROL.search(passage.text)
        if found:
            yield reading.evidence(passage, passage.text[max(0, found.start() - 20) : found.end() + 60])


RULE: Final = Rule(
    id="terminal-sequence",
    title="The text holds control sequences for a terminal",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP03:2025",), cwe=(150, 451)),
    check=_check,
    needs=(Look.CONTROL,),
    bad=(tools(tool("Forecast.\x1b[8m more \x1b[0m")), tools(tool("Forecast.", area="\x9d52;c;eA==\x07"))),
    good=(tools(tool("Forecast.\n\tBy day.")),),
    miss=(tools(tool(r"Forecast. \x1b[2J")),),
)
