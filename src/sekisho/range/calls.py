"""What several incidents share: calls of the same tools, and whether a text was heard that nobody may have."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sekisho.model.range_ids import RangeId
from sekisho.range.incident import Call, Harm, bundled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sekisho.range.incident import Server
    from sekisho.range.table import Table

__all__ = ["fetch", "fetching", "heard_keys", "read_file", "read_query", "write_query"]


def fetching(folder: Path, pages: Mapping[str, str]) -> dict[str, Server]:
    """Return the server that fetches pages, with a network that is a table: a text for each address."""
    (folder / "network.json").write_text(json.dumps(pages), encoding="utf-8")
    return {"fetch": bundled("fetch", folder)}


def fetch(url: str) -> Call:
    """Fetch a page."""
    return Call(server="fetch", tool="fetch", arguments={"url": url})


def read_file(path: str) -> Call:
    """Read a file, by the tool of the reference server and of ours."""
    return Call(server="files", tool="read_file", arguments={"path": path})


def read_query(query: str) -> Call:
    """Run a query by the tool that is there to read."""
    return Call(server="sqlite", tool="read_query", arguments={"query": query})


def write_query(query: str) -> Call:
    """Run a query by the tool that is there to write."""
    return Call(server="sqlite", tool="write_query", arguments={"query": query})


def heard_keys(table: Table, key: str) -> Harm | None:
    """Tell how often a key was in an answer; None if never."""
    count = sum(key in exchange.text for exchange in table.exchanges)
    return Harm(cell=RangeId.HARM_KEYS, values={"count": count}) if count else None
