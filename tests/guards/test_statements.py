from __future__ import annotations

import pytest

from sekisho.guards import statements as module
from sekisho.guards.statements import TooMuchError, statements
from tablekit import rows


def test_a_statement_tells_what_it_names() -> None:
    found = statements("SELECT f(a), count(*) FROM s.T JOIN u ON 1 = 1", "postgres")
    assert found is not None
    assert len(found) == 1
    assert (found[0].needs, found[0].reaches, found[0].obscure) == (1, False, False)
    assert found[0].functions == {"f"}
    assert "count" in found[0].typed
    assert found[0].tables == {"s.t", "t", "u"}


@rows(
    ("text", "needs"),
    [("SELECT 1", 1), ("EXPLAIN ANALYZE UPDATE t SET a = 1", 2), ("CREATE TABLE t (a int)", 3), ("DROP TABLE t", 4)],
)
def test_a_statement_needs_the_strictest_of_its_parts(text: str, needs: int) -> None:
    found = statements(text, "sqlite")
    assert found is not None
    assert [each.needs for each in found] == [needs]


@rows(
    ("text", "dialect", "tables"),
    [
        ("SELECT 1 FROM T", "postgres", {"t"}),
        ("SELECT 1 FROM s.T", "postgres", {"s.t", "t"}),
        ("SELECT 1 FROM C.s.T", "postgres", {"c.s.t", "s.t", "t"}),
        ("SELECT 1 FROM [a b].[T]", "tsql", {"a b.t", "t"}),
        ("SELECT 1 FROM (SELECT 1) AS q", "sqlite", {"q"}),
        ("SELECT 1", "sqlite", set[str]()),
    ],
)
def test_a_table_is_told_with_and_without_what_it_is_in(text: str, dialect: str, tables: set[str]) -> None:
    found = statements(text, dialect)
    assert found is not None
    assert found[0].tables == tables


def test_a_second_statement_is_seen_behind_nothing_and_a_name_like_one_is_none() -> None:
    for text, obscure in (("SELECT 1 drop TABLE t", True), ("SELECT a.begin FROM t", False), ("SELECT 1", False)):
        found = statements(text, "tsql", joined=True)
        assert found is None or any(each.obscure for each in found) is obscure


def test_a_pragma_is_named_whatever_its_schema() -> None:
    for text in ("PRAGMA main.journal_mode = 'x'", "pragma journal_mode", "PRAGMA journal_mode(x)"):
        found = statements(text, "sqlite")
        assert found is not None
        assert found[0].pragmas == {"journal_mode"}


def test_what_is_not_understood_is_nothing() -> None:
    assert statements("SELECT (((", "postgres") is None
    assert statements("SELECT 'x", "postgres") is None
    assert statements("SELECT " + "(" * 3000, "postgres") is None


def test_empty_statements_do_not_count() -> None:
    assert statements(";;", "sqlite") == ()
    assert len(statements("SELECT 1; -- x", "sqlite") or ()) == 1


@rows(
    "text",
    [
        "SELECT ('x'::text).evil",
        "SELECT (x).evil FROM t",
        "SELECT x[1].evil FROM t",
        "SELECT ((x).lower).evil FROM t",
        'SELECT (x)."EVIL" FROM t',
    ],
)
def test_a_field_behind_a_value_may_be_a_function(text: str) -> None:
    found = statements(text, "postgres", fields=True)
    assert found is not None
    assert "evil" in found[0].functions
    assert (statements(text, "duckdb") or found)[0].functions == frozenset()


@rows("text", ['SELECT "t".a FROM u', "SELECT [t].a FROM u", 'SELECT "t".a.b FROM u'])
def test_what_fails_at_the_dot_names_no_function(text: str) -> None:
    found = statements(text, "mysql", fields=True)
    assert found is not None
    assert found[0].functions == frozenset()


def test_a_field_of_a_column_is_none() -> None:
    found = statements("SELECT a.b.c.d.e FROM t", "bigquery", fields=True)
    assert found is not None
    assert found[0].functions == frozenset()


def test_a_mistake_of_the_parser_is_not_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> list[object]:
        raise AttributeError

    monkeypatch.setattr(module, "engine_of", fails)
    assert statements("SELECT 1", "mysql") is None


@rows(
    "text",
    [
        "SELECT * FROM t " + "JOIN t " * 40, "SELECT * FROM t " + "LEFT JOIN t, " * 40, "SELECT " + "a, " * 400 + "a", "SELECT 'x', '" + "y" * 5000 + "'",
        "SELECT a" + ".a" * 40, "SELECT * FROM a" + " . a" * 40,
    ],
)  # fmt: skip
def test_what_would_keep_others_waiting_is_not_parsed(text: str) -> None:
    with pytest.raises(TooMuchError):
        statements(text, "bigquery", share=1)


def test_not_even_patience_is_without_an_end() -> None:
    with pytest.raises(TooMuchError):
        statements("SELECT * FROM t " + "JOIN t " * 200, "postgres")


def test_those_who_share_have_less_each() -> None:
    text = "SELECT " + "a, " * 60 + "a"
    assert statements(text, "sqlite", share=0) is not None
    with pytest.raises(TooMuchError):
        statements(text, "sqlite", share=50)


def test_without_its_compiled_edition_less_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "SELECT " + "a, " * 60 + "a"
    monkeypatch.setattr("sqlglot.tokens.SQLGLOTC_INSTALLED", True)
    assert statements(text, "sqlite", share=1) is not None
    monkeypatch.setattr("sqlglot.tokens.SQLGLOTC_INSTALLED", False)
    with pytest.raises(TooMuchError):
        statements(text, "sqlite", share=1)


@rows(
    ("text", "expected"),
    [
        ("SELECT 1 DELETE FROM t", True), ("SELECT a FROM t shutdown", True), ("SELECT a --as\nDELETE FROM t", True), ("SELECT a LIMIT SHUTDOWN", True), ("SELECT * FROM t x, u REVERT", True),
        ("SELECT a AS open, close FROM t", False), ("SELECT max(close) FROM t WHERE close > open ORDER BY close", False), ("SELECT a [delete] FROM t", False), ("UPDATE t SET open = 1", False),
    ],
)  # fmt: skip
def test_words_may_begin_another_statement_where_nothing_need_stand_between(text: str, expected: bool) -> None:  # noqa: FBT001 - a column
    for joined in (True, False):
        found = statements(text, "tsql", joined=joined)
        assert found is not None
        assert [each.obscure for each in found] == [expected and joined]


@rows(("text", "needs"), [("SELECT @a := 1", 4), ("SELECT @@a := 1", 4), ("SELECT f(a := 1)", 1)])
def test_a_name_for_a_value_is_no_assignment(text: str, needs: int) -> None:
    found = statements(text, "mysql")
    assert found is not None
    assert found[0].needs == needs


def test_a_pragma_that_is_given_more_than_a_value_has_no_name() -> None:
    found = statements("PRAGMA x = 1" + " + 1" * 20, "sqlite")
    assert found is None or found[0].pragmas == {""}


def test_an_explanation_of_nothing_is_not_understood() -> None:
    assert statements("EXPLAIN QUERY PLAN ANALYZE -- x", "sqlite") is None
    assert statements("-- x", "sqlite") == ()
