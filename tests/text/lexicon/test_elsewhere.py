"""The patterns compile, and say nothing about ordinary sentences."""

from __future__ import annotations

import re

from sekisho.text.lexicon import elsewhere
from tablekit import rows

PLAIN = "The weather in Osaka was fine, and the trains ran on time. See https://a.test/x?y=1."


@rows("name", elsewhere.__all__)
def test_no_pattern_matches_an_ordinary_sentence(name: str) -> None:
    assert re.search(getattr(elsewhere, name), PLAIN, re.IGNORECASE) is None
