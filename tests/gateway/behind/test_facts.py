"""Facts: what each is called, and what can't be read is told."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from behindkit import facts, put
from sekisho.gateway.behind import facts as module
from sekisho.gateway.behind import tree
from sekisho.gateway.behind.facts import is_fixed, read_json, shown

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_facts_are_told_by_names_that_can_be_kept(tmp_path: Path) -> None:
    found = facts(tmp_path)
    program = put(tmp_path / "bin/server", "x")
    (tmp_path / "link").symlink_to(program)
    found.program("server", str(tmp_path / "link"))
    found.source(str(program))
    found.package("npm a", "1", "x")
    found.package("npm a", "2", "y")
    body = found.body()
    assert body["programs"] == {
        "server": {"path": str(program), "digest": found.sources[str(program)], "system": False}
    }
    assert body["packages"] == {"npm a": {"version": "1", "digest": "x"}, "npm a [2]": {"version": "2", "digest": "y"}}
    assert body == found.body()
    assert shown(os.fsdecode(b"\xff")) == "\\xff"


def test_a_folder_with_too_many_files_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "a.js")
    found = facts(tmp_path)
    for _ in range(2):
        found.folder(str(tmp_path))
    assert list(found.sources) == [str(tmp_path)]
    found = facts(tmp_path)
    found.folder(str(tmp_path), "project a", "1")
    assert (list(found.packages), found.sources) == (["project a"], {})
    monkeypatch.setattr(tree, "MOST", 0)
    found = facts(tmp_path)
    found.folder(str(tmp_path))
    assert found.body()["unread"] == [str(tmp_path)]


def test_only_what_an_administrator_alone_can_change_is_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.os, "geteuid", lambda: 1000)
    system = os.path.realpath("/bin/sh")
    assert is_fixed(system) == (os.stat(system).st_uid == 0)  # noqa: PTH116 - as the code looks at it
    assert not is_fixed(str(put(tmp_path / "own")))
    assert not is_fixed(str(tmp_path / "none"))
    monkeypatch.setattr(module.os, "geteuid", lambda: 0)
    assert not is_fixed(system)


def test_what_is_no_object_is_an_empty_one(tmp_path: Path) -> None:
    assert read_json(str(put(tmp_path / "a.json", "[1]"))) == read_json(str(put(tmp_path / "b.json", "{"))) == {}
    assert read_json(str(tmp_path / "none")) == {}
