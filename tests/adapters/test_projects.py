from __future__ import annotations

import json
from pathlib import Path

import pytest

from sekisho.adapters.projects import Projects, ProjectsError

FILE = Path("/home/ada/src/sekisho.toml")


@pytest.fixture
def projects(tmp_path: Path) -> Projects:
    return Projects(tmp_path)


def test_nothing_is_trusted_at_first(projects: Projects) -> None:
    assert not projects.trusts(FILE, "d1")
    assert not projects.forget(FILE)


def test_these_very_bytes_at_this_place_are_trusted_and_nothing_else(projects: Projects) -> None:
    projects.trust(FILE, "d1")
    assert projects.trusts(FILE, "d1")
    assert not projects.trusts(FILE, "d2")
    assert not projects.trusts(FILE.with_name("other.toml"), "d1")
    projects.trust(FILE, "d2")
    assert not projects.trusts(FILE, "d1")
    assert projects.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in projects.path.parent.iterdir()] == ["projects.json"]


def test_what_is_forgotten_is_trusted_no_more(projects: Projects) -> None:
    projects.trust(FILE, "d1")
    projects.trust(FILE.with_name("other.toml"), "d3")
    assert projects.forget(FILE)
    assert not projects.trusts(FILE, "d1")
    assert projects.trusts(FILE.with_name("other.toml"), "d3")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"projects": 1}', '{"projects": {"a": 1}}', "[" * 100_000])
def test_a_damaged_list_trusts_nothing_and_says_so(projects: Projects, text: str) -> None:
    projects.path.write_text(text)
    projects.path.chmod(0o600)
    with pytest.raises(ProjectsError, match="is damaged"):
        projects.trusts(FILE, "d1")


@pytest.mark.parametrize("mode", [0o640, 0o602, 0o666])
def test_a_list_that_others_could_have_written_trusts_nothing(projects: Projects, mode: int) -> None:
    projects.path.write_text(json.dumps({"projects": {str(FILE): "d1"}}))
    projects.path.chmod(mode)
    with pytest.raises(ProjectsError, match="mode 600"):
        projects.trusts(FILE, "d1")


def test_a_list_elsewhere_is_not_followed(projects: Projects, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"projects": {str(FILE): "d1"}}))
    other.chmod(0o600)
    projects.path.symlink_to(other)
    with pytest.raises(ProjectsError, match="can't be read"):
        projects.trusts(FILE, "d1")


def test_a_folder_in_its_place_trusts_nothing(projects: Projects) -> None:
    projects.path.mkdir()
    with pytest.raises(ProjectsError):
        projects.trusts(FILE, "d1")


def test_a_full_disk_is_told_and_nothing_is_trusted(projects: Projects, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(ProjectsError, match="No space left"):
        projects.trust(FILE, "d1")
    assert list(projects.path.parent.iterdir()) == []


def test_a_failing_disk_is_told(projects: Projects, monkeypatch: pytest.MonkeyPatch) -> None:
    projects.trust(FILE, "d1")

    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("os.fdopen", fail)
    with pytest.raises(ProjectsError, match="Input/output error"):
        projects.trusts(FILE, "d1")
