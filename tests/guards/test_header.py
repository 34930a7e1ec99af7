from __future__ import annotations

from sekisho.guards.header import judge_header
from tablekit import rows

MAIL = ("send", "email")


@rows("value", ["a\r\nBcc: b", "a\nX-Y : b", "a\rHost: b", "a\r\n\r\nbody", "a\n", "\na", "a\r\n \t"])
def test_another_line_is_objected_to(value: str) -> None:
    assert [each.rule for each in judge_header(value, "/headers/X-Team", ()).objections] == ["header-split"]


@rows("value", ["", "a", "a: b", "a\n b: c", "a\r\n\tb", "a\nb c", "\n"])
def test_a_line_that_goes_on_is_none(value: str) -> None:
    assert not judge_header(value, "/headers", ()).objections


@rows(
    ("pointer", "words", "expected"),
    [
        ("/headers/X-Team", (), True),
        ("/userAgent", (), True),
        ("/user_agent", (), True),
        ("/subject", MAIL, True),
        ("/to/0", ("gmail",), True),
        ("/subject", ("create", "note"), False),
        ("/to", ("replace", "text"), False),
        ("/body", MAIL, False),
    ],
)
def test_a_header_is_known_by_its_place(pointer: str, words: tuple[str, ...], *, expected: bool) -> None:
    assert bool(judge_header("a\r\nBcc: b", pointer, words).objections) is expected


@rows("value", ["a\nkey: value", "a\n\nb", "a\n", "Re: a"])
def test_of_lines_in_a_subject_only_headers_of_mail_count(value: str) -> None:
    assert not judge_header(value, "/subject", MAIL).objections
