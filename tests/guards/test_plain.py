from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume, example, given
from hypothesis import strategies as st

from sekisho.guards.grammar import read
from sekisho.guards.plain import cut
from sekisho.guards.script import Word
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.guards.script import Script


def told(script: Script) -> tuple[object, ...]:
    """Return all that is judged, without places and without what feeds a program."""
    programs = [(each.name, each.words, each.inline) for each in script.programs]
    settings = [*zip(script.variables, script.values, strict=True)]
    return programs, script.targets, script.inputs, settings, script.broken, script.delayed


@rows(
    "text",
    [
        "", " ", "\n", "ls", " git log --oneline -5 ", "npm run build && npm test", 'grep -rn "foo bar" src | head -20', "python -c 'print(1)'", "cd x && make -j4", "make test 2>&1 | tee test.log", "a; b;", "a\n\nb |\nc\n",
        "A=1 B='x y' C= make X=1 > log 2>> err < in", 'x=1; echo "it is $x" ${x} $?', "x=1 || y", "a &> b", "a &>> b", "a 10> b", "a >b c", "a>b", "a2>b", "'$(x)' '`x`' '$x'", "a'b'\"c $d\"e", "~/x ~ HEAD~1", "\"it's $x\"",
        "$x y", "'' | a", "a | b\nc | d",
    ],
)  # fmt: skip
def test_a_plain_command_is_cut_as_the_grammar_does(text: str) -> None:
    found = cut(text)
    assert found is not None
    assert told(found) == told(read(text))
    assert [each.fed for each in found.programs] == [each.fed for each in read(text).programs]


@rows(
    "text",
    [
        "a &", "a & b", "a |& b", "a &&", "a | ", "a |\n", "| a", "a;;b", "a; | b", "&& a", "> b a", "x=1 > b", "a | x=1", "a > ", "a < ", "a << b", "a <<< b", "a <> b", "a >| b", "a >& b", "a >&3", "a >&-", "a <(b)",
        "if a", "time a", "! a", "export a", "x='$(a)' b", "x='`a`' b", "x+=1 a", "'x'=1 a", "a $(b)", "a `b`", "a \\b", "a # b", "a {b,c}", "a [b]", "a $x[1]", "a $1", "a $'b'", 'a "$(b)"', 'a "\\$"', 'a "!"', "a 'b", 'a "b', "a 'b\nc'", "é", "a\rb", "a(b)", "a=(b)",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_grammar(text: str) -> None:
    assert cut(text) is None


def test_what_stands_behind_a_redirection_belongs_to_its_own_command_only() -> None:
    found = cut("a b > c d | e < f g")
    assert found is not None
    assert [(each.name.text, [word.text for word in each.words]) for each in found.programs] == [
        ("a", ["b", "d"]),
        ("e", ["g"]),
    ]
    assert (found.targets, found.inputs) == ((Word("c"),), (Word("f"),))


def test_each_program_has_its_place() -> None:
    text = "x=1 ls 'a b' | sort -n > y; wc"
    found = cut(text)
    assert found is not None
    assert [text[each.start : each.end] for each in found.programs] == ["x=1 ls 'a b'", "sort -n", "wc"]


def test_a_pipe_of_too_many_programs_is_broken() -> None:
    found = cut(" | ".join(f"a{number}" for number in range(70)))
    assert found is not None
    assert found.broken


WORDS = (
    "a", "ls", "-x", "--y=z", "'a b'", '"a b"', '"a $x b"', "$x", "${y}", '"${z}"', "'$(q)'", "'`q`'", "'$x'", "a'b'\"c\"", "~/x", "*.py", "@", "a,b", "a:b", "^x", "x=1", "if", "in", "2", "''", "\"it's $x\"", "'\\'", "é", "$?", "+x", "%1", "!", "#", "[", "(", "&",
)  # fmt: skip
SETTINGS = ("A=1 ", "B='b c' ", 'C="$x" ', "D= ")
REDIRECTED = (" 2>&1", " > f", " >>f", " 2>/dev/null", " &> f", " < f", "<f", " 1>&2", " >&2", " 10> f")


def written(settings: list[str], name: str, words: list[str], redirected: list[str]) -> str:
    return "".join(settings) + " ".join([name, *words]) + "".join(redirected)


COMMAND = st.builds(
    written,
    st.lists(st.sampled_from(SETTINGS), max_size=2),
    st.sampled_from(["a", "ls", "./x", "'a b'", '"c"', "$x", "git", "time", "do"]),
    st.lists(st.sampled_from(WORDS), max_size=4),
    st.lists(st.sampled_from(REDIRECTED), max_size=2),
)
COMMANDS = st.lists(
    st.tuples(COMMAND, st.sampled_from([" | ", " && ", " || ", "; ", "\n", ";", "|", " &&\n"])), min_size=1, max_size=4
)


@given(COMMANDS)
@example([("a", " | "), ("a", " | "), ("a", "\n"), ("a 2>&1", " | ")])
def test_where_both_read_a_command_they_read_the_same(commands: list[tuple[str, str]]) -> None:
    text = "".join(f"{command}{joint}" for command, joint in commands).rstrip(" |&;\n")
    found = cut(text)
    assume(found is not None)
    assert found is not None
    other = read(text)
    assert told(found) == told(other)
    # a redirection is one of the whole list to the grammar, which then feeds the pipe
    assert all({*one.fed} <= {*two.fed} for one, two in zip(found.programs, other.programs, strict=True))
