from __future__ import annotations

import pytest

from sekisho.model.message_ids import MessageId as Id
from sekisho.policy.configuration import Configuration, ServerEntry
from sekisho.policy.problem import ConfigurationError, Place
from sekisho.policy.reading import read
from sekisho.policy.toml import parse
from sekisho.wire.strict import Limits

FULL = """
version = 1

[servers.git]
command = ["uvx", "mcp-server-git"]
cwd = "~/src"
env = { TZ = "UTC" }
pass_env = ["GITHUB_TOKEN"]

[servers.docs]
url = "https://mcp.example.com/mcp"
headers = { X-Team = "blue", X-Other = "" }
transport = "sse"

[limits]
message_bytes = 65536
message_depth = 16
message_members = 1000
"""


def test_a_document_becomes_settings_in_its_order() -> None:
    assert read(parse(FULL, file="f")) == Configuration(
        servers=(
            ServerEntry(
                alias="git",
                command=("uvx", "mcp-server-git"),
                cwd="~/src",
                env={"TZ": "UTC"},
                pass_env=("GITHUB_TOKEN",),
            ),
            ServerEntry(
                alias="docs",
                url="https://mcp.example.com/mcp",
                headers=(("X-Team", "blue"), ("X-Other", "")),
                transport="sse",
            ),
        ),
        limits=Limits(bytes=65536, depth=16, members=1000),
    )


def test_an_empty_document_is_what_holds_without_one() -> None:
    assert read(parse("", file="f")) == Configuration()


def test_a_server_without_anything_to_reach_is_told_beside_the_rest() -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(parse("[servers.a]\n[servers.b]\nkommand = 1\n[servers]\nc = 1\n", file="f"))
    assert [(problem.message, problem.key, problem.place) for problem in caught.value.problems] == [
        (Id.CONFIG_NEITHER, "servers.a", Place(1, 10)),
        (Id.CONFIG_NEITHER, "servers.b", Place(2, 10)),
        (Id.CONFIG_UNKNOWN_NEAR, "servers.b.kommand", Place(3, 1)),
        (Id.CONFIG_TABLE, "servers.c", Place(5, 1)),
    ]


def test_what_may_be_a_secret_is_not_shown() -> None:
    (server, *_) = read(parse("servers.a = { url = 'http://k@h', headers = { A = 'k' } }", file="f")).servers
    assert repr(server) == "ServerEntry(alias='a', cwd=None, pass_env=(), transport='http')"
