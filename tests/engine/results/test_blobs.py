from __future__ import annotations

from sekisho.engine.results.blobs import said_in, written


def test_a_text_goes_there_and_back_and_nothing_else_is_one() -> None:
    assert said_in(written("日本語")) == "日本語"
    for value in ("/w==", "no base64", "é"):
        assert said_in(value) is None
