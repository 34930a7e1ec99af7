"""The patterns compile in the syntax that they are for, and say nothing about ordinary sentences."""

from __future__ import annotations

from sekisho.text.lexicon import readers
from sekisho.text.spans import Spans
from tablekit import rows

NAMES = ("ADDRESSED", "DEMANDED", "HARM", "LEAKY", "LINK", "PRIVATE", "TURN")


@rows("name", NAMES)
def test_no_pattern_matches_an_ordinary_sentence(name: str) -> None:
    pattern = Spans(f"(?i:{getattr(readers, name)})", utf8=True)
    assert not pattern.has(b"The weather in Osaka was fine, and the trains ran on time. See https://a.test/x?y=1.")
