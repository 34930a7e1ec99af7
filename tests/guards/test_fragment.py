"""Parts of queries: which are made whole, and which are judged as they stand."""

from __future__ import annotations

from sekisho.guards.fragment import whole
from tablekit import rows


@rows(
    ("value", "names", "expected"),
    [
        ("a = 1 AND b > 'x; y'", ("where",), "SELECT 1 FROM a WHERE (a = 1 AND b > 'x; y')"),
        ("WHERE a IN (1, 2)", ("where", "clause"), "SELECT 1 FROM a WHERE ( a IN (1, 2))"),
        ("count(*) > 3", ("having",), "SELECT 1 FROM a GROUP BY b HAVING (count(*) > 3)"),
        ("a DESC, b", ("order", "by"), "SELECT 1 FROM a ORDER BY a DESC, b"),
        ("order  by a", ("sort", "order", "by"), "SELECT 1 FROM a ORDER BY  a"),
        ("a = 1", ("query",), None),
        (" ", ("where",), None),
        ("a = 1", (), None),
        ("SELECT a FROM b", ("where",), None),
        ("a OR " * 4000 + "b", ("where",), ""),
        ("1=1 UNION SELECT b FROM c", ("where",), ""),
        ("1=1) OR (1=1", ("where",), ""),
        ("(1=1", ("where",), ""),
        ("1=1 --", ("where",), ""),
        ("1=1 # x", ("where",), ""),
        ("1=1; DROP TABLE a", ("where",), ""),
        ("a #>> '{b}' = (SELECT b FROM c)", ("where",), "SELECT 1 FROM a WHERE (a #>> '{b}' = (SELECT b FROM c))"),
    ],
)
def test_a_part_of_a_query_is_made_whole(value: str, names: tuple[str, ...], expected: str | None) -> None:
    assert whole(value, names) == expected
