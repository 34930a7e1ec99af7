from __future__ import annotations

from sekisho.guards.bash import Word, parse
from tablekit import rows


def names(text: str) -> list[str]:
    return [program.name.text for program in parse(text).programs]


@rows(
    ("text", "expected"),
    [
        ("ls -la | head -5 && x=1 y; z", ["ls", "head", "y", "z"]),
        ("git status", ["git"]),
        ("a b | c || d && e ; f", ["a", "c", "d", "e", "f"]),
        ("if a; then b; fi", ["a", "b"]),
        ("time ls", ["time"]),
        ("a $(b `c`) <(d)", ["a", "b", "c", "d"]),
        ("", []),
        ("# only a comment", []),
        ("a;;b", ["a"]),
    ],
)
def test_every_program_is_named(text: str, expected: list[str]) -> None:
    assert names(text)[: len(expected)] == expected


@rows(
    ("text", "word"),
    [
        ("a b", Word("b")),
        ("a 'b c'", Word("b c")),
        ('a "b c"', Word("b c")),
        ('a "b\\"c\\$d\\e"', Word('b"c$d\\e')),
        ("a b\\ cd", Word("b cd")),
        ("a $'\\x41\\102\\u0043\\U00000044\\n\\q\\U7fffffff'", Word("ABCD\nq\ufffd")),
        ("a b'c'\"d\"$'e'", Word("bcde")),
        ("a 12", Word("12")),
        ('a $"b"', Word("b")),
        ("a $b", Word("$b", literal=False)),
        ('a "x$b"', Word("x$b", literal=False)),
        ("a x$(b)", Word("x$(b)", literal=False)),
        ("a <(b)", Word("<(b)", literal=False)),
        ("a é", Word("é")),
    ],
)
def test_a_word_is_told_as_far_as_it_can_be(text: str, word: Word) -> None:
    assert parse(text).programs[0].words == (word,)


@rows(
    ("text", "said"),
    [
        (r"bash -c 'a;'\b", ["bash", "-c", "a;b"]),
        (r"echo 'it'\''s'", ["echo", "it's"]),
        (r"""'can'\ary "x"\ y 'z'""", ["canary", "x y", "z"]),
        (r"env >'x'\y 'b'\c d", ["env", "bc", "d"]),
        (r"bash -c 'a;'\ b c", ["bash", "-c", "a; b", "c"]),
        ("bash -c 'a;'\\\nb \\\n c", ["bash", "-c", "a;b", "c"]),
        (r"a='x' b", ["b"]),
    ],
)
def test_what_touches_is_one_word(text: str, said: list[str]) -> None:
    (program,) = parse(text).programs
    assert [program.name.text, *(word.text for word in program.words)] == said
    assert not parse(text).broken


def test_what_touches_the_value_of_a_variable_is_no_command() -> None:
    assert parse(r"a='x'\y b").broken
    assert parse(r"a='x'\ y b").broken
    assert [word.text for word in parse(r"a >'x'\y").targets] == ["xy"]


def test_a_pipe_tells_whose_output_is_read() -> None:
    assert [program.fed for program in parse("a 'x' | b | c; d").programs] == [(), ("a",), ("a", "b"), ()]
    assert [program.fed for program in parse("a | b | c; d").programs] == [(), ("a",), ("a", "b"), ()]
    assert parse("(a 'x' && b) | c").programs[-1].fed == ("b", "a")
    assert parse("a 'x' | { b; }").programs[-1].fed == ("a",)


def test_input_in_the_command_is_seen() -> None:
    assert parse("a <<E\nx\nE").programs[0].inline
    assert parse("a <<< x").programs[0].inline
    assert not parse("a < x").programs[0].inline


def test_redirections_and_variables_are_told() -> None:
    found = parse("A=1 b < in > out 2>&1; C='d'; e >&-")
    assert found.targets == (Word("out"), Word("1"))
    assert found.inputs == (Word("in"),)
    assert found.variables == ("A", "C")


def test_a_word_behind_a_redirection_belongs_to_the_command() -> None:
    assert parse("a > b c 'd'").programs[0].words == (Word("c"), Word("d"))
    assert parse("> b a 'c'").programs[0].words == (Word("c"),)


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


def test_a_pipe_of_too_many_programs_is_broken() -> None:
    many = [f"a{number}" for number in range(70)]
    assert parse(" | ".join(many)).broken
    assert parse("'x' | " + " | ".join(many)).broken
    assert not parse(" | ".join(["a"] * 70)).broken


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
