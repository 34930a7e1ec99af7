from __future__ import annotations

import re
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.readings import LIMIT, fold, liken, parts, read, squeeze, unpercent, unpercent_strictly
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


def test_a_letter_with_more_marks_than_any_has_is_folded_without_them() -> None:
    assert fold("\uff0e" + "\u0301\u0323" * 100_000 + "\uff0f") == "./"


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


LETTERS = tuple(
    chr(code)
    for begin, end in (
        (0, 0x4E40),
        (0xA000, 0xAC40),
        (0xF900, 0x10000),
        (0x1D400, 0x1D800),
        (0x1F100, 0x1F200),
        (0xE0000, 0xE0080),
    )
    for code in range(begin, end)
)
COMPOSED = (
    "か",
    "\u3099",
    "가",
    "\u11a8",
    "e",
    "\u0301",
    "\u1100",
    "\u1161",
    "\uff76",
    "\uff9e",
    "ﬁ",
    "１",
    "a",
    "한",
    "Å",
    "\u0344",
    "・",
)


@given(st.lists(st.sampled_from(COMPOSED) | st.characters(exclude_categories=["Cs"]), max_size=12).map("".join))
def test_a_text_is_folded_as_a_whole(text: str) -> None:
    overlong = re.search("[\xc0\xc1][\x80-\xbf]|\xe0[\x80-\x9f][\x80-\xbf]", text)
    assert overlong or fold(text) == normalize("NFKC", text)


def test_between_steady_letters_the_same_stands_in_each_reading() -> None:
    steady = [each for each in LETTERS if parts(f"a{each}b", ()) is not None]
    assert {"あ", "ー", "一", "가", "々"} < {*steady}
    assert all(each == fold(each) == liken(each) == squeeze(each) and each.isalnum() for each in steady)


def test_of_a_text_between_steady_letters_only_what_may_start_something_is_read() -> None:
    assert parts("a、\n漢字、(1)字ｒｍ／字、字", (fold,)) == ("a、\nあ", ";あｒｍ／あ", ";あrm/あ", ";あ")
    kept = [each for each in LETTERS if (parts(f"あ{each}あ", ()) or ("", "", ""))[1:-1] == ()]
    images = {image for each in kept for image in (each, fold(each), liken(each), liken(fold(each)))}
    assert not any(re.search(r"[A-Za-z<>&/~`%={}$]", image) for image in images)


def test_what_may_depend_on_what_stands_elsewhere_is_not_cut_into_parts() -> None:
    assert [parts(f"あ{sign}あ", ()) for sign in "%={}$％＝｛｝＄"] == [None] * 10
    assert parts("あ\xc0\xa5あ", ()) is None
    assert parts("plain", ()) is None
    assert parts("".join(f"あa{number}" for number in range(70)), ()) is None


@given(st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_what_nobody_sees_is_dropped_from_ascii_as_from_any_other_text(text: str) -> None:
    assert squeeze(f"{text}\u3042") == f"{squeeze(text)}\u3042"
