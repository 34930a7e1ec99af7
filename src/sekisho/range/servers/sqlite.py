"""A server for an SQLite database, with the flaw of the archived reference server: the first word decides what is read.

The database stands in its working directory.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sekisho.range.servers.stdio import Failed, Tool, serve

__all__ = ["FILE", "Database"]

FILE: Final = "shop.db"
"""The database's name."""


class Database:
    """The tools.

    Args:
        file: the database.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.tools: Final = (
            Tool(
                name="read_query",
                says="Runs a SELECT query on the database.",
                takes={"query": "The query, in the SQL of SQLite."},
                act=self.read,
                reads=True,
            ),
            Tool(
                name="write_query",
                says="Runs an INSERT, UPDATE or DELETE query on the database.",
                takes={"query": "The query, in the SQL of SQLite."},
                act=self.write,
            ),
            Tool(name="list_tables", says="Lists the tables of the database.", act=self.tables, reads=True),
        )

    def read(self, query: str) -> str:
        """Run each statement of a query that begins with SELECT: the flaw."""
        if not query.upper().startswith("SELECT"):
            raise Failed("only SELECT queries are allowed")
        return self._run(query)

    def write(self, query: str) -> str:
        """Run a query that does not begin with SELECT."""
        if query.upper().startswith("SELECT"):
            raise Failed("SELECT queries are not allowed")
        return self._run(query)

    def tables(self) -> str:
        """Return the names of the tables."""
        return self._run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")

    def _run(self, query: str) -> str:
        rows: list[object] = []
        with closing(sqlite3.connect(self._file)) as database:
            for statement in query.split(";"):
                rows += database.execute(statement).fetchall()
            database.commit()
        return json.dumps(rows)


if __name__ == "__main__":
    serve("sqlite", Database(Path.cwd() / FILE).tools)
