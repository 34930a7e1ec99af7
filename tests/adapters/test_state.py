"""Where state lives, and where it refuses to."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters import state

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a directory whose mode does not depend on the umask."""
    tmp_path.chmod(0o700)
    return tmp_path


def test_the_variable_names_the_directory_which_is_made_private(root: Path) -> None:
    path = root / "a" / "b"
    assert state.state_directory({state.OVERRIDE: str(path)}) == path
    assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_without_the_variable_it_is_the_platform_data_directory(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(root / "data"))
    monkeypatch.delenv(state.OVERRIDE, raising=False)
    assert state.state_directory() == root / "data" / "sekisho"


def test_an_existing_private_directory_is_taken_as_it_is(root: Path) -> None:
    assert state.private_directory(root) == root
    assert state.private_directory(root) == root


def test_a_directory_that_others_only_read_is_accepted(root: Path) -> None:
    root.chmod(0o755)
    assert state.private_directory(root) == root


def test_a_relative_path_is_refused() -> None:
    with pytest.raises(state.StateDirectoryError, match="not an absolute path"):
        state.state_directory({state.OVERRIDE: "here"})


@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777, 0o1777])
def test_a_directory_that_others_may_write_to_is_refused(root: Path, mode: int) -> None:
    root.chmod(mode)
    with pytest.raises(state.StateDirectoryError, match="others may write") as caught:
        state.private_directory(root)
    assert "chmod 700" in str(caught.value)


def test_a_directory_of_somebody_else_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: root.stat().st_uid + 1)
    with pytest.raises(state.StateDirectoryError, match="belongs to uid"):
        state.private_directory(root)


def test_a_link_is_refused(root: Path) -> None:
    (root / "real").mkdir(mode=0o700)
    (root / "link").symlink_to(root / "real")
    with pytest.raises(state.StateDirectoryError, match="not a directory of its own"):
        state.private_directory(root / "link")


def test_a_dangling_link_is_refused(root: Path) -> None:
    (root / "link").symlink_to(root / "nowhere")
    with pytest.raises(state.StateDirectoryError, match="not a directory of its own"):
        state.private_directory(root / "link")


def test_a_file_in_its_place_is_refused(root: Path) -> None:
    (root / "state").write_bytes(b"")
    with pytest.raises(state.StateDirectoryError, match="not a directory of its own"):
        state.private_directory(root / "state")


def test_a_directory_below_one_that_anybody_may_rename_is_refused(root: Path) -> None:
    (root / "open").mkdir()
    (root / "open").chmod(0o777)
    with pytest.raises(state.StateDirectoryError, match="anybody may rename"):
        state.private_directory(root / "open" / "state")


def test_a_sticky_ancestor_is_accepted(root: Path) -> None:
    (root / "tmp").mkdir()
    (root / "tmp").chmod(0o1777)
    assert state.private_directory(root / "tmp" / "state").is_dir()


def test_a_parent_that_is_a_file_is_named(root: Path) -> None:
    (root / "file").write_bytes(b"")
    with pytest.raises(state.StateDirectoryError, match="can't be made"):
        state.private_directory(root / "file" / "below" / "state")
