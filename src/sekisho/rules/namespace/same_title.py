"""Two servers that present themselves the same way.

## What it does
Reports servers and tools of different servers with the same title, or with the same icon, under different
names.

## Why it matters
Clients show titles and icons, not identities. An impostor copies what a person recognises.

## Seen in the wild
Impostor servers in registries copy name, title and logo of the original.

## How to fix
Remove the impostor, or tell them apart by an alias.

## Known limits
Pictures that look alike are not compared, only addresses and data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.place import Kind
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]


def _check(readings: tuple[Reading, ...]) -> Iterator[Evidence]:
    first: dict[tuple[str, str], Reading] = {}
    for reading in readings:
        for what, shown in _shown(reading):
            other = first.setdefault((what.partition("/")[0], shown), reading).definition.place
            if other.server != reading.definition.place.server:
                yield reading.member(what, f"{shown[:80]} ({other.server})")


def _shown(reading: Reading) -> Iterator[tuple[str, str]]:
    if reading.definition.place.kind is not Kind.SERVER:
        return
    body = obj(reading.definition.body)
    for what in ("title", "name"):
        shown = text(body.get(what))
        if shown:
            yield what, shown.casefold()
    for index, icon in enumerate(items(body.get("icons"))):
        source = text(obj(icon).get("src"))
        if source:
            yield f"icons/{index}/src", source


RULE: Final = Rule(
    id="same-title",
    title="Two servers show the same title or icon",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP09:2025", "MCP04:2025"), cwe=(290, 451)),
    check=_check,
    bad=(
        {
            "a": {"serverInfo": {"name": "tides", "icons": [{"src": "https://i.invalid/t.png"}]}},
            "b": {"serverInfo": {"name": "t2", "icons": [{"src": "https://i.invalid/t.png"}, {"src": ""}]}},
        },
        {
            "a": {"serverInfo": {"name": "tides", "title": "Tide Office"}},
            "b": {"serverInfo": {"name": "t2", "title": "Tide Office"}},
        },
    ),
    good=({"a": {"serverInfo": {"name": "tides"}}, "b": {"serverInfo": {"name": "moon"}}},),
    miss=(
        {
            "a": {"serverInfo": {"name": "tides", "title": "Tide Office"}},
            "b": {"serverInfo": {"name": "t2", "title": "Tides Office"}},
        },
    ),
)
