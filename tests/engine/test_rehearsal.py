"""Tests for what is loaded before the first call."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from sekisho.engine import rehearsal
from sekisho.engine.rehearsal import rehearse
from sekisho.engine.results.glance import look
from sekisho.rules.registry import call_rules
from sekisho.text.signatures import SignatureSet
from sekisho.text.spans import Several

if TYPE_CHECKING:
    import pytest


def test_what_the_first_calls_need_is_there_and_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rehearse()
    made = call_rules.cache_info().misses
    monkeypatch.setattr(SignatureSet, "__init__", None)
    rehearse()

    assert call_rules.cache_info().misses == made
    assert call_rules.cache_info().currsize


def test_the_parser_of_queries_is_not_loaded() -> None:
    code = "import sys; from sekisho.engine.rehearsal import rehearse; rehearse(); sys.exit('sqlglot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nothing_more_is_done_when_it_is_not_wanted_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(rehearsal, "load", lambda: done.append("loaded"))
    monkeypatch.setattr(rehearsal, "call_rules", lambda: done.append("rules"))
    rehearse(lambda: not done)
    assert done == ["loaded"]


def test_everything_that_an_answer_is_looked_at_with_is_made_whatever_the_texts_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []

    def counted(said: str) -> None:
        looked.append(len(said))
        look(said)

    monkeypatch.setattr(rehearsal, "look", counted)
    monkeypatch.setattr(Several, "has", None)  # it stops at the first that it finds
    rehearse()
    assert looked == [16_000] * 16 + [6_000] * 4
