"""Servers that were used: ledgers in the store, as sessions would have left them."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sekisho.adapters.store import Store
from sekisho.engine.survey import examine
from sekisho.model.definition import surface
from sekisho.model.place import Kind
from sekisho.pin.code import definition
from sekisho.pin.ledger import Observation, observe
from surfacekit import ADD, EVIL
from terminals import person

if TYPE_CHECKING:
    from collections.abc import Generator

    from clikit import Desk
    from sekisho.pin.records import Ledger
    from sekisho.wire.jsonrpc import JsonObject
    from terminals import Terminal

__all__ = ["SERVER", "at_terminal", "changed", "kept", "ran", "used"]

SERVER: Final = "python weather.py @ /srv"


def used(desk: Desk, *entries: JsonObject, server: str = SERVER, opening: bool = True) -> None:
    """Let a session list tools."""
    definitions = surface(server, {"tools": list(entries)}).definitions
    with Store(desk.state) as store:
        before = store.ledgers.load(server)
        seen = Observation(
            definitions=definitions,
            listed=frozenset({Kind.TOOL}),
            capabilities="",
            session=str(opening),
            opening=opening,
            findings=examine(definitions),
        )
        assert store.ledgers.save(observe(before.ledger, seen).ledger, before=before) is not None


def ran(desk: Desk, body: JsonObject) -> None:
    """Let a session read what its server runs."""
    with Store(desk.state) as store:
        before = store.ledgers.load(SERVER)
        seen = Observation(
            definitions=(definition(before.ledger, body),),
            listed=frozenset(),
            capabilities="",
            session="one",
            opening=True,
        )
        assert store.ledgers.save(observe(before.ledger, seen).ledger, before=before) is not None


def changed(desk: Desk) -> None:
    """Let a server be used, and then change what it says."""
    used(desk, ADD)
    used(desk, EVIL, opening=False)


def kept(desk: Desk, server: str = SERVER) -> Ledger:
    with Store(desk.state) as store:
        return store.ledgers.load(server).ledger


@contextmanager
def at_terminal(desk: Desk, *words: str) -> Generator[Terminal]:
    """Run a command as a person."""
    bare = {"PATH": os.defpath, "SEKISHO_STATE": str(desk.state), "LANG": "C.UTF-8", "TZ": "UTC"}
    with person(f"{sys.executable} -m sekisho {' '.join(words)}; echo code=$?", bare) as screen:
        yield screen
