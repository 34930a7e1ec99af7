"""Letters of another script inside of a word.

## What it does
Reports words that mix Latin letters with Cyrillic or Greek ones that look the same.

## Why it matters
The word reads like another one, so a filter or a person takes it for that.

## Seen in the wild
Common in package and domain names; in definitions it hides key words.

## How to fix
Write the word in one script.

## Known limits
A word that is wholly in another script is not reported: in Russian text it is just a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import tool, tools
from sekisho.text.looks import Look
from sekisho.text.scripts import mixed_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]


def _check(reading: Reading) -> Iterator[Evidence]:
    for passage in reading.passages:
        for word in mixed_words(passage.text):
            yield reading.evidence(passage, word)


RULE: Final = Rule(
    id="look-alike-letters",
    title="A word mixes letters of two scripts that look alike",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP03:2025",), cwe=(1007,)),
    check=_check,
    needs=(Look.BEYOND_ASCII,),
    bad=(tools(tool("F\u043erecast.")), tools(tool("Forecast.", name="get_f\u043erecast"))),
    good=(tools(tool("Прогноз for a city, in µm and kΩ, Δt = 1.")), tools(tool("東京の天気forecastです。"))),
    miss=(tools(tool("\u0441\u043e\u0440\u0443 the forecast.")),),
)
