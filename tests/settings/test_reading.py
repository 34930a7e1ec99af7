from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from sekisho.settings.entry import Problem, Scope, Settings, Source
from sekisho.settings.formats import Format
from sekisho.settings.node import Region
from sekisho.settings.reading import EVERY_KEY, read
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.settings.entry import Entry
    from sekisho.settings.reading import KeyPath

SOURCE = Source(host="", scope=Scope.NAMED, file="f")
LAUNCH = {"command": "weather", "args": ["-v"], "env": {"A": "1"}}


def settings(text: str, format_: Format = Format.JSON, keys: tuple[KeyPath, ...] = EVERY_KEY) -> Settings:
    found = read(text.encode(), SOURCE, format_, keys)
    assert isinstance(found, Settings)
    return found


def one(value: object) -> Entry:
    (entry,) = settings(json.dumps({"mcpServers": {"w": value}})).entries
    return entry


@rows(
    ("value", "pointer"),
    [
        ({"mcpServers": {"w": LAUNCH}}, "/mcpServers/w"),
        ({"projects": {"/home/a": {"mcpServers": {"w": LAUNCH}}}}, "/projects/~1home~1a/mcpServers/w"),
        ({"servers": {"w": LAUNCH}}, "/servers/w"),
        ({"mcp": {"servers": {"w": LAUNCH}}}, "/mcp/servers/w"),
        ({"mcp.servers": {"w": LAUNCH}}, "/mcp.servers/w"),
        ({"mcp": {"w": {"type": "local", "command": ["weather", "-v"], "environment": {"A": "1"}}}}, "/mcp/w"),
        ({"context_servers": {"w": {"source": "custom", **LAUNCH}}}, "/context_servers/w"),
        (
            {"context_servers": {"w": {"command": {"path": "weather", "args": ["-v"], "env": {"A": "1"}}}}},
            "/context_servers/w",
        ),
        (
            {"extensions": {"w": {"type": "stdio", "cmd": "weather", "args": ["-v"], "envs": {"A": "1"}}}},
            "/extensions/w",
        ),
        ({"settings": {"mcp": {"servers": {"w": LAUNCH}}}}, "/settings/mcp/servers/w"),
        ({"customizations": {"vscode": {"mcp": {"servers": {"w": LAUNCH}}}}}, "/customizations/vscode/mcp/servers/w"),
        ({"amp.mcpServers": {"w": LAUNCH}}, "/amp.mcpServers/w"),
        ({"mcpServers": [{"name": "w", **LAUNCH}]}, "/mcpServers/0"),
        (
            {
                "experimental": {
                    "modelContextProtocolServers": [{"name": "w", "transport": {"type": "stdio", **LAUNCH}}]
                }
            },
            "/experimental/modelContextProtocolServers/0",
        ),
    ],
)
def test_every_hosts_shape_is_the_same_entry(value: object, pointer: str) -> None:
    (entry,) = settings(json.dumps(value)).entries
    assert (entry.alias, entry.pointer) == ("w", pointer)
    assert entry.command is not None
    assert [word.text for word in (entry.command, *entry.args)] == ["weather", "-v"]
    assert [(variable.key, variable.text) for variable in entry.env] == [("A", "1")]


def test_a_bundle_is_an_entry() -> None:
    text = json.dumps({"name": "w", "server": {"type": "node", "mcp_config": LAUNCH}})
    (entry,) = settings(text).entries
    assert (entry.alias, entry.pointer) == ("mcp_config", "/server/mcp_config")


def test_toml_and_yaml_are_read_with_places() -> None:
    (entry,) = settings('[mcp_servers.w]\ncommand = "weather"\nargs = ["-v"]\n', Format.TOML).entries
    assert entry.region("/mcp_servers/w/args/0") == Region(3, 9, 3, 13)
    (entry,) = settings("extensions:\n  w: {cmd: weather, args: [-v]}\n", Format.YAML).entries
    assert entry.region("/extensions/w/args/0") == Region(2, 28, 2, 30)


@pytest.mark.parametrize("key", ["url", "serverUrl", "httpUrl", "uri", "endpoint"])
def test_a_remote_server_has_an_address_and_headers(key: str) -> None:
    entry = one({key: "https://a.example/mcp", "headers": {"A": "b"}, "requestInit": {"headers": {"C": "d"}}})
    assert entry.url is not None
    assert (entry.url.text, entry.command) == ("https://a.example/mcp", None)
    assert [(header.key, header.text) for header in entry.headers] == [("A", "b"), ("C", "d")]


@pytest.mark.parametrize(("more", "expected"), [({"disabled": True}, True), ({"enabled": False}, True), ({}, False)])
def test_a_server_that_is_switched_off_is_an_entry_too(more: dict[str, object], expected: object) -> None:
    assert one({**LAUNCH, **more}).disabled is expected


def test_a_folder_and_approvals_are_read() -> None:
    entry = one({**LAUNCH, "cwd": "/srv", "alwaysAllow": ["a"], "autoApprove": True, "trust": True})
    assert entry.cwd is not None
    assert entry.cwd.text == "/srv"
    assert [(found.key, found.text) for found in entry.approvals] == [
        ("alwaysAllow", "a"),
        ("autoApprove", "*"),
        ("trust", "*"),
    ]


def test_a_server_named_twice_is_two_entries_with_their_own_places() -> None:
    entries = settings('{"mcpServers": {"w": {"command": "a"},\n "w": {"command": "b"}}}').entries
    assert [entry.command.text for entry in entries if entry.command] == ["a", "b"]
    assert [entry.region(entry.pointer + "/command").line for entry in entries] == [1, 2]


def test_what_is_no_server_is_listed_unless_the_word_means_other_things_too() -> None:
    found = settings(json.dumps({"mcpServers": {"a": {"type": "stdio"}, "b": 1}, "servers": {"c": {}}}))
    assert [entry.alias for entry in found.unread] == ["a", "b"]
    assert settings(json.dumps({"extensions": {"developer": {"type": "builtin"}}})).unread == ()
    assert settings(json.dumps({"mcpServers": {"developer": {"type": "builtin"}}})).unread == ()


def test_only_the_keys_of_the_host_are_looked_at() -> None:
    text = json.dumps({"servers": {"w": LAUNCH}, "mcpServers": {"x": LAUNCH}})
    assert [entry.alias for entry in settings(text, keys=(("servers",),)).entries] == ["w"]


@rows("value", [[], {}, {"mcpServers": 1}, {"mcpServers": None}, {"mcp": []}, "x", None])
def test_other_values_have_no_servers(value: object) -> None:
    assert settings(json.dumps(value)).entries == ()


@rows(
    ("value", "key"),
    [
        ({"enableAllProjectMcpServers": True}, "enableAllProjectMcpServers"),
        ({"projects": {"/a": {"enableAllProjectMcpServers": True}}}, "enableAllProjectMcpServers"),
        ({"permissions": {"defaultMode": "bypassPermissions"}}, "defaultMode"),
        ({"chat.tools.autoApprove": True}, "chat.tools.autoApprove"),
        ({"approval_policy": "never"}, "approval_policy"),
        ({"GOOSE_MODE": "auto"}, "GOOSE_MODE"),
    ],
)
def test_switches_of_the_whole_file_are_an_entry_without_alias(value: object, key: str) -> None:
    found = settings(json.dumps(value))
    assert found.general is not None
    assert [approval.key for approval in found.general.approvals] == [key]
    assert found.judged == (found.general,)


@pytest.mark.parametrize("rule", ["mcp__w", "mcp__w__*", "mcp__*", "*"])
def test_a_permission_for_a_whole_server_is_a_switch(rule: str) -> None:
    assert settings(json.dumps({"permissions": {"allow": [rule]}})).general is not None


@pytest.mark.parametrize(
    "value",
    [
        {"enableAllProjectMcpServers": False},
        {"enableAllProjectMcpServers": {"a": True}},
        {"permissions": {"allow": ["mcp__w__get", "Bash(ls)"], "defaultMode": "default"}},
        {"approval_policy": "on-request"},
    ],
)
def test_other_values_of_switches_are_none(value: object) -> None:
    assert settings(json.dumps(value)).general is None


def test_a_file_that_is_none_is_a_problem_with_a_place() -> None:
    assert read(b'{\n "a": }', SOURCE, Format.JSON) == Problem(source=SOURCE, reason="malformed", line=2, column=7)


@given(st.binary(max_size=200), st.sampled_from(Format))
@bounds(deadline=None)
def test_reading_never_raises(data: bytes, format_: Format) -> None:
    assert isinstance(read(data, SOURCE, format_), Settings | Problem)
