from __future__ import annotations

import re
from typing import Final

import pytest

from sekisho.engine.inspect import RULE_FAILED
from sekisho.model.finding import Severity
from sekisho.model.japanese_rules import RULES
from sekisho.model.messages import Lang
from sekisho.rules.pages import rule_pages
from sekisho.scan import words
from tablekit import rows

LETTER: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@rows("lang", Lang)
@rows("rule", [*rule_pages(), RULE_FAILED])
def test_every_rule_has_a_title_and_a_way_out(rule: str, lang: Lang) -> None:
    assert words.title(rule, lang)
    assert words.fix(rule, lang)


def test_every_rule_speaks_japanese_and_nothing_else_does() -> None:
    assert set(RULES) == set(rule_pages())
    assert all(LETTER.search(said) for words_of in RULES.values() for said in words_of)
    assert all(fix.endswith("。") and not title.endswith("。") for title, fix in RULES.values())


def test_a_rule_that_failed_cites_nothing() -> None:
    assert words.cites(RULE_FAILED) is None


@pytest.mark.parametrize("lang", Lang)
def test_every_severity_has_a_name(lang: Lang) -> None:
    assert len({words.severity(level, lang) for level in Severity}) == len(Severity)
