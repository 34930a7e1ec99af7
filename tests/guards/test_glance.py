from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.glance import SHARED, Glance, has_sign
from sekisho.text.signatures import SignatureError, SignatureSet

LETTERS = Glance(lambda: "xyzzy")
NUMBERS = Glance(lambda: "4711(?:[^0-9]|\\z)")


def test_each_guard_is_told_of_its_own_pattern() -> None:
    assert LETTERS.may_match("an XYZZY")
    assert not NUMBERS.may_match("an XYZZY")
    assert NUMBERS.may_match("4711")
    assert not LETTERS.may_match("4711")


def test_what_was_found_in_one_text_is_not_told_of_another() -> None:
    assert LETTERS.may_match("xyzzy 4711")
    assert not LETTERS.may_match("4711")
    assert NUMBERS.may_match("xyzzy 4711")


def test_a_guard_that_is_loaded_later_is_told_about_the_same_text_as_well() -> None:
    text = "xyzzy and plugh"
    assert LETTERS.may_match(text)
    assert Glance(lambda: "plugh").may_match(text)
    assert not Glance(lambda: "frotz").may_match(text)


def test_a_long_text_is_looked_through_for_who_asks() -> None:
    assert LETTERS.may_match("a" * SHARED + "xyzzy")
    assert not NUMBERS.may_match("a" * SHARED + "xyzzy")


def test_where_nobody_could_look_everything_may_be_there() -> None:
    with patch.object(SignatureSet, "match", side_effect=SignatureError("no")):
        assert LETTERS.may_match("nothing of the kind, looked at once")
        assert NUMBERS.may_match("nothing of the kind, looked at twice")


@given(st.text(alphabet="xyz4711 ", max_size=40), st.text(alphabet="xyz4711 ", max_size=40))
def test_one_look_for_all_tells_what_each_alone_would_tell(one: str, other: str) -> None:
    for text in (one, other, one):
        assert LETTERS.may_match(text) == SignatureSet(["xyzzy"]).may_match(text)
        assert NUMBERS.may_match(text) == ("4711" in text and SignatureSet(["4711(?:[^0-9]|\\z)"]).may_match(text))


@given(st.text(), st.text(alphabet=";|&`$<>\n", min_size=1))
def test_a_sign_is_found_wherever_it_stands(text: str, signs: str) -> None:
    assert has_sign(text, signs) == any(each in text for each in signs)
