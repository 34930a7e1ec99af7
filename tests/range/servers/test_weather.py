"""The bundled server, with hosts that are not ours: the official SDK in each generation."""

from __future__ import annotations

import asyncio
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from sekisho.range.host import Host
from sekisho.range.incidents.two_readings import weather
from sekisho.range.servers import weather as server
from sekisho.range.servers.weather import Weather

if TYPE_CHECKING:
    from mcp.client.client import ConnectMode

PROGRAM = str(Path(server.__file__))


@pytest.mark.parametrize(
    ("mode", "revision"), [("auto", "2026-07-28"), ("legacy", "2025-11-25"), ("2026-07-28", "2026-07-28")]
)
def test_the_official_client_is_served_in_each_generation(mode: ConnectMode, revision: str, tmp_path: Path) -> None:
    async def visit() -> None:
        parameters = StdioServerParameters(command=sys.executable, args=["-I", PROGRAM], cwd=tmp_path)
        async with asyncio.timeout(30), Client(stdio_client(parameters), mode=mode) as client:
            assert client.protocol_version == revision
            assert [tool.name for tool in (await client.list_tools()).tools] == ["get_forecast", "remove_station"]
            result = await client.call_tool("get_forecast", {"city": "Osaka"})
            assert result.content[0].model_dump()["text"] == "Osaka: sunny, 16 to 24 degrees"
            read = await client.read_resource("weather://stations")
            assert read.contents[0].model_dump()["text"] == "Kyoto, Osaka, Sapporo"

    asyncio.run(visit())


def asked(weather: Weather, method: str, **params: object) -> Any:  # noqa: ANN401 - JSON
    return weather.answer({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})


def test_it_imports_nothing_of_ours() -> None:
    source = Path(PROGRAM).read_text("utf-8")
    assert "sekisho" not in source


def test_it_starts_in_isolation_and_notes_what_it_is_told(tmp_path: Path) -> None:
    made = weather(tmp_path)
    line = b'{"jsonrpc":"2.0","id":1,"method":"ping"}'
    with Host(made.command, os.environ, cwd=tmp_path) as host:
        host.tell(b'{"jsonrpc":"2.0","method":"notifications/initialized"}')
        assert host.ask(line) == {"jsonrpc": "2.0", "id": 1, "result": {}}


def test_a_station_is_gone_once_it_was_removed() -> None:
    weather = Weather()
    call = {"name": "remove_station", "arguments": {"city": "Kyoto"}}
    assert asked(weather, "tools/call", **call)["result"]["content"][0]["text"] == "station Kyoto removed"
    assert asked(weather, "tools/call", **call)["result"]["isError"] is True
    assert (
        asked(weather, "resources/read", uri="weather://stations")["result"]["contents"][0]["text"] == "Osaka, Sapporo"
    )


def test_both_generations_hear_the_same_in_their_own_form() -> None:
    weather = Weather()
    none: dict[str, object] = {}
    about = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": none,
    }
    assert asked(weather, "initialize")["result"]["protocolVersion"] == "2025-11-25"
    assert asked(weather, "server/discover", _meta=about)["result"]["supportedVersions"] == ["2025-11-25", "2026-07-28"]
    legacy, modern = asked(weather, "tools/list")["result"], asked(weather, "tools/list", _meta=about)["result"]
    assert modern == {"resultType": "complete", **legacy, "ttlMs": 0, "cacheScope": "private"}
    call = {"name": "get_forecast", "arguments": {"city": "Sapporo"}}
    assert asked(weather, "tools/call", **call)["result"]["content"][0]["text"] == "Sapporo: snow, -3 to 2 degrees"


def test_it_answers_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b'{"id":1,"method":"ping"}\n{"method":"notifications/initialized"}\n{"id":2,"method":"nosuch"}\n'
    said = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    monkeypatch.setattr(sys, "stdout", said)
    server.main()
    assert isinstance(said.buffer, io.BytesIO)
    assert [json.loads(line)["id"] for line in said.buffer.getvalue().splitlines()] == [1, 2]


def test_it_is_careless_as_the_demo_needs_it() -> None:
    weather = Weather()
    assert asked(weather, "admin/reset")["result"] == {"removed": 3}
    twice = json.loads('{"name":"get_forecast","name":"remove_station"}')
    assert twice["name"] == "remove_station"


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("nosuch", {}, -32601),
        ("tools/call", {"name": "nosuch"}, -32602),
        ("resources/read", {"uri": "weather://nosuch"}, -32602),
        ("tools/list", {"_meta": {"io.modelcontextprotocol/protocolVersion": "2027-01-01"}}, -32022),
    ],
)
def test_what_it_does_not_have_is_an_error_of_the_protocol(method: str, params: dict[str, object], code: int) -> None:
    assert asked(Weather(), method, **params)["error"]["code"] == code


@pytest.mark.parametrize("message", [{}, {"id": 1}, {"method": "ping"}])
def test_what_is_no_request_gets_no_answer(message: dict[str, object]) -> None:
    assert Weather().answer(message) is None
