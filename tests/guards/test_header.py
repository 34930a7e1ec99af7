from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards import header
from sekisho.guards.header import judge_header
from tablekit import rows

MAIL = frozenset({"mail"})
NONE = frozenset[str]()
SPLIT = "a\r\nBcc: b"


def objected(
    value: str,
    pointer: str = "/x",
    lines: frozenset[str] = NONE,
    topics: frozenset[str] = NONE,
    *,
    content: bool = False,
) -> bool:
    found = judge_header(value, pointer, lines, topics, content=content).objections
    return [each.rule for each in found] == ["header-split"]


@rows("value", ["a\r\nBcc: b", "a\nX-Y : b", "a\rHost: b", "a\r\n\r\nbody", "a\n", "\na", "a\r\n \t"])
def test_another_line_is_objected_to(value: str) -> None:
    assert objected(value, "/headers/X-Team")
    assert objected(value, "/extra", frozenset({"head"}))


@rows("value", ["", "a", "a: b", "a\n b: c", "a\r\n\tb", "a\nb c", "\n"])
def test_a_line_that_goes_on_is_none(value: str) -> None:
    assert not objected(value, "/headers")
    assert not objected(value, "/extra", frozenset({"head"}))


def test_the_name_of_a_header_has_no_line_of_its_own() -> None:
    assert objected("a\n b", "/headers/a\n b")


@rows(
    ("pointer", "topics", "expected"),
    [
        ("/headers/X-Team", NONE, True),
        ("/userAgent", NONE, True),
        ("/user_agent", NONE, True),
        ("/subject", MAIL, True),
        ("/to/0", MAIL, True),
        ("/subject", NONE, False),
        ("/to", NONE, False),
        ("/body", MAIL, False),
    ],
)
def test_a_header_is_known_by_its_place(pointer: str, topics: frozenset[str], *, expected: bool) -> None:
    assert objected(SPLIT, pointer, topics=topics, content=True) is expected


def test_a_header_of_mail_is_known_by_its_description() -> None:
    assert objected(SPLIT, "/jemok", frozenset({"letterhead"}), MAIL)
    assert not objected(SPLIT, "/jemok", frozenset({"letterhead"}))


def test_content_is_no_header_whatever_its_description_speaks_of() -> None:
    assert not objected(SPLIT, "/body", frozenset({"head"}), content=True)


@rows("value", ["a\nkey: value", "a\n\nb", "a\n", "Re: a"])
def test_of_lines_in_a_subject_only_headers_of_mail_count(value: str) -> None:
    assert not objected(value, "/subject", topics=MAIL, content=True)


@rows(
    ("value", "expected"),
    [("a\r\nDEL b", True), ("a\n* * * * * root id", True), (" a\n", False), ("a b", False), ("\n\n", False)],
)
def test_a_name_has_one_line(value: str, *, expected: bool) -> None:
    assert objected(value, "/key", frozenset({"single"})) is expected


@rows(
    ("value", "expected"),
    [
        ("a\r\nEND:VEVENT", True),
        ("a\nATTACH:file:///etc/passwd", True),
        ("END:VEVENT party", False),
        ("a\nb: c", False),
    ],
)
def test_a_calendar_has_lines_of_its_own(value: str, *, expected: bool) -> None:
    assert objected(value, "/title", topics=frozenset({"calendar"}), content=True) is expected


@rows(
    ("value", "expected"),
    [
        ("a\r\nHost: b", True),
        ("a HTTP/1.1\r\n", True),
        ("a\nTransfer-Encoding: chunked", True),
        ("a\nnote: b", False),
        ("a\nHost b", False),
    ],
)
def test_what_is_no_content_brings_no_header_of_http(value: str, *, expected: bool) -> None:
    assert objected(value) is expected
    assert not objected(value, content=True)


PIECES = (
    "\r", "\n", "\r\n", "host", "Host:", "x-a :", "cookie\t:", " HTTP/1.1", " ", "Location:", "x", "日", "HTTP/2", "\n ", " http/1.1",
    "cookie:".replace("k", "\u212a"), "ho\u017ft:", "\u2028", "\x85",
)  # fmt: skip


class Blind:
    """A set of signatures that could not look: nothing may be concluded."""

    def may_match(self, _: str) -> bool:
        return True


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_the_first_look_passes_nothing_that_the_careful_reading_objects_to(value: str) -> None:
    with patch.object(header, "_GLANCE", Blind()):
        careful = judge_header(value, "/a", (), (), content=False)
    assert judge_header(value, "/a", (), (), content=False) == careful
