from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.settings.node import Reason, Region, Scalar, SettingsError, Table, Text, locate, texts
from sekisho.settings.yaml_text import parse_yaml
from tablekit import rows

TEXT = """\
extensions:
  weather:
    type: stdio
    cmd: uvx   # the command
    args: [weather, "--units=metric"]
    envs: {KEY: 'a b', PORT: 8080, ON: yes, OFF: false, NONE: ~}
"""


def test_every_value_has_its_place_and_is_as_it_is_written() -> None:
    root = parse_yaml(TEXT)
    assert locate(root, "/extensions/weather/cmd") == Region(4, 10, 4, 13)
    assert locate(root, "/extensions/weather/args/1") == Region(5, 21, 5, 37)
    assert [text.text for text in texts(root)][:4] == ["stdio", "uvx", "weather", "--units=metric"]
    assert list(texts(root))[4:] == [
        Text("a b", "/extensions/weather/envs/KEY", "KEY"),
        Text("8080", "/extensions/weather/envs/PORT", "PORT"),
        Text("yes", "/extensions/weather/envs/ON", "ON"),
        Text("false", "/extensions/weather/envs/OFF", "OFF"),
    ]


def test_an_alias_is_the_value_and_a_merge_key_gives_way_to_the_tables_own() -> None:
    root = parse_yaml(
        "a: &a {x: 1, y: 2}\nb: &b {y: 3}\nc:\n  <<: [*a, *b, none]\n  x: 4\nd: *a\ne:\n  <<: *b\nf: {<<: 1}"
    )
    table = root.get("c") if isinstance(root, Table) else None
    assert isinstance(table, Table)
    found = {key: node.value for key in ("x", "y") if isinstance(node := table.get(key), Scalar)}
    assert found == {"x": "4", "y": "2"}


def test_an_empty_text_is_nothing() -> None:
    assert parse_yaml("") == Scalar(None, Region(1, 1, 1, 1))
    assert parse_yaml("# only a comment\n") == Scalar(None, Region(1, 1, 1, 1))


@rows(
    ("text", "reason", "line"),
    [
        ("a: [1", Reason.MALFORMED, 2),
        ("a: 1\n b: 2", Reason.MALFORMED, 2),
        ("a: *b", Reason.MALFORMED, 1),
        ("a: &a [*a]", Reason.MALFORMED, 1),
        ("a: 1\n---\nb: 2", Reason.MALFORMED, 2),
        ("a: \x00", Reason.MALFORMED, 1),
        ("[" * 5_000, Reason.TOO_DEEP, 1),
    ],
)
def test_what_is_no_single_document_says_where_reading_ended(text: str, reason: str, line: int) -> None:
    with pytest.raises(SettingsError, match=reason) as caught:
        parse_yaml(text)
    assert caught.value.line == line


def test_a_few_lines_that_stand_for_billions_of_values_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    with pytest.raises(SettingsError, match=Reason.TOO_LARGE):
        parse_yaml("\n".join(lines))


def test_a_key_that_is_no_string_does_not_stop_reading() -> None:
    assert [text.text for text in texts(parse_yaml("? [a, b]\n: c\nd: e"))] == ["c", "e"]


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@`\n \t?,", max_size=60))
@settings(deadline=None)
def test_any_text_is_a_value_or_an_error_with_a_place(text: str) -> None:
    try:
        parse_yaml(text)
        line, column = 1, 1
    except SettingsError as error:
        line, column = error.line, error.column
    assert line >= 1
    assert column >= 1
