"""Tests for what is loaded while a server starts."""

from __future__ import annotations

from sekisho.engine.warming import warm
from sekisho.rules.registry import definition_rules
from sekisho.text.concepts import concepts


def test_what_the_first_answer_needs_is_there_and_is_not_made_again() -> None:
    warm()
    made = definition_rules.cache_info().misses
    warm()

    assert definition_rules.cache_info().misses == made
    assert concepts("instant") == 0
