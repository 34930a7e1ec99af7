"""Digests of folders: what changes them, what does not, and what is not read again."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from sekisho.gateway.behind import tree
from sekisho.gateway.behind.tree import Digests, TooManyError, entries

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.wire.strict import Json

OLD = 1_000_000_000


class Kept:
    """A memory that counts."""

    def __init__(self) -> None:
        self.known: dict[str, Json] = {}
        self.saves = 0

    def load(self) -> dict[str, Json]:
        return dict(self.known)

    def save(self, fresh: dict[str, Json]) -> None:
        self.saves += 1
        self.known |= fresh


def put(path: Path, text: str = "code", mode: int = 0o644) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def names(root: Path) -> list[str]:
    return [str(each[0]) for each in entries(str(root), frozenset({"skipped"}))]


def digest(root: Path) -> str:
    return Digests().of(str(root), entries(str(root)))


def test_code_is_found_by_its_name_or_its_right_to_be_executed(tmp_path: Path) -> None:
    for name in ("a.js", "b.d.ts", "c.json", "package.json", "LICENSE", "d.so.6", "x/__pycache__/e.pyc", "x/f.py"):
        put(tmp_path / name)
    put(tmp_path / "skipped/g.js")
    put(tmp_path / "bin/run", mode=0o755)
    assert names(tmp_path) == ["a.js", "bin/run", "d.so.6", "package.json", "x/f.py"]
    assert names(tmp_path / "none") == []


def test_links_are_followed_once_and_where_they_lead_counts(tmp_path: Path) -> None:
    root = tmp_path / "root"
    for name in ("one/a.js", "two/a.js"):
        put(tmp_path / name)
    put(root / "in/b.js")
    (root / "loop").symlink_to(root)
    (root / "out").symlink_to(tmp_path / "one")
    (root / "in/c.js").symlink_to("b.js")
    (root / "dead").symlink_to("nowhere")
    assert names(root) == ["in/b.js", "in/c.js", "loop", "out", "out/a.js"]
    before = digest(root)
    (root / "out").unlink()
    (root / "out").symlink_to(tmp_path / "two")
    assert digest(root) != before


def test_a_digest_is_of_names_and_contents_and_not_of_times(tmp_path: Path) -> None:
    file = put(tmp_path / "a.js", "one")
    before = digest(tmp_path)
    os.utime(file, ns=(OLD, OLD))
    assert digest(tmp_path) == before
    put(file, "two")
    os.utime(file, ns=(OLD, OLD))
    assert digest(tmp_path) != before
    put(file, "one")
    file.rename(tmp_path / "b.js")
    assert digest(tmp_path) != before


def test_what_did_not_change_is_not_read_again_and_a_time_that_was_set_back_does_not_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, memory, works = put(tmp_path / "a.js", "one"), Kept(), list[int]()

    def folder() -> Json:
        digests = Digests(memory)
        found = digests.folder(str(tmp_path), entries(str(tmp_path)), lambda: works.append(1) or len(works), kind="x")
        digests.save()
        return found

    assert (folder(), folder(), memory.saves) == (1, 2, 0)  # it was written a moment ago
    monkeypatch.setattr(tree, "_YOUNG", -1)
    assert (folder(), folder(), memory.saves) == (3, 3, 1)
    before = file.stat().st_mtime_ns
    time_of_change = file.stat().st_ctime_ns
    while file.stat().st_ctime_ns == time_of_change:
        put(file, "two")
        os.utime(file, ns=(before, before))
    assert folder() == 4
    alone = Digests()
    assert alone.file(str(file)) == alone.file(str(file)) != alone.file(str(tmp_path / "none"))
    alone.save()


def test_servers_that_are_read_together_share_a_folder_that_was_walked_after_all_had_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "a.js")
    root, digests, now = str(tmp_path), Digests(), time.monotonic()

    def count(since: float, skip: str = "") -> int:
        return len(digests.walked(root, frozenset({skip}), since))

    with digests.turn():
        monkeypatch.setattr(tree, "_PATIENCE", 0.0)
        with digests.turn():  # from a drive that hangs: the turn comes all the same
            assert count(now) == 1
        put(tmp_path / "b.js")
        assert (count(now), count(now, "other"), count(time.monotonic())) == (1, 2, 2)
        put(tmp_path / "c.js")
        assert count(now) == 2
    assert count(now) == 3
    put(tmp_path / "d.js")
    assert count(now) == 4


def test_a_file_that_several_servers_have_by_hard_links_is_read_once_while_they_take_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots, reads = [tmp_path / "one", tmp_path / "two"], list[str]()
    put(roots[0] / "a.js")
    roots[1].mkdir()
    (roots[1] / "a.js").hardlink_to(roots[0] / "a.js")

    def read(path: str, _size: int, _changed: int) -> str:
        reads.append(path)
        return "said"

    monkeypatch.setattr(tree, "_file", read)
    digests, said = Digests(), digest(roots[0])

    def both() -> int:
        reads.clear()
        assert {digests.of(str(root), entries(str(root))) for root in roots} == {said}
        return len(reads)

    with digests.turn():
        assert both() == 2  # it was written a moment ago
        monkeypatch.setattr(tree, "_YOUNG", -1)
        assert both() == 1
    assert both() == 2


def test_a_name_that_is_no_utf_8_is_a_name(tmp_path: Path) -> None:
    put(tmp_path / os.fsdecode(b"\xff.js"))
    found = entries(str(tmp_path))
    assert Digests().folder(str(tmp_path), found, lambda: Digests().of(str(tmp_path), found), kind="x") == digest(
        tmp_path
    )


def test_long_files_are_told_by_their_length_and_too_many_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "_PIECE", 2)
    file = put(tmp_path / "a.js", "12345")
    whole = Digests().file(str(file))
    monkeypatch.setattr(tree, "LARGE", 4)
    assert Digests().file(str(file)) == f"5 bytes of {file.stat().st_mtime_ns}" != whole
    monkeypatch.setattr(tree, "MOST", 0)
    with pytest.raises(TooManyError):
        entries(str(tmp_path))
