"""Ledgers: kept whole, by one of several that decide at once, and never guessed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.store import Store, StoreUnavailable
from sekisho.adapters.store.database import Database
from sekisho.model.definition import surface
from sekisho.model.place import Kind
from sekisho.pin.ledger import Observation, observe
from sekisho.pin.records import Ledger
from sekisho.pin.review import quarantine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sekisho.wire.strict import JsonObject

_TOOL: JsonObject = {"name": "add", "description": "Adds two numbers.", "inputSchema": {"type": "object"}}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as store:
        yield store


def _pinned() -> Ledger:
    seen = Observation(
        definitions=surface("git", {"tools": [_TOOL]}).definitions,
        listed=frozenset({Kind.TOOL}),
        capabilities="",
        session="s",
        opening=True,
    )
    return observe(Ledger(server="git"), seen).ledger


def test_a_server_that_nobody_has_seen_has_an_empty_ledger(store: Store) -> None:
    kept = store.ledgers.load("git")
    assert (kept.ledger, kept.edition, store.ledgers.edition("git")) == (Ledger(server="git"), 0, 0)


def test_a_ledger_comes_back_as_it_was_kept(store: Store, tmp_path: Path) -> None:
    assert store.ledgers.save(_pinned(), edition=0) is not None
    with Store(tmp_path) as other:
        kept = other.ledgers.load("git")
        assert (kept.ledger, kept.edition, other.ledgers.edition("git")) == (_pinned(), 1, 1)


def test_of_two_that_decide_at_once_the_second_has_to_look_again(store: Store, tmp_path: Path) -> None:
    with Store(tmp_path) as other:
        assert other.ledgers.save(_pinned(), edition=0) is not None
        assert store.ledgers.changed()
        assert store.ledgers.save(Ledger(server="git"), edition=0) is None
        assert store.ledgers.save(quarantine(_pinned(), "why"), edition=1) is not None
        assert other.ledgers.save(_pinned(), edition=1) is None
        assert other.ledgers.load("git").ledger.quarantine == "why"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("no JSON", "can't be read"),
        ('{"format": 99}', "newer-format"),
        ('{"format":1,"server":"other","package":null,"quarantine":null,"openings":[],"pins":[]}', "another server's"),
    ],
)
def test_a_row_that_is_no_ledger_of_this_server_approves_nothing(tmp_path: Path, data: str, problem: str) -> None:
    database = Database(tmp_path / "sekisho.db")
    with database.writing() as write:
        write("INSERT INTO ledgers VALUES ('git', 1, ?)", (data,))
    database.close()
    with Store(tmp_path) as store, pytest.raises(StoreUnavailable, match=problem):
        store.ledgers.load("git")
