from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clikit import narrow

if TYPE_CHECKING:
    from pathlib import Path

    from clikit import Desk


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of a project."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    return path


def mine(desk: Desk, text: str) -> Path:
    return write(desk.state.with_name("config") / "sekisho" / "sekisho.toml", text)


def test_without_a_file_nothing_is_wrong_and_nothing_is_shown(desk: Desk) -> None:
    done = desk.call("config", "check")
    assert (done.exit_code, done.output) == (0, "Nothing is wrong. 0 settings, 0 servers.\n")
    assert desk.call("config", "show").output.startswith("Nothing is configured here")


def test_everything_that_is_wrong_is_told_with_the_way_out(desk: Desk) -> None:
    file = mine(desk, "[servers.git]\nkommand = ['x']\n[servers.docs]\nurl = 'http://a:99999/'\n")
    done = desk.call("config", "check")
    assert done.exit_code == 1
    assert narrow(done.output)
    assert f"{file}:2:1: servers.git.kommand" in "".join(line.strip() for line in done.output.splitlines())
    assert "Did you mean command?" in done.output
    assert "Nothing is wrong" not in done.output


def test_an_address_that_two_parsers_read_differently_is_told_with_its_line(desk: Desk, tmp_path: Path) -> None:
    file = write(tmp_path / "f.toml", "[servers.docs]\nurl = 'http://ada:hunter2@a/'\n")
    for words in (("config", "check", str(file)), ("run", "--config", str(file))):
        done = desk.call(*words)
        said = "".join((done.stdout + done.stderr).split())
        assert f"{file}:2:1:servers.docs.url:thisaddresscan'tbeused:ausernameorpassword" in said
        assert "hunter2" not in said


def test_one_file_is_checked_by_itself(desk: Desk, tmp_path: Path) -> None:
    mine(desk, "x = 1")
    file = write(tmp_path / "f.toml", "servers.a.url = 'http://a'\n")
    done = desk.call("config", "check", str(file))
    assert (done.exit_code, done.output) == (0, "Nothing is wrong. 1 settings, 1 servers.\n")
    assert desk.call("config", "check", str(file.with_name("none"))).exit_code == 1


def test_a_machine_is_told_the_same(desk: Desk, tmp_path: Path) -> None:
    file = write(tmp_path / "f.toml", "\nmode = 1\n")
    done = desk.call("config", "check", "--json", str(file))
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {
        "ok": False,
        "problems": [
            {
                "file": str(file),
                "line": 2,
                "column": 1,
                "key": "mode",
                "id": "config-not-yet",
                "what": "this cannot be set yet, because nothing would follow it",
                "next": "Take it out until a version that follows it.",
            }
        ],
        "notes": [],
    }
    done = desk.call("config", "check", "--json", str(file.with_name("none")))
    assert json.loads(done.stdout)["problems"][0]["line"] is None


def test_what_holds_is_shown_with_its_origin_and_what_does_not_hold(desk: Desk, elsewhere: Path) -> None:
    file = mine(desk, "servers.git.command = ['git', 'hunter2']\nlimits.message_depth = 64\n")
    project = write(elsewhere / "sekisho.toml", "servers.evil.command = ['sh']\nlimits.message_depth = 16\n")
    done = desk.call("config", "show", "--json")
    shown = json.loads(done.stdout)
    assert [(entry["key"], entry["value"], entry["rank"]) for entry in shown["settings"]] == [
        ("servers.git.command", ["git", "…"], "user"),
        ("limits.message_depth", 16, "project"),
    ]
    assert [entry["file"] for entry in shown["settings"]] == [str(file), str(project)]
    assert [(note["id"], note["key"]) for note in shown["notes"]] == [("config-left-out", "servers.evil")]
    assert [entry["there"] for entry in shown["files"]][1:] == [True, True]
    plain = desk.call("config", "show").output
    assert narrow(plain)
    assert 'servers.git.command = ["git", "…"]' in plain
    assert "allow project" in plain
    assert "hunter2" not in plain


def test_what_is_wrong_shows_nothing(desk: Desk) -> None:
    mine(desk, "x = 1")
    done = desk.call("config", "show")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "x: there is no such key here" in done.stderr


def test_where_trust_cannot_be_told_nothing_is(desk: Desk, elsewhere: Path) -> None:
    write(elsewhere / "sekisho.toml", "version = 1")
    write(desk.state / "projects.json", "{")
    done = desk.call("config", "check")
    assert (done.exit_code, "is damaged" in done.stderr) == (2, True)


def test_in_japanese(desk: Desk) -> None:
    assert desk.call("config", "check", "--lang", "ja").output.startswith("誤りはありません。")
