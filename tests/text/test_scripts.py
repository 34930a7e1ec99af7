from __future__ import annotations

from sekisho.text.scripts import folded, is_piled, mixed_words, skeleton


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


def test_a_letter_with_more_marks_than_any_has_is_read_without_them() -> None:
    marks = "\u0316\u0301\u0327\u0f73\uff9e"
    piled = f"n\u0303{marks * 20_000}\uff41"
    assert is_piled(piled)
    assert folded(piled) == "na"
    assert folded(f"\uff49{marks * 7}gnore") == "ignore"
    assert skeleton(f"get{marks * 20_000}_tides") == skeleton("get_tides")
    for honest in ("n\u0303\u0316", f"a{marks * 6}", "か\uff9e", "\u2500" * 99, "a" * 99):
        assert not is_piled(honest)
    assert folded("n\u0303 か\uff9e") == "\xf1 が"
