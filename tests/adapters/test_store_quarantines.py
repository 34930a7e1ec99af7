"""Quarantines: kept with their first reason, until they are lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.adapters.store import Store
from sekisho.ports import Quarantine

if TYPE_CHECKING:
    from pathlib import Path

_FIRST = Quarantine(server="git", reason="sent mail", principal="me", since=5)


def test_a_server_stays_out_of_use_for_its_first_reason_until_it_is_lifted(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        assert store.quarantines.put(_FIRST)
        assert not store.quarantines.put(Quarantine(server="git", reason="other", principal="you", since=6))
    with Store(tmp_path) as later:
        assert later.quarantines.all() == {"git": _FIRST}
        assert later.quarantines.lift("git")
        assert not later.quarantines.lift("git")
        assert later.quarantines.all() == {}
