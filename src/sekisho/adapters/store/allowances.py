"""Allowances: rules that a person lets be silent at a tool, until they expire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.ports import Allowance

if TYPE_CHECKING:
    from sekisho.adapters.store.database import Database, Value

__all__ = ["Allowances"]

_COLUMNS = "server, tool, rule, reason, principal, granted, expires"


class Allowances:
    """The `ports.AllowanceStore` of this machine.

    Args:
        database: the file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def allow(self, allowance: Allowance) -> None:
        """Keep an allowance, in place of an earlier one for the same rule and tool.

        Raises:
            StoreUnavailable: it is not kept.
        """
        each = allowance
        values = (each.server, each.tool, each.rule, each.reason, each.principal, each.granted, each.expires)
        with self._database.writing() as write:
            write(f"INSERT OR REPLACE INTO allowances ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608 - fixed words

    def withdraw(self, server: str, tool: str, rule: str) -> bool:
        """Forget an allowance; False when there was none.

        Raises:
            StoreUnavailable: it still holds.
        """
        with self._database.writing() as write:
            return bool(
                write("DELETE FROM allowances WHERE server = ? AND tool = ? AND rule = ?", (server, tool, rule))
            )

    def rules(self, server: str, tool: str, *, now: int) -> frozenset[str]:
        """Return the rules that are to be silent at a tool now.

        Raises:
            StoreUnavailable: nobody can tell, so none is.
        """
        rows = self._database.rows(
            "SELECT rule FROM allowances WHERE server = ? AND tool = ? AND expires > ?", (server, tool, now)
        )
        return frozenset(str(row[0]) for row in rows)

    def all(self) -> tuple[Allowance, ...]:
        """Return all of them, expired ones too.

        Raises:
            StoreUnavailable: they can't be read.
        """
        return tuple(
            _read(row)
            for row in self._database.rows(f"SELECT {_COLUMNS} FROM allowances ORDER BY server, tool, rule")  # noqa: S608 - fixed words
        )


def _read(row: tuple[Value, ...]) -> Allowance:
    server, tool, rule, reason, principal, granted, expires = row
    return Allowance(
        server=str(server),
        tool=str(tool),
        rule=str(rule),
        reason=str(reason),
        principal=str(principal),
        granted=int(str(granted)),
        expires=int(str(expires)),
    )
