from __future__ import annotations

from sekisho.guards.cutting import engine_of, uncommented, words_of
from sekisho.guards.sql import SqlFacts, judge_sql
from tablekit import rows


@rows(
    ("text", "expected"),
    [
        ("SELECT a FROM t", "SELECT a FROM t"), ("SELECT a ORDER/* x */BY b", "SELECT a ORDER BY b"), ("SELECT a -- x\nFROM t -- y", "SELECT a FROM t"), ("SELECT '--', a /* ' */\n, b", "SELECT '--', a , b"),
        ("-- nothing", ""), ("CALL x('y') -- z", "CALL x('y') -- z"), ("CALL x /* y */ ; SELECT 1", "CALL x /* y */ ; SELECT 1"),
    ],
)  # fmt: skip
def test_a_comment_is_a_space(text: str, expected: str) -> None:
    assert uncommented(text, engine_of("postgres")) == expected


@rows(
    ("text", "one", "other", "expected"),
    [
        ("SELECT [a b] FROM `t`", "sqlite", "postgres", True), ("SELECT 'a\\' b'", "mysql", "postgres", False), ("SELECT 1 -- \r, b", "postgres", "sqlite", False), ("SELECT [f(a)]", "sqlite", "postgres", False),
        ("SELECT a FROM t WHERE b = 'x'", "mysql", "tsql", True), ('SELECT "x"', "mysql", "sqlite", False), ("SELECT a  FROM\nt", "mysql", "sqlite", True),
    ],
)  # fmt: skip
def test_engines_are_compared_by_their_words(text: str, one: str, other: str, expected: bool) -> None:  # noqa: FBT001 - a column
    assert (words_of(text, one) == words_of(text, other)) is expected


def test_what_is_never_closed_has_no_words() -> None:
    assert words_of("SELECT 'x", "postgres") is None


@rows(
    "value",
    [
        "SELECT 1 -- \r, pg_ls_dir('/'), collation for ('a')", "SELECT 1 -- \r, pg_ls_dir('/') ORDER/**/BY 1", "SELECT '\\' , 1, ' , load_file(0x2f) ORDER/**/BY 1 -- '", "SELECT $a$ , ' $a$, pg_ls_dir('' || 1) ORDER/**/BY 1 -- '",
        "SELECT $a::b(/*);DELETE FROM t; --*/)", "EXPLAIN SELECT 1 -- \r, pg_ls_dir(), collation for (a)",
    ],
)  # fmt: skip
def test_nothing_hides_from_one_engine_in_what_the_parser_does_not_know(value: str) -> None:
    assert judge_sql(value, SqlFacts()).objections


@rows(
    "value",
    [
        "SELECT a /* x */ FROM t ORDER/* y */BY a",
        "-- which\n/* ones */EXPLAIN SELECT 1",
        "SELECT a::numeric(10, 2), :b FROM t",
    ],
)
def test_an_honest_comment_passes(value: str) -> None:
    assert judge_sql(value, SqlFacts()).objections == ()
