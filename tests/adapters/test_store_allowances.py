"""Exceptions: for one rule at one tool of one server, until they expire or are withdrawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sekisho.adapters.store import Store
from sekisho.ports import Allowance

if TYPE_CHECKING:
    from pathlib import Path

ONE = Allowance(server="db", tool="read", rule="sql-several", reason="r", principal="me", granted=100, expires=200)


def test_it_is_for_its_place_and_its_time_and_can_be_withdrawn(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.allowances.allow(replace(ONE, expires=150))
        store.allowances.allow(ONE)
        assert store.allowances.all() == (ONE,)
        places = (("db", "read", 199), ("db", "read", 200), ("db", "write", 150), ("other", "read", 150))
        found = [store.allowances.rules(server, tool, now=now) for server, tool, now in places]
        assert found == [frozenset({"sql-several"}), frozenset(), frozenset(), frozenset()]
        assert store.allowances.withdraw("db", "read", "sql-several")
        assert not store.allowances.withdraw("db", "read", "sql-several")
        assert store.allowances.all() == ()
