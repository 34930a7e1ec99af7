from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scankit import CLEAN
from sekisho.model.scan_ids import ScanId
from sekisho.scan.collect import Outcome
from sekisho.scan.dumps import SourceError
from sekisho.scan.hosts import Platform
from sekisho.scan.sources import NOTHING, named_sources, this_machine

if TYPE_CHECKING:
    from sekisho.scan.sources import Sources

SETTINGS = {"mcpServers": {"sky": {"command": "sky"}}}


def put(path: Path, value: object = SETTINGS) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), "utf-8")
    return str(path)


def aliases(sources: Sources) -> list[str]:
    return [entry.alias for settings in sources.collection.settings for entry in settings.entries]


def test_this_machine_is_the_home_the_folder_and_its_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, project = tmp_path / "home", tmp_path / "project"
    put(home / ".cursor/mcp.json", {"mcpServers": {"mine": {"command": "a"}}})
    put(project / ".cursor/mcp.json", {"mcpServers": {"ours": {"command": "b"}}})
    (project / ".git").mkdir()
    (project / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(project / "deep" / "er")
    monkeypatch.setenv("HOME", str(home))
    found = this_machine()
    assert sorted(aliases(found)) == ["mine", "ours"]
    assert found.dumps == {}
    assert {place.outcome for place in found.collection.looked} == {Outcome.READ, Outcome.ABSENT}


@pytest.mark.parametrize(
    ("system", "platform"),
    [("linux", Platform.LINUX), ("darwin", Platform.MACOS), ("win32", Platform.WINDOWS), ("freebsd14", Platform.LINUX)],
)
def test_the_places_are_those_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, platform: Platform
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setenv("HOME", str(tmp_path))
    desktop = {
        Platform.LINUX: ".config/Claude",
        Platform.MACOS: "Library/Application Support/Claude",
        Platform.WINDOWS: "AppData/Roaming/Claude",
    }
    put(tmp_path / desktop[platform] / "claude_desktop_config.json")
    monkeypatch.chdir(tmp_path)
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert aliases(this_machine()) == ["sky"]


def test_a_file_is_a_dump_or_settings(tmp_path: Path) -> None:
    found = named_sources([put(tmp_path / "sky.json", CLEAN), put(tmp_path / "mcp.json")], [])
    assert list(found.dumps) == ["sky"]
    assert aliases(found) == ["sky"]
    assert named_sources([put(tmp_path / "sky.json", CLEAN)], []).collection == NOTHING


def test_settings_may_have_comments_and_be_toml_or_yaml(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"mcpServers": {"a": {"command": "x"},},} // mine')
    (tmp_path / "b.toml").write_text('[mcp_servers.b]\ncommand = "x"\n')
    (tmp_path / "c.yaml").write_text("extensions:\n  c:\n    type: stdio\n    cmd: x\n")
    found = named_sources([str(tmp_path / name) for name in ("a.json", "b.toml", "c.yaml")], [])
    assert aliases(found) == ["a", "b", "c"]


def test_a_folder_gives_its_hosts_settings_and_its_dumps(tmp_path: Path) -> None:
    put(tmp_path / ".vscode/mcp.json", {"servers": {"code": {"command": "x"}}})
    put(tmp_path / ".mcp.json", {"mcpServers": {"project": {"command": "x"}}})
    put(tmp_path / "exported.json", {"mcpServers": {"named": {"command": "x"}}})
    put(tmp_path / "sky.json", CLEAN)
    put(tmp_path / "package.json", {"name": "unrelated"})
    found = named_sources([str(tmp_path)], [])
    assert sorted(aliases(found)) == ["code", "named", "project"]
    assert list(found.dumps) == ["sky"]
    assert not any("package.json" in place.source.file for place in found.collection.looked)


def test_a_file_that_is_named_twice_is_one_server(tmp_path: Path) -> None:
    file = put(tmp_path / "sky.json", CLEAN)
    assert list(named_sources([file, str(tmp_path)], [file]).dumps) == ["sky"]


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("{", ScanId.SCAN_NEITHER, "x.json:1:2"),
        ('{"name": "unrelated"}', ScanId.SCAN_NEITHER, "x.json"),
        ('{"tools": 3}', ScanId.SCAN_WRONG_SHAPE, "x.json"),
        (None, ScanId.SCAN_UNREADABLE, "x.json"),
    ],
)
def test_what_is_neither_is_refused_with_its_place(
    tmp_path: Path, text: str | None, message: ScanId, place: str
) -> None:
    if text is not None:
        (tmp_path / "x.json").write_text(text)
    with pytest.raises(SourceError) as caught:
        named_sources([str(tmp_path / "x.json")], [])
    assert caught.value.message is message
    assert caught.value.values["path"] == str(tmp_path / place)


def test_a_folder_with_nothing_to_judge_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "package.json", {"name": "unrelated"})
    with pytest.raises(SourceError) as caught:
        named_sources([str(tmp_path)], [])
    assert caught.value.message is ScanId.SCAN_EMPTY_FOLDER


def test_a_folder_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: Path) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(SourceError) as caught:
        named_sources([str(tmp_path)], [])
    assert caught.value.message is ScanId.SCAN_UNREADABLE
    assert caught.value.values["problem"] == os.strerror(13)
