from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Final

from hypothesis import given
from hypothesis import strategies as st

from sekisho.settings.toml_places import find_places

if TYPE_CHECKING:
    from sekisho.settings.toml_places import Path

TEXT: Final = """\
model = "é" # a comment
[mcp_servers."wea.t"]
args = [ "-y", # unpinned
  'weather' ]
env = { KEY = 1 , "B c" = \"\"\"x\"\"\" }\r
tool.timeout = 3\r

[[profiles]]
name = 1979-05-27 07:32:00Z \r
[profiles.sub]
x = true
[[profiles]]
"""

KEYS: Final[dict[Path, str]] = {
    ("model",): "model",
    ("mcp_servers",): "mcp_servers",
    ("mcp_servers", "wea.t"): '"wea.t"',
    ("mcp_servers", "wea.t", "env", "B c"): '"B c"',
    ("mcp_servers", "wea.t", "tool"): "tool",
    ("mcp_servers", "wea.t", "tool", "timeout"): "timeout",
    ("profiles",): "profiles",
    ("profiles", 0, "sub"): "sub",
}

VALUES: Final[dict[Path, str]] = {
    ("model",): '"é"',
    ("mcp_servers", "wea.t", "args", 1): "'weather'",
    ("mcp_servers", "wea.t", "env", "KEY"): "1",
    ("mcp_servers", "wea.t", "env", "B c"): '"""x"""',
    ("mcp_servers", "wea.t", "tool", "timeout"): "3",
    ("profiles", 0): "[[profiles]]\nname = 1979-05-27 07:32:00Z",
    ("profiles", 0, "name"): "1979-05-27 07:32:00Z",
    ("profiles", 0, "sub"): "[profiles.sub]\nx = true",
    ("profiles", 1): "[[profiles]]",
    (): TEXT,
}

ATOMS: Final = st.sampled_from(["1", "-inf", "1979-05-27", '"a"', "'#]'", '"""\n"" \\" a"""', "'''\n''a'''"])
LISTS: Final = st.lists(ATOMS, max_size=3).map(lambda each: f"[ {' , '.join(each)} # ,]\n]")


def test_keys_stand_alone_and_tables_reach_to_their_last_pair() -> None:
    found = find_places(TEXT)
    assert {path: TEXT[slice(*found.keys[path])] for path in KEYS} == KEYS
    assert {path: TEXT[slice(*found.values[path])] for path in VALUES} == VALUES


@given(st.lists(ATOMS | LISTS, max_size=5), st.sampled_from(["", " ", "\t", " # [x] = {"]))
def test_what_stands_at_the_place_of_a_value_is_that_value(values: list[str], behind: str) -> None:
    text = "".join(f"k{number} = {value}{behind}\r\n" for number, value in enumerate(values))
    found = find_places(text)
    for key, value in tomllib.loads(text).items():
        begin, end = found.values[(key,)]
        assert tomllib.loads(f"v = {text[begin:end]}") == {"v": value}
        assert text[slice(*found.keys[(key,)])] == key
