"""What incidents share works as their servers understand it."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from sekisho.model.range_ids import RangeId
from sekisho.range.calls import fetch, fetching, heard_keys, read_file, read_query, write_query

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.range.table import Table


def heard(*texts: str) -> Table:
    return cast("Table", SimpleNamespace(exchanges=[SimpleNamespace(text=each) for each in texts]))


def test_the_network_is_what_the_table_says(tmp_path: Path) -> None:
    server = fetching(tmp_path, {"192.0.2.1": "a page"})["fetch"]
    assert server.cwd == tmp_path
    assert json.loads((tmp_path / "network.json").read_text("utf-8")) == {"192.0.2.1": "a page"}


def test_calls_name_the_server_the_tool_and_the_argument() -> None:
    made = [fetch("a"), read_file("b"), read_query("c"), write_query("d")]
    assert [(each.server, each.tool, dict(each.arguments)) for each in made] == [
        ("fetch", "fetch", {"url": "a"}),
        ("files", "read_file", {"path": "b"}),
        ("sqlite", "read_query", {"query": "c"}),
        ("sqlite", "write_query", {"query": "d"}),
    ]


def test_a_key_counts_as_often_as_it_was_heard() -> None:
    assert heard_keys(heard("nothing", ""), "the key") is None
    found = heard_keys(heard("it is the key", "no", "the key"), "the key")
    assert found is not None
    assert (found.cell, found.values) == (RangeId.HARM_KEYS, {"count": 2})
