from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sekisho.scan.collect import Outcome, collect, collect_named
from sekisho.scan.hosts import Platform, load
from sekisho.scan.templates import Ground
from sekisho.settings.entry import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.scan.collect import Collection

SERVER = '{"mcpServers": {"w": {"command": "weather"}}}'
TABLE = load("""
schema = 1
[[hosts]]
id = "a"
name = "A"
keys = [["mcpServers"]]
paths = [
  { scope = "user", path = "~/a.json", basis = "documented" },
  { scope = "user", path = "~/plugins/**/.mcp.json", basis = "inferred" },
  { scope = "user", path = "~/p/*/x.json", basis = "inferred" },
  { scope = "project", path = ".a.json", basis = "documented" },
  { scope = "system", path = "/etc/a.json", basis = "documented", platforms = ["linux"] },
]
""")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home [x]"
    home.mkdir()
    return home


def gather(home: Path, platform: Platform = Platform.LINUX, variables: Mapping[str, str] | None = None) -> Collection:
    folder = home.parent / "project"
    ground = Ground(home=home, folders=(folder,), platform=platform, variables=variables or {}, root=home.parent)
    return collect(ground, TABLE)


def write(path: Path, text: str = SERVER) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def outcomes(found: Collection) -> dict[str, Outcome]:
    return {looked.source.file: looked.outcome for looked in found.looked}


def test_an_empty_home_is_all_absent_and_every_place_is_listed(home: Path) -> None:
    found = gather(home)
    assert set(outcomes(found).values()) == {Outcome.ABSENT}
    assert {Path(file).relative_to(home.parent).as_posix() for file in outcomes(found)} == {
        "home [x]/a.json",
        "home [x]/plugins/**/.mcp.json",
        "home [x]/p/*/x.json",
        "project/.a.json",
        "etc/a.json",
    }


def test_files_are_read_with_their_host_and_scope(home: Path) -> None:
    for path in (home / "a.json", home.parent / "project" / ".a.json", home.parent / "etc" / "a.json"):
        write(path)
    found = gather(home)
    assert [settings.source.scope for settings in found.settings] == [Scope.USER, Scope.PROJECT, Scope.SYSTEM]
    assert {settings.source.host for settings in found.settings} == {"a"}
    assert [entry.alias for settings in found.settings for entry in settings.entries] == ["w", "w", "w"]


def test_a_place_of_another_platform_is_not_looked_at(home: Path) -> None:
    assert not any(file.endswith("etc/a.json") for file in outcomes(gather(home, Platform.MACOS)))


def test_patterns_find_files_at_every_depth_and_follow_no_loop(home: Path) -> None:
    for path in (home / "plugins/.mcp.json", home / "plugins/m/p/1.0/.mcp.json", home / "p/one/x.json"):
        write(path)
    (home / "plugins" / "m" / "loop").symlink_to(home / "plugins", target_is_directory=True)
    write(home / "p" / "no-folder")
    found = gather(home)
    assert sorted(Path(settings.source.file).parent.name for settings in found.settings) == ["1.0", "one", "plugins"]


def test_a_pattern_stops_at_its_bounds(home: Path) -> None:
    write(home / "plugins" / Path(*"abcdefghijkl") / ".mcp.json")
    assert gather(home).settings == ()


def test_too_many_folders_are_not_opened_and_that_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sekisho.scan.collect._MOST_FOLDERS", 1)
    write(home / "plugins" / "a" / "b" / ".mcp.json")
    assert [looked.outcome for looked in gather(home).looked if "plugins" in looked.source.file] == [
        Outcome.ABSENT,
        Outcome.TOO_LARGE,
    ]


def test_one_file_under_two_names_is_read_once(home: Path) -> None:
    write(home / "p" / "one" / "x.json")
    (home / "a.json").symlink_to(home / "p" / "one" / "x.json")
    found = gather(home)
    assert len(found.settings) == 1
    assert outcomes(found)[str(home / "p" / "one" / "x.json")] is Outcome.SAME


def test_what_can_not_be_read_is_said_and_waits_for_nothing(home: Path) -> None:
    (home / "a.json").symlink_to(home / "a.json")
    os.mkfifo(write(home / "p" / "fifo" / "y").with_name("x.json"))
    (home / "p" / "folder" / "x.json").mkdir(parents=True)
    write(home / "p" / "broken" / "x.json", "{")
    found = gather(home)
    assert {Path(file).parent.name: outcome for file, outcome in outcomes(found).items()} == {
        "home [x]": Outcome.NO_FILE,
        "fifo": Outcome.NO_FILE,
        "folder": Outcome.NO_FILE,
        "broken": Outcome.BROKEN,
        "**": Outcome.ABSENT,
        "project": Outcome.ABSENT,
        "etc": Outcome.ABSENT,
    }
    assert [(problem.reason, problem.line, problem.column) for problem in found.problems] == [("malformed", 1, 2)]


def test_a_file_without_permission_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home / "a.json")

    def denied(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", denied)
    assert set(outcomes(gather(home)).values()) == {Outcome.DENIED}


def test_a_file_that_is_too_long_is_not_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sekisho.scan.collect._MOST_BYTES", 10)
    write(home / "a.json")
    assert outcomes(gather(home))[str(home / "a.json")] is Outcome.TOO_LARGE


def test_a_named_file_may_be_of_any_host(home: Path) -> None:
    path = write(home / "anything.toml", '[mcp_servers.w]\ncommand = "weather"\n')
    found = collect_named([path, home / "missing.json"], home)
    assert [entry.alias for settings in found.settings for entry in settings.entries] == ["w"]
    assert [looked.outcome for looked in found.looked] == [Outcome.READ, Outcome.ABSENT]
    assert {looked.source.scope for looked in found.looked} == {Scope.NAMED}


def test_the_whole_table_is_looked_at_without_a_trace(home: Path) -> None:
    before = sorted(home.parent.rglob("*"))
    ground = Ground(home=home, folders=(home.parent / "project",), platform=Platform.LINUX, root=home.parent / "root")
    assert {looked.outcome for looked in collect(ground).looked} == {Outcome.ABSENT}
    assert sorted(home.parent.rglob("*")) == before
