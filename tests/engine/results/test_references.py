from __future__ import annotations

import re

import pytest

from sekisho.engine.results.references import MOST, MOST_BYTES, Cut, Kind, References, TooManyError


def test_the_same_thing_has_the_same_reference_and_another_server_another() -> None:
    references = References(b"salt")
    one = references.give("a", Kind.SECRET, "hunter2")
    assert re.fullmatch("\u27e6secret:[0-9]{1,8}\u27e7", one)
    assert references.give("a", Kind.SECRET, "hunter2") == one
    assert references.give("b", Kind.SECRET, "hunter2") != one
    assert references.give("a", Kind.HIDDEN, "hunter2") != one
    number = int(one[8:-1])
    assert references.stands_for(number) == Cut("a", Kind.SECRET, "hunter2")
    assert References(b"other").stands_for(number) is None
    assert References(b"other").give("a", Kind.SECRET, "hunter2") != one


def test_what_it_keeps_is_not_in_its_representation() -> None:
    assert "hunter2" not in repr(Cut("a", Kind.SECRET, "hunter2"))


def test_one_server_has_bounds_of_its_own() -> None:
    references = References(b"salt")
    given = {references.give("a", Kind.SECRET, f"secret {number}") for number in range(MOST)}
    assert len(given) == MOST
    with pytest.raises(TooManyError):
        references.give("a", Kind.SECRET, "one more")
    assert references.give("a", Kind.SECRET, "secret 7") in given
    references.give("b", Kind.SECRET, "x" * MOST_BYTES)
    with pytest.raises(TooManyError):
        references.give("b", Kind.SECRET, "x")


def test_which_server_showed_an_escape_character_is_remembered() -> None:
    references = References(b"salt")
    references.showed_escape("a")
    assert references.has_escapes("a")
    assert not references.has_escapes("b")
