"""Disks that are full or sick, processes that are killed, several at once: the real thing where it can be had."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.audit import AuditLog, AuditUnavailable, Entry, Pace, chain, files
from sekisho.adapters.audit.errors import unavailable
from sekisho.adapters.audit.ledger import Ledger, Means
from sekisho.adapters.audit.reader import Reader
from sekisho.adapters.audit.sync import GroupSync
from sekisho.adapters.audit.verification import verify
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.adapters.audit.verification import Report

KEY = bytes(range(32))
CALM = Pace(interval_s=60)
QUICK = Pace(interval_s=60, retry_s=0.01)
PRELUDE = """
import pathlib, resource, sys
from sekisho.adapters.audit import AuditLog, AuditUnavailable, Entry, chain
place = pathlib.Path(sys.argv[1])
log = AuditLog.open(place, key=bytes(range(32)))
path = place / chain.file_name(log.writer, 1)
"""


def run(script: str, place: Path) -> str:
    command = [sys.executable, "-c", PRELUDE + script, str(place)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=50).stdout


def kinds(directory: Path) -> list[str]:
    return [record.line.kind for record in Reader(directory).records()]


def words(report: Report) -> tuple[set[str], set[str]]:
    return {remark.word for remark in report.problems}, {remark.word for remark in report.notes}


def assemble(place: Path, *, means: Means) -> tuple[AuditLog, GroupSync]:
    """Return a log that retries quickly, and its thread's side."""
    keys, mutex = chain.Keys.of(KEY), threading.Lock()
    lock = threading.Condition(mutex)
    ledger = Ledger(place, keys, means, lock)
    sync = GroupSync(ledger, lock, pace=QUICK)
    sync.start()
    return AuditLog(ledger, keys, sync, mutex), sync


def until_mended(sync: GroupSync) -> None:
    with sync.lock:
        assert sync.lock.wait_for(lambda: sync.fault is None, timeout=10)


def until_faulty(sync: GroupSync) -> None:
    with sync.lock:
        assert sync.lock.wait_for(lambda: sync.fault is not None, timeout=10)


def descriptor(path: Path) -> int:
    """Return the descriptor under which this process has a file open."""
    return next(int(link.name) for link in Path("/proc/self/fd").iterdir() if link.readlink() == path)


FULL = """
import signal
log.append(Entry(kind="before"))
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100, hard))
sizes = {path.stat().st_size}
for _ in range(3):
    try:
        log.append(Entry(kind="lost"))
    except AuditUnavailable as error:
        print(error)
    sizes.add(path.stat().st_size)
print("sizes", len(sizes))
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
log.append(Entry(kind="after"))
log.close()
"""


def test_a_write_that_is_cut_short_is_taken_back_and_admitted_later(tmp_path: Path) -> None:
    told = run(FULL, tmp_path)
    report = verify(tmp_path, key=KEY)
    assert told.count("The audit record can't be written: File too large") == 3
    assert "Raise the file size limit" in told
    assert "sizes 1" in told
    assert kinds(tmp_path) == [chain.OPENED, "before", chain.GAP, "after", chain.CLOSED]
    assert words(report) == (set(), {"gap"})
    assert "3 entries" in report.notes[0].text


def test_a_half_line_that_can_not_be_taken_back_leads_to_a_new_file(tmp_path: Path) -> None:
    log, sync = assemble(tmp_path, means=Means())
    log.append(Entry(kind="before"))
    fd = descriptor(tmp_path / chain.file_name(log.writer, 1))
    real = os.dup(fd)
    full = os.open("/dev/full", os.O_WRONLY)
    os.dup2(full, fd)  # a real ENOSPC, on a file that can't be truncated either
    with pytest.raises(AuditUnavailable, match="No space left on device") as caught:
        log.append(Entry(kind="lost"))
    assert "Free space" in caught.value.next_step
    with pytest.raises(AuditUnavailable):
        log.append(Entry(kind="lost"))
    os.write(real, b'{"v":1,"seq":3')
    os.dup2(real, fd)
    os.close(real)
    os.close(full)
    until_mended(sync)
    log.append(Entry(kind="after"))
    log.close()
    report = verify(tmp_path, key=KEY)
    assert kinds(tmp_path) == [chain.OPENED, "before", chain.OPENED, chain.GAP, "after", chain.CLOSED]
    assert words(report) == (set(), {"gap", "torn"})
    assert [(note.file, note.line) for note in report.notes if note.word == "torn"] == [
        (chain.file_name(log.writer, 1), 3)
    ]


class Sick:
    """A disk whose sync fails while `error` is set."""

    def __init__(self) -> None:
        self.error: int | None = None
        self.often = threading.Semaphore(0)

    def __call__(self, fd: int) -> None:
        self.often.release()
        if self.error is not None:
            raise OSError(self.error, os.strerror(self.error))
        os.fdatasync(fd)


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC, errno.EDQUOT])
def test_a_failed_sync_refuses_until_a_new_file_works(tmp_path: Path, error: int) -> None:
    sick = Sick()
    log, sync = assemble(tmp_path, means=Means(sync=sick))

    async def refuse() -> None:
        sick.error = error
        with pytest.raises(AuditUnavailable, match=os.strerror(error)):
            await asyncio.wait_for(log.durable(Entry(kind="doubtful")), 10)
        with pytest.raises(AuditUnavailable, match=os.strerror(error)):
            log.append(Entry(kind="lost"))
        sick.error = None
        await asyncio.to_thread(until_mended, sync)
        await asyncio.wait_for(log.durable(Entry(kind="after")), 10)

    asyncio.run(refuse())
    log.close()
    report = verify(tmp_path, key=KEY)
    assert kinds(tmp_path) == [chain.OPENED, "doubtful", chain.OPENED, chain.GAP, "after", chain.CLOSED]
    assert words(report) == (set(), {"gap", "doubtful"})
    assert next(note.text for note in report.notes if note.word == "doubtful").startswith(
        "a sync failed: numbers 2 to 2"
    )


def test_a_sick_disk_is_not_littered_with_files(tmp_path: Path) -> None:
    sick = Sick()
    log = AuditLog.open(tmp_path, key=KEY, pace=Pace(interval_s=60, retry_s=0.001), means=Means(sync=sick))

    async def refuse() -> None:
        sick.error = errno.EIO
        with pytest.raises(AuditUnavailable):
            await asyncio.wait_for(log.durable(Entry(kind="doubtful")), 10)

    asyncio.run(refuse())
    assert all(sick.often.acquire(timeout=10) for _ in range(40))
    assert len(list(tmp_path.glob("*.jsonl"))) == 2  # the index and one file
    with pytest.raises(AuditUnavailable, match="could not be closed"):
        log.close()


def test_a_head_that_can_not_be_written_stops_the_log(tmp_path: Path) -> None:
    log, sync = assemble(tmp_path, means=Means())
    head = tmp_path / chain.head_name(log.writer)
    head.unlink()
    head.mkdir()

    async def refuse() -> None:
        await asyncio.wait_for(log.durable(Entry(kind="on disk all the same")), 10)

    asyncio.run(refuse())
    until_faulty(sync)
    with pytest.raises(AuditUnavailable):
        log.append(Entry(kind="lost"))
    head.rmdir()
    until_mended(sync)
    log.append(Entry(kind="after"))
    log.close()
    assert words(verify(tmp_path, key=KEY)) == (set(), {"gap"})


def test_an_internal_error_of_the_thread_refuses_too(tmp_path: Path) -> None:
    def broken(fd: int) -> None:
        if armed.is_set():
            raise ZeroDivisionError
        os.fdatasync(fd)

    armed = threading.Event()
    log, sync = assemble(tmp_path, means=Means(sync=broken))

    async def refuse() -> None:
        armed.set()
        with pytest.raises(AuditUnavailable, match="internal error"):
            await asyncio.wait_for(log.durable(Entry(kind="refusal")), 10)

    asyncio.run(refuse())
    armed.clear()
    until_mended(sync)
    log.close()
    assert verify(tmp_path, key=KEY).ok


def test_closing_a_log_on_a_disk_that_hangs_is_bounded(tmp_path: Path) -> None:
    gate = threading.Event()
    gate.set()

    def stuck(fd: int) -> None:
        assert gate.wait(10)
        os.fdatasync(fd)

    log = AuditLog.open(tmp_path, key=KEY, pace=Pace(interval_s=60, close_s=0.05), means=Means(sync=stuck))
    gate.clear()
    log.append(Entry(kind="request"))
    with pytest.raises(AuditUnavailable, match="records after number 1 are not sealed"):
        log.close()
    gate.set()
    for thread in threading.enumerate():
        if thread.name == "sekisho-audit-sync":
            thread.join(10)


KILLED = """
for number in range(500):
    log.append(Entry(kind="request", fields={"number": number}))
print("written", flush=True)
while True:
    log.append(Entry(kind="more"))
"""


def test_a_killed_process_leaves_a_log_that_verifies_with_all_it_wrote(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PRELUDE + KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as peer:
        assert peer.stdout is not None
        assert peer.stdout.readline() == b"written\n"
        peer.send_signal(signal.SIGKILL)
        peer.wait(10)
    report = verify(tmp_path, key=KEY)
    (writer,) = report.writers
    found = [record for record in Reader(tmp_path).records() if record.line.kind == "request"]
    assert words(report)[0] == set()
    assert (writer.live, writer.closed, writer.sealed_seq >= 1) == (False, False, True)
    assert [record.line.fields["number"] for record in found] == list(range(500))


SHARED = """
sys.stdin.readline()
for number in range(300):
    log.append(Entry(kind="request", fields={"number": number}))
log.close()
"""


def test_processes_that_write_at_once_have_a_chain_each(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PRELUDE + SHARED, str(tmp_path)]
    peers = [subprocess.Popen(command, stdin=subprocess.PIPE, text=True) for _ in range(3)]
    for peer in peers:
        assert peer.stdin is not None
        peer.stdin.write("go\n")
        peer.stdin.close()
    assert [peer.wait(50) for peer in peers] == [0, 0, 0]
    report = verify(tmp_path, key=KEY)
    assert (report.ok, report.complete) == (True, True)
    assert [(writer.records, writer.closed) for writer in report.writers] == [(302, True)] * 3


def test_a_file_has_one_writer(tmp_path: Path) -> None:
    path = tmp_path / chain.file_name("20260101T000000Z-0123456789ab", 1)
    segment = files.Segment.create(path, b"first\n")
    assert files.is_live(path)
    with path.open("rb") as again, pytest.raises(TimeoutError), files.locked(again.fileno(), patience_s=0.01):
        pass
    segment.close()
    assert not files.is_live(path)


def test_a_file_that_can_not_be_begun_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_fd: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(AuditUnavailable, match="No space left"):
        AuditLog.open(tmp_path, key=KEY)
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_a_system_that_takes_nothing_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    segment = files.Segment.create(tmp_path / "file", b"first\n")

    def stingy(_fd: int, data: bytes) -> int:
        return 3 if len(data) > 5 else 0

    monkeypatch.setattr(os, "write", stingy)
    with pytest.raises(OSError, match="no more bytes"):
        segment.write(b"second\n")
    monkeypatch.undo()
    assert (segment.whole, (tmp_path / "file").read_bytes()) == (True, b"first\n")
    segment.close()


@rows("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EPERM, errno.EMFILE, errno.ENXIO])
def test_each_cause_comes_with_a_next_step(number: int) -> None:
    told = unavailable(OSError(number, os.strerror(number)), "/there")
    assert str(told) == f"The audit record can't be written: {os.strerror(number)} (/there). {told.next_step}"
    assert told.next_step
