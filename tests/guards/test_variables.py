"""What stands in the place of a variable in a command."""

from __future__ import annotations

from sekisho.guards.variables import PLACES, substituted
from tablekit import rows

KNOWN = {**PLACES, "x": ("/opt", "a")}


@rows(
    ("text", "said"),
    [
        ("a/b", ["a/b"]),
        ("$x/y", ["/opt/y", "a/y"]),
        ("${x}y", ["/opty", "ay"]),
        ("b$x", ["b/opt", "ba"]),
        ("$y/z", ["\0/z"]),
        ("${y:-/opt}/z", ["\0/z", "/opt/z"]),
        ("${y-}", ["\0", ""]),
        ("${x:+b}", ["/opt", "a", "b"]),
        ("$HOME/a", ["~/a"]),
        ("a$HOME", ["a\0"]),
        ("$PWD/a", ["./a"]),
        ("$TMPDIR/a", ["/tmp/a"]),
        ("$XDG_CONFIG_HOME/a", ["~/.config/a"]),
        ("${PWD%/*}/a", ["/"]),
        ("${PWD##*/}", ["${PWD##*/}"]),
        ("${!x}", ["/"]),
        ("$y$y$y$y", ["\0\0\0$y"]),
    ],
)
def test_a_text_says_what_its_variables_hold(text: str, said: list[str]) -> None:
    assert [*substituted(text, KNOWN)] == said
