"""The patterns compile, and at its beginning say nothing about an ordinary sentence."""

from __future__ import annotations

import re

from sekisho.text.lexicon import bystanders
from tablekit import rows

PLAIN = "The weather in Osaka was fine, and the trains ran on time. See https://a.test/x?y=1."


@rows("name", bystanders.__all__)
def test_no_pattern_matches_an_ordinary_sentence(name: str) -> None:
    assert re.match(getattr(bystanders, name), PLAIN, re.IGNORECASE) is None
