"""A parameter that asks who is calling.

## What it does
Reports a parameter or text that asks for the model's or client's own name, version or maker.

## Why it matters
No tool needs it to do its work. It tells the server which model it talks to, so that it can answer each one
differently, and it is the harmless looking first parameter that carries context out.

## Seen in the wild
The out-of-scope parameter of MCP security benchmarks; not found in real definitions beside tools that
configure clients.

## How to fix
Remove the parameter. `clientInfo` tells the server as much as the user's client wants to tell.

## Known limits
A question about the caller in a paraphrase without model, assistant or client is not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import tool, tools
from sekisho.text.lexicon.concepts import Concept as C

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]


def _check(reading: Reading) -> Iterator[Evidence]:
    for clause in reading.together(C.CALLER):
        if not reading.is_about(clause):
            yield reading.at(clause)


RULE: Final = Rule(
    id="asks-about-caller",
    title="A parameter asks which model or client is calling",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP10:2025", "MCP03:2025"), cwe=(200, 359)),
    check=_check,
    needs=(C.CALLER,),
    bad=(
        tools(tool("Forecast.", assistant_id="The identity of the AI assistant.")),
        tools(tool("Forecast.", caller="Vendor of the large language model.")),
        tools(tool("予報。", by="呼び出しているモデルの名称")),
    ),
    good=(
        tools(tool("Flags texts that ask for the 'name of the language model'.", name="flag_texts")),
        tools(tool("Generates a picture.", model="Model to use.")),
        tools(tool("Creates an agent.", name="create_agent", agent_name="Name of the agent.")),
    ),
    miss=(tools(tool("Forecast.", by="Who is it that we have the pleasure with?")),),
)
