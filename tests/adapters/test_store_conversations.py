"""Conversations: one for each principal's host process, whoever asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.store import Store, StoreUnavailable
from sekisho.adapters.store import conversations as module
from sekisho.adapters.store.database import Database
from sekisho.ports import Conversation

if TYPE_CHECKING:
    from pathlib import Path


def _asked(id_: str, *, principal: str = "me", process: str = "12-345", at: int = 100) -> Conversation:
    return Conversation(id=id_, principal=principal, process=process, since=at, seen=at)


def _nothing(*_: object) -> list[tuple[str, ...]]:
    return []


def test_two_relays_of_one_host_share_a_conversation_and_it_outlives_them(tmp_path: Path) -> None:
    with Store(tmp_path) as one, Store(tmp_path) as other:
        first = one.conversations.enter(_asked("c1"))
        assert first == _asked("c1")
        again = other.conversations.enter(_asked("c2", at=160))
        assert (again.id, again.since, again.seen) == ("c1", 100, 160)
    with Store(tmp_path) as later:
        assert later.conversations.enter(_asked("c3", at=170)).id == "c1"


def test_another_process_or_another_user_has_a_conversation_of_its_own(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        known = [_asked("c1"), _asked("c2", process="12-346"), _asked("c3", principal="you")]
        assert [store.conversations.enter(each).id for each in known] == ["c1", "c2", "c3"]


def test_one_that_was_not_entered_for_long_is_forgotten(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.conversations.enter(_asked("c1"))
        assert store.conversations.forget(before=100) == 0
        assert store.conversations.forget(before=101) == 1
        assert store.conversations.enter(_asked("c2")).id == "c2"


def test_one_that_is_lost_between_writing_and_reading_is_no_conversation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(tmp_path / "sekisho.db")
    monkeypatch.setattr(database, "rows", _nothing)
    with pytest.raises(StoreUnavailable, match="lost a conversation"):
        module.Conversations(database).enter(_asked("c1"))
    database.close()
