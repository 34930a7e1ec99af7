"""`AuditLog`: what is on disk when, in which file, and what callers are told."""

from __future__ import annotations

import asyncio
import errno
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.audit import AuditLog, AuditUnavailable, Entry, Pace, chain
from sekisho.adapters.audit.ledger import Means
from sekisho.adapters.audit.reader import Reader
from sekisho.adapters.audit.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = bytes(range(32))
CALM = Pace(interval_s=60)
DAY = 86_400_000
NOON = 20_000 * DAY + DAY // 2


def kinds(directory: Path) -> list[str]:
    return [record.line.kind for record in Reader(directory).records()]


class Disk:
    """Counts syncs by file, and lets a test hold them up."""

    def __init__(self) -> None:
        self.synced: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        self.sealing = threading.Event()

    def __call__(self, fd: int) -> None:
        self.synced.append(Path(f"/proc/self/fd/{fd}").readlink().name)
        if self.synced[-1].endswith(".head.new"):
            self.sealing.set()
        assert self.gate.wait(10)
        os.fdatasync(fd)

    def count(self, writer: str) -> int:
        return sum(name.startswith(f"{writer}.") and name.endswith(".jsonl") for name in self.synced)


def test_an_entry_is_in_the_file_when_append_returns(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM)
    log.append(Entry(kind="request", server="github", fields={"method": "tools/call"}))
    raw = (tmp_path / chain.file_name(log.writer, 1)).read_bytes()
    log.close()
    assert chain.parse(raw.splitlines(keepends=True)[-1]).fields == {"method": "tools/call"}


def test_an_entry_is_one_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM)
    written: list[bytes] = []
    write = os.write

    def counted(fd: int, data: bytes) -> int:
        written.append(data)
        return write(fd, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", counted)
        log.append(Entry(kind="request"))
    log.close()
    assert [data.count(b"\n") for data in written] == [1]


def test_several_entries_are_one_write_and_one_chain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM)
    written: list[bytes] = []
    write = os.write

    def counted(fd: int, data: bytes) -> int:
        written.append(data)
        return write(fd, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", counted)
        log.append_all([])
        log.append_all([Entry(kind="request"), Entry(kind="answer", values={"a": 1}), Entry(kind="request")])
    log.close()
    assert [data.count(b"\n") for data in written] == [3]
    assert verify(tmp_path, key=KEY).ok


def test_of_several_entries_all_are_recorded_or_none_and_the_gap_counts_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(AuditUnavailable):
            log.append_all([Entry(kind="request"), Entry(kind="answer")])
    log.append_all([Entry(kind="late"), Entry(kind="later")])
    log.close()
    lines = [record.line for record in Reader(tmp_path).records()]
    assert [line.kind for line in lines[1:-1]] == [chain.GAP, "late", "later"]
    assert lines[1].fields["entries"] == 2
    assert verify(tmp_path, key=KEY).ok


def test_the_files_are_for_their_owner_only(tmp_path: Path) -> None:
    AuditLog.open(tmp_path, key=KEY, pace=CALM).close()
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_closed_log_verifies_and_is_sealed_to_its_end(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path, key=KEY)
    for number in range(5):
        log.append(Entry(kind="request", fields={"number": number}, values={"arguments": [number]}))
    log.close()
    report = verify(tmp_path, key=KEY)
    (writer,) = report.writers
    assert (report.ok, report.complete, report.records) == (True, True, 7)
    assert (writer.closed, writer.live, writer.sealed_seq, writer.unsealed) == (True, False, 7, 0)
    assert kinds(tmp_path) == [chain.OPENED, *["request"] * 5, chain.CLOSED]


def test_a_running_log_verifies(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM)
    log.append(Entry(kind="request"))
    report = verify(tmp_path, key=KEY)
    log.close()
    (writer,) = report.writers
    assert (report.ok, writer.live, writer.closed, writer.sealed_seq, writer.unsealed) == (True, True, False, 1, 1)


def test_closing_twice_and_appending_afterwards(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path, key=KEY)
    log.close()
    log.close()
    with pytest.raises(AuditUnavailable, match="closed"):
        log.append(Entry(kind="request"))


def test_an_ordinary_entry_is_sealed_without_anybody_waiting(tmp_path: Path) -> None:
    disk = Disk()
    log = AuditLog.open(tmp_path, key=KEY, pace=Pace(interval_s=0.05), means=Means(sync=disk))
    disk.sealing.clear()
    log.append(Entry(kind="request"))
    assert disk.sealing.wait(10)
    assert log.sealed == 2
    log.close()


def test_a_durable_entry_is_synced_before_its_waiter_is_told(tmp_path: Path) -> None:
    disk = Disk()
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM, means=Means(sync=disk))

    async def refuse() -> tuple[bool, int, int]:
        before = disk.count(log.writer)
        disk.gate.clear()
        waiting = log.durable(Entry(kind="refusal", durable=True))
        await asyncio.sleep(0)
        early = waiting.done()
        disk.gate.set()
        await asyncio.wait_for(waiting, 10)
        return early, before, disk.count(log.writer)

    assert asyncio.run(refuse()) == (False, 1, 2)
    assert log.sealed == 2
    log.close()


def test_durable_entries_that_arrive_together_share_one_sync(tmp_path: Path) -> None:
    disk = Disk()
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM, means=Means(sync=disk))

    async def many() -> int:
        disk.gate.clear()
        first = log.durable(Entry(kind="refusal"))
        waiting = [log.durable(Entry(kind="refusal")) for _ in range(200)]
        disk.gate.set()
        await asyncio.wait_for(asyncio.gather(first, *waiting), 10)
        return disk.count(log.writer)

    at_open = disk.count(log.writer)
    assert asyncio.run(many()) - at_open <= 2
    log.close()
    assert verify(tmp_path, key=KEY).records == 203


def test_record_waits_for_the_disk_only_when_the_entry_says_so(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM)
    told: list[str] = []

    async def both() -> list[str]:
        done = asyncio.Event()
        log.record(Entry(kind="refusal", durable=True), lambda _: (told.append("durable"), done.set())[1])
        log.record(Entry(kind="result"), lambda _: told.append("ordinary"))
        at_once = list(told)
        await asyncio.wait_for(done.wait(), 10)
        return at_once

    assert asyncio.run(both()) == ["ordinary"]
    assert told == ["ordinary", "durable"]
    log.close()


def test_a_waiter_that_raises_does_not_keep_the_next_from_hearing(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM)
    complaints: list[object] = []

    def bad(_: AuditUnavailable | None) -> None:
        raise RuntimeError

    async def both() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        log.append_durable(Entry(kind="refusal"), bad)
        await asyncio.wait_for(log.durable(Entry(kind="refusal")), 10)

    asyncio.run(both())
    log.close()
    assert len(complaints) == 1


def test_a_disk_that_does_not_answer_is_reported_in_time_and_once(tmp_path: Path) -> None:
    disk = Disk()
    log = AuditLog.open(tmp_path, key=KEY, pace=Pace(interval_s=60, patience_s=0.02), means=Means(sync=disk))
    told: list[AuditUnavailable | None] = []

    async def wait() -> None:
        disk.gate.clear()
        heard = asyncio.Event()

        def then(error: AuditUnavailable | None) -> None:
            told.append(error)
            heard.set()

        log.append_durable(Entry(kind="refusal"), then)
        await asyncio.wait_for(heard.wait(), 10)
        disk.gate.set()
        await asyncio.to_thread(log.close)  # by now the disk has answered too
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    asyncio.run(wait())
    assert len(told) == 1
    assert told[0] is not None
    assert "did not reach the disk" in str(told[0])


def test_too_many_waiters_are_refused_and_counted(tmp_path: Path) -> None:
    disk = Disk()
    log = AuditLog.open(tmp_path, key=KEY, pace=Pace(interval_s=60, waiting=3), means=Means(sync=disk))

    async def flood() -> int:
        disk.gate.clear()
        waiting: list[asyncio.Future[None]] = []

        def wait_for_all() -> None:
            for _ in range(20):
                waiting.append(log.durable(Entry(kind="refusal")))  # noqa: PERF401 - keeps those before the error

        with pytest.raises(AuditUnavailable, match="Too many"):
            wait_for_all()
        disk.gate.set()
        await asyncio.wait_for(asyncio.gather(*waiting), 10)
        return len(waiting)

    assert 3 <= asyncio.run(flood()) <= 8
    log.append(Entry(kind="after"))
    log.close()
    assert kinds(tmp_path)[-3:] == [chain.GAP, "after", chain.CLOSED]


def test_a_loop_that_is_gone_does_not_stop_the_log(tmp_path: Path) -> None:
    disk = Disk()
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM, means=Means(sync=disk))

    async def leave() -> None:
        disk.gate.clear()
        log.append_durable(Entry(kind="refusal"), lambda _: None)

    asyncio.run(leave())
    disk.gate.set()
    log.close()
    assert verify(tmp_path, key=KEY).ok


def test_the_durable_form_needs_a_loop(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM)
    with pytest.raises(RuntimeError):
        log.append_durable(Entry(kind="refusal"), lambda _: None)
    log.close()


@pytest.mark.parametrize("kind", sorted(chain.OWN_KINDS))
def test_the_kinds_of_the_audit_itself_are_not_for_others(tmp_path: Path, kind: str) -> None:
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM)
    with pytest.raises(ValueError, match="only the audit itself"):
        log.append(Entry(kind=kind))
    log.close()


@pytest.mark.parametrize("entry", [Entry(kind="x", fields={"a": "\ud800"}), Entry(kind="x", values={"a": 2**65})])
def test_what_has_no_json_form_is_refused_and_the_chain_goes_on(tmp_path: Path, entry: Entry) -> None:
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM)
    with pytest.raises(AuditUnavailable, match="no JSON form"):
        log.append(entry)
    log.append(Entry(kind="after"))
    log.close()
    assert verify(tmp_path, key=KEY).ok


def test_an_entry_that_is_too_long_is_recorded_as_a_digest(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM)
    log.append(Entry(kind="request", server="s" * 70_000, fields={"name": "n" * 70_000}))
    log.append(Entry(kind="request", values={str(number): number for number in range(3000)}))
    log.close()
    stored = [record.line for record in Reader(tmp_path).records() if record.line.kind == "request"]
    assert [line.fields for line in stored] == [{"oversize": True}, {"oversize": True}]
    assert all("entry" in line.digests for line in stored)
    assert verify(tmp_path, key=KEY).ok


def test_a_full_file_gets_a_successor_that_names_it(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM, means=Means(file_bytes=1000))
    for number in range(20):
        log.append(Entry(kind="request", fields={"number": number}))
    log.close()
    names = sorted(path.name for path in tmp_path.glob(f"{log.writer}.*.jsonl"))
    first = chain.parse((tmp_path / names[1]).read_bytes().splitlines(keepends=True)[0])
    report = verify(tmp_path, key=KEY)
    assert len(names) >= 4
    assert (first.kind, first.fields["previous"]) == (chain.OPENED, names[0])
    assert first.fields["previous_size"] == (tmp_path / names[0]).stat().st_size
    assert (report.ok, report.writers[0].files) == (True, len(names))


def test_each_day_starts_a_file(tmp_path: Path) -> None:
    now = [NOON]
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM, means=Means(clock_ms=lambda: now[0]))
    log.append(Entry(kind="monday"))
    now[0] += DAY // 2
    log.append(Entry(kind="tuesday"))
    now[0] -= 2 * DAY  # a clock that is put back starts nothing
    log.append(Entry(kind="sunday"))
    log.close()
    assert verify(tmp_path, key=KEY).writers[0].files == 2


def test_a_rotated_file_is_synced_before_a_later_entry_counts_as_durable(tmp_path: Path) -> None:
    disk = Disk()
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM, means=Means(file_bytes=300, sync=disk))
    log.append(Entry(kind="request", fields={"fill": "x" * 300}))
    disk.synced.clear()

    async def refuse() -> None:
        await asyncio.wait_for(log.durable(Entry(kind="refusal")), 10)

    asyncio.run(refuse())
    log.close()
    assert disk.synced[:2] == [chain.file_name(log.writer, 1), chain.file_name(log.writer, 2)]


def index_is_a_directory(place: Path) -> None:
    (place / "writers.jsonl").mkdir()


def index_is_a_link(place: Path) -> None:
    (place / "writers.jsonl").symlink_to(place / "elsewhere")


def directory_is_gone(place: Path) -> None:
    place.rmdir()


@pytest.mark.parametrize("spoil", [index_is_a_directory, index_is_a_link, directory_is_gone])
def test_a_directory_that_can_not_be_used_is_said_at_the_start(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    place = tmp_path / "audit"
    place.mkdir()
    spoil(place)
    with pytest.raises(AuditUnavailable) as caught:
        AuditLog.open(place, key=KEY)
    assert str(place) in str(caught.value)
    assert caught.value.next_step
