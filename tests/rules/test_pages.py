from __future__ import annotations

import pytest

from sekisho.rules.pages import HEADINGS, rule_page, rule_pages, sections
from sekisho.rules.registry import (
    call_rules,
    config_rules,
    definition_rules,
    namespace_rules,
    result_rules,
    started_rules,
)


def test_every_rule_has_a_page() -> None:
    every = (
        *definition_rules(),
        *namespace_rules(),
        *config_rules(),
        *call_rules(),
        *result_rules(),
        *started_rules(),
    )
    assert set(rule_pages()) == {rule.id for rule in every}


def test_a_page_is_found_by_itself() -> None:
    assert {rule: rule_page(rule) for rule in rule_pages()} == rule_pages()
    assert [rule_page(rule) for rule in ("rule-failed", "a.b", "")] == [None, None, None]


def test_a_page_has_every_section_on_one_line_and_a_fix_in_one_sentence() -> None:
    for page in rule_pages().values():
        assert tuple(page.sections) == HEADINGS
        assert all(text and "\n" not in text for text in page.sections.values())
        assert page.fix.endswith((".", ":"))
        assert page.summary


def test_a_docstring_with_other_headings_is_no_page() -> None:
    with pytest.raises(ValueError, match="headings are"):
        sections("A rule.\n\n## What it does\nNothing.\n")
