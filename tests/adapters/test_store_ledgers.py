"""Ledgers: kept whole, by one of several that decide at once, and never guessed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest

from sekisho.adapters.store import Store, StoreUnavailable
from sekisho.adapters.store.database import Database
from sekisho.model.definition import surface
from sekisho.model.place import Kind
from sekisho.pin.ledger import Observation, observe
from sekisho.pin.plain import to_plain
from sekisho.pin.records import Ledger
from sekisho.pin.review import quarantine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sekisho.wire.strict import Json, JsonObject

_TOOL: JsonObject = {"name": "add", "description": "Adds two numbers.", "inputSchema": {"type": "object"}}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as store:
        yield store


def _pinned(*names: str) -> Ledger:
    tools: list[Json] = [{**_TOOL, "name": name} for name in names or ("add",)]
    seen = Observation(
        definitions=surface("git", {"tools": tools}).definitions,
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
    assert store.ledgers.save(_pinned(), before=store.ledgers.load("git")) is not None
    with Store(tmp_path) as other:
        kept = other.ledgers.load("git")
        assert (kept.ledger, kept.edition, other.ledgers.edition("git")) == (_pinned(), 1, 1)


def test_a_save_writes_the_pins_that_changed_and_takes_out_those_that_are_gone(store: Store, tmp_path: Path) -> None:
    pins = dict(_pinned("add", "sub", "div").pins)
    first = store.ledgers.save(Ledger(server="git", pins=pins), before=store.ledgers.load("git"))
    assert first is not None
    other = _pinned("mul").pins
    after = Ledger(server="git", pins={key: pin for key, pin in pins.items() if key.name != "sub"} | dict(other))
    with Store(tmp_path) as watcher:
        assert watcher.ledgers.load("git").ledger == first.ledger
        second = store.ledgers.save(after, before=first)
        assert second is not None
        assert watcher.ledgers.load("git") == second
        gone = Ledger(server="git")
        assert store.ledgers.save(gone, before=second) is not None
        assert watcher.ledgers.load("git").ledger == gone


def test_what_the_version_before_wrote_is_read_and_counts_until_it_is_written_anew(tmp_path: Path) -> None:
    # It may still be running when the file has been brought to the new format.
    old, new = _pinned("add", "sub"), _pinned("add")
    with Store(tmp_path) as store:
        database = Database(tmp_path / "sekisho.db")
        before = store.ledgers.save(_pinned("mul"), before=store.ledgers.load("git"))
        with database.writing() as write:
            whole = orjson.dumps(to_plain(old)).decode()
            write("UPDATE ledgers SET edition = edition + 1, ledger = ? WHERE server = 'git'", (whole,))
        database.close()
        assert before is not None
        assert store.ledgers.save(new, before=before) is None
        found = store.ledgers.load("git")
        assert (found.ledger, found.edition) == (old, 2)
        assert store.ledgers.save(new, before=found) is not None
        assert store.ledgers.load("git").ledger == new


def test_of_two_that_decide_at_once_the_second_has_to_look_again(store: Store, tmp_path: Path) -> None:
    with Store(tmp_path) as other:
        unseen = store.ledgers.load("git")
        first = other.ledgers.save(_pinned(), before=unseen)
        assert first is not None
        assert store.ledgers.changed()
        assert store.ledgers.save(Ledger(server="git"), before=unseen) is None
        assert store.ledgers.save(quarantine(_pinned(), "why"), before=store.ledgers.load("git")) is not None
        assert other.ledgers.save(_pinned(), before=first) is None
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
        write("INSERT INTO ledgers VALUES ('git', 1, ?, 0)", (data,))
    database.close()
    with Store(tmp_path) as store, pytest.raises(StoreUnavailable, match=problem):
        store.ledgers.load("git")
