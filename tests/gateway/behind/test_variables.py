"""Variables that load code: they and what they name, never their values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from behindkit import facts, put
from sekisho.gateway.behind import tree
from sekisho.gateway.behind.variables import load

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def told(tmp_path: Path, **variables: str) -> dict[str, object]:
    found = facts(tmp_path)
    load(found, variables, str(tmp_path))
    return dict(found.variables)


def test_a_variable_is_another_one_when_its_value_or_what_it_names_is(tmp_path: Path) -> None:
    library, folder = put(tmp_path / "a.so", "one"), tmp_path / "modules"
    put(folder / "x.py", "one")
    given = {"LD_PRELOAD": f"/none.so:{library}", "PYTHONPATH": str(folder), "NODE_OPTIONS": "--require=./a.so"}
    before = told(tmp_path, **given, HOME="/home", PATH="/bin")
    assert sorted(before) == ["LD_PRELOAD", "NODE_OPTIONS", "PYTHONPATH"]
    assert told(tmp_path, **given) == before
    assert str(library) not in json.dumps(before)
    assert (
        told(tmp_path, **{**given, "NODE_OPTIONS": "--max-old-space-size=9"})["NODE_OPTIONS"] != before["NODE_OPTIONS"]
    )
    put(library, "two")
    put(folder / "x.py", "two")
    after = told(tmp_path, **given)
    assert all(after[name] != before[name] for name in before)


def test_a_folder_with_too_many_files_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "a.py")
    monkeypatch.setattr(tree, "MOST", 0)
    found = facts(tmp_path)
    load(found, {"PYTHONPATH": str(tmp_path)}, str(tmp_path))
    assert found.unread == {str(tmp_path)}
