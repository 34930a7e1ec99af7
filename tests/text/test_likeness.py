from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.model.definition import surface
from sekisho.rules.example import listing, prompt, tool
from sekisho.text.likeness import pairs
from sekisho.text.reading import read

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject


def copies(one: JsonObject, other: JsonObject) -> list[tuple[str, str]]:
    readings = [*read(surface("a", one)), *read(surface("b", other))]
    return [(copy.definition.place.name, original.definition.place.name) for copy, original in pairs(tuple(readings))]


TIDES = tool("Tide tables for a harbour by date.", name="harbour_tides", harbour="", date="")


def test_a_copy_keeps_text_or_parameters() -> None:
    assert copies(listing(TIDES), listing({**TIDES, "name": "sea"})) == [("sea", "harbour_tides")]
    rewritten = tool("When tide tables turn, any harbour.", name="tides_by_harbour", harbour="", date="")
    assert copies(listing(TIDES), listing(rewritten)) == [("tides_by_harbour", "harbour_tides")]


def test_a_copy_of_a_longer_text_has_half_of_the_parameters_or_is_called_alike() -> None:
    said = "Weekly tide tables with sunrise and moonlight for sailors."
    first = tool(said, name="harbour_tides", harbour="", date="")
    assert copies(listing(first), listing(tool(said, name="sea", harbour="", date=""))) == [("sea", "harbour_tides")]
    reworded = tool("Tide tables with sunrise, daily, for fishermen.", name="tides_of_harbour", harbour="", date="")
    assert copies(listing(first), listing(reworded)) == [("tides_of_harbour", "harbour_tides")]
    stranger = tool("Weekly weather tables for pilots.", name="weather", date="", airport="")
    assert copies(listing(first), listing(stranger)) == []


def test_tools_of_one_server_prompts_and_strangers_are_no_copies() -> None:
    assert copies(listing(TIDES, TIDES), {"prompts": [prompt("Tide tables.")]}) == []
    assert copies(listing(TIDES), listing(tool("Ships in a harbour.", name="ships", harbour=""))) == []
    assert copies(listing(TIDES), listing(tool("", name="harbour_tides"))) == []


def test_a_short_text_counts_only_with_the_same_parameters() -> None:
    ships = tool("Ships nearby.", name="ships", harbour="")
    assert copies(listing(ships), listing({**ships, "name": "boats"})) == [("boats", "ships")]
    assert copies(listing(ships), listing(tool("Ships nearby.", name="boats"))) == []


def test_without_a_common_parameter_nearly_all_words_have_to_be_the_same() -> None:
    said = "Tide tables for every harbour, by date and moon."
    first, praised = tool(said, name="harbour_tides"), tool(f"{said} Superbly.", name="harbour_tides2")
    assert copies(listing(first), listing(praised)) == [("harbour_tides2", "harbour_tides")]


def test_common_words_are_no_reason_to_compare_everything() -> None:
    many = listing(
        *(tool(f"Reads value{'x' * index} of the gauge.", name=f"gauge_{'y' * index}") for index in range(60))
    )
    assert copies(many, listing(tool("Moon phases, by date.", name="moon_gauge"))) == []
