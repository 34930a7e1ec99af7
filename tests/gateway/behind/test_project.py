"""The files around a script: its project, or what it can load from its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behindkit import facts, put, versions
from sekisho.gateway.behind.project import around, beside

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.gateway.behind.facts import Facts


def found_around(folder: Path, script: Path, **env: str) -> Facts:
    found = facts(folder, **env)
    around(found, str(script))
    return found


def test_a_project_is_told_by_its_name_and_version_and_any_code_in_it_counts(tmp_path: Path) -> None:
    put(tmp_path / "pyproject.toml", '[project]\nname = "tides"\nversion = "1.2.0"\n')
    script = put(tmp_path / "src/tides/server.py")
    put(tmp_path / ".venv/lib/x.py")
    before = found_around(tmp_path, script)
    assert versions(before.packages) == {"project tides": "1.2.0"}
    put(tmp_path / ".venv/lib/x.py", "other")
    put(tmp_path / "data.json", "other")
    assert found_around(tmp_path, script).packages == before.packages
    put(tmp_path / "src/tides/moon.py", "other")
    assert found_around(tmp_path, script).packages != before.packages


def test_a_project_without_a_name_is_called_by_its_folder_and_a_home_is_none(tmp_path: Path) -> None:
    for mark in ("requirements.txt", "pyproject.toml"):
        script = put(tmp_path / mark[0] / "server.py")
        put(tmp_path / mark[0] / mark, "= broken")
        assert versions(found_around(tmp_path, script).packages) == {f"project {mark[0]}": ""}
    assert found_around(tmp_path, script, HOME=str(script.parent)).packages == {}
    deep = put(tmp_path / "p/1/2/3/4/5/6/7/server.py")
    assert found_around(tmp_path, deep).packages == {}


def test_without_a_project_what_a_word_names_counts_and_what_hides_a_part_of_python(tmp_path: Path) -> None:
    script = put(tmp_path / "server.py", "import helper, kit")
    for name in ("helper.py", "json.py", "stranger.py", "notes.txt", "kit/a.py", "kit/json.py", "other/a.py"):
        put(tmp_path / name, "from .deeper import x")
    put(tmp_path / "deeper.py", "")
    found = found_around(tmp_path, script)
    wanted = ["deeper.py", "helper.py", "json.py", "kit", "server.py"]
    assert sorted(each.removeprefix(f"{tmp_path}/") for each in found.sources) == wanted
    gone = facts(tmp_path)
    beside(gone, [str(tmp_path / "none.py")], str(tmp_path / "none"))
    assert list(gone.sources.values()) == ["unreadable"]
