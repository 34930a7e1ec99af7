from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.readings import LIMIT, fold, liken, read, squeeze, unpercent, unpercent_strictly
from tablekit import rows

STEPS = (unpercent, fold, squeeze)


@rows(
    ("text", "once"),
    [
        ("%2e%2E", ".."),
        ("%252e", "%2e"),
        ("%u002e%U002E", ".."),
        ("%uff0e", "\uff0e"),
        ("%ud800", "\ufffd" * 3),
        ("%c0%ae%c1%9c", ".\\"),
        ("%c0.", "."),
        ("%e0%80%af%f0%80%80%af", "//"),
        ("%f8%80%80%80%af%fc%80%80%80%80%af", "//"),
        ("%f8%87%bf%bf%bf", "\ufffd"),
        ("%e3%81%82", "\u3042"),
        ("%ff", "\ufffd"),
        ("%zz 100% %", "%zz 100% %"),
        ("plain", "plain"),
        ("\u3042%41", "\u3042A"),
    ],
)
def test_percent_signs_are_decoded_once_and_leniently(text: str, once: str) -> None:
    assert unpercent(text) == once


@rows(("text", "once"), [("%c0%ae%2e", "\ufffd\ufffd."), ("%u002e%2e", "%u002e."), ("%2e", "%2e")])
def test_todays_libraries_decode_strictly(text: str, once: str) -> None:
    assert unpercent_strictly(text) == once


@rows(
    ("text", "folded"),
    [("\uff0e\uff0f", "./"), ("\u2025", ".."), ("\xc0\xae", "."), ("a", "a")],
)
def test_likes_of_ascii_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@rows(("text", "likened"), [("\u2215\u2216", "/\\"), ("\xa5", "\\"), ("\u3002", "."), ("a", "a")])
def test_what_is_drawn_like_a_separator_is_taken_for_one(text: str, likened: str) -> None:
    assert liken(text) == likened


def test_what_nobody_sees_is_dropped() -> None:
    assert squeeze(".\u200b.\t/\ufeffa\xad\x7f") == "../a"


def test_each_reading_comes_once_and_the_value_first() -> None:
    found = read("a%2525\uff0e", STEPS)
    assert found.settled
    assert found.texts[0] == "a%2525\uff0e"
    assert {"a%25\uff0e", "a%\uff0e", "a%2525.", "a%25.", "a%."} == {*found.texts[1:]}


def test_a_plain_value_has_one_reading() -> None:
    assert read("notes/today.md", STEPS).texts == ("notes/today.md",)


def test_a_value_folded_too_deep_does_not_settle() -> None:
    found = read("%" + "25" * (LIMIT + 1) + "2e", STEPS)
    assert not found.settled
    assert len(found.texts) == LIMIT


@given(st.text(alphabet="%25uUcCaAeEfF0\uff0e\uff05./\u200b", max_size=60))
def test_reading_a_reading_finds_nothing_new(text: str) -> None:
    found = read(text, STEPS)
    if found.settled:
        assert all({*read(each, STEPS).texts} <= {*found.texts} for each in found.texts)


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    assert 1 <= len(read(text, STEPS).texts) <= LIMIT
