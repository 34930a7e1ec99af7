"""Ledgers: for each server what was approved of it and what waits, in one row, written as a whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from sekisho.adapters.store.errors import StoreUnavailable
from sekisho.pin.plain import PlainError, from_plain, to_plain
from sekisho.pin.records import Ledger
from sekisho.ports import Kept

if TYPE_CHECKING:
    from sekisho.adapters.store.database import Database, Value

__all__ = ["Ledgers"]


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
        rows = self._database.rows("SELECT edition, ledger FROM ledgers WHERE server = ?", (server,))
        return self._read(server, rows[0]) if rows else Kept(ledger=Ledger(server=server), edition=0)

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

    def save(self, ledger: Ledger, *, edition: int) -> Kept | None:
        """Keep a ledger in place of the one of this edition; None when another one is kept by now.

        Raises:
            StoreUnavailable: it is not kept.
        """
        data = orjson.dumps(to_plain(ledger)).decode()
        with self._database.writing() as write:
            if edition:
                done = write(
                    "UPDATE ledgers SET edition = edition + 1, ledger = ? WHERE server = ? AND edition = ?",
                    (data, ledger.server, edition),
                )
            else:
                done = write(
                    "INSERT INTO ledgers (server, edition, ledger) VALUES (?, 1, ?) ON CONFLICT DO NOTHING",
                    (ledger.server, data),
                )
        return Kept(ledger=ledger, edition=edition + 1) if done else None

    def changed(self) -> bool:
        """Tell whether another process has written since this was last asked.

        Raises:
            StoreUnavailable: it can't be read.
        """
        return self._database.changed()

    def _read(self, server: str, row: tuple[Value, ...]) -> Kept:
        edition, data = row
        try:
            ledger = from_plain(orjson.loads(str(data)))
        except (PlainError, orjson.JSONDecodeError) as error:
            raise StoreUnavailable(
                f"What is kept of {server} in {self._database.path} can't be read: {error}. "
                "Use the version of Sekisho that wrote it, or put a copy of the file in its place."
            ) from error
        if ledger.server != server:
            raise StoreUnavailable(f"What {self._database.path} keeps of {server} is another server's.")
        return Kept(ledger=ledger, edition=int(str(edition)))
