from __future__ import annotations

import os
from pathlib import Path

import pytest

from sekisho.adapters.places import POLICY, here, is_there, places_of, user_file


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"XDG_CONFIG_HOME": "/c", "HOME": "/h"}, "/c/sekisho/sekisho.toml"),
        ({"XDG_CONFIG_HOME": "relative", "HOME": "/h"}, "/h/.config/sekisho/sekisho.toml"),
        ({"HOME": "/h"}, "/h/.config/sekisho/sekisho.toml"),
    ],
)
def test_the_users_file_is_where_their_configuration_is(environ: dict[str, str], expected: str) -> None:
    assert user_file(environ) == Path(expected)


def test_without_a_variable_the_home_of_the_user_is_taken() -> None:
    assert user_file({}) == Path.home() / ".config/sekisho/sekisho.toml"


def test_a_named_file_stands_in_place_of_the_users() -> None:
    places = places_of("x.toml", {"HOME": "/h"}, Path("/p"))
    assert (places.user, places.named, places.project) == (Path("x.toml"), True, Path("/p/sekisho.toml"))
    assert places.files == (POLICY, Path("x.toml"), Path("/p/sekisho.toml"))


def test_without_a_folder_there_is_no_project() -> None:
    places = places_of(None, {"HOME": "/h"}, None)
    assert places.project is None
    assert places.files == (POLICY, Path("/h/.config/sekisho/sekisho.toml"))


def test_no_variable_names_another_policy() -> None:
    assert places_of(None, {"SEKISHO_ETC": "/x", "HOME": "/h"}, None).policy == Path("/etc/sekisho/policy.toml")


def test_what_cannot_be_told_counts_as_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_there(tmp_path / "none")
    assert not is_there(tmp_path / "none" / "below")
    (tmp_path / "link").symlink_to("nowhere")
    assert is_there(tmp_path / "link")

    def fail(_path: Path) -> os.stat_result:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.lstat", fail)
    assert is_there(tmp_path / "none")


def test_a_folder_that_is_gone_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert here() == folder
    folder.rmdir()
    assert here() is None
    os.chdir("/")
