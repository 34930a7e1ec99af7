"""A configuration of several real servers behind one face, with the official SDK's client of either generation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal, cast

import pytest
from mcp import StdioServerParameters
from mcp.client import Client
from mcp.shared.exceptions import MCPError

from peers.loops import run
from peers.places import furnished, python_peer, scripted, sekisho, serve

if TYPE_CHECKING:
    from pathlib import Path

    from peers.places import Place

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1", "::1"]), pytest.mark.timeout(120)]


def configuration(at: Place) -> str:
    commands = {"one": python_peer("sdk_server.py"), "two": scripted(at), "gone": ("/no/such/program",)}
    text = "".join(f"[servers.{alias}]\ncommand = {json.dumps(list(line))}\n" for alias, line in commands.items())
    path = at.folder / "sekisho.toml"
    path.write_text(text, "utf-8")
    return str(path)


async def everything(server: str | StdioServerParameters, mode: Literal["legacy", "auto"]) -> None:
    async with Client(server, mode=mode) as client:
        assert client.protocol_version == ("2026-07-28" if mode == "auto" else "2025-11-25")
        summed = await client.call_tool("one__add", {"a": 40})
        assert summed.structured_content == {"result": 42}
        said = await client.call_tool("two__echo", {"text": "hi"})
        assert said.content[0].model_dump()["text"] == "hi"
        names = [tool.name for tool in (await client.list_tools()).tools]
        assert names.index("one__add") < names.index("two__echo")
        assert not any(name.startswith("gone__") for name in names)
        read = await client.read_resource("one+memo://plain")
        assert read.contents[0].uri == "one+memo://plain"
        down = await client.call_tool("gone__x", {})
        refusal = cast("dict[str, object]", (down.meta or {})["sekisho/refusal"])
        assert refusal["rule"] == "server-cannot-start"
        with pytest.raises(MCPError, match="no server of this configuration lists"):
            await client.call_tool("one__missing", {})


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_two_servers_and_one_that_cannot_start_are_one_over_stdio(
    tmp_path: Path, mode: Literal["legacy", "auto"]
) -> None:
    at = furnished(tmp_path)
    command = sekisho("run", "--config", configuration(at))
    run(everything(StdioServerParameters(command=command[0], args=list(command[1:]), env=at.env), mode))


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_and_over_http(tmp_path: Path, mode: Literal["legacy", "auto"]) -> None:
    async def work() -> None:
        at = furnished(tmp_path)
        async with serve(at, "--config", configuration(at)) as served:
            await everything(served.url, mode)

    run(work())
