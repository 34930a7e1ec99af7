"""Counts of definitions in `status` and `doctor`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clikit import narrow
from shelves import changed, used
from surfacekit import ADD, SUB, tool

if TYPE_CHECKING:
    from clikit import Desk

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])


def _check(desk: Desk) -> dict[str, str]:
    checks = json.loads(desk.call("doctor", "--json").stdout)["checks"]
    (found,) = [check for check in checks if check["id"] == "pins"]
    return {name: found[name] for name in ("health", "said")}


def test_how_each_server_stands_is_counted(desk: Desk) -> None:
    assert _check(desk)["said"] == "Definitions: no server was used yet."
    used(desk, ADD, SUB, server="sums")
    assert _check(desk)["said"] == "Definitions: nothing waits; 2 tools pinned at first use, not vetted."
    changed(desk)
    assert _check(desk) == {
        "health": "look",
        "said": "Definitions: 1 wait for you; 3 tools pinned at first use, not vetted.",
    }
    told = desk.call("status")
    assert told.exit_code == 1
    assert "2 server(s) were used; 3 tools pinned" in told.output
    assert "2 approved, 0 changed, 0 held, 0 new" in told.output
    assert narrow(told.output)
    assert "private data" not in told.output


def test_what_servers_open_together_is_told_by_status_only(desk: Desk) -> None:
    used(desk, tool("fetch", "Fetches a page."), server="web")
    used(desk, tool("read_file", "Reads a file."), server="files")
    used(desk, tool("chat_post", "Posts to a channel."), server="chat")
    told = json.loads(desk.call("status", "--json").output)
    assert {one["server"] for one in told["pins"]} == {"web", "files", "chat"}
    assert "files read_file" in told["way_out"]
    assert "private data" in desk.call("status").output


def test_a_store_that_cannot_be_used_is_said(desk: Desk) -> None:
    used(desk, ADD)
    (desk.state / "sekisho.db").write_bytes(b"no database, or a damaged one" * 100)
    assert _check(desk)["health"] == "fail"
    assert desk.call("status").exit_code == 2
