"""Ledgers: for each server what was approved of it and what waits, written as a whole or not at all.

Each pin is a row of its own, so that a long list that comes page by page is not written anew with each page.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import orjson

from sekisho.adapters.store.errors import StoreUnavailable
from sekisho.pin.plain import PlainError, from_plain, pin_to_plain, to_plain
from sekisho.pin.records import Ledger
from sekisho.ports import Kept
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.adapters.store.database import Database, Value, Writing
    from sekisho.pin.records import Key, Pin
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["Ledgers"]

_NO_PINS: Final[Mapping[Key, Pin]] = MappingProxyType({})

_LOAD: Final = """
    SELECT '', '', edition, split, ledger FROM ledgers WHERE server = ?
    UNION ALL SELECT kind, name, 0, 0, pin FROM pins WHERE server = ?
    ORDER BY 1, 2
"""
"""One statement, so that nobody writes between the ledger and its pins. The ledger is first: each pin has a kind."""


class Ledgers:
    """The `ports.LedgerStore` of this machine.

    Args:
        database: the file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, server: str) -> Kept:
        """Return what is kept of a server; of one that nobody has seen that is an empty ledger.

        Raises:
            StoreUnavailable: nobody can tell.
        """
        rows = self._database.rows(_LOAD, (server, server))
        return self._read(server, rows) if rows else Kept(ledger=Ledger(server=server), edition=0)

    def edition(self, server: str) -> int:
        """Return how often the ledger of a server was changed.

        Raises:
            StoreUnavailable: nobody can tell.
        """
        rows = self._database.rows("SELECT edition FROM ledgers WHERE server = ?", (server,))
        return int(str(rows[0][0])) if rows else 0

    def servers(self) -> tuple[str, ...]:
        """Return the servers of which anything is kept.

        Raises:
            StoreUnavailable: nobody can tell.
        """
        return tuple(str(row[0]) for row in self._database.rows("SELECT server FROM ledgers ORDER BY server"))

    def save(self, ledger: Ledger, *, before: Kept) -> Kept | None:
        """Keep a ledger in place of `before`, as `load` or `save` returned it; None when another one is kept by now.

        What is written grows with what has changed, and not with the ledger.

        Raises:
            StoreUnavailable: it is not kept.
        """
        server, edition = ledger.server, before.edition + 1
        head = _written(to_plain(replace(ledger, pins=_NO_PINS)))
        with self._database.writing() as write:
            if not before.edition:
                done = write(
                    "INSERT INTO ledgers (server, edition, ledger, split) VALUES (?, 1, ?, 1) ON CONFLICT DO NOTHING",
                    (server, head),
                )
                known = _NO_PINS
            else:
                split = self._database.rows(
                    "SELECT split FROM ledgers WHERE server = ? AND edition = ?", (server, before.edition)
                )
                done = write(
                    "UPDATE ledgers SET edition = ?, ledger = ?, split = ? WHERE server = ? AND edition = ?",
                    (edition, head, edition, server, before.edition),
                )
                known = before.ledger.pins if split == [(before.edition,)] else _NO_PINS
            if not done:
                return None
            if known is _NO_PINS:
                write("DELETE FROM pins WHERE server = ?", (server,))
            _write_pins(write, server, known, ledger.pins)
        return Kept(ledger=ledger, edition=edition)

    def changed(self) -> bool:
        """Tell whether another process has written since this was last asked.

        Raises:
            StoreUnavailable: it can't be read.
        """
        return self._database.changed()

    def _read(self, server: str, rows: list[tuple[Value, ...]]) -> Kept:
        (_, _, edition, split, data), *others = rows
        try:
            whole: JsonObject = obj(orjson.loads(str(data)))
            pins: list[Json] = [orjson.loads(str(pin)) for *_, pin in others]
            ledger = from_plain({**whole, "pins": pins} if edition == split else whole)
        except (PlainError, orjson.JSONDecodeError) as error:
            raise StoreUnavailable(
                f"What is kept of {server} in {self._database.path} can't be read: {error}. "
                "Use the version of Sekisho that wrote it, or put a copy of the file in its place."
            ) from error
        if ledger.server != server:
            raise StoreUnavailable(f"What {self._database.path} keeps of {server} is another server's.")
        return Kept(ledger=ledger, edition=int(str(edition)))


def _write_pins(write: Writing, server: str, known: Mapping[Key, Pin], pins: Mapping[Key, Pin]) -> None:
    """Write what is another pin than before, and take out what is none any more."""
    write.many(
        "INSERT INTO pins (server, kind, name, pin) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (server, kind, name) DO UPDATE SET pin = excluded.pin",
        (
            (server, str(key.kind), key.name, _written(pin_to_plain(pin)))
            for key, pin in pins.items()
            if known.get(key) is not pin
        ),
    )
    write.many(
        "DELETE FROM pins WHERE server = ? AND kind = ? AND name = ?",
        ((server, str(key.kind), key.name) for key in known if key not in pins),
    )


def _written(value: JsonObject) -> str:
    return orjson.dumps(value).decode()
