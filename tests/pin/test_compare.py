from __future__ import annotations

from typing import TYPE_CHECKING

from pinkit import objection, tides
from sekisho.model.definition import surface
from sekisho.pin.compare import compare
from sekisho.pin.grade import Grade, Why

if TYPE_CHECKING:
    from sekisho.model.finding import Finding
    from sekisho.wire.strict import JsonObject

LONG = "Tide tables for a harbour by date, with heights in metres and the phase of the moon on that day."
MOON: JsonObject = {"name": "moon", "description": "Heights in metres and the phase of the moon on that day."}
SHIPS: JsonObject = {"name": "ships", "description": "Ships at anchor."}


def told(before: JsonObject, after: JsonObject, *findings: Finding) -> list[tuple[str, str, Grade]]:
    found = compare(surface("tides", before), surface("tides", after), findings)
    return [(str(it.fate), it.place.name, it.judgement.grade) for it in found]


def test_what_is_the_same_is_not_told() -> None:
    dump: JsonObject = {"tools": [tides()], "serverInfo": {"name": "x", "version": "1"}}
    assert told(dump, {**dump, "tools": [dict(reversed(tides().items()))]}) == []


def test_what_came_went_and_changed_is_told() -> None:
    assert told({"tools": [tides(), SHIPS]}, {"tools": [tides("Moon phases, nothing else."), MOON]}) == [
        ("changed", "tides", Grade.WAITS),
        ("added", "moon", Grade.HELD),
        ("removed", "ships", Grade.WAITS),
    ]


def test_a_text_under_another_name_is_renamed_and_a_part_of_it_split() -> None:
    assert told({"tools": [tides(LONG)]}, {"tools": [{**tides(LONG), "name": "sea"}]}) == [
        ("renamed", "sea", Grade.HELD),
        ("removed", "tides", Grade.WAITS),
    ]
    assert told({"tools": [tides(LONG)]}, {"tools": [tides("Tide tables for a harbour by date."), MOON]}) == [
        ("changed", "tides", Grade.WAITS),
        ("split", "moon", Grade.HELD),
    ]


def test_each_of_several_with_one_name_is_compared() -> None:
    assert told({"tools": [tides()]}, {"tools": [tides(), tides("Other.")]}) == [("added", "tides", Grade.HELD)]
    assert told({"tools": [tides(), tides("Other.")]}, {"tools": [tides()]}) == [("removed", "tides", Grade.WAITS)]


def test_findings_are_told_with_what_came() -> None:
    (found,) = compare(surface("tides", {}), surface("tides", {"tools": [tides()]}), [objection()])
    assert [reason.why for reason in found.judgement.reasons] == [Why.NEW, Why.FINDING]
