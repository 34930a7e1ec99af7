from __future__ import annotations

from sekisho.engine.results.blobs import blobs, said_in, written


def test_a_text_goes_there_and_back_and_nothing_else_is_one() -> None:
    assert said_in(written("日本語")) == "日本語"
    for value in ("/w==", "no base64", "é"):
        assert said_in(value) is None


def test_what_is_in_base64_is_told_by_its_name_and_by_the_type_beside_it() -> None:
    assert list(blobs({"blob": "a", "data": "b", "mimeType": "text/plain"})) == ["a", "b"]
    assert list(blobs({"blob": 1, "data": "b", "text": "c"})) == []
