from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.places import places_of
from sekisho.adapters.projects import Projects
from sekisho.cli.configuration import load, load_servers
from sekisho.model.message_ids import MessageId as Id
from sekisho.policy.problem import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

    from clikit import Desk


def written(folder: Path, text: str) -> str:
    path = folder / "sekisho.toml"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    return str(path)


def test_a_configuration_is_read(tmp_path: Path) -> None:
    places = places_of(written(tmp_path, "servers.git.command = ['git']"), {}, None)
    (server,) = load_servers(places).configuration.servers
    assert (server.alias, server.command) == ("git", ("git",))


def test_one_without_servers_is_refused_where_servers_are_needed(tmp_path: Path) -> None:
    places = places_of(written(tmp_path, "version = 1"), {}, None)
    assert load(places).configuration.servers == ()
    with pytest.raises(ConfigurationError) as caught:
        load_servers(places)
    assert [problem.message for problem in caught.value.problems] == [Id.CONFIG_NO_SERVERS]


def test_a_projects_file_counts_from_when_it_is_trusted_until_it_changes(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEKISHO_STATE", str(desk.state))
    text = "servers.git.command = ['git']"
    file = tmp_path / "sekisho.toml"
    written(tmp_path, text)
    places = places_of(None, {"HOME": str(tmp_path / "home")}, tmp_path)
    assert load(places).configuration.servers == ()
    digest = hashlib.sha256(text.encode()).hexdigest()
    Projects(desk.state).trust(file.resolve(), digest)
    assert len(load(places).configuration.servers) == 1
    written(tmp_path, text + " ")
    assert load(places).configuration.servers == ()


def test_a_cloned_project_is_told_and_changes_nothing_but_what_it_tightens(desk: Desk, tmp_path: Path) -> None:
    project = written(tmp_path, "servers.git.command = ['git']\nlimits.message_depth = 16\n")
    (tmp_path / "home").mkdir()
    mine = written(tmp_path / "home", "limits.message_bytes = 65536\n")
    done = desk.run_in(tmp_path, "run", "--config", mine)
    assert done.returncode == 2
    assert done.stderr == (
        f"sekisho: {mine}: there is no server in this file\n"
        "sekisho:   Write [servers.NAME], and below it command or url.\n"
    )
    done = desk.run_in(tmp_path, "run", "--", "true")
    assert done.returncode == 0
    assert f"sekisho: {tmp_path / 'sekisho.toml'}:1:9: servers.git: left out, because you have not" in done.stderr
    assert "allow project" in done.stderr
    assert project


@pytest.mark.parametrize("command", ["run", "serve"])
def test_everything_that_is_wrong_is_told_at_once_with_the_way_out(desk: Desk, tmp_path: Path, command: str) -> None:
    file = written(tmp_path, "[servers.git]\nkommand = ['x']\n[limits]\nmessage_depth = 1\n")
    done = desk.call(command, "--config", file)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        f"sekisho: {file}:1:10: servers.git: this server has neither a command nor a url\n"
        "sekisho:   Write command, the list of its program and arguments, or url.\n"
        f"sekisho: {file}:2:1: servers.git.kommand: there is no such key here\n"
        "sekisho:   Did you mean command? "
        "There are: command, cwd, env, pass_env, url, headers, transport, trust, code, hosts, roots, programs, "
        "unresolved, questions, mark, tools, calls\n"
        f"sekisho: {file}:4:1: limits.message_depth: this takes a whole number from 16 to 200\n"
        "sekisho:   Write one without quotes.\n"
    )


def test_and_in_japanese(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, "mode = 'observe'\n")
    done = desk.call("run", "--config", file, LANG="ja_JP.UTF-8")
    assert f"sekisho: {file}:1:1: mode: まだ設定できません。" in done.stderr


def test_a_key_speaks_no_escape_sequence_to_the_terminal(desk: Desk, tmp_path: Path) -> None:
    done = desk.call("run", "--config", written(tmp_path, '"\\u001b[2J\\nx" = 1\n'))
    assert done.exit_code == 2
    assert "\x1b" not in done.stderr
    assert len(done.stderr.splitlines()) == 2
