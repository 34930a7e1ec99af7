"""Checks whose outcome depends on the machine: what they say where something is missing."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING

import pytest

from clikit import utc
from sekisho.cli import checks, selftest
from sekisho.cli.checks import Health, examine

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from sekisho.cli.checks import Check

SAFE = ("platform", "python", "state", "key", "audit", "halt", "uvloop", "launchers", "environment")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    tmp_path.chmod(0o700)
    monkeypatch.setenv("SEKISHO_STATE", str(tmp_path))
    monkeypatch.setenv("SEKISHO_LANG", "en")
    with utc():
        yield


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what opens sockets and starts processes."""

    async def dead() -> bool:
        return True

    monkeypatch.setattr(selftest, "peers_are_told", lambda: True)
    monkeypatch.setattr(selftest, "runaway_dies", dead)


def look() -> dict[str, Check]:
    return {check.id: check for check in examine(None)}


@pytest.mark.usefixtures("quiet")
def test_another_system_is_said_to_be_untested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    found = look()
    assert {name for name, one in found.items() if one.health is Health.LOOK} == {"platform", "peers", "warden"}
    assert "not tested by us" in found["platform"].said


@pytest.mark.usefixtures("quiet")
def test_a_missing_uvloop_is_worth_a_look_and_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_name: str) -> None:
        return None

    monkeypatch.setattr(importlib.util, "find_spec", nothing)
    assert look()["uvloop"].health is Health.LOOK


@pytest.mark.usefixtures("quiet")
def test_a_runaway_that_lives_on_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    async def alive() -> bool:
        return False

    monkeypatch.setattr(selftest, "runaway_dies", alive)
    found = look()["warden"]
    assert (found.health, "outlived it" in found.said) == (Health.FAIL, True)


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("error", [OSError(11, "no more processes"), TimeoutError()])
def test_a_self_test_that_fails_itself_is_a_failure(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    async def fails() -> bool:
        raise error

    monkeypatch.setattr(selftest, "runaway_dies", fails)
    found = look()["warden"]
    assert found.health is Health.FAIL
    assert found.step


@pytest.mark.usefixtures("quiet")
def test_peers_that_cannot_be_asked_are_worth_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> bool:
        raise OSError(1, "no sockets here")

    monkeypatch.setattr(selftest, "peers_are_told", fails)
    assert look()["peers"].health is Health.LOOK


@pytest.mark.usefixtures("quiet")
def test_programs_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert look()["launchers"].said == ("Programs that start servers: -. Not here: uvx, npx, docker, node, git.")


@pytest.mark.usefixtures("quiet")
def test_a_first_look_writes_nothing_but_the_folders(tmp_path: Path) -> None:
    found = look()
    assert all(found[name].health is Health.OK for name in SAFE)
    assert [path.name for path in tmp_path.rglob("*")] == ["audit"]


@pytest.mark.usefixtures("quiet")
def test_a_state_directory_that_cannot_be_written_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:

    def denied(_path: Path, _mode: int) -> bool:
        return False

    monkeypatch.setattr(checks.os, "access", denied)
    found = look()["state"]
    assert (found.health, bool(found.step)) == (Health.FAIL, True)
