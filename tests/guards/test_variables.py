"""What stands in the place of a variable in a command."""

from __future__ import annotations

from sekisho.guards.script import Word
from sekisho.guards.variables import PLACES, printed, substituted
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


@rows(
    ("words", "said"),
    [
        ("-v x %s/y /opt", ("x", "/opt/y")),
        ("-vx /etc/%s cron.d", ("x", "/etc/cron.d")),
        ("-v x %s%s /opt", ("x", "/opt")),
        ("-v x %03d 5", ("x", "5")),
        ("-v x", None),
        ("%s x", None),
        ("", None),
    ],
)
def test_what_printf_puts_into_a_variable_is_its_format_with_its_words(
    words: str, said: tuple[str, str] | None
) -> None:
    found = printed([Word(each) for each in words.split()])
    assert said == (None if found is None else (found[0], found[1].text))


def test_what_printf_puts_into_a_variable_is_not_known_where_a_word_is_not() -> None:
    found = printed([Word("-v"), Word("x"), Word("%s"), Word("$y", literal=False)])
    assert found == ("x", Word("$y", literal=False))
