"""The store as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.adapters.store import Store
from sekisho.ports import Quarantine

if TYPE_CHECKING:
    from pathlib import Path


def test_a_store_notices_what_others_write(tmp_path: Path) -> None:
    with Store(tmp_path) as one, Store(tmp_path) as other:
        other.quarantines.put(Quarantine(server="git", reason="sent mail", principal="me", since=5))
        assert one.changed()
        assert not other.changed()
