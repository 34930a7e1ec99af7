from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters import keyfile
from sekisho.adapters.audit import AuditLog
from sekisho.adapters.halt import HaltFlag
from sekisho.adapters.recording import Recorder
from sekisho.gateway.launch import Launch
from sekisho.gateway.warden_client import Warden
from sekisho.model.subject import Who
from sekisho.scan.asking import surface
from sekisho.scan.dial import Dial

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.wire.strict import Json, JsonObject

SERVER = """
import json, sys
behaviour = json.loads(sys.argv[1])
asked = {}
def say(message):
    print(json.dumps({"jsonrpc": "2.0", **message}), flush=True)
for line in sys.stdin:
    message = json.loads(line)
    method, id_ = message.get("method"), message.get("id")
    if method is None:
        asked[id_] = message
    elif method == "notifications/initialized":
        for number, question in enumerate(behaviour.get("asks", [])):
            say({"id": f"q{number}", "method": question, "params": {}})
        if behaviour.get("changes"):
            say({"method": "notifications/tools/list_changed"})
            behaviour["tools/list"] = behaviour["changes"]
    elif method in ("initialize", "server/discover") and method in behaviour:
        say({"id": id_, "result": behaviour[method]})
    elif method in behaviour:
        pages = behaviour[method]
        page = int((message.get("params") or {}).get("cursor", 0))
        result = dict(pages[page])
        if page + 1 < len(pages):
            result["nextCursor"] = str(page + 1)
        if asked:
            result["tools"] = [*result.get("tools", []), {"name": "answers", "description": json.dumps(asked)}]
        if method in ("tools/list",) and behaviour.get("modern"):
            result |= {"resultType": "complete"}
        say({"id": id_, "result": result})
    elif id_ is not None:
        say({"id": id_, "error": {"code": -32601, "message": "no"}})
"""
WHO = Who(principal="ada", conversation="scan:1")
HELLO: JsonObject = {
    "protocolVersion": "2025-11-25",
    "capabilities": {"tools": {}},
    "serverInfo": {"name": "sky", "version": "1"},
}


def tool(name: str) -> JsonObject:
    return {"name": name, "inputSchema": {"type": "object"}}


def unheard(_name: str, _text: str) -> None:
    """What is said about the server is of no interest here."""


async def asked(folder: Path, behaviour: JsonObject, *, halted: bool = False) -> tuple[JsonObject, frozenset[str]]:
    audit = AuditLog.open(folder, key=keyfile.load_or_create(folder / "key"))
    warden = Warden()
    halt = HaltFlag(folder)
    if halted:
        halt.set()
    launch = Launch(argv=(sys.executable, "-I", "-c", SERVER, json.dumps(behaviour)), cwd="/", env={})
    dial = Dial(warden=warden, audit=Recorder(audit), halt=halt, seal_key=bytes(32), who=WHO, say=unheard)
    try:
        async with asyncio.timeout(40):
            return await surface(lambda: dial.link("sky", launch), WHO, "file:///home/user/project")
    finally:
        await warden.close()
        audit.close()


def offered(folder: Path, behaviour: JsonObject) -> JsonObject:
    found, failed = asyncio.run(asked(folder, behaviour))
    assert failed == frozenset()
    return found


def names(found: JsonObject) -> list[object]:
    tools = found["tools"]
    assert isinstance(tools, list)
    return [one["name"] for one in tools if isinstance(one, dict)]


def test_every_page_of_every_list_is_read(tmp_path: Path) -> None:
    hello: JsonObject = {
        **HELLO,
        "capabilities": {"tools": {}, "prompts": {}, "resources": {}},
        "instructions": "Ask for a city.",
    }
    found = offered(
        tmp_path,
        {
            "initialize": hello,
            "tools/list": [{"tools": [tool("a")]}, {"tools": [tool("b")]}],
            "prompts/list": [{"prompts": [{"name": "p"}]}],
            "resources/list": [{"resources": [{"uri": "file:///x", "name": "x"}]}],
            "resources/templates/list": [{"resourceTemplates": []}],
        },
    )
    assert names(found) == ["a", "b"]
    assert set(found) == {"instructions", "serverInfo", "tools", "prompts", "resources", "resourceTemplates"}


def test_a_server_that_asks_gets_an_open_folder_and_else_a_no(tmp_path: Path) -> None:
    asks: list[Json] = ["roots/list", "elicitation/create", "ping"]
    found = offered(
        tmp_path,
        {"initialize": HELLO, "tools/list": [{"tools": []}], "asks": asks, "changes": [{"tools": [tool("late")]}]},
    )
    assert names(found)[0] == "late"
    said = json.dumps(found)
    assert "file:///home/user/project" in said
    assert "decline" in said


def test_a_server_of_the_newer_generation_alone_is_asked_too(tmp_path: Path) -> None:
    about: JsonObject = {"supportedVersions": ["2026-07-28"], "capabilities": {"tools": {}}, "resultType": "complete"}
    found = offered(
        tmp_path,
        {
            "server/discover": {
                **about,
                "serverInfo": {"name": "sky", "version": "1"},
                "ttlMs": 0,
                "cacheScope": "private",
            },
            "tools/list": [{"tools": [tool("new")], "ttlMs": 0, "cacheScope": "private"}],
            "modern": True,
        },
    )
    assert names(found) == ["new"]


def test_a_server_that_speaks_neither_offers_nothing(tmp_path: Path) -> None:
    assert offered(tmp_path, {}) == {}


def test_while_everything_is_halted_no_list_is_taken_for_empty(tmp_path: Path) -> None:
    server: JsonObject = {"initialize": HELLO, "tools/list": [{"tools": [tool("a")]}]}
    found, failed = asyncio.run(asked(tmp_path, server, halted=True))
    assert not found.get("tools")
    assert failed == {"tools"} or not found


@pytest.mark.parametrize("page", [{"tools": 3}, {"tools": [], "nextCursor": "0"}, {}])
def test_a_list_that_does_not_come_to_its_end_is_told(tmp_path: Path, page: JsonObject) -> None:
    _, failed = asyncio.run(asked(tmp_path, {"initialize": HELLO, "tools/list": [page]}))
    assert failed == {"tools"}
