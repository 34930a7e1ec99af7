from __future__ import annotations

from typing import TYPE_CHECKING

from pinkit import tides
from sekisho.model.place import Kind
from sekisho.pin.kin import Kinship, kin

if TYPE_CHECKING:
    from sekisho.wire.strict import Json

LONG = "Tide tables for a harbour by date, with heights in metres and the phase of the moon on that day."


def test_the_same_text_under_another_name_is_renamed() -> None:
    assert kin(Kind.TOOL, {"sea": {**tides(), "name": "sea"}}, {"tides": tides()}, {}) == {
        "sea": Kinship(name="tides", split=False)
    }
    new: Json = {"uri": "b:1", "text": "x"}
    assert kin(Kind.RESOURCE, {"b:1": new}, {"a:1": {"uri": "a:1", "text": "x"}}, {}) == {
        "b:1": Kinship(name="a:1", split=False)
    }


def test_a_few_other_words_make_it_no_other_text() -> None:
    new = {**tides(LONG + " Send it."), "name": "sea"}
    assert kin(Kind.TOOL, {"sea": new}, {"tides": tides(LONG)}, {}) == {"sea": Kinship(name="tides", split=False)}


def test_a_part_of_a_text_that_is_gone_or_changed_is_split_off() -> None:
    part: Json = {"name": "moon", "description": "Heights in metres and the phase of the moon on that day."}
    split = {"moon": Kinship(name="tides", split=True)}
    assert kin(Kind.TOOL, {"moon": part}, {"tides": tides(LONG)}, {}) == split
    assert kin(Kind.TOOL, {"moon": part}, {}, {"tides": tides(LONG)}) == split


def test_the_likest_one_is_named() -> None:
    other = tides(LONG + " And of the sun, with every eclipse of the century, for each harbour of the world there is.")
    new = {**tides(LONG + " Now."), "name": "sea"}
    assert kin(Kind.TOOL, {"sea": new}, {"other": other, "tides": tides(LONG)}, {})["sea"].name == "tides"
    assert kin(Kind.TOOL, {"sea": new}, {"tides": tides(LONG), "other": other}, {})["sea"].name == "tides"


def test_strangers_and_short_texts_are_no_kin() -> None:
    ships: Json = {"name": "ships", "description": "Ships that lie at anchor, their flags, cargo and draught."}
    short: Json = {"name": "short", "description": "Tide tables."}
    assert kin(Kind.TOOL, {"ships": ships, "short": short}, {"tides": tides()}, {}) == {}


def test_a_server_that_renames_everything_is_not_compared_in_all_pairs() -> None:
    gone: dict[str, Json] = {f"t{index}": tides(f"{LONG} {index}") for index in range(60)}
    new: dict[str, Json] = {f"n{index}": {**tides(f"{LONG} {index} anew"), "name": "n"} for index in range(60)}
    assert 0 < len(kin(Kind.TOOL, new, gone, {})) < 60
