"""The index of writers: crashes are repaired, what was changed is never covered up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.audit import AuditLog, AuditUnavailable, Pace, chain, files
from sekisho.adapters.audit import register as index
from sekisho.adapters.audit.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY = bytes(range(32))
CALM = Pace(interval_s=60)


def start_and_stop(place: Path) -> None:
    AuditLog.open(place, key=KEY, pace=CALM).close()


def words(place: Path) -> set[str]:
    return {remark.word for remark in verify(place, key=KEY).problems}


def kinds(place: Path) -> list[str]:
    return [chain.parse(line.raw).kind for line in files.raw_lines(place / index.FILE)]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a directory in which two writers have come and gone."""
    start_and_stop(tmp_path)
    start_and_stop(tmp_path)
    return tmp_path


def test_writers_come_and_go_in_one_chain(place: Path) -> None:
    assert kinds(place) == [index.OPENED, index.CLOSED, index.OPENED, index.CLOSED]
    assert words(place) == set()


def test_a_writer_that_died_stays_open_without_a_problem(place: Path) -> None:
    log = AuditLog.open(place, key=KEY, pace=CALM)
    assert kinds(place)[-1] == index.OPENED
    assert words(place) == set()
    log.close()


def test_half_a_line_of_a_crash_is_taken_away_by_the_next_writer(place: Path) -> None:
    with (place / index.FILE).open("ab") as file:
        file.write(b'{"v":1,"seq":5')
    assert words(place) == set()
    start_and_stop(place)
    assert kinds(place) == [index.OPENED, index.CLOSED] * 3
    assert words(place) == set()


def test_a_line_that_a_crash_left_unsealed_is_continued(place: Path) -> None:
    head = (place / "writers.head").read_bytes()
    start_and_stop(place)
    (place / "writers.head").write_bytes(head)
    assert words(place) == set()
    start_and_stop(place)
    assert kinds(place) == [index.OPENED, index.CLOSED] * 4
    assert words(place) == set()


def cut(place: Path) -> None:
    content = (place / index.FILE).read_bytes().splitlines(keepends=True)
    (place / index.FILE).write_bytes(b"".join(content[:2]))


def forge(place: Path) -> None:
    head = (place / "writers.head").read_bytes()
    (place / "writers.head").write_bytes(head.replace(b'"seq":4', b'"seq":3'))


def append(raw: bytes) -> Callable[[Path], None]:
    def change(place: Path) -> None:
        with (place / index.FILE).open("ab") as file:
            file.write(raw)

    return change


CHANGES: dict[str, Callable[[Path], object]] = {
    "it is cut": cut,
    "it is cut within a line": lambda p: os.truncate(p / index.FILE, 500),
    "it is removed": lambda p: (p / index.FILE).unlink(),
    "its head is removed": lambda p: (p / "writers.head").unlink(),
    "its head is forged": forge,
    "rubbish follows": append(b"rubbish\n"),
    "a line that is not chained follows": append(
        chain.encode(chain.Entry(kind=index.OPENED), {}, seq=5, t=0, prev="0" * 64)
    ),
}


@pytest.mark.parametrize("how", CHANGES)
def test_the_next_writer_goes_on_and_says_that_the_index_was_changed(place: Path, how: str) -> None:
    CHANGES[how](place)
    before = words(place)
    start_and_stop(place)
    assert kinds_that_can_be_read(place).count(index.BROKEN) == 1
    assert kinds_that_can_be_read(place)[-3:] == [index.BROKEN, index.OPENED, index.CLOSED]
    assert before
    assert "index-broken" in words(place)
    start_and_stop(place)
    assert kinds_that_can_be_read(place).count(index.BROKEN) == 1  # said once, found for ever
    assert "index-broken" in words(place)


def kinds_that_can_be_read(place: Path) -> list[str]:
    found: list[str] = []
    for line in files.raw_lines(place / index.FILE):
        try:
            found.append(chain.parse(line.raw).kind)
        except chain.LineError:
            found.append("unreadable")
    return found


def test_an_index_that_somebody_keeps_locked_is_an_error_with_a_next_step(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "PATIENCE_S", 0.02)
    with (place / index.FILE).open("rb") as file, files.locked(file.fileno(), patience_s=1):
        with pytest.raises(AuditUnavailable, match="another process keeps it locked") as caught:
            AuditLog.open(place, key=KEY, pace=CALM)
        assert "End the process" in caught.value.next_step
    assert words(place) == set()
