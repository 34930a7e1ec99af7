"""Python: its script or module, and every package of its environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from behindkit import facts, package, put, versions
from sekisho.gateway.behind import tree
from sekisho.gateway.behind.python import load

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.gateway.behind.facts import Facts


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A virtual environment `v` on a Python in `base`, each with a package, and packages of the user's own."""
    put(tmp_path / "base/bin/python3.11", "ELF", 0o755)
    package(tmp_path / "base/lib/python3.11/site-packages", "base")
    package(tmp_path / "base/lib/python3.10/site-packages", "older")
    package(tmp_path / "home/.local/lib/python3.11/site-packages", "own")
    put(tmp_path / "v/pyvenv.cfg", "home = /x\n")
    (tmp_path / "v/bin").mkdir()
    (tmp_path / "v/bin/python").symlink_to(tmp_path / "base/bin/python3.11")
    package(tmp_path / "v/lib/python3.11/site-packages", "kit", "2.0.0")
    return tmp_path


def loaded(home: Path, *args: str, program: str = "v/bin/python", **env: str) -> Facts:
    found = facts(home, **env)
    load(found, f"{home}/{program}", args, str(home))
    return found


def short(found: Facts, home: Path) -> list[str]:
    return sorted(each.removeprefix(f"{home}/") for each in found.sources)


def test_the_packages_are_those_that_this_python_finds(home: Path) -> None:
    assert versions(loaded(home).packages) == {"python kit": "2.0.0"}
    assert versions(loaded(home, "-IS", "x.py").packages) == {}
    base = "base/bin/python3.11"
    assert versions(loaded(home, program=base).packages) == {"python base": "1.0.0", "python own": "1.0.0"}
    assert versions(loaded(home, "-I", program=base).packages) == {"python base": "1.0.0"}
    assert versions(loaded(home, program=base, PYTHONNOUSERSITE="1").packages) == {"python base": "1.0.0"}
    put(home / "v/pyvenv.cfg", "include-system-site-packages = true\n")
    assert list(loaded(home).packages) == ["python kit", "python base", "python own"]


def test_any_file_of_a_package_counts_and_one_that_no_package_has_stands_alone(home: Path) -> None:
    site, before = home / "v/lib/python3.11/site-packages", loaded(home)
    put(site / "kit/__pycache__/a.pyc")
    put(site / "kit-2.0.0.dist-info/RECORD", "kit/__init__.py,,\nkit/__pycache__/a.pyc,,\n")
    assert loaded(home).body() == before.body()
    put(site / "kit/__init__.py", "other")
    changed = loaded(home)
    assert (versions(changed.packages), changed.packages != before.packages) == ({"python kit": "2.0.0"}, True)
    for name in ("sitecustomize.py", "kit/planted.py"):
        put(site / name)
    put(site / "zz.pth", f"# no\nimport os\n\n{home}/elsewhere\nkit\n/none\n")
    put(home / "elsewhere/x.py")
    assert short(loaded(home), home) == [
        "elsewhere",
        "site-packages/kit",
        "site-packages/sitecustomize.py",
        "site-packages/zz.pth",
    ]


def test_packages_of_the_older_kind_are_told_by_what_they_say_is_theirs(home: Path) -> None:
    site = home / "v/lib/python3.11/site-packages"
    put(site / "Old_Kit-0.1-py3.11.egg-info/top_level.txt", "oldkit\nsingle\n")
    put(site / "oldkit/__init__.py")
    put(site / "single.py")
    found = loaded(home)
    assert versions(found.packages) == {"python old-kit": "0.1", "python kit": "2.0.0"}
    assert found.sources == {}


def test_too_many_files_and_a_folder_that_is_gone_are_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MOST", 0)
    assert loaded(home).unread == {f"{home}/v/lib/python3.11/site-packages"}
    assert loaded(home, f"{home}/v/bin/none").unread == {"none", f"{home}/v/lib/python3.11/site-packages"}


def test_a_program_of_the_environment_is_the_same_wherever_that_lies(home: Path) -> None:
    put(home / "v/bin/kit", f"#!{home}/v/bin/python\nimport kit, '{home}/v'")
    before = loaded(home, f"{home}/v/bin/kit").sources
    assert list(before) == ["bin/kit"]
    put(home / "v/bin/kit", f"#!/bin/sh\n'''exec' {home}/v/bin/python \"$0\" \"$@\"\n' '''\nimport kit, '{home}/v'")
    assert loaded(home, f"{home}/v/bin/kit").sources == before
    put(home / "v/bin/kit", f"#!{home}/v/bin/python\nimport evil")
    assert loaded(home, f"{home}/v/bin/kit").sources != before


def test_options_before_the_script_are_passed_over(home: Path) -> None:
    put(home / "s/server.py")
    for args in (["-W", "x", "-X", "dev"], ["-Wx", "-u"], ["--check-hash-based-pycs", "x"], ["--version"]):
        assert short(loaded(home, *args, "s/server.py"), home) == ["s/server.py"]
    assert short(loaded(home, "-"), home) == []
    put(home / "app/__main__.py")
    assert short(loaded(home, "app"), home) == ["app/__main__.py"]
    inside = home / "v/lib/python3.11/site-packages/kit/__init__.py"
    assert short(loaded(home, str(inside)), home) == ["v/lib/python3.11/site-packages/kit/__init__.py"]


def test_a_module_is_looked_for_in_the_folder_first_and_what_hides_a_part_of_python_counts(home: Path) -> None:
    assert (loaded(home, "-m", "kit").sources, loaded(home, "-m", "kit").from_folder) == ({}, True)
    put(home / "json.py")
    assert short(loaded(home, "-mkit"), home) == ["json.py"]
    assert short(loaded(home, "-I", "-m", "kit"), home) == []
    put(home / "tides/__main__.py")
    assert "tides" in short(loaded(home, "-m", "tides.sub"), home)
    put(home / "moon.py")
    assert "moon.py" in short(loaded(home, "-m", "moon"), home)
    assert loaded(home, "-m", "moon", PYTHONSAFEPATH="1").sources == {}
    code = loaded(home, "-c", "print()")
    assert (list(code.sources), code.from_folder) == (["code on the launch line"], True)
    assert not loaded(home, "-Pc", "print()").from_folder
