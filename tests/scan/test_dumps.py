from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.model.scan_ids import ScanId
from sekisho.scan.dumps import SourceError, dump, read_dumps
from tablekit import rows

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.wire.strict import JsonObject

TOOLS: JsonObject = {"tools": [{"name": "sky"}]}


def encoded(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("value", "prefix"),
    [
        (TOOLS, ""),
        ({"jsonrpc": "2.0", "id": 1, "result": TOOLS}, "/result"),
        ({"instructions": "Ask for a city."}, ""),
        ({"serverInfo": {"name": "sky"}}, ""),
        ({"resourceTemplates": [], "tools": None}, ""),
    ],
)
def test_every_shape_of_a_dump_is_read(value: JsonObject, prefix: str) -> None:
    assert dump("sky.json", encoded(value)).prefix == prefix


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + encoded(TOOLS), b"\n " + encoded(TOOLS)])
def test_a_byte_order_mark_and_white_space_are_no_obstacle(data: bytes) -> None:
    assert dump("sky.json", data).body == TOOLS


@rows(
    ("data", "message"),
    [
        (b"", ScanId.SCAN_NOT_JSON),
        (b"{'tools': []}", ScanId.SCAN_NOT_JSON),
        (b'{"tools": [], "tools": [{"name": "second"}]}', ScanId.SCAN_NOT_JSON),
        (encoded(TOOLS).decode().encode("utf-16"), ScanId.SCAN_NOT_JSON),
        (b'{"tools": [NaN]}', ScanId.SCAN_NOT_JSON),
        (b"[" * 100_000, ScanId.SCAN_NOT_JSON),
        (b"[]", ScanId.SCAN_NO_DUMP),
        (b'"tools"', ScanId.SCAN_NO_DUMP),
        (b'{"mcpServers": {}}', ScanId.SCAN_NO_DUMP),
        (b'{"jsonrpc": "2.0", "id": 1, "error": {"code": -32601, "message": "no"}}', ScanId.SCAN_NO_DUMP),
        (b'{"jsonrpc": "2.0", "id": 1, "result": []}', ScanId.SCAN_NO_DUMP),
        (b'{"tools": {"name": "sky"}}', ScanId.SCAN_WRONG_SHAPE),
        (b'{"tools": [], "prompts": "none"}', ScanId.SCAN_WRONG_SHAPE),
        (b'{"instructions": ["a"]}', ScanId.SCAN_WRONG_SHAPE),
    ],
)
def test_what_is_no_dump_is_refused_instead_of_looking_clean(data: bytes, message: ScanId) -> None:
    with pytest.raises(SourceError) as caught:
        dump("sky.json", data)
    assert (caught.value.message, caught.value.values["path"]) == (message, "sky.json")


@given(st.binary(max_size=60))
def test_any_bytes_are_a_dump_or_refused(data: bytes) -> None:
    with suppress(SourceError):
        assert dump("sky.json", data).data == data


def test_what_a_dump_does_not_show_is_told() -> None:
    read = dump("sky.json", encoded({"tools": [{"name": "sky"}, 3], "nextCursor": "2"}))
    assert [(unseen.what, unseen.why) for unseen in read.unseen] == [
        ("sky.json", ScanId.SCAN_MORE_PAGES),
        ("sky.json /tools/1", ScanId.SCAN_NO_OBJECT),
        ("sky.json: prompts, resources, resourceTemplates, instructions", ScanId.SCAN_NOT_IN_DUMP),
    ]


def test_each_file_is_a_server_of_its_name_in_the_order_given(tmp_path: Path) -> None:
    for name in ("b.json", "a.json", "c"):
        (tmp_path / name).write_bytes(encoded(TOOLS))
    files = [str(tmp_path / name) for name in ("b.json", "a.json", "c", "b.json")]
    assert list(read_dumps(files)) == ["b", "a", "c"]


def test_files_of_one_name_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "sky.json").write_bytes(encoded(TOOLS))
    files = [str(tmp_path / name / "sky.json") for name in ("old", "new")]
    assert list(read_dumps(files)) == files


@pytest.mark.parametrize("file", ["nosuch.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_said(file: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read_dumps([str(tmp_path / file)])
    assert caught.value.message is ScanId.SCAN_UNREADABLE
    assert caught.value.values["problem"]
