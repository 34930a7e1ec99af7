"""Verification: each way to tamper is found, with its place; what is honest passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit import CALM, KEY, head, part, rewrite
from sekisho.adapters.audit import AuditLog, Entry, chain, files
from sekisho.adapters.audit.verification import verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_what_is_honest_passes(place: Path) -> None:
    report = verify(place, key=KEY)
    assert (report.ok, report.complete, report.notes, report.more) == (True, True, (), 0)
    assert [(writer.closed, writer.unsealed) for writer in report.writers] == [(True, 0), (True, 0)]
    assert [writer.files for writer in report.writers] == [3, 3]


def every_byte(place: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(place.iterdir()):
        yield path, path.read_bytes()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_byte_that_changes_is_noticed(place: Path, data: st.DataObject) -> None:
    path, content = data.draw(st.sampled_from(list(every_byte(place))))
    index = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[index]))
    path.write_bytes(content[:index] + bytes([byte]) + content[index + 1 :])
    report = verify(place, key=KEY)
    path.write_bytes(content)
    assert not report.ok


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_stretch_that_is_cut_out_is_noticed(place: Path, data: st.DataObject) -> None:
    path, content = data.draw(st.sampled_from(list(every_byte(place))))
    start = data.draw(st.integers(0, len(content) - 1))
    stop = data.draw(st.integers(start + 1, len(content)))
    path.write_bytes(content[:start] + content[stop:])
    report = verify(place, key=KEY)
    path.write_bytes(content)
    assert not report.ok


def test_another_key_fits_no_seal(place: Path) -> None:
    assert {remark.word for remark in verify(place, key=bytes(32)).problems} == {"forged-seal"}


def test_without_a_key_the_chains_are_checked_and_the_seals_are_said_not_to_be(place: Path) -> None:
    report = verify(place, key=None)
    assert (report.ok, report.complete, report.sealed) == (True, False, False)
    rewrite(part(place, 1), lambda content: content.pop(2))
    assert not verify(place, key=None).ok


def test_older_files_that_were_archived_are_said_to_be_absent(place: Path) -> None:
    name = part(place, 2).name
    part(place, 1).unlink()
    report = verify(place, key=KEY)
    assert (report.ok, report.complete) == (True, False)
    assert [(note.word, note.file) for note in report.notes] == [("absent", name)]


def test_all_files_of_a_writer_may_be_archived_when_its_head_stays(place: Path) -> None:
    for path in place.glob(f"{head(place).stem}.*.jsonl"):
        path.unlink()
    report = verify(place, key=KEY)
    assert (report.ok, report.complete) == (True, False)
    assert [note.word for note in report.notes] == ["absent"]


def test_archived_files_are_checked_where_they_are(place: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    for path in list(place.glob(f"{head(place).stem}*")):
        path.rename(archive / path.name)
    assert verify(place, key=KEY).problems[0].word == "missing-writer"
    report = verify(place, key=KEY, archives=[archive])
    assert (report.ok, report.complete) == (True, True)
    rewrite(archive / min(path.name for path in archive.glob("*.jsonl")), lambda content: content.pop(1))
    assert not verify(place, key=KEY, archives=[archive]).ok


def test_an_empty_directory_has_nothing_to_verify(tmp_path: Path) -> None:
    report = verify(tmp_path, key=KEY)
    assert (report.ok, report.records, report.writers) == (True, 0, ())


def test_a_start_that_was_cut_short_is_a_note(place: Path) -> None:
    writer = "20260101T000000Z-0123456789ab"
    entry = chain.Entry(kind=chain.OPENED, fields={"writer": writer, "part": 1})
    raw = chain.encode(entry, {}, seq=1, t=0, prev=chain.genesis(writer))
    (place / chain.file_name(writer, 1)).write_bytes(raw)
    report = verify(place, key=KEY)
    assert (report.ok, report.complete, [note.word for note in report.notes]) == (True, True, ["unfinished"])


def test_a_first_start_that_was_cut_short_is_a_note(tmp_path: Path) -> None:
    writer = "20260101T000000Z-0123456789ab"
    entry = chain.Entry(kind=chain.OPENED, fields={"writer": writer, "part": 1})
    raw = chain.encode(entry, {}, seq=1, t=0, prev=chain.genesis(writer))
    (tmp_path / chain.file_name(writer, 1)).write_bytes(raw)
    assert [note.word for note in verify(tmp_path, key=KEY).notes] == ["unfinished"]
    (tmp_path / "writers.jsonl").touch()
    assert [note.word for note in verify(tmp_path, key=KEY).notes] == ["unfinished"]
    assert verify(tmp_path, key=KEY).ok


def test_a_writer_that_is_just_starting_is_no_matter(tmp_path: Path) -> None:
    writer = "20260101T000000Z-0123456789ab"
    entry = chain.Entry(kind=chain.OPENED, fields={"writer": writer, "part": 1})
    raw = chain.encode(entry, {}, seq=1, t=0, prev=chain.genesis(writer))
    segment = files.Segment.create(tmp_path / chain.file_name(writer, 1), raw)
    report = verify(tmp_path, key=KEY)
    segment.close()
    assert (report.ok, report.complete, report.notes) == (True, True, ())


def test_an_index_that_somebody_keeps_locked_is_read_all_the_same(place: Path) -> None:
    with (place / "writers.jsonl").open("rb") as index, files.locked(index.fileno(), patience_s=1):
        report = verify(place, key=KEY)
    assert (report.ok, [note.word for note in report.notes]) == (True, ["unchecked"])


def test_the_number_of_remarks_is_bounded(tmp_path: Path) -> None:
    log = AuditLog.open(tmp_path, key=KEY, pace=CALM)
    for _ in range(1100):
        log.append(Entry(kind="request"))
    log.close()
    path = tmp_path / chain.file_name(log.writer, 1)
    path.write_bytes(path.read_bytes().replace(b'"kind":"request"', b'"kind":"request" '))
    report = verify(tmp_path, key=KEY)
    assert (len(report.problems), report.more) == (1000, 100)


def test_progress_is_told_up_to_the_end(place: Path) -> None:
    told: list[tuple[int, int]] = []
    verify(place, key=KEY, progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] == sum(path.stat().st_size for path in place.glob("2*.jsonl"))
