from __future__ import annotations

from sekisho.guards.bash import parse
from sekisho.guards.script import Word
from tablekit import rows


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
    assert parse(r"a <<< 'x'\y b").broken
    assert not parse(r"a <<< 'x' b").broken
    assert parse(r"a='x'\ y b").broken
    assert [word.text for word in parse(r"a >'x'\y").targets] == ["xy"]
