"""The halt flag: absent means absent, everything else means halted."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.halt import HaltFlag

if TYPE_CHECKING:
    from pathlib import Path


def test_it_remembers_that_somebody_was_told(tmp_path: Path) -> None:
    flag = HaltFlag(tmp_path)
    assert (flag.is_set, flag.seen) == (False, False)
    flag.set()
    assert (flag.is_set, flag.seen) == (True, True)
    flag.clear()
    assert (flag.is_set, flag.seen) == (False, True)


def test_nothing_is_halted_in_an_empty_directory(tmp_path: Path) -> None:
    assert not HaltFlag(tmp_path).is_set


def test_a_halt_is_seen_by_every_process_that_looks(tmp_path: Path) -> None:
    assert HaltFlag(tmp_path).set()
    assert HaltFlag(tmp_path).is_set


def test_a_second_halt_tells_that_there_was_one(tmp_path: Path) -> None:
    flag = HaltFlag(tmp_path)
    assert flag.set()
    assert not flag.set()
    assert flag.is_set


def test_the_flag_is_its_owners_alone(tmp_path: Path) -> None:
    flag = HaltFlag(tmp_path)
    flag.set()
    assert stat.S_IMODE(flag.path.stat().st_mode) == 0o600


def test_a_halt_ends_once(tmp_path: Path) -> None:
    flag = HaltFlag(tmp_path)
    flag.set()
    assert flag.clear()
    assert not flag.is_set
    assert not flag.clear()


def test_a_link_to_nowhere_halts(tmp_path: Path) -> None:
    flag = HaltFlag(tmp_path)
    flag.path.symlink_to(tmp_path / "nowhere")
    assert flag.is_set
    assert not flag.set()
    assert flag.clear()
    assert not flag.is_set


def test_a_directory_in_its_place_halts(tmp_path: Path) -> None:
    (tmp_path / "halted").mkdir()
    assert HaltFlag(tmp_path).is_set


@pytest.mark.parametrize("error", [PermissionError(13, "no"), OSError(5, "disk"), NotADirectoryError(20, "no")])
def test_what_cannot_be_looked_at_counts_as_halted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def fails(_path: object) -> os.stat_result:
        raise error

    monkeypatch.setattr(os, "lstat", fails)
    assert HaltFlag(tmp_path).is_set


def test_a_state_directory_that_is_gone_halts_nothing(tmp_path: Path) -> None:
    assert not HaltFlag(tmp_path / "gone").is_set
