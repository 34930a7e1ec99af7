"""The file below the store: private, checked, migrated with a copy, refused when it is not ours or newer."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.store import StoreUnavailable, schema
from sekisho.adapters.store import database as module
from sekisho.adapters.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_PUT = "INSERT INTO ledgers VALUES ('s', 1, 'x', 0)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sekisho.db"


def _opened(path: Path) -> closing[Database]:
    return closing(Database(path, busy=0.01))


def _made(path: Path) -> None:
    with _opened(path):
        pass


def _interrupted() -> Iterator[tuple[str]]:
    yield ("s",)
    raise KeyError


def _next_of(*values: int) -> Callable[[object], int]:
    left = iter(values)

    def next_value(_: object) -> int:
        return next(left)

    return next_value


def test_every_file_is_its_owners_alone(path: Path) -> None:
    with _opened(path) as database:
        with database.writing() as write:
            write(_PUT)
        files = sorted(path.parent.iterdir())
        assert [file.name for file in files] == ["sekisho.db", "sekisho.db-shm", "sekisho.db-wal"]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_what_was_written_is_there_when_it_is_opened_again(path: Path) -> None:
    with _opened(path) as database, database.writing() as write:
        assert write(_PUT) == 1
    with _opened(path) as database:
        assert database.rows("SELECT server, edition FROM ledgers") == [("s", 1)]


def test_a_write_that_fails_leaves_nothing(path: Path) -> None:
    with _opened(path) as database:
        with pytest.raises(StoreUnavailable), database.writing() as write:
            write.many(_PUT, [(), ()])
        assert database.rows("SELECT * FROM ledgers") == []
        with database.writing() as write:
            write.many("INSERT INTO ledgers VALUES (?, 0, '', 0)", [("a",), ("b",)])
        assert len(database.rows("SELECT * FROM ledgers")) == 2


def test_an_error_of_the_caller_undoes_the_write_and_is_not_ours(path: Path) -> None:
    with _opened(path) as database:
        with pytest.raises(KeyError), database.writing() as write:
            write.many("INSERT INTO ledgers VALUES (?, 0, '', 0)", _interrupted())
        assert database.rows("SELECT * FROM ledgers") == []


def test_the_writes_of_others_are_noticed_once(path: Path) -> None:
    with _opened(path) as one, _opened(path) as other:
        assert not one.changed()
        with other.writing() as write:
            write(_PUT)
        assert one.changed()
        assert not one.changed()
        assert not other.changed()


def test_a_lock_that_another_holds_is_waited_for_only_so_long(path: Path) -> None:
    with _opened(path) as one, _opened(path) as other, one.writing() as write:
        write(_PUT)
        with pytest.raises(StoreUnavailable, match="locked"), other.writing():
            pytest.fail("two write at once")
        assert other.rows("SELECT * FROM ledgers") == []


def test_a_newer_format_is_refused_and_left_alone(path: Path) -> None:
    _made(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.FORMAT + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="a newer version wrote it"):
        Database(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (text)")
    path.chmod(0o600)
    with pytest.raises(StoreUnavailable, match="another program"):
        Database(path)


def test_what_is_no_database_is_refused(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 100)
    path.chmod(0o600)
    with pytest.raises(StoreUnavailable, match="nothing passes meanwhile"):
        Database(path)


def test_a_damaged_file_is_refused_when_it_is_opened(path: Path) -> None:
    with _opened(path) as database, database.writing() as write:
        write.many("INSERT INTO ledgers VALUES (?, 0, ?, 0)", [(f"server-{n}", "x" * 500) for n in range(200)])
    data = bytearray(path.read_bytes())
    data[8192 : len(data) - 4096] = b"\xff" * (len(data) - 12288)
    path.write_bytes(data)
    with pytest.raises(StoreUnavailable, match="can't be used"):
        Database(path)


@pytest.mark.parametrize("mode", [0o644, 0o620, 0o604])
def test_a_file_that_others_may_touch_is_refused(path: Path, mode: int) -> None:
    path.touch()
    path.chmod(mode)
    with pytest.raises(StoreUnavailable, match="chmod 600"):
        Database(path)


def test_a_link_is_refused(path: Path, tmp_path: Path) -> None:
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreUnavailable, match="not a plain file"):
        Database(path)
    assert not (tmp_path / "elsewhere").exists()


def test_a_directory_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="can't be used"):
        Database(tmp_path / "gone" / "sekisho.db")


def test_an_older_format_is_copied_before_it_is_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with _opened(path) as database, database.writing() as write:
        write(_PUT)
    newer = (*schema.MIGRATIONS, ("ALTER TABLE ledgers ADD COLUMN note TEXT",))
    monkeypatch.setattr(module, "MIGRATIONS", newer)
    monkeypatch.setattr(module, "FORMAT", len(newer))
    with _opened(path) as database:
        assert database.rows("SELECT server, note FROM ledgers") == [("s", None)]
    copy = path.with_name(f"sekisho.db.format-{schema.FORMAT}")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    monkeypatch.undo()
    with _opened(copy) as database:
        assert database.rows("SELECT * FROM ledgers") == [("s", 1, "x", 0)]


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _made(path)
    monkeypatch.setattr(module, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE more (x)", "NONSENSE")))
    monkeypatch.setattr(module, "FORMAT", schema.FORMAT + 1)
    with pytest.raises(StoreUnavailable, match="can't be used"):
        Database(path)
    monkeypatch.undo()
    with _opened(path) as database:
        assert database.rows("SELECT count(*) FROM sqlite_schema WHERE name = 'more'") == [(0,)]


def test_a_file_that_another_process_migrates_at_the_same_time_is_migrated_once(path: Path) -> None:
    _made(path)
    with pytest.MonkeyPatch.context() as patch:
        # This process looked when there was no table yet; the other one was faster.
        patch.setattr(module, "_format", _next_of(0, schema.FORMAT))
        _made(path)
    with _opened(path) as database:
        assert database.rows("PRAGMA user_version") == [(schema.FORMAT,)]
