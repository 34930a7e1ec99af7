"""Queries: variants that change something in disguise, against SQLite's own authorizer; and names in queries."""

from __future__ import annotations

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
    "VACUUM INTO '/dev/null/x'",
    "SELECT load_extension('x')",
    "SELECT \"load_extension\"('x')",
    "SELECT a FROM t WHERE b = (SELECT [load_extension](a))",
    "SELECT fts3_tokenizer('x')",
    "PRAGMA main.user_version=5",
    'PRAGMA "user_version"(5)',
    "PRAGMA 'user_version'=5",
    "PRAGMA [user_version] = 5",
    "PRAGMA table_info=5; PRAGMA user_version=5",
    "PRAGMA optimize",
    "CREATE TEMP TABLE x (a)",
    "CREATE VIRTUAL TABLE x USING rtree(a, b, c)",
    "UPDATE OR REPLACE t SET a=1",
    "UPDATE t SET a=1 RETURNING a",
    "UPDATE t SET (a, b) = (SELECT 1, 2) FROM u",
    "INSERT INTO t DEFAULT VALUES",
    "INSERT INTO t VALUES (1,2) ON CONFLICT DO NOTHING RETURNING a",
    "WITH c AS (SELECT 1) REPLACE INTO t SELECT 1, 2",
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c LIMIT 2) UPDATE t SET a=1",
    "BEGIN IMMEDIATE",
    "RELEASE x",
    "END",
    "ROLLBACK",
    "ATTACH 'file:x?mode=memory' AS y KEY 'z'",
    "SELECT a, count(*) OVER (ORDER BY b) FROM t GROUP BY a",
    "SELECT t.a->>'$.b', x'00' FROM t JOIN u USING (a)",
    "WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c WHERE x<3) SELECT x FROM c",
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
    "SELECT $a(');",
    "SELECT :a(');",
    "SELECT @a(');",
    "SELECT $a::b(/*);",
    "SELECT #a(');",
    "SELECT ?1;",
    "SELECT 1_000;",
    "SELECT 0x1F;",
    "SELECT 1e5;",
    "SELECT 'a'\"b\";",
    "SELECT a\xa0FROM t;",
    "\ufeff",
    "\u2028",
    "\x0b",
    "SELECT 1 -- \r;",
    "SELECT 1 -- \u2028;",
    "SELECT 1 /*\n;*/;",
    "SELECT N'a';",
    "SELECT E'\\';",
    "SELECT 1 UNION ",
    "SELECT 1 UNION ALL VALUES (1);",
    "WITH c(x) AS MATERIALIZED (SELECT 1) ",
    "SELECT CASE WHEN 1 THEN 2 END;",
    "SELECT 1 WHERE 1 IN (1);",
    "EXPLAIN EXPLAIN ",
    'SELECT "a""b";',
    "SELECT [a]];",
    "SELECT 1 AS 'a;';",
    "SELECT -- '\n1;",
    "SELECT 1 /* ' */;",
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
    "--')",
    "*/)",
    " UNION SELECT 1",
    " LIMIT 1",
    " AS x",
    "\xa0",
    "\r",
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
    lambda text: text.replace(" ", "/* ' */"),
    lambda text: text.replace(" ", " -- '\n"),
    lambda text: text.replace(" ", "\x0c\r\n"),
    lambda text: text.replace(" ", "\xa0", 1),
    lambda text: text.replace("(", " ( "),
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
    "t AS x",
    "t x",
    "t NATURAL JOIN u",
    "t\tJOIN\tu",
    "pragma_table_info('t')",
    "json_each('[1]')",
    "sqlite_schema",
    "t INDEXED BY i",
    "t NOT INDEXED",
    "t GROUP BY 1",
    "t EXCEPT SELECT 1, 2",
    "t INTERSECT SELECT 1, 2",
    "t WINDOW w AS (ORDER BY a)",
    '"t" UNION SELECT 1, 2',
    "[t] , u",
    "`t`.u",
    "t\xa0x",
    "t\u2028WHERE 1",
    "t\x0cWHERE 1=2",
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
REACHING = frozenset({"load_extension", "fts3_tokenizer"})


def _harms(text: str) -> bool:
    """Say whether SQLite is about to do more than read, in any of the statements."""
    seen: list[int] = []
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.executescript("CREATE TABLE t (a, b); CREATE TABLE u (a, b); INSERT INTO t VALUES (1, 2)")

    def judge(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        reaches = action == sqlite3.SQLITE_FUNCTION and second in REACHING
        if (action in ALLOWED and not reaches) or (
            action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in TELLING
        ):
            return sqlite3.SQLITE_OK
        seen.append(action)
        return sqlite3.SQLITE_DENY

    base.set_authorizer(judge)
    try:
        base.executescript(text)
    except sqlite3.Error as error:
        # what is not understood to its end was asked about as well
        seen = [] if "syntax error" in str(error) or "unrecognized token" in str(error) else seen
    except ValueError:
        seen = []
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
    known = {repr(_told(base, place.format(name))) for name in ("t", "u", "t a", "sqlite_schema") for place in PLACES}
    for _ in range(count):
        value = chance.choice(NAMES) + chance.choice(ENDS)
        told = _told(base, chance.choice(PLACES).format(value))
        injected = bool(told and told[1]) and repr(told) not in known
        clean = not judge_name(value).objections
        more += injected
        bypasses += [value] if injected and clean else []
        strict += not injected and not clean
    return {"variants": count, "harm": more, "bypass": len(bypasses), "stricter": strict, "examples": bypasses[:5]}
