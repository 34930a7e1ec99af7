from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.audit.verification import verify
from sekisho.adapters.keyfile import load
from sekisho.adapters.state import StateDirectoryError
from sekisho.cli.house import audit_directory, open_house, principal
from sekisho.engine.effects import Record
from sekisho.model.subject import Who

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    tmp_path.chmod(0o700)
    monkeypatch.setenv("SEKISHO_STATE", str(tmp_path))
    return tmp_path


def test_what_a_house_records_is_sealed_when_it_closes(state: Path) -> None:
    with open_house() as house:
        who = Who(principal="ada", conversation="c")
        house.recorder.append(Record("request", who, "s", {"method": "ping"}, {"params": None}))
        assert (house.directory, house.halt.is_set) == (state, False)
    report = verify(state / "audit", key=load(state / "key"))
    assert (report.ok, report.complete, report.records) == (True, True, 3)


def test_the_seal_key_is_made_of_the_key_and_not_the_key(state: Path) -> None:
    with open_house() as first, open_house() as second:
        assert first.seal_key == second.seal_key
        assert first.seal_key != load(state / "key")


def test_the_audit_has_a_folder_that_is_its_owners_alone(state: Path) -> None:
    assert stat.S_IMODE(audit_directory(state).stat().st_mode) == 0o700


def test_a_house_without_a_usable_directory_does_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEKISHO_STATE", "here")
    with pytest.raises(StateDirectoryError), open_house():
        pass


def test_a_user_without_a_name_is_known_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert principal().startswith("uid-")
