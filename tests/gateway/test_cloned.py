"""Which launch lines are taken for those of a project's file."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from sekisho.gateway.cloned import FILES, names_launch
from sekisho.scan.hosts import hosts
from sekisho.settings.entry import Scope

if TYPE_CHECKING:
    from pathlib import Path

LINE = ("npx", "-y", "server", "/")


def written(at: Path, *words: str, name: str = ".mcp.json", key: str = "mcpServers") -> None:
    file = at / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({key: {"x": {"command": words[0], "args": words[1:]}}}))


def test_every_file_of_a_project_is_looked_at() -> None:
    known = [place.path for host in hosts() for place in host.paths if place.scope is Scope.PROJECT]
    assert list(FILES) == list(dict.fromkeys(known))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (LINE, True),
        (("sekisho", "run", "--", *LINE), True),
        (("npx", "-y", "server", "${HOME}"), True),
        (("npx", "-y", "server", "~"), True),
        (("npx", "-y", "server", "docs"), False),
        (("server", "/"), False),
    ],
)
def test_a_line_is_one_of_a_file_that_ends_with_it(tmp_path: Path, words: tuple[str, ...], *, expected: bool) -> None:
    written(tmp_path, *words)
    assert names_launch(LINE, str(tmp_path), None) is expected


def test_the_project_may_be_above_and_every_host_has_its_file(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    written(tmp_path, *LINE, name=".vscode/mcp.json", key="servers")
    assert names_launch(LINE, str(tmp_path / "a" / "b"), None)


def test_a_pattern_of_names_counts_as_well(tmp_path: Path) -> None:
    written(tmp_path, *LINE, name=".continue/mcpServers/x.json")
    assert names_launch(LINE, str(tmp_path), None)


def test_it_is_looked_for_where_we_were_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, *LINE)
    monkeypatch.chdir(tmp_path)
    assert names_launch(LINE, "/", None)


def test_without_a_folder_of_our_own_only_the_servers_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert not names_launch(LINE, "/", None)


def test_files_of_the_home_are_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    written(tmp_path, *LINE)
    assert not names_launch(LINE, str(tmp_path / "a"), str(tmp_path))


def test_what_cannot_be_read_counts_as_naming_it(tmp_path: Path) -> None:
    (tmp_path / ".mcp.json").write_text("{")
    assert names_launch(LINE, str(tmp_path), None)


@pytest.mark.skipif(os.name == "nt", reason="no names without end there")
def test_a_file_that_cannot_be_opened_counts_as_naming_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, *LINE)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert names_launch(LINE, str(tmp_path), None)
