"""Real packages without a network: those that are here, and each way in which one is not to be had."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sekisho.range import packages
from sekisho.range.packages import GIT, PACKAGES, TIME, Unavailable, prepared

if TYPE_CHECKING:
    from pathlib import Path

HERE = replace(TIME, name="pytest", module="pytest")
GONE = replace(TIME, name="sekisho-no-such-package", module="sekisho_no_such_package")


def never(_path: Path) -> None:
    pytest.fail("nothing has to be fetched")


def test_a_package_that_is_here_is_run_from_here(tmp_path: Path) -> None:
    server, script, version = prepared(HERE, tmp_path, fetching=never)
    assert list(server.command[:3]) == [sys.executable, "-m", "pytest"]
    assert version == pytest.__version__
    assert [said.method for said in script.said][-1] == "tools/call"


def test_an_environment_that_cannot_be_made_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    told: list[Path] = []
    with pytest.raises(Unavailable) as error:
        prepared(GONE, tmp_path, fetching=told.append)
    assert str(error.value)
    assert "\n" not in str(error.value)
    assert len(told) == 1


def test_what_was_fetched_once_is_not_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    ran: list[str] = []

    def run(command: list[str], seconds: float) -> None:
        assert seconds > 0
        ran.append(command[2])
        home = next(path for path in map(str, command) if "demo" in path).partition("/bin/")[0]
        os.makedirs(f"{home}/bin", exist_ok=True)  # noqa: PTH103 - a string
        open(f"{home}/bin/python", "wb").close()  # noqa: PTH123 - as above

    monkeypatch.setattr(packages, "executed", run)
    told: list[Path] = []
    first = prepared(GONE, tmp_path, fetching=told.append)
    second = prepared(GONE, tmp_path, fetching=never)
    assert first == second
    assert ran == ["venv", "pip"]
    assert told[0].is_relative_to(tmp_path)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ([sys.executable, "-c", "import sys; sys.exit('one\\nERROR: two\\nthree')"], "ERROR: two"),
        ([sys.executable, "-c", "import sys; sys.exit('one\\ntwo')"], "two"),
        ([sys.executable, "-c", "import sys; sys.exit(3)"], "ended with code 3"),
        (["/no/such/program"], "program: No such file"),
    ],
    ids=["an error of pip", "last words", "a code", "no program"],
)
def test_the_reason_is_one_line(command: list[str], said: str) -> None:
    with pytest.raises(Unavailable) as error:
        packages.executed(command, 20.0)
    assert said in str(error.value)


def test_a_command_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(Unavailable, match="took longer"):
        packages.executed([sys.executable, "-c", "input() if 0 else __import__('signal').pause()"], 0.05)


def test_the_repository_for_git_has_one_commit(tmp_path: Path) -> None:
    arguments, script = GIT.visit(tmp_path)
    assert list(arguments) == ["--repository", str(tmp_path)]
    assert (tmp_path / ".git").is_dir()
    assert [said.shown.partition(" ")[0] for said in script.said][-2:] == ["git_log", "git_status"]


def test_without_git_its_server_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="no git on the PATH"):
        GIT.visit(tmp_path)


def test_every_package_is_pinned() -> None:
    assert all(package.version[0].isdigit() for package in PACKAGES)
