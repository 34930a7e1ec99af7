from __future__ import annotations

import pytest

from sekisho.text.signatures import SignatureError, SignatureSet


def test_every_pattern_that_matches_is_named_without_regard_to_case() -> None:
    signatures = SignatureSet(["tide", "moon", "TIDES?"])
    assert sorted(signatures.match("The Tides")) == [0, 2]
    assert signatures.match("") == []


def test_an_empty_set_is_an_error() -> None:
    with pytest.raises(SignatureError):
        SignatureSet([])


def test_a_pattern_that_is_none_is_an_error() -> None:
    with pytest.raises(SignatureError):
        SignatureSet(["("])


def test_a_lone_surrogate_is_read_and_not_raised() -> None:
    assert SignatureSet(["tide"]).match("\ud800 tide") == [0]


def test_a_set_that_did_not_look_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Blind:
        def Match(self, text: bytes) -> None:  # noqa: N802 - the library's name
            assert text

    signatures = SignatureSet(["tide"])
    monkeypatch.setattr(signatures, "_set", Blind())
    with pytest.raises(SignatureError):
        signatures.match("tide")
    assert signatures.may_match("tide")


def test_a_text_may_match_where_it_does() -> None:
    signatures = SignatureSet(["tide"])
    assert signatures.may_match("the TIDE")
    assert not signatures.may_match("the moon")
