"""The store's tables, as a list of migrations: the format of a file is how many of them it has seen.

A migration is never changed once it was released; a change is another migration.
"""

from __future__ import annotations

from typing import Final

__all__ = ["APPLICATION", "FORMAT", "MIGRATIONS"]

APPLICATION: Final = 0x53454B49
"""Marks the file as ours (`PRAGMA application_id`)."""

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    (
        """CREATE TABLE ledgers (
            server TEXT NOT NULL PRIMARY KEY, edition INTEGER NOT NULL, ledger TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE releases (
            ticket TEXT NOT NULL PRIMARY KEY, binding TEXT NOT NULL, principal TEXT NOT NULL,
            granted INTEGER NOT NULL, expires INTEGER NOT NULL, used INTEGER
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE conversations (
            id TEXT NOT NULL PRIMARY KEY, principal TEXT NOT NULL, process TEXT NOT NULL,
            since INTEGER NOT NULL, seen INTEGER NOT NULL, UNIQUE (principal, process)
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE allowances (
            server TEXT NOT NULL, tool TEXT NOT NULL, rule TEXT NOT NULL, reason TEXT NOT NULL,
            principal TEXT NOT NULL, granted INTEGER NOT NULL, expires INTEGER NOT NULL,
            PRIMARY KEY (server, tool, rule)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX releases_by_binding ON releases (binding)",
    ),
    (
        "ALTER TABLE ledgers ADD COLUMN split INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE pins (
            server TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, pin TEXT NOT NULL,
            PRIMARY KEY (server, kind, name)
        ) STRICT""",
    ),
)
"""By format: the statements that lead to it from the format before.

`ledgers.split` is the edition whose pins stand in `pins`; of any other edition they stand in the ledger itself, as the
version before wrote it, which may still be running.
"""

FORMAT: Final = len(MIGRATIONS)
"""The format that this version writes."""
