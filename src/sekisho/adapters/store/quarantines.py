"""Servers that a person took out of use, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.ports import Quarantine

if TYPE_CHECKING:
    from sekisho.adapters.store.database import Database

__all__ = ["Quarantines"]


class Quarantines:
    """The `ports.QuarantineStore` of this machine.

    Args:
        database: the file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, Quarantine]:
        """Return every server that is out of use.

        Raises:
            StoreUnavailable: nobody can tell.
        """
        rows = self._database.rows("SELECT server, reason, principal, since FROM quarantine ORDER BY server")
        return {
            server: Quarantine(server=server, reason=reason, principal=principal, since=since)
            for row in rows
            for server, reason, principal, since in [_typed(row)]
        }

    def put(self, quarantine: Quarantine) -> bool:
        """Take a server out of use; False when it is so already, and its first reason stands.

        Raises:
            StoreUnavailable: it is still in use.
        """
        with self._database.writing() as write:
            return bool(
                write(
                    "INSERT INTO quarantine (server, reason, principal, since) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT DO NOTHING",
                    (quarantine.server, quarantine.reason, quarantine.principal, quarantine.since),
                )
            )

    def lift(self, server: str) -> bool:
        """Let a server be used again; False when it was in use.

        Raises:
            StoreUnavailable: it is still out of use.
        """
        with self._database.writing() as write:
            return bool(write("DELETE FROM quarantine WHERE server = ?", (server,)))


def _typed(row: tuple[object, ...]) -> tuple[str, str, str, int]:
    server, reason, principal, since = row
    return str(server), str(reason), str(principal), int(str(since))
