from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.unfolded import unfolded
from tablekit import rows

MESSAGE = "a \"$(cat <<'E'\nit's `b` $(c)\nE\n)\""


@rows(
    ("text", "lists"),
    [
        ("a b", ["a b"]),
        ("a 'b; c' \"d $e\"", ["a '' ''"]),
        ("a $(b) c", ["b", "a ${q} c"]),
        ("a $(b $(c))", ["c", "b ${q}", "a ${q}"]),
        ('a "$(b)x$(c)"', ["a ''", "b", "c"]),
        (MESSAGE, ["a ''"]),
        ("for f in a b; do c; done", ["ls a b;  c; ls"]),
        ("for f in a\ndo c\ndone > x", ["ls a;  c\nls > x"]),
        ("while a; do b; done | c", [" a;  b; ls | c"]),
        ("until a\ndo\nb\ndone", [" a\n\nb\nls"]),
        ("if a; then b; elif c; then d; else e; fi && f", [" a;  b;  c;  d;  e; ls && f"]),
        ("a && if b; then for f in c; do d; done; fi", ["a &&  b;  ls c;  d; ls; ls"]),
        ("a $(for f in b; do c; done)", ["ls b;  c; ls", "a ${q}"]),
        ("a (b) $'c'", ["a (b) $''"]),
        ("echo x-done doing 'done'", ["echo x-done doing ''"]),
    ],
)
def test_what_a_command_is_made_of_is_told(text: str, lists: list[str]) -> None:
    assert sorted(unfolded(text) or []) == sorted(lists)


@rows(
    "text",
    [
        "echo done", "echo if x", "for f in a; do done", "for f in; do a; done", "for f in a > b; do c; done", "for PATH in a; do b; done", "for f in a do b; done", "if a; then b", "if a then b; fi", "fi", "a; fi", "if a; do b; done",
        "while a; then b; fi", "if a; then b; done", "for f in a; do b; fi", "if a; else b; fi", "if a; then b; else c; else d; fi", "do a; done", "for f in a; do b; done x", "for f in a; do b; done > x y", "if a; then fi", "if a |\nthen b; fi",
        "if a; then b; fi if c; then d; fi", "for a", "for f in a; do b &&\ndone", "a $(" + "b $(" * 8 + ")" * 9, "[ 'a' = $(b) ]", "a $(b) <<1 <<2 <<3 <<4 <<5", "then a", "for f in a; do b;\rdone",
    ],
)  # fmt: skip
def test_what_is_not_whole_is_not_taken_apart(text: str) -> None:
    assert unfolded(text) is None


@rows(
    "text",
    [
        'a "b',
        "a '$(b '; c; d ')'",
        'a "$(b "c) d")"',
        'a "`b`"',
        "a 'b`c'",
        "$((1))",
        "a \\'b'",
        "a `b`",
        "a # 'b'",
        "a <<E\n'b'\nE",
        "a \\$(b)",
        'a "$(b (c))"',
        "a 'b' \"$(cat <<'E'\n<<F\nE\n)\"",
        'a "$(cat <<\'E\'\nb\n E\n)"\nE\n)"',
    ],
)
def test_a_text_that_is_read_on_or_odd_is_not_taken_apart(text: str) -> None:
    assert unfolded(text) is None


@given(st.text(alphabet="ab'\"$(){};|&\n <`\\", max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    unfolded(text)
