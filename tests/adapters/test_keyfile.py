"""Key files: made whole, read only when nobody else could have."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters import keyfile

if TYPE_CHECKING:
    from pathlib import Path


def test_a_key_is_made_once_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "key"
    key = keyfile.load_or_create(path)
    assert len(key) == keyfile.KEY_BYTES
    assert keyfile.load_or_create(path) == keyfile.load(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_else_is_left_in_the_directory(tmp_path: Path) -> None:
    keyfile.load_or_create(tmp_path / "key")
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_the_mode_does_not_depend_on_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o777)
    try:
        keyfile.load_or_create(tmp_path / "key")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from sekisho.adapters import keyfile; sys.stdin.readline();"
        "print(keyfile.load_or_create(pathlib.Path(sys.argv[1])).hex())"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "key")]
    peers = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    answers = {peer.communicate("go\n", timeout=30)[0] for peer in peers}
    assert answers == {keyfile.load(tmp_path / "key").hex() + "\n"}


def test_verification_never_makes_a_key(tmp_path: Path) -> None:
    with pytest.raises(keyfile.KeyFileMissingError, match="There is no key file"):
        keyfile.load(tmp_path / "key")
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o601])
def test_a_key_that_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    keyfile.load_or_create(path)
    path.chmod(mode)
    with pytest.raises(keyfile.KeyFileError, match=f"mode {mode:04o}"):
        keyfile.load_or_create(path)


def test_a_key_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "key"
    keyfile.load_or_create(path)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    with pytest.raises(keyfile.KeyFileError, match="belongs to uid"):
        keyfile.load(path)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_another_length_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "key"
    path.touch(mode=0o600)
    path.write_bytes(bytes(size))
    with pytest.raises(keyfile.KeyFileError, match="does not hold 32 bytes"):
        keyfile.load_or_create(path)


def test_a_link_to_a_key_is_refused(tmp_path: Path) -> None:
    keyfile.load_or_create(tmp_path / "real")
    (tmp_path / "key").symlink_to(tmp_path / "real")
    with pytest.raises(keyfile.KeyFileError, match="can't be opened"):
        keyfile.load_or_create(tmp_path / "key")


def test_a_pipe_in_its_place_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "key", 0o600)
    with pytest.raises(keyfile.KeyFileError, match="not a plain file"):
        keyfile.load(tmp_path / "key")


def test_a_directory_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(keyfile.KeyFileError, match="can't be made"):
        keyfile.load_or_create(tmp_path / "gone" / "key")


def test_derivation_is_that_of_rfc_5869() -> None:
    # Appendix A.3: no salt, no info; the first 32 of its 42 bytes.
    key = bytes.fromhex("0b" * 22)
    expected = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    assert keyfile.derive(key, "").hex() == expected


def test_purposes_have_keys_of_their_own() -> None:
    assert keyfile.derive(bytes(32), "a") != keyfile.derive(bytes(32), "b")
