"""Allowing a project's file, with a real terminal and without a person."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.configuration import open_source
from sekisho.adapters.projects import Projects
from terminals import person

if TYPE_CHECKING:
    from pathlib import Path

    from clikit import Desk


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sekisho.toml"
    path.write_text("servers.git.command = ['git', '--token', 'hunter2']\n", "utf-8")
    path.chmod(0o644)
    return path


def trusted(desk: Desk, file: Path) -> bool:
    source = open_source(file)
    return Projects(desk.state).trusts(source.path, source.digest)


def events(desk: Desk) -> list[dict[str, str]]:
    return [json.loads(line)["fields"] for line in desk.call("audit", "tail", "--json").output.splitlines()]


def command(file: Path) -> str:
    return f"{sys.executable} -m sekisho allow project {file}; echo code=$?"


def test_a_person_sees_everything_and_types_the_word(desk: Desk, file: Path) -> None:
    env = {"PATH": os.defpath, "SEKISHO_STATE": str(desk.state), "LANG": "C.UTF-8"}
    with person(command(file.parent), env) as screen:
        shown = screen.until("type: allow\n")
        assert '  servers.git.command = ["git", "--token", "hunter2"]\n' in shown
        screen.type("allow")
        assert screen.code() == 0
    assert trusted(desk, file)
    (event,) = events(desk)
    assert event == {"event": "project-allowed", "digest": open_source(file).digest}
    assert desk.call("allow", "project", str(file)).output.startswith("This is allowed already")


def test_without_a_person_nothing_is_allowed(desk: Desk, file: Path) -> None:
    done = desk.run("allow", "project", str(file))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        "sekisho: Not done: there is no terminal here.\n"
        "sekisho: Only a person may allow this.\nRun the command in a terminal that you opened yourself.\n"
    )
    assert not trusted(desk, file)
    assert events(desk) == [{"event": "project-refused", "rule": "resume-no-terminal"}]


def pretend(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_environ: object, *, interactive: bool) -> None:
        assert not interactive

    monkeypatch.setattr("sekisho.cli.person.objection", none)


def test_any_other_word_changes_nothing(desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    done = desk.call("allow", "project", str(file), said="yes\n")
    assert (done.exit_code, "Nothing was changed." in done.stderr) == (1, True)
    assert not trusted(desk, file)


def test_what_is_not_recorded_is_not_allowed(desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    desk.call("halt")
    (desk.state / "key").chmod(0o644)
    done = desk.call("allow", "project", str(file), said="allow\n")
    assert done.exit_code == 2
    assert not trusted(desk, file)


def test_anybody_may_withdraw(desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    assert desk.call("allow", "project", str(file), said="allow\n").exit_code == 0
    assert trusted(desk, file)
    assert desk.call("allow", "project", "--withdraw", str(file)).output == f"Allowed no more: {file}\n"
    assert not trusted(desk, file)
    assert events(desk)[-1] == {"event": "project-withdrawn"}
    assert desk.call("allow", "project", "--withdraw", str(file)).output.startswith("Nothing was allowed")


def test_a_file_that_is_wrong_is_not_asked_about(desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    file.write_text("mode = 'observe'\n")
    done = desk.call("allow", "project", str(file), said="allow\n")
    assert done.exit_code == 2
    assert f"{file}:1:1: mode: this cannot be set yet" in done.stderr
    assert desk.call("allow", "project", str(file.with_name("none")), said="allow\n").exit_code == 2
