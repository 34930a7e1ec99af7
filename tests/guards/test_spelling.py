from __future__ import annotations

from sekisho.guards.spelling import backslashes, meanings, parameters, spaces
from tablekit import rows


@rows(
    ("step", "text", "after"),
    [
        (backslashes, "a\\b", "a/b"),
        (parameters, "..;x=1/a;b", "../a;b"),
        (parameters, "plain", "plain"),
        (spaces, ".. /x", "../x"),
        (spaces, ".. . ./x", "../x"),
        (spaces, "a. ./b ", "a/b"),
        (spaces, '"a/b"', "a/b"),
        (spaces, "./.../x", "./.../x"),
    ],
)
def test_a_step_changes_what_it_is_for(step: object, text: str, after: str) -> None:
    assert callable(step)
    assert step(text) == after


@rows(
    ("text", "expected"),
    [
        ("a/b", ["a/b"]),
        ("a,../b", ["a,../b", "a", "../b"]),
        ("file:///a?b#c", ["/a?b#c", "/a"]),
        ("file://host/a", [None]),
        ("file://C:/a", ["C:/a"]),
        ("file:///C|/a", ["C:/a"]),
        ("memo:a/b", ["a/b", "memo:a/b"]),
        ("memo://a/b", ["a/b"]),
        ("php://x", [None, "x"]),
        ("\\\\server\\x", [None, "\\\\server\\x"]),
        ("~", ["~", "/home/me/"]),
        ("~/a", ["~/a", "/home/me/a"]),
        ("~me/a", ["~me/a", "/home/me/a"]),
        ("~root/a", ["~root/a", "/home/root/a"]),
        ("$HOME/a", ["$HOME/a", "/home/me/a"]),
        ("%TEMP%/a", ["%TEMP%/a", "/TEMP/a"]),
        ("$(pwd)/a", ["$(pwd)/a", "/variable/a"]),
        ("a~b$HOME", ["a~b$HOME"]),
    ],
)
def test_every_meaning_of_a_text_is_named(text: str, expected: list[str | None]) -> None:
    assert list(meanings(text, "/home/me")) == expected


def test_without_a_home_it_leads_out() -> None:
    assert list(meanings("~/a", None)) == ["~/a", "/home/user/a"]
    assert list(meanings("$HOME/a", None)) == ["$HOME/a", "/HOME/a"]
