from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.settings.node import Array, Reason, Region, Scalar, SettingsError, Table, locate
from sekisho.settings.toml_text import parse_toml

if TYPE_CHECKING:
    from sekisho.settings.node import Node

TEXT = """\
model = "é" # a comment
[mcp_servers."wea.t"]
command = "npx"
args = [
  "-y", # unpinned
  'weather',
]
env = { KEY = "a", "B c" = \"\"\"x\"\"\" }
tool.timeout = 3

[[profiles]]
name = "one"
[profiles.sub]
x = 1979-05-27
[[profiles]]
name = "二"
[profiles.sub]
x = true
"""


def plain(node: Node) -> object:
    match node:
        case Table(members):
            return {member.key: plain(member.node) for member in members}
        case Array(items):
            return [plain(item) for item in items]
        case Scalar(value):
            return value


def test_every_value_has_its_place() -> None:
    root = parse_toml(TEXT)
    assert locate(root, "/mcp_servers/wea.t/command") == Region(3, 11, 3, 16)
    assert locate(root, "/mcp_servers/wea.t/args/1") == Region(6, 3, 6, 12)
    assert locate(root, "/mcp_servers/wea.t/env/B c") == Region(8, 28, 8, 35)
    assert locate(root, "/mcp_servers/wea.t/tool/timeout") == Region(9, 16, 9, 17)
    assert locate(root, "/profiles/1/name") == Region(16, 8, 16, 11)
    assert locate(root, "/profiles/1/sub/x") == Region(18, 5, 18, 9)
    assert locate(root, "/model") == Region(1, 9, 1, 12)


def test_the_values_are_those_of_the_standard_library_and_dates_are_strings() -> None:
    expected = tomllib.loads(TEXT.replace("1979-05-27", '"1979-05-27"'))
    assert plain(parse_toml(TEXT)) == expected


@pytest.mark.parametrize(("text", "line"), [("a = ", 1), ("a = 1\nb = = 2", 2), ("[a\nb = 1", 1), ("a = 1\na = 2", 2)])
def test_what_is_no_toml_says_where_reading_ended(text: str, line: int) -> None:
    with pytest.raises(SettingsError, match=Reason.MALFORMED) as caught:
        parse_toml(text)
    assert caught.value.line == line


def test_deep_nesting_is_refused_not_followed() -> None:
    with pytest.raises(SettingsError, match=Reason.TOO_DEEP):
        parse_toml("a = " + "[" * 50_000)
    with pytest.raises(SettingsError, match=Reason.TOO_DEEP):
        parse_toml("a = " + "[" * 150 + "]" * 150)


@given(st.text(alphabet='ab.="[]{}\n 1,#', max_size=50))
@settings(deadline=None)
def test_any_text_is_a_value_or_an_error_with_a_place(text: str) -> None:
    try:
        root = parse_toml(text)
    except SettingsError as error:
        root, line = None, error.line
    else:
        line = 1
    assert line >= 1
    assert root is None or plain(root) == tomllib.loads(text)
