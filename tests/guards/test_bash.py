from __future__ import annotations

from sekisho.guards.bash import parse
from sekisho.guards.script import Word
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


def test_a_pipe_tells_whose_output_is_read() -> None:
    assert [program.fed for program in parse("a 'x' | b | c; d").programs] == [(), ("a",), ("a", "b"), ()]
    assert [program.fed for program in parse("a | b | c; d").programs] == [(), ("a",), ("a", "b"), ()]
    assert parse("(a 'x' && b) | c").programs[-1].fed == ("b", "a")
    assert parse("a 'x' | { b; }").programs[-1].fed == ("a",)
    assert parse("(a 'x' | b) | c").programs[-1].fed == ("b", "a")


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


def test_a_pipe_of_too_many_programs_is_broken() -> None:
    many = [f"a{number}" for number in range(70)]
    assert parse(" | ".join(many)).broken
    assert parse("'x' | " + " | ".join(many)).broken
    assert not parse(" | ".join(["a"] * 70)).broken
