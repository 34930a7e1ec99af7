from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.layers import gather
from sekisho.adapters.places import Places
from sekisho.model.message_ids import MessageId as Id
from sekisho.policy.layers import Rank
from sekisho.policy.problem import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.adapters.configuration import Source


def places(folder: Path, *, named: bool = False) -> Places:
    project = folder / "project"
    project.mkdir(exist_ok=True)
    return Places(user=folder / "user.toml", named=named, folder=project, policy=folder / "policy.toml")


def write(path: Path, text: str = "") -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o600)


def nobody(_source: Source) -> bool:
    return False


def ranks(at: Places, *, trusted: bool = False) -> list[tuple[Rank, str]]:
    return [(layer.rank, layer.document.file) for layer in gather(at, lambda _source: trusted)]


def test_without_files_there_is_no_layer(tmp_path: Path) -> None:
    assert gather(places(tmp_path), nobody) == ()


def test_every_file_that_is_there_is_a_layer(tmp_path: Path) -> None:
    at = places(tmp_path)
    for path in at.files:
        write(path)
    names = [str(path) for path in at.files]
    assert ranks(at) == list(zip([Rank.POLICY, Rank.USER, Rank.PROJECT], names, strict=True))
    assert ranks(at, trusted=True)[2] == (Rank.TRUSTED, names[2])


def test_trust_is_asked_for_the_very_bytes_that_are_used(tmp_path: Path) -> None:
    at = places(tmp_path)
    assert at.project is not None
    write(at.project, "version = 1")
    asked: list[Source] = []

    def trusts(source: Source) -> bool:
        asked.append(source)
        return True

    (layer,) = gather(at, trusts)
    assert [source.path for source in asked] == [at.project.resolve()]
    assert asked[0].document is layer.document


def test_a_file_that_was_named_is_no_project_of_its_own_folder(tmp_path: Path) -> None:
    at = places(tmp_path)
    assert at.project is not None
    write(at.project)
    at.user.symlink_to(at.project)
    assert [rank for rank, _ in ranks(at)] == [Rank.USER]


def test_a_named_file_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        gather(places(tmp_path, named=True), nobody)
    assert [problem.message for problem in caught.value.problems] == [Id.CONFIG_MISSING]


def test_what_is_wrong_with_several_files_is_told_at_once(tmp_path: Path) -> None:
    at = places(tmp_path)
    for path in at.files:
        write(path)
        path.chmod(0o666)
    with pytest.raises(ConfigurationError) as caught:
        gather(at, nobody)
    assert [problem.file for problem in caught.value.problems] == [str(path) for path in at.files]


def test_without_a_folder_no_project_is_read(tmp_path: Path) -> None:
    write(tmp_path / "user.toml")
    at = Places(user=tmp_path / "user.toml", named=False, folder=None, policy=tmp_path / "policy.toml")
    assert [rank for rank, _ in ranks(at)] == [Rank.USER]
