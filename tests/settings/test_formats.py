from __future__ import annotations

import pytest

from sekisho.settings.formats import Format, format_of, parse
from sekisho.settings.node import Reason, SettingsError, texts
from tablekit import rows


@rows(
    ("name", "expected"),
    [
        ("config.toml", Format.TOML),
        ("config.yaml", Format.YAML),
        ("server.yml", Format.YAML),
        ("mcp.json", Format.JSON),
        ("opencode.jsonc", Format.JSON),
        ("project.code-workspace", Format.JSON),
    ],
)
def test_the_name_says_the_format(name: str, expected: Format) -> None:
    assert format_of(name) is expected


@rows(("text", "format_"), [('{"a": "é"}', Format.JSON), ("a: é", Format.YAML), ('a = "é"', Format.TOML)])
@rows("encoding", ["utf-8", "utf-8-sig"])
def test_every_format_is_read_with_and_without_a_mark(text: str, format_: Format, encoding: str) -> None:
    assert [found.text for found in texts(parse(text.encode(encoding), format_))] == ["é"]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_windows_sixteen_bits_are_read_where_a_mark_says_so(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert [found.text for found in texts(parse(mark + '{"a": "é"}'.encode(encoding), Format.JSON))] == ["é"]


def test_other_bytes_are_refused_with_their_line() -> None:
    with pytest.raises(SettingsError, match=Reason.NOT_TEXT) as caught:
        parse(b'{\n"a": "\xff"}', Format.JSON)
    assert caught.value.line == 2
