from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.pattern import LONGEST, judge_pattern
from tablekit import rows


@rows(
    "value",
    [
        "(a+)+", "(a*)*b", "(a|a)*", "(a|aa)+$", "(a?a)*", "(\\s*\\w+)*", "(.*,)*x", "([a-zA-Z]+)*$", "^(\\d+)+$", "(x+x+)+y", "(?:\\w+\\s?)+:", "((a|b)*)*", "(\\w|\\d)+", "([^,]+,?)*", "(a{1,50})*", "(.+)+@",
        "^(([a-z])+.)+[A-Z]([a-z])+$", "(?P<x>a+)+", "(?<n>a+)+", "(a{2,})*", "(?i)(a+)+", "([\\w-]+\\.?)+@", "(\\(+)+", "(é+)+", "([a-c]|[b-d])*", "(a+){20}", "(a+){16,}", "([[:alpha:]]+)*", "(\\p{L}+)*",
        "(\\x41+)*", "(\\u0041|A)*", "([\\n]+)*", "([é-ü]+)*", "([]a]+)*", "(\\W+)*", "(\\h+)*", "([\\x41-Z]+)*", "(a**)+", "(a+)**",
    ],
)  # fmt: skip
def test_a_repeat_of_what_matches_in_two_ways_is_objected_to(value: str) -> None:
    assert [each.rule for each in judge_pattern(value).objections] == ["pattern-explodes"]


@rows(
    "value",
    [
        "(\\w+\\.)+\\w+", "^(\\s*,\\s*\\w+)*", "(a|b)*", "(foo|bar)+", "\\d+(,\\d+)*", '"(?:[^"\\\\]|\\\\.)*"', "(a+)", "(a+)?", "def (\\w+)\\(", "TODO|FIXME", "^import (\\w+)( as \\w+)?$", "(?:https?://)?[\\w.]+",
        "(ab+)*", "(.*\\n)*", "(a*b)*", "(?>a+)+", "(a++)+", "([a-z]+-)*x", "foo(?=a+)+", "(a+){3}", "(\\s+\\S+)*", "((a))", "(", "a)", "[(]+(", "(?#x)a", "([A-Z][a-z]+)+", "(\\d{3}-)+", "(\\S+)\\s+(\\S+)",
        "日本(語|人)+", "(^a|b$)*", "(){2}", "(|a)x", "*(", "src/**/*.ts", "docs/**/*(1).pdf", "(2 + 3) * 4 ** 2 // 3", "", "(\\bfoo\\b )+", "(\\1x)+", "({x)", "(a{,3})",
    ],
)  # fmt: skip
def test_an_honest_pattern_passes(value: str) -> None:
    assert judge_pattern(value).objections == ()


@given(st.text(max_size=60), st.text(alphabet="ab()|*+?{}[]^$\\\\d,.1-:x<>=!P\u00e9", max_size=40))
def test_no_text_makes_it_fail(text: str, pattern: str) -> None:
    judge_pattern(f"({text}")
    judge_pattern(pattern)


@rows("piece", ["(", "(a+", "(a|", "[", "\\\\", "(?", "a{", "(a)+", "|(", "a{999999999999}("])
def test_the_length_is_bounded(piece: str) -> None:
    judge_pattern(piece * (1_000_000 // len(piece)))
    assert judge_pattern("x" * LONGEST + "(a+)+").objections == ()
