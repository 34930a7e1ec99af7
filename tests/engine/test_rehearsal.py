"""Tests for what is loaded before the first call."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from sekisho.engine import rehearsal
from sekisho.engine.rehearsal import rehearse
from sekisho.rules.registry import call_rules
from sekisho.text.signatures import SignatureSet

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
