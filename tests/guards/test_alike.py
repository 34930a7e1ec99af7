from __future__ import annotations

from sekisho.guards.alike import stands_for_all
from tablekit import rows


@rows(
    ("value", "expected"),
    [
        ("SELECT a FROM t WHERE b = 'x' - 1", ""), ("", ""), ('SELECT "a b" FROM `t` WHERE [c] = 1', "sqlite"), ("SELECT a -- of it\nFROM t", "sqlite"), ("SELECT a->>'$.b' FROM t /* x */", "sqlite"), ("SELECT [t].a FROM t", "sqlite"),
        ("SELECT 'a\\' FROM t", None), ("SELECT $$a$$", None), ("SELECT 1 # x", None), ('SELECT "a.b"', None), ('SELECT U&"a"', None), ("SELECT a --x", None), ("SELECT /*! 1 */ 1", None), ("SELECT /* ' */ 1", None),
        ("SELECT a[1].b FROM t", None), ("SELECT [a", None), ("SELECT `a", None), ("SELECT a'", ""), ('SELECT "a', None), ("SELECT [a;b]", None), ("SELECT $1", None), ("SELECT `a(b)`", None),
    ],
)  # fmt: skip
def test_one_reading_stands_for_all_where_all_cut_the_same_words(value: str, expected: str | None) -> None:
    assert stands_for_all(value) == expected
