"""URIs of a server's own: control characters and division without end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.uri import LONGEST, MOST_ALIKE, judge_uri
from tablekit import rows


def rules(value: str) -> list[str]:
    return [each.rule for each in judge_uri(value).objections]


@rows(
    "value",
    [
        "file://x/a,b,c", "notes://a/b%20c", "test://template/1/data", "notes://a b", "https://example.com/?q=" + "," * 100,
        "mail://inbox/2026-07-28#" + ";" * 100, "日本語://ノート/一", "x:" + "a" * (LONGEST - 2), "s://" + "a," * MOST_ALIKE, "",
    ],
)  # fmt: skip
def test_honest_uris_pass(value: str) -> None:
    assert rules(value) == []


@rows("value", ["a://b\n", "a://\x00", "a://b\r\nX: y", "a\t://b", "a://\x7f", "a://\x85"])
def test_control_characters_are_objected_to(value: str) -> None:
    assert rules(value) == ["uri-malformed"]


@rows("value", ["file://x/" + "," * 44 + "/a", "x:" + "a" * LONGEST, "s://" + ";a" * (MOST_ALIKE + 1), "s:" + "~" * 30])
def test_uris_without_end_are_objected_to(value: str) -> None:
    assert rules(value) == ["uri-bounds"]


@given(st.text())
def test_no_uri_is_too_odd(value: str) -> None:
    assert set(rules(value)) <= {"uri-malformed", "uri-bounds"}
