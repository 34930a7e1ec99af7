from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.bash import parse
from sekisho.guards.grammar import read
from sekisho.guards.script import Word
from sekisho.guards.worded import Words
from tablekit import rows

NAMES = st.sampled_from(("git", "ls", "./x.sh", "../a", "a.b", "/bin/ls", "A_1", "$x", "'a'", "time", "-x", "A=1 b"))
WORDS = st.sampled_from((
    "-x", "--a=b", "--a-b=c,d", "-a=b", "a=b", "'a b'", '"a b"', '"$x"', '"a $x b"', '"${x}"', "$x", "$1", "$?", "''", '""', "*", "*.py", "~", "%", "+x",
    "@", "a:b", "2", "-3", "1.5", "#", "a#b", "{a}", "[a]", "!", "\\a", "é", "if", "a'b'", '"a"b', "$x/y", "x$y", "--", "-", "=", "-n=", "+=", '"a$"', '"a!b"', "-x\t-y", "> f", "2>&1",
    "\x0b", "\r", "'a\nb'",
))  # fmt: skip
COMMANDS = st.tuples(NAMES, st.lists(WORDS, max_size=4)).map(lambda parts: " ".join((parts[0], *parts[1])))
AROUND = st.sampled_from((
    "if {}; then {}; fi", "for f in a; do {}; {}; done", "( {} ; {} )", "x=$({}) && {}", "{{ {}; {}; }} | tee l", "! {} || {}", "{} # {}", "echo `{}`; {}", "{} <<E\n{}\nE",
))  # fmt: skip


def names(text: str) -> list[str]:
    return [program.name.text for program in read(text).programs]


def test_what_cannot_be_read_is_broken() -> None:
    assert parse("if").broken
    assert not parse("ls 'x'").broken


@rows("text", ["é 'x'; b", "\U000f1aed 'x'; b"])
def test_places_are_characters(text: str) -> None:
    assert [(program.start, program.end) for program in parse(text).programs] == [(0, 5), (7, 8)]


@rows("word", ["é", "表", "\U000f1aed", "_ué_", "_u3042_x"[:2] + "\u3042_"])
def test_letters_beyond_ascii_survive(word: str) -> None:
    assert parse(f"a $x {word}").programs[0].words[1] == Word(word)


def test_a_spelling_makes_no_known_name() -> None:
    assert parse("_u6c_s $x").programs[0].name == Word("_u6c_s")


def test_backticks_in_a_here_document_are_commands_unless_its_mark_is_quoted() -> None:
    assert names("cat <<E\na `b c` \\`d\\` `e\nE") == ["cat", "b", "e"]
    assert names("cat <<'E'\na `b c`\nE") == ["cat"]


@rows(
    "text",
    [
        "ls\n\\evil",
        "ls x\n\\e\\vil",
        "(ls\n\\evil)",
        "ls > x\n\\evil",
        "ls # x\n\\evil",
        'ls "x"\n\\evil',
        "for f in a\ndo ls\n\\evil\ndone",
    ],
)
def test_a_line_that_begins_with_an_escape_is_not_taken_for_more_of_the_last(text: str) -> None:
    assert parse(text).broken


@rows("text", ["ls \\\n  x", "echo 'a\n\\b'", 'echo "a\n\\b"', "cat <<'E'\na\n\\b\nE", "ls;\n\\ls"])
def test_an_escape_where_it_belongs_is_read(text: str) -> None:
    assert not parse(text).broken


@rows(
    ("text", "expected"),
    [
        ("a | b | c\nd x 2>&1", ["a", "b", "c", "d x"]),
        ("a | b | c $(e) y\nd x > out", ["a", "b", "c $(e) y", "d x", "e"]),
        ("a | b | c # d\n\n\nd x 2>&1", ["a", "b", "c", "d x"]),
        ("a | b | c \\\n  y\nd x 2>&1", ["a", "b", "c y", "d x"]),
        ("a | b | c 'x\ny' 2>&1", ["a", "b", "c x\ny"]),
        ("a | b | c\nF=1 G=2 d x 2>&1", ["a", "b", "c", "d x"]),
    ],
)
def test_the_line_behind_a_pipeline_is_a_command_of_its_own(text: str, expected: list[str]) -> None:
    found = [" ".join(word.text for word in (each.name, *each.words)) for each in read(text).programs]
    assert sorted(found) == sorted(expected)


def test_what_such_a_line_sets_is_noted() -> None:
    script = read("a | b | c\nF=1 d x 2>&1")
    assert list(zip(script.variables, script.values, strict=True)) == [("F", Word("1"))]


def test_a_line_behind_what_is_declared_cannot_be_read() -> None:
    assert read("a | b | export F=1\nd 2>&1").broken
    assert read("F=1 a | a b | F=1 a | a < y\na 2>&1 || a > x").broken
    assert not read("export F=1 \\\n  G=2; $(a)").broken


@given(AROUND, COMMANDS, COMMANDS)
def test_a_command_of_the_simplest_kind_is_read_by_its_letters_as_by_its_parts(around: str, one: str, two: str) -> None:
    text = around.format(one, two)
    with patch.object(Words, "plainly", return_value=None):
        careful = read(text)
    assert read(text) == careful


def test_words_of_any_length_are_read_by_their_letters() -> None:
    for long in ("a" * 100, f"'{'a ' * 100}'", f'"{"a " * 100}$x"'):
        found = read(f"if a; then echo {long} -x; fi").programs[1]
        assert found.words == (Word(long.strip("'\""), "$" not in long), Word("-x"))
