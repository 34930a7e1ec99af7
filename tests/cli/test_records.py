from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.audit.chain import Line
from sekisho.adapters.audit.reader import Record
from sekisho.cli.records import details, is_refusal, matches_id, row, rows, server_name, short_id

if TYPE_CHECKING:
    from collections.abc import Mapping

WRITER = "20261130T120000Z-0123456789ab"


def line(t: int = 0, conversation: str = "", fields: Mapping[str, object] | None = None) -> Line:
    return Line(
        seq=7,
        t=t,
        kind="request",
        principal="",
        conversation=conversation,
        server="s",
        fields=fields or {},
        digests={"odd": 3},
        prev="",
    )


def record(t: int = 0) -> Record:
    return Record(WRITER, f"{WRITER}.000001.jsonl", 0, line(t), b"")


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ("uvx mcp-server-git @ /home/ada/shop", "mcp-server-git"),
        ("npx @modelcontextprotocol/server-filesystem @ /srv", "server-filesystem"),
        ("python /opt/tools/weather.py @ /srv", "weather.py"),
        ("python -m mcp_server_time @ /srv", "mcp_server_time"),
        ("cat @ /a @ b", "a"),
        ("https://mcp.example.com/mcp", "mcp.example.com"),
        ("http://127.0.0.1:9", "127.0.0.1:9"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_the_short_name_of_a_server_is_what_tells_it_apart(identity: str, name: str) -> None:
    assert server_name(identity) == name


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        (f"{WRITER}:7", True),
        ("6789ab:7", True),
        ("6789ab:17", False),
        ("789ab:7", False),
        ("0123456789ab:7", False),
        ("6789AB:7", False),
        ("6789ab", False),
        (":7", False),
    ],
)
def test_an_id_is_written_in_full_or_in_short(wanted: str, meant: bool) -> None:  # noqa: FBT001 - a parameter
    assert matches_id(record().id, wanted) is meant
    assert short_id(record()) == "6789ab:7"


@pytest.mark.parametrize(
    ("fields", "conversation", "refused"),
    [
        ({"verdict": "deny", "rule": "halted"}, "stdio:1-1", True),
        ({"verdict": "deny"}, "", True),
        ({"verdict": "allow"}, "", False),
        ({}, "", False),
        ({"verdict": "deny", "rule": "late-answer"}, "", False),
        ({"verdict": "deny", "rule": "unknown-answer"}, "", False),
        ({"verdict": "deny", "rule": "server-unreachable"}, "doctor:12", False),
    ],
)
def test_a_refusal_is_what_somebody_was_refused(fields: dict[str, object], conversation: str, refused: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_refusal(line(conversation=conversation, fields=fields)) is refused


def test_a_record_of_an_impossible_time_is_shown_all_the_same() -> None:
    assert row(record(t=10**18)).startswith("?         6789ab:7 ")
    assert next(iter(rows([record(t=10**18)]))) == "?"
    assert ("time", str(10**18)) in details(record(t=10**18))


def test_a_digest_of_an_unknown_form_is_shown_as_it_is() -> None:
    assert ("odd", "3") in details(record())


def test_a_row_tells_how_many_more_were_turned_away() -> None:
    knocks = replace(line(fields={"rule": "missing-token", "count": 34}), kind="turned-away")
    assert row(replace(record(), line=knocks)).endswith("turned-away  missing-token  +34")
