"""What the sessions of one configuration know of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.ledgers import MemoryLedgers
from sekisho.gateway.desk import Desk
from sekisho.gateway.neighbourhood import Neighbourhood
from sekisho.pin.records import Ledger

if TYPE_CHECKING:
    from collections.abc import Mapping


def test_a_session_hears_of_every_other_server_and_of_none_that_is_itself() -> None:
    store = MemoryLedgers()
    desk = Desk(store, say=lambda _: None)
    hood = Neighbourhood(desk, {"one": "x", "two": "y", "three": "x"})
    heard: list[tuple[str, Mapping[str, Ledger]]] = []

    def one(others: Mapping[str, Ledger]) -> None:
        heard.append(("one", others))

    def two(others: Mapping[str, Ledger]) -> None:
        heard.append(("two", others))

    at_first = hood.beside("one")
    assert set(at_first) == {"two"}
    hood.join("one", one)
    hood.join("two", two)
    store.decide(Ledger(server="two", quarantine="x"))
    desk.look()
    ((who, others),) = heard
    assert (who, others["two"].quarantine) == ("one", "x")
    hood.leave("two", two)
    hood.become({"one": "x", "four": "z"})
    assert heard[1] == ("one", hood.beside("one"))
    assert set(heard[1][1]) == {"four"}
    store.decide(Ledger(server="two"))
    desk.look()
    hood.leave("one", one)
    store.decide(Ledger(server="four", quarantine="x"))
    desk.look()
    hood.become({"one": "x"})
    assert len(heard) == 2


def test_a_server_of_which_nobody_can_tell_is_not_there() -> None:
    store = MemoryLedgers()
    store.broken = "damaged"
    assert not Neighbourhood(Desk(store, say=lambda _: None), {"one": "x", "two": "y"}).beside("one")
