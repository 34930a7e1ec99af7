from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.settings.json_text import parse_json
from sekisho.settings.node import DEEPEST, Array, Reason, Region, Scalar, SettingsError, Table, locate
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.settings.node import Node

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda below: st.lists(below) | st.dictionaries(st.text(), below),
    max_leaves=20,
)


def plain(node: Node) -> object:
    match node:
        case Table(members):
            return {member.key: plain(member.node) for member in members}
        case Array(items):
            return [plain(item) for item in items]
        case Scalar(value):
            return value


@given(JSON)
@settings(deadline=None)
def test_it_reads_what_json_reads(value: object) -> None:
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        assert plain(parse_json(text)) == json.loads(text)


@given(st.text() | st.text(alphabet='{}[],:"\\/*01e-. \ntrue'))
@settings(deadline=None)
def test_any_text_is_a_value_or_an_error_with_a_place_in_it(text: str) -> None:
    try:
        parse_json(text)
        line, column = 1, 1
    except SettingsError as error:
        line, column = error.line, error.column
    assert 1 <= line <= len(text) + 1
    assert 1 <= column <= len(text) + 1


def test_comments_and_trailing_commas_are_taken() -> None:
    text = '// one\n{ /* two */ "a": [1, 2,], // three\n "b": true, }\n/* four */ // five'
    assert plain(parse_json(text)) == {"a": [1, 2], "b": True}


def test_every_value_has_its_place() -> None:
    root = parse_json('{\r\n  "a": ["é", "名前"],\n  "b": null}')
    assert locate(root, "") == Region(1, 1, 3, 13)
    assert locate(root, "/a/1") == Region(2, 14, 2, 18)
    assert locate(root, "/b") == Region(3, 8, 3, 12)
    assert isinstance(root, Table)
    assert root.members[0].key_region == Region(2, 3, 2, 6)


def test_the_place_of_something_missing_is_the_nearest_above() -> None:
    root = parse_json('{"a": ["x"]}')
    assert locate(root, "/a/7") == locate(root, "/a")
    assert locate(root, "/a/0/b") == locate(root, "/a/0")
    assert locate(root, "/a/x") == locate(root, "/a")


def test_a_key_that_is_there_twice_is_kept_twice_and_the_last_one_is_found() -> None:
    root = parse_json('{"a": 1, "a": 2}')
    assert isinstance(root, Table)
    assert [member.key for member in root.members] == ["a", "a"]
    assert root.get("a") == Scalar(2, Region(1, 15, 1, 16))
    assert root.get("b") is None


@rows(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ("{", 1, 2),
        ('{"a" 1}', 1, 6),
        ('{"a": 1 "b": 2}', 1, 9),
        ('{"a": 1}\nx', 2, 1),
        ("[1 2]", 1, 4),
        ("[,]", 1, 2),
        ('"a\n"', 1, 1),
        ('"\\x"', 1, 1),
        ("/* open", 1, 1),
        ("{'a': 1}", 1, 2),
        ("[nul]", 1, 2),
    ],
)
def test_what_is_no_json_says_where_reading_ended(text: str, line: int, column: int) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_json(text)
    assert (caught.value.reason, caught.value.line, caught.value.column) == (Reason.MALFORMED, line, column)


def test_half_a_character_becomes_a_replacement() -> None:
    assert parse_json('"\\ud800x"') == Scalar("\ufffdx", Region(1, 1, 1, 10))


def test_deep_nesting_is_refused_not_followed() -> None:
    with pytest.raises(SettingsError, match=Reason.TOO_DEEP):
        parse_json("[" * 100_000)
    parse_json("[" * DEEPEST + "]" * DEEPEST)


def test_numbers_of_any_length_are_read() -> None:
    assert parse_json("9" * 5_000) == Scalar(float("inf"), Region(1, 1, 1, 5_001))
    assert parse_json("-12") == Scalar(-12, Region(1, 1, 1, 4))
