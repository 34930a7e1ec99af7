"""The store as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.adapters.store import Store
from sekisho.pin.records import Ledger

if TYPE_CHECKING:
    from pathlib import Path


def test_the_parts_of_a_store_share_one_file(tmp_path: Path) -> None:
    with Store(tmp_path) as one, Store(tmp_path) as other:
        one.ledgers.save(Ledger(server="git"), before=one.ledgers.load("git"))
        assert other.ledgers.servers() == ("git",)
        assert [file.name for file in tmp_path.iterdir() if not file.name.startswith("sekisho.db-")] == ["sekisho.db"]
