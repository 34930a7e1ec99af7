"""What a session remembers of lists is bounded."""

from __future__ import annotations

from sekisho.engine.surface.shelf import Guard, Shelf
from sekisho.pin.records import Ledger


def test_lists_of_so_many_sets_of_capabilities_are_kept_and_the_oldest_is_dropped() -> None:
    ledger = Ledger(server="s")
    shelf = Shelf(Guard(ledger=ledger, session="s"), ledger)
    first = shelf.listing("tools/list", "0")
    assert shelf.listing("tools/list", "0") is first
    for number in range(1, 100):
        shelf.listing("tools/list", str(number))
    assert len(shelf.listings) == 64
    assert shelf.listing("tools/list", "0") is not first
