"""The patterns compile in the syntax that they are for, and say nothing about ordinary sentences."""

from __future__ import annotations

from sekisho.text.lexicon import pretexts
from sekisho.text.spans import Spans
from tablekit import rows

PLAIN = b"The weather in Osaka was fine, and the trains ran on time. See https://a.test/x?y=1."


@rows("name", pretexts.__all__)
def test_no_pattern_matches_an_ordinary_sentence(name: str) -> None:
    assert not Spans(f"(?i:{getattr(pretexts, name)})", utf8=True).has(PLAIN)
