"""Configuration files, real ones."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.configuration import LARGEST, open_source
from sekisho.model.message_ids import MessageId as Id
from sekisho.policy.problem import ConfigurationError, Place

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.policy.problem import Problem

TEXT = "version = 1\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sekisho.toml"
    path.write_text(TEXT, "utf-8")
    path.chmod(0o644)
    return path


def refused(path: Path) -> Problem:
    with pytest.raises(ConfigurationError) as caught:
        open_source(path)
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    return problem


def test_a_file_is_read_once_with_its_digest(file: Path) -> None:
    source = open_source(file)
    assert source.path == file.resolve()
    assert source.digest == hashlib.sha256(TEXT.encode()).hexdigest()
    assert source.document.values == {"version": 1}
    assert source.document.file == str(file)


def test_a_link_is_followed_to_what_it_leads_to(file: Path) -> None:
    link = file.with_name("link.toml")
    link.symlink_to(file)
    source = open_source(link)
    assert (source.path, source.document.file) == (file.resolve(), str(link))


@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666])
def test_a_file_that_others_may_write_to_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    problem = refused(file)
    assert (problem.message, problem.values) == (Id.CONFIG_WRITABLE, {"mode": f"{mode:04o}"})


def test_a_link_does_not_hide_that_others_may_write_to_the_file(file: Path) -> None:
    file.chmod(0o666)
    link = file.with_name("link.toml")
    link.symlink_to(file)
    assert refused(link).message is Id.CONFIG_WRITABLE


def test_a_file_that_others_may_replace_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    (folder / "below").mkdir(parents=True)
    file = folder / "below" / "sekisho.toml"
    file.write_text(TEXT)
    file.chmod(0o600)
    folder.chmod(0o777)
    problem = refused(file)
    assert (problem.message, problem.values) == (Id.CONFIG_FOLDER_WRITABLE, {"folder": str(folder), "mode": "0777"})
    folder.chmod(0o1777)
    assert open_source(file).document.values == {"version": 1}


def test_a_link_that_others_may_replace_is_refused(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    link = folder / "link.toml"
    link.symlink_to(file)
    assert refused(link).message is Id.CONFIG_FOLDER_WRITABLE


def test_the_file_of_another_user_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = file.stat().st_uid
    if owner == 0:
        owner = 12345
        os.chown(file, owner, -1)
    monkeypatch.setattr("os.geteuid", lambda: owner + 1)
    problem = refused(file)
    assert (problem.message, problem.values) == (Id.CONFIG_FOREIGN, {"uid": owner})


def test_what_is_not_a_plain_file_is_refused_and_nothing_hangs(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for name in ("pipe", "loop", "."):
        assert refused(tmp_path / name).message is Id.CONFIG_NOT_PLAIN


def test_what_is_not_there_is_told(file: Path) -> None:
    assert refused(file.with_name("none.toml")).message is Id.CONFIG_MISSING
    assert refused(file / "below.toml").message is Id.CONFIG_MISSING


def test_a_failing_disk_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("os.open", fail)
    problem = refused(file)
    assert (problem.message, problem.values) == (Id.CONFIG_UNREADABLE, {"problem": "Input/output error"})


def test_a_file_without_end_is_refused(file: Path) -> None:
    file.write_bytes(b"#" * (LARGEST + 1))
    assert refused(file).message is Id.CONFIG_TOO_LARGE


def test_other_encodings_are_told_with_their_place(file: Path) -> None:
    file.write_bytes("a = 1\nb = 'é'".encode("latin-1"))
    problem = refused(file)
    assert (problem.message, problem.place) == (Id.CONFIG_NOT_UTF8, Place(2, 6))
