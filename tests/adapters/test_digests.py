"""Digests on the disk: kept for all processes, and worked out again where they can't be."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from sekisho.adapters import digests
from sekisho.adapters.digests import FILE, DigestFile

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_one_process_keeps_another_one_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = DigestFile(tmp_path), DigestFile(tmp_path)
    assert one.load() == {}
    one.save({"a": {"stamp": "1"}})
    other.save({"b": {"stamp": "2"}})
    one.save({"a": {"stamp": "3"}})
    assert list(other.load().items()) == [("b", {"stamp": "2"}), ("a", {"stamp": "3"})]
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [FILE]
    monkeypatch.setattr(digests, "_KEPT", 1)
    one.save({"c": {}})
    assert list(one.load()) == ["c"]


def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path) -> None:
    nowhere = DigestFile(tmp_path / "none")
    nowhere.save({"a": {}})
    assert nowhere.load() == {}


def test_what_is_not_ours_is_nothing(tmp_path: Path) -> None:
    for data in ("", "{", "[]", '{"format": 2, "kept": {"a": 1}}', '{"format": 1, "kept": []}'):
        (tmp_path / FILE).write_text(data)
        assert DigestFile(tmp_path).load() == {}
