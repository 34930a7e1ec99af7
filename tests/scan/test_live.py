from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from sekisho.adapters.halt import HaltFlag
from sekisho.gateway.launch import LaunchError
from sekisho.model.scan_ids import ScanId
from sekisho.model.subject import Who
from sekisho.scan import live
from sekisho.scan.dial import Dial
from sekisho.scan.live import Start, Starter, called, listed, starts_of
from sekisho.scan.sources import named_sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.gateway.warden_client import Warden
    from sekisho.ports import AuditSink
    from sekisho.wire.strict import JsonObject

ENVIRON = {"API_KEY": "real", "LOG_LEVEL": "debug"}
WHO = Who(principal="ada", conversation="scan:1")


def starter(said: str = "") -> Starter:
    def say(name: str, text: str) -> None:
        raise AssertionError(name, text)

    # Nothing is started in these tests, so nobody asks for a warden or a record.
    warden, audit = cast("Warden", None), cast("AuditSink", None)
    dial = Dial(warden=warden, audit=audit, halt=HaltFlag(Path("/")), seal_key=bytes(32), who=WHO, say=say)
    return Starter(dial=dial, sandboxed=False, fetch=False, said=lambda _: said)


def one(folder: Path) -> list[Start]:
    return [Start(name="sky", command=("sky",), cwd=folder)]


def answering(
    monkeypatch: pytest.MonkeyPatch,
    body: JsonObject,
    act: Callable[[str], object] = str,
    failed: frozenset[str] = frozenset(),
) -> list[Path]:
    """Let servers answer with `body`, and act on the folder that they are told; return the homes they got."""
    homes: list[Path] = []

    async def surface(_make: object, _who: Who, root: str) -> tuple[JsonObject, frozenset[str]]:
        homes.append(Path(root.removeprefix("file://")).parent)
        act(str(homes[-1]))
        await asyncio.sleep(0)
        return body, failed

    monkeypatch.setattr(live, "surface", surface)
    return homes


def test_what_a_server_offers_is_a_dump_and_its_home_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    homes = answering(monkeypatch, {"tools": []})
    found = asyncio.run(listed(one(tmp_path), starter()))
    assert [(name, dump.body) for name, dump in found.dumps] == [("sky", {"tools": []})]
    assert [(seen.read, seen.told) for seen in found.observed] == [((), ())]
    assert len(homes) == 1
    assert not homes[0].exists()


def test_a_list_that_was_not_given_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, {"tools": []}, failed=frozenset({"tools"}))
    found = asyncio.run(listed(one(tmp_path), starter()))
    assert ("sky: tools", ScanId.SCAN_NOT_TO_THE_END) in [(unseen.what, unseen.why) for unseen in found.unseen]


def test_a_lure_that_is_read_or_told_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body: JsonObject = {}

    def act(home: str) -> None:
        body["instructions"] = (Path(home) / ".aws/credentials").read_text()

    answering(monkeypatch, body, act)
    found = asyncio.run(listed(one(tmp_path), starter()))
    (seen,) = found.observed
    assert seen.told == (".aws/credentials",)
    assert seen.read == (".aws/credentials",) or found.unseen[0].why is ScanId.SCAN_NOT_OBSERVED


@pytest.mark.parametrize("said", ["", "the server ended with code 1"])
def test_a_server_that_does_not_answer_is_not_taken_for_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    answering(monkeypatch, {})
    found = asyncio.run(listed(one(tmp_path), starter(said)))
    assert found.dumps == ()
    assert found.unseen[0].why is ScanId.SCAN_NOT_LISTED
    assert said in found.unseen[0].what


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (TimeoutError(), ScanId.SCAN_SILENT),
        (LaunchError("no program", where="x", next_step="y"), ScanId.SCAN_NOT_LISTED),
    ],
)
def test_a_server_that_hangs_or_cannot_be_started_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, why: ScanId
) -> None:
    async def surface(*_: object) -> JsonObject:
        await asyncio.sleep(0)
        raise error

    monkeypatch.setattr(live, "surface", surface)
    found = asyncio.run(listed(one(tmp_path), starter()))
    assert (found.dumps, found.unseen[0].why) == ((), why)


def test_servers_of_settings_get_no_real_secret_and_remote_ones_are_not_started(tmp_path: Path) -> None:
    servers = {
        "sky": {
            "command": "sky",
            "args": ["x"],
            "env": {"API_KEY": "real", "LOG_LEVEL": "debug"},
            "cwd": str(tmp_path),
        },
        "far": {"url": "https://mcp.example.com"},
        "off": {"command": "off", "disabled": True},
    }
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps({"mcpServers": servers}))
    starts, unseen = starts_of(named_sources([str(tmp_path)], []), Path("/"))
    assert [start.name for start in starts] == ["sky", f"sky ({tmp_path}/b.json)"]
    assert starts[0].command == ("sky", "x")
    assert starts[0].declared == (f"API_KEY={'0' * 32}", "LOG_LEVEL=debug")
    assert starts[0].cwd == tmp_path
    assert {(one.what, one.why) for one in unseen} == {("far", ScanId.SCAN_REMOTE), ("off", ScanId.SCAN_DISABLED)}


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["/srv/bin/sky"], "sky"),
        (["python3", "-I", "/srv/sky.py"], "sky.py"),
        (["npx", "-y", "@example/sky"], "@example/sky"),
        (["uvx"], "uvx"),
        (["node", "--", "/"], "node"),
    ],
)
def test_a_command_is_called_after_what_it_runs(command: list[str], name: str) -> None:
    assert called(command) == name
