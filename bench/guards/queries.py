"""Queries: variants that change something in disguise, against SQLite's own authorizer; and names in queries."""

from __future__ import annotations

import contextlib
import random
import sqlite3

from sekisho.guards.sql import SqlFacts, judge_name, judge_sql

HARM = (
    "DELETE FROM t",
    "DROP TABLE t",
    "UPDATE t SET a=1",
    "INSERT INTO t VALUES (1,2)",
    "REPLACE INTO t VALUES (1,2)",
    "ATTACH ':memory:' AS x",
    "PRAGMA writable_schema=1",
    "CREATE TABLE x (a)",
    "ALTER TABLE t RENAME TO x",
    "WITH c AS (SELECT 1) DELETE FROM t",
    "DETACH main",
    "REINDEX t",
    "VACUUM",
    "ANALYZE",
    "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
    "SAVEPOINT x",
    "INSERT INTO t SELECT 1, 2",
    "PRAGMA journal_mode=OFF",
    "DROP TABLE IF EXISTS t",
    "INSERT OR REPLACE INTO t VALUES (1,2)",
    "SELECT 1",
    "SELECT a FROM t",
    "PRAGMA table_info(t)",
    "CREATE VIEW v AS SELECT 1",
)
BEFORE = (
    "",
    " ",
    "\n",
    "/**/",
    "/* x */",
    "-- x\n",
    ";",
    "SELECT 1;",
    "SELECT 1 ;\n",
    "EXPLAIN ",
    "EXPLAIN QUERY PLAN ",
    "SELECT 'a';",
    'SELECT "a";',
    "SELECT 'a''';",
    "SELECT '\\';",
    "SELECT `a` FROM t;",
    "SELECT [a] FROM t;",
    "SELECT a -- x\nFROM t;",
    "/* /* */",
    "--\n",
    "\t",
    "\x0c",
    "SELECT 1 --;\n;",
    "SELECT ';",
    "SELECT '",
    'SELECT "',
    "/*",
    "-- ",
    "SELECT 'a\\' ",
    "# ",
    "SELECT 1 # ;\n;",
    "SELECT $$;",
    "SELECT 1--1;\n",
    "SELECT a FROM t WHERE b = '",
    "SELECT a FROM t WHERE b = 1;",
    "WITH c AS (SELECT 1) ",
    "SELECT x'00';",
    "VALUES (1);",
    "SELECT 1/*;*/;",
    "(",
    "SELECT * FROM (",
    "SELECT [;",
    "SELECT `;",
)
AFTER = (
    "",
    ";",
    " --",
    "/*",
    "*/",
    "'",
    '"',
    " -- x\n",
    "; SELECT 1",
    ")",
    "';",
    "\n",
    "; --",
    "*/ ;",
    "]",
    "`",
    " /* x */",
    "$$",
    "\0",
    ";;",
)
CASES = (
    str,
    str.lower,
    str.upper,
    str.swapcase,
    lambda text: text.replace(" ", "/**/"),
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace(" ", "\t"),
    lambda text: text.replace(" ", " -- x\n"),
)
NAMES = (
    "t",
    "t ",
    "t;",
    "t) ",
    "t'",
    't"',
    "t]",
    "t`",
    '"t"',
    "[t]",
    "`t`",
    "t--",
    "t -- ",
    "t/*",
    "t WHERE 1",
    "t UNION SELECT 1, 2",
    "t, u",
    "u",
    "t LIMIT 1",
    "t JOIN u",
    "t\n",
    "t a",
    "main.t",
    "t;DELETE FROM u",
    "t WHERE a IN (SELECT 1)",
    "(SELECT 1, 2)",
    "t ORDER BY 1",
)
ENDS = ("", "", " ", "\n", "--", "/**/", ")", "'", '"', ";", "a", " x", "%", "\0")
PLACES = (
    "SELECT * FROM {}",
    'SELECT * FROM "{}"',
    "PRAGMA table_info({})",
    "PRAGMA table_info('{}')",
    "SELECT * FROM {} WHERE a = 1",
    "SELECT * FROM [{}]",
)
ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
TELLING = frozenset({"table_info"})


def _harms(text: str) -> bool:
    """Say whether SQLite is about to do more than read, in any of the statements."""
    seen: list[int] = []
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.executescript("CREATE TABLE t (a, b); CREATE TABLE u (a, b); INSERT INTO t VALUES (1, 2)")

    def judge(action: int, first: str | None, *_: str | None) -> int:
        if action in ALLOWED or (action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in TELLING):
            return sqlite3.SQLITE_OK
        seen.append(action)
        return sqlite3.SQLITE_DENY

    base.set_authorizer(judge)
    with contextlib.suppress(sqlite3.Error, ValueError):
        base.executescript(text)
    base.close()
    return bool(seen)


def measure(count: int, seed: int) -> dict[str, object]:
    """Compare `count` queries with SQLite."""
    chance = random.Random(seed)  # noqa: S311 - variants, no secrets
    bypasses, harm, strict = list[str](), 0, 0
    for at in range(count):
        text = "".join(
            (
                chance.choice(BEFORE),
                chance.choice(BEFORE),
                chance.choice(CASES)(chance.choice(HARM)),
                chance.choice(AFTER),
                chance.choice(AFTER),
            )
        )
        harms = _harms(text)
        clean = not judge_sql(text, SqlFacts(dialect="sqlite" if at % 2 else None)).objections
        harm += harms
        bypasses += [text] if harms and clean else []
        strict += not harms and not clean
    return {"variants": count, "harm": harm, "bypass": len(bypasses), "stricter": strict, "examples": bypasses[:5]}


def _told(base: sqlite3.Connection, text: str) -> tuple[object, list[object]] | None:
    try:
        found = base.execute(text)
        return found.description, found.fetchall()
    except (sqlite3.Error, ValueError, sqlite3.Warning):
        return None


def measure_names(count: int, seed: int) -> dict[str, object]:
    """Put `count` names where servers put them: what the query then tells must be what a quoted name would tell."""
    chance = random.Random(seed)  # noqa: S311 - variants, no secrets
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.executescript(
        "CREATE TABLE t (a, b); CREATE TABLE u (a, b); INSERT INTO t VALUES (1, 2); INSERT INTO u VALUES (3, 4);"
        'CREATE TABLE "t a" (a)'
    )
    bypasses, strict, more = list[str](), 0, 0
    known = {repr(_told(base, place.format(name))) for name in ("t", "u", "t a") for place in PLACES}
    for _ in range(count):
        value = chance.choice(NAMES) + chance.choice(ENDS)
        told = _told(base, chance.choice(PLACES).format(value))
        injected = bool(told and told[1]) and repr(told) not in known
        clean = not judge_name(value).objections
        more += injected
        bypasses += [value] if injected and clean else []
        strict += not injected and not clean
    return {"variants": count, "harm": more, "bypass": len(bypasses), "stricter": strict, "examples": bypasses[:5]}
