from __future__ import annotations

from sekisho.guards.fields import may_call_field
from sekisho.guards.sql import SqlFacts, judge_sql
from sekisho.guards.statements import statements
from tablekit import rows

CALLED = (
    "SELECT x.pg_read_file FROM unnest(array['/etc/passwd']) AS x", "SELECT x.nextval FROM lower('s') x", "SELECT x.nextval FROM t, lower('s') x", "SELECT x.nextval FROM (lower('s') x CROSS JOIN t)",
    "SELECT lower.nextval FROM lower('s')", "WITH lower AS (SELECT 1) SELECT lower.nextval FROM lower('s')", "SELECT x.nextval FROM lower('s') x WHERE EXISTS (SELECT 1 FROM t x)", "SELECT x.nextval FROM ROWS FROM (lower('s')) x",
    "SELECT x.nextval FROM cast('s' AS text) x", "SELECT x.nextval FROM coalesce('s') x(a)", 'SELECT "x".nextval FROM lower(\'s\') "x"', 'SELECT x . "nextval" FROM lower(\'s\') AS x', "SELECT x.nextval FROM t JOIN LATERAL lower('s') x ON true",
    "SELECT a FROM t WHERE a > (SELECT x.nextval FROM lower('s') x)", "SELECT x.nextval FROM lower('s') x, lower('s') y(nextval)", "SELECT x.pg_read_file FROM current_user x", "SELECT x.pg_read_file FROM t, session_user AS x",
    "SELECT x.nextval FROM lower('s')/**/x", "SELECT x.nextval FROM lower('s') U&\"x\"", "SELECT 1 FROM lower('s') x GROUP BY x.nextval", "SELECT x.nextval FROM generate_series(1,2), lower('s') x",
)  # fmt: skip
NOT_CALLED = (
    "SELECT g.g FROM generate_series(1,3) AS g", "SELECT e.key, e.value FROM json_each('{}') e", "SELECT t.a, u.tag FROM t, unnest(array['x']) AS u(tag)", "SELECT d.day FROM generate_series(1,3) AS d(day) JOIN t ON t.a = d.day",
    "SELECT x.n, lower(x.c) FROM (SELECT count(*) AS n, 'a' AS c FROM t) x ORDER BY x.n, lower(x.c)", "SELECT t.a FROM t, unnest(array[1]) WHERE t.a = 1", "WITH x AS (SELECT lower('a') AS b) SELECT x.b FROM x",
    "SELECT l.a, v.b, g.g FROM t, LATERAL (SELECT 1 AS a) l, (VALUES (1)) AS v(b), generate_series(1,2) g", "SELECT current_date AS d, t.a FROM t", "SELECT x.a, y.b FROM s.x, s.y, unnest(x.c) z", "SELECT count(t.a) FROM t",
)  # fmt: skip


@rows("value", CALLED)
def test_a_field_of_what_a_function_gives_may_be_a_function(value: str) -> None:
    for dialect in ("postgres", None):
        found = judge_sql(value, SqlFacts(dialect=dialect)).objections
        assert {each.rule for each in found} & {"sql-reach", "sql-unclear"}


@rows("value", NOT_CALLED)
def test_a_column_is_none(value: str) -> None:
    assert judge_sql(value, SqlFacts(dialect="postgres")).objections == ()
    found = statements(value, "postgres", fields=True)
    assert found is not None
    assert not found[0].functions - {"json_each"}


@rows(
    ("text", "expected"),
    [
        ("SELECT x.f FROM lower('') x", True), ("SELECT lower.f FROM lower('')", True), ("SELECT x.f FROM g() AS [x]", True), ("SELECT x.f FROM f() with ordinality x", True), ("SELECT x.f FROM rows  from (f()) y", True),
        ("SELECT x.f, g() FROM (SELECT 1) x", False), ("SELECT 1.5 FROM f() x", False), ("SELECT x.f)", False), ("SELECT f() FROM t", False), ("SELECT t.a FROM t WHERE a IN (1) AND t.b = 1", False), ("SELECT current_date FROM t", False), ("SELECT t.a, " + ", ".join(f"f{at}(a)" for at in range(20)), False),
    ],
)  # fmt: skip
def test_the_text_alone_tells_where_that_cannot_be(text: str, expected: bool) -> None:  # noqa: FBT001 - a column
    assert may_call_field(text) is expected
