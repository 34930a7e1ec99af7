from __future__ import annotations

from sekisho.text.scripts import folded, mixed_words, skeleton


def test_a_word_of_two_scripts_is_found_and_folded() -> None:
    assert mixed_words("f\u043erecast") == ["f\u043erecast"]
    assert folded("f\u043erecast \uff41") == "forecast a"


def test_words_of_one_script_units_and_ascii_are_honest() -> None:
    assert mixed_words("plain") == []
    assert mixed_words("прогноз µm kΩm Δtime 東京forecast") == []
    assert folded("plain") == "plain"


def test_names_that_look_alike_have_one_skeleton() -> None:
    assert skeleton("get_tides") == skeleton("Get-Tides") == skeleton("g\u0435tTides")
    assert skeleton("get_tides") != skeleton("get_tide")
