"""What the sessions of one configuration know of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.ledgers import MemoryLedgers
from sekisho.engine.surface.beside import NOBODY
from sekisho.gateway.desk import Desk
from sekisho.gateway.neighbourhood import Neighbourhood
from sekisho.model.definition import surface
from sekisho.model.place import Kind
from sekisho.pin.ledger import Observation, observe
from sekisho.pin.records import Ledger
from sekisho.pin.review import quarantine
from surfacekit import ADD

if TYPE_CHECKING:
    from sekisho.engine.surface.beside import Beside


def used(server: str) -> Ledger:
    definitions = surface(server, {"tools": [ADD]}).definitions
    seen = Observation(definitions=definitions, listed=frozenset(Kind), capabilities="", session="first", opening=True)
    return observe(Ledger(server=server), seen).ledger


def names(beside: Beside) -> set[str]:
    return {server for server, _, _ in beside.readings}


def test_a_session_hears_of_every_other_server_and_of_none_that_is_itself() -> None:
    store = MemoryLedgers()
    desk = Desk(store, say=lambda _: None)
    for server in ("one", "two", "three", "four"):
        store.decide(used(server))
    hood = Neighbourhood(desk, {"one": "x", "two": "y", "three": "x"})
    heard: list[tuple[str, Beside]] = []

    def one(others: Beside) -> None:
        heard.append(("one", others))

    def two(others: Beside) -> None:
        heard.append(("two", others))

    assert names(hood.beside("one")) == {"two"}
    assert hood.beside("one") is hood.beside("one")
    hood.join("one", one)
    hood.join("two", two)
    store.decide(quarantine(used("two"), "x"))
    desk.look()
    assert [(who, names(others)) for who, others in heard] == [("one", set())]
    hood.leave("two", two)
    hood.become({"one": "x", "four": "z"})
    assert heard[1] == ("one", hood.beside("one"))
    assert names(heard[1][1]) == {"four"}
    store.decide(used("two"))
    desk.look()
    hood.leave("one", one)
    store.decide(quarantine(used("four"), "x"))
    desk.look()
    hood.become({"one": "x"})
    assert len(heard) == 2


def test_a_server_of_which_nobody_can_tell_is_not_there() -> None:
    store = MemoryLedgers()
    store.broken = "damaged"
    hood = Neighbourhood(Desk(store, say=lambda _: None), {"one": "x", "two": "y"})
    assert hood.beside("one") is NOBODY
