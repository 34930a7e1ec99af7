from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards import question
from sekisho.guards.question import is_plain
from sekisho.guards.sql import SqlFacts, Use, judge_carefully
from sekisho.text.signatures import SignatureError
from tablekit import rows

if TYPE_CHECKING:
    import pytest

FUNCTIONS = frozenset({"numeric", "lower", "count", "max", "replace"})
TABLES = frozenset({"pg_shadow", "mysql.user"})
WORDS = (
    "SELECT", "FROM", "t", "u", "WHERE", "a", "1", "'x'", "'it''s'", '"q"', "`q`", "(", ")", ",", "=", "AND", "JOIN", "AS", "count(*)", "lower(a)", "replace(a)", "REPLACE INTO", "UNION ALL", "WITH x AS (SELECT 1)", "INTO",
    "'/x'", "'a.csv'", "x.csv", "pg_shadow", "'pg_shadow'", "user", "evil(1)", "s.lower(1)", "(a).evil", '"evil"(1)', ".", ";", "- -1", "--", "/* */", "::text", "SET", "INSERT INTO t", "INSERT INTO t (a)",
    "INSERT INTO pg_shadow (a)", "UPDATE t SET a=1", "DELETE FROM t", "FOR UPDATE", "DROP TABLE t", "EXEC x", "NOT", "IN (1,2)", "\n", "N'x'", "E'a\\'b'", "$$x$$", "@x", "[a]", "[evil](1)", "*", "-- x\n", "/* x */", "IN ('/x')", "FROM '/x'", "$1", ":p", "::numeric(1)", "RETURNING a", "ON CONFLICT DO NOTHING", "case when a then 1 end", "null", ", '/x'", "1.5", "1INTO", "cast(a as int)", "#", "\\", "\0",
)  # fmt: skip


def plain(value: str, *, writes: bool = False) -> bool:
    return is_plain(value, functions=FUNCTIONS, tables=TABLES, writes=writes)


@rows(
    "value",
    [
        "SELECT 1", "select a, count(*) from t where b like 'x%' group by a", "SELECT 'it''s; DROP TABLE t'", "WITH x AS (SELECT 1) SELECT * FROM x;", "SELECT * FROM t JOIN u ON t.a = u.b WHERE c IN (1, 2)", 'SELECT "a b" FROM `t`',
        "SELECT - -1, a-b, a/b, a::text, a->>'b' FROM t", "SELECT replace(a, 'x', 'y') FROM t", "SELECT '日本語' FROM 表", "SELECT a/2 FROM t WHERE b = '2024-01-01' ;\n", "SELECT 'a/b'", "SELECT cast(a AS int) FROM t",
        "SELECT 1 -- x", "-- which ones\nSELECT a -- this\nFROM t --", "SELECT /* all */ 1 /* of it */", "SELECT [a] FROM [t] WHERE [t].[a] = 1", "SELECT a FROM t WHERE b LIKE '/x/%' AND c IN ('/y')", r"SELECT a FROM t WHERE b LIKE '\_%'",
        "SELECT a FROM t WHERE b = $1 AND c = :c", "SELECT a::numeric(10, 2), t.comment FROM t WHERE b = 'drop it; set -- /* x'", "SELECT user.name FROM user LIMIT 1.5e3", "SELECT a FROM t WHERE b = '/x' OR c = ']'",
        'SELECT "t".a FROM "t"', "SELECT [t].a, [t].b FROM [dbo].t JOIN [u] ON [u].a = [t].a AND [u].b = 1 ORDER BY [t].a",
    ],
)  # fmt: skip
def test_a_question_of_plain_words_needs_no_parser(value: str) -> None:
    assert plain(value)


@rows("value", ["INSERT INTO t VALUES (1, 'x')", "insert into t (a, b) values (1, 2)", 'INSERT INTO "t u" (a) SELECT lower(a) FROM u', "UPDATE t SET a = 1 WHERE b = 2", "DELETE FROM t WHERE a = 1", "DELETE FROM t WHERE b = 1 RETURNING a", "INSERT INTO t VALUES ('/x', 'a.csv')", "INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2", "INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 2", "UPDATE [t] SET a = 'x' RETURNING *"])  # fmt: skip
def test_a_change_of_data_needs_none_where_the_tool_changes_data(value: str) -> None:
    assert plain(value, writes=True)
    assert not plain(value)


@rows(
    "value",
    [
        "", "x", "SELECT (1", "SELECT 'a", "SELECT 1; SELECT 2", "SELECT 1 # x", "SELECT 'a\\'", "SELECT $$x$$", "SELECT @x", "SELECT @a := 1", "SELECT E'x'", "SELECT a'x'", "SELECT 1\0",
        "SELECT * INTO u FROM t", "SELECT 1 DROP TABLE t", "SELECT 1 SHUTDOWN", "SELECT 1 EXEC x", "SELECT * FROM t FOR UPDATE", "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "(SELECT 1)", "VALUES (1)", "EXPLAIN SELECT 1",
        "SELECT evil(1)", 'SELECT "evil"(1)', "SELECT `evil` (1)", "SELECT s.lower(1)", "SELECT ('x').evil", 'SELECT (x)."evil"', 'SELECT a::text . "q"', "SELECT 1 . evil", "SELECT (a) . evil", "SELECT 'x'.evil", "SELECT * FROM '/etc/passwd'", "SELECT * FROM 'x.csv'", "SELECT * FROM x.csv", "SELECT * FROM pg_shadow",
        "SELECT * FROM 'pg_shadow'", "SELECT * FROM mysql.user", "INSERT INTO pg_shadow (a) VALUES (1)", "INSERT INTO t VALUES (1) INSERT INTO u VALUES (2)", "INSERT INTO t SELECT evil(1)", "INSERT INTO t (a) SELECT evil (1)", "UPDATE t SET a = 1 SET b = 2",
        "INSERT OR REPLACE INTO t VALUES (1)", '"a""b"', "1 SELECT 1", "'x' SELECT 1", "SELECT REPLACE INTO t",
        "SELECT 1 --x", "SELECT 1 -- it's", "SELECT 1 --\rx", "SELECT /*+ x */ 1", "SELECT /*! x */ 1", "SELECT 1 // 2", "SELECT [a b]", "SELECT x[1]", "SELECT [evil](1)", "SELECT a FROM t, '/x'", "SELECT a FROM t JOIN ('/x')", "SELECT a FROM '\\_'",
        'SELECT a FROM "x".csv', "SELECT a FROM [mysql].[user]", "SELECT a FROM mysql /* x */ . user", "SELECT 1INTO t", "SELECT a\xa0FROM t", "SELECT \u017fum(1)", "SELECT $1$ x", "SELECT a::evil(1)", "SELECT 'a' ESCAPE '\\'",
        "INSERT INTO t VALUES (1) RETURNING a RETURNING b", "DELETE FROM t USING u RETURNING evil(1)", "INSERT INTO mysql.user VALUES (1)", "SELECT RETURNING a", "DELETE FROM evil (1)", "DELETE FROM t, '/x'", "SELECT CASE WHEN a THEN 1 ELSE 2 END . evil FROM t",
        "SELECT a[b].evil FROM t", "SELECT a [b] . evil FROM t", "SELECT 'x'[a].evil", "SELECT [a] [b].evil", "SELECT 'x' \"q\".evil", "SELECT a WHERE b, '/x'", "SELECT LATERAL.evil", "SELECT VALUES ( )", "INSERT INTO t (a) VALUES (1) '/x'",
    ],
)  # fmt: skip
def test_whatever_else_is_parsed(value: str) -> None:
    assert not plain(value, writes=True)


@given(
    st.lists(st.sampled_from(WORDS), max_size=8),
    st.sampled_from(["SELECT a FROM t", "INSERT INTO t (a) VALUES (1)", "SELECT"]),
)
def test_the_parser_objects_to_nothing_that_is_plain(words: list[str], start: str) -> None:
    text = " ".join([start, *words])
    if plain(text, writes=True):
        found = judge_carefully(text, SqlFacts(use=Use.WRITE)).objections
        # what it does not understand does nothing but to fail: there is one statement, and no word that acts
        assert {each.rule for each in found} <= {"sql-unclear"}


@given(st.text(max_size=100))
def test_no_text_makes_it_fail(value: str) -> None:
    plain(value)
    plain(f"SELECT {value}")


def test_a_set_that_could_not_look_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Blind:
        def match(self, _: str) -> list[int]:
            raise SignatureError

    def blind(*_: object) -> Blind:
        return Blind()

    monkeypatch.setattr(question, "_patterns", blind)
    assert not plain("SELECT 1")
