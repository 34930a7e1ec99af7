"""What the shell of SQLite is asked on a command line."""

from __future__ import annotations

from sekisho.guards.shell import judge_command
from sekisho.guards.sqlite import only_asks
from tablekit import rows


@rows(
    "words",
    [
        ("dev.db", ".tables"), ("dev.db", ".schema users"), ("-header", "-csv", "data/app.db", "SELECT count(*) FROM events"), ("--json", "a.db", "select name from sqlite_master where type='table';"),
        ("a.db", "PRAGMA table_info(users)"), ("a.db", " .tables "),
    ],
)  # fmt: skip
def test_a_question_about_tables_changes_nothing(words: tuple[str, ...]) -> None:
    assert only_asks(words)


@rows(
    "words",
    [
        (), ("a.db",), ("a.db", ""), ("a.db", ".shell id"), ("a.db", ".system id"), ("a.db", ".tables; .shell id"), ("a.db", ".tables\n.shell id"), ("a.db", ".output x"), ("a.db", ".read x"), ("a.db", ".import x y"),
        ("a.db", "DROP TABLE a"), ("a.db", "SELECT load_extension('x')"), ("a.db", "SELECT writefile('x', 'y')"), ("a.db", "SELECT readfile('x')"), ("a.db", "SELECT edit('x')"), ("a.db", "ATTACH 'x' AS y"),
        ("a.db", "SELECT 1; DELETE FROM a"), ("a.db", "SELECT 1", "SELECT 2"), ("-cmd", ".shell id", "a.db", "SELECT 1"), ("-init", "x"), ("-init", "SELECT 1"), ("file:x?mode=rwc", "SELECT 1"), ("|id", "SELECT 1"), ("$X", "SELECT 1"), ("a.db", "SELECT $X"), ("a.db", "SELECT `a`"),
        ("a.db", "SELECT " + "a, " * 5000 + "b FROM t"), ("a.db", ".schema ../x"),
    ],
)  # fmt: skip
def test_anything_else_is_not_known(words: tuple[str, ...]) -> None:
    assert not only_asks(words)


@rows(
    ("command", "passes"),
    [
        ("sqlite3 dev.db '.tables'", True),
        ("sqlite3 -json dev.db \"SELECT a FROM b WHERE c = 'd'\"", True),
        ('sqlite3 dev.db "SELECT a FROM b WHERE c = $X"', False),
        ('sqlite3 dev.db "$(cat x)"', False),
        ("sqlite3 dev.db < x.sql", False),
        ("sqlite3 dev.db '.shell id'", False),
        ("xargs sqlite3 dev.db '.tables'", False),
        ("sqlite3 ~/.mozilla/firefox/x/cookies.sqlite 'SELECT a FROM b'", False),
    ],
)
def test_on_a_command_line_such_a_question_passes(command: str, passes: bool) -> None:  # noqa: FBT001 - a column
    assert (not judge_command(command).objections) is passes
