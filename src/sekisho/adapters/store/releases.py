"""Releases: what a person allowed once, under a ticket, for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sekisho.adapters.store.database import Database
    from sekisho.ports import Release

__all__ = ["Releases"]


class Releases:
    """The `ports.ReleaseStore` of this machine.

    Args:
        database: the file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def grant(self, release: Release) -> bool:
        """Keep a release; False when its ticket was released before, whatever became of that.

        Raises:
            StoreUnavailable: it is not kept.
        """
        with self._database.writing() as write:
            return bool(
                write(
                    "INSERT INTO releases (ticket, binding, principal, granted, expires) VALUES (?, ?, ?, ?, ?) "
                    "ON CONFLICT DO NOTHING",
                    (release.ticket, release.binding, release.principal, release.granted, release.expires),
                )
            )

    def consume(self, binding: str, *, now: int) -> str:
        """Use a release up, and return its ticket; empty when there is none for this binding, or it is used or expired.

        Of several that try at once, in whatever process, one succeeds: nonce first, effect later.

        Raises:
            StoreUnavailable: nobody may act on it.
        """
        unused = "binding = ? AND used IS NULL AND expires > ?"
        for (ticket,) in self._database.rows(f"SELECT ticket FROM releases WHERE {unused}", (binding, now)):  # noqa: S608 - fixed words
            with self._database.writing() as write:
                if write(f"UPDATE releases SET used = ? WHERE ticket = ? AND {unused}", (now, ticket, binding, now)):  # noqa: S608 - as above
                    return str(ticket)
        return ""

    def expire(self, *, before: int) -> int:
        """Forget releases that expired before a time; return how many.

        Raises:
            StoreUnavailable: they are still there.
        """
        with self._database.writing() as write:
            return write("DELETE FROM releases WHERE expires <= ?", (before,))
