from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.settings.known_packages import known_names, resembled
from tablekit import rows

FILESYSTEM = "@modelcontextprotocol/server-filesystem"


def test_the_table_keeps_its_schema() -> None:
    data = files("sekisho") / "data"
    table = tomllib.loads(data.joinpath("known_packages.toml").read_text("utf-8"))
    jsonschema.validate(table, json.loads(data.joinpath("schemas", "known_packages.json").read_text("utf-8")))


@rows(
    ("name", "known"),
    [
        ("@modelcontextprotocol/server-filesytem", FILESYSTEM),
        ("@modelcontextprotocol/server-filesystems", FILESYSTEM),
        ("@modelcontextprotocol/server-fliesystem", FILESYSTEM),
        ("@modelcontextprotoccal/server-filesystem", FILESYSTEM),
        ("modelcontextprotocol-server-filesystem", FILESYSTEM),
        ("@model-context-protocol/server-filesystem", FILESYSTEM),
        ("mcp_remote", "mcp-remote"),
        ("mcpremote", "mcp-remote"),
        (FILESYSTEM, None),
        ("@modelcontextprotocol/server-filing", None),
        ("@modelcontextprotocol/server-fetch", None),
        ("@other/server-filesystem", None),
        ("mcp-weather", None),
        ("", None),
    ],
)
def test_a_slip_is_noticed_and_another_name_is_not(name: str, known: str | None) -> None:
    assert resembled(name, "npm") == known


def test_no_known_name_is_taken_for_another_one() -> None:
    assert [name for eco in ("npm", "pypi") for name in known_names(eco) if resembled(name, eco)] == []
    assert resembled("mcp-remot", "other") is None


@given(st.text(max_size=60))
@settings(deadline=None)
def test_no_name_is_too_strange(name: str) -> None:
    resembled(name, "npm")
