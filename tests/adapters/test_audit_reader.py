"""Reading: all writers by time, filtered, from either end, followed; what can't be read is counted."""

from __future__ import annotations

import itertools
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.adapters.audit import AuditLog, Entry, Pace, chain, files
from sekisho.adapters.audit.ledger import Means
from sekisho.adapters.audit.reader import Filter, Reader

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sekisho.adapters.audit.reader import Record

KEY = bytes(range(32))
CALM = Pace(interval_s=60)
START = 1_800_000_000_000


class Clock:
    """Moves on by one second whenever it is read."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> int:
        self.now += 1000
        return self.now


def opened(place: Path, clock: Clock, *, file_bytes: int = 1000) -> AuditLog:
    return AuditLog.open(place, key=KEY, pace=CALM, means=Means(file_bytes=file_bytes, clock_ms=clock))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a directory in which two writers took turns."""
    clock = Clock()
    logs = [opened(tmp_path, clock), opened(tmp_path, clock)]
    for number in range(20):
        entry = Entry(
            kind="refusal" if number % 5 == 0 else "request",
            principal=f"user-{number % 2}",
            conversation=f"talk-{number // 10}",
            server="github" if number % 4 else "slack",
            fields={"number": number, "verdict": "deny" if number % 5 == 0 else "allow", "ticket": number},
            values={"arguments": {"number": number}},
        )
        logs[number % 2].append(entry)
    for log in logs:
        log.close()
    return tmp_path


def numbers(records: Iterable[Record]) -> list[object]:
    return [record.line.fields["number"] for record in records if "number" in record.line.fields]


def test_the_records_of_all_writers_come_in_order_of_time(place: Path) -> None:
    assert numbers(Reader(place).records()) == list(range(20))
    assert numbers(Reader(place).records(newest_first=True)) == list(range(19, -1, -1))


def test_nothing_is_left_out_or_told_twice(place: Path) -> None:
    stored = b"".join(path.read_bytes() for path in place.glob("2*.jsonl")).splitlines(keepends=True)
    for newest_first in (False, True):
        read = [record.raw for record in Reader(place).records(newest_first=newest_first)]
        assert sorted(read) == sorted(stored)


def test_a_limit_stops_early_without_reading_everything(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opens: list[Path] = []
    real = files.open_plain

    def counted(path: Path) -> int:
        opens.append(path)
        return real(path)

    monkeypatch.setattr(files, "open_plain", counted)
    read = list(Reader(place).records(newest_first=True, limit=2))
    edges = len(list(place.glob("2*.jsonl")))
    assert [record.line.kind for record in read] == [chain.CLOSED, chain.CLOSED]
    assert len(opens) <= edges + 2


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(kind="refusal"), [0, 5, 10, 15]),
        (Filter(verdict="deny"), [0, 5, 10, 15]),
        (Filter(server="slack"), [0, 4, 8, 12, 16]),
        (Filter(principal="user-1", conversation="talk-1"), [11, 13, 15, 17, 19]),
        (Filter(ticket="7"), [7]),
        (Filter(kind="refusal", server="slack"), [0]),
        (Filter(digest=chain.Keys.of(KEY).digest({"number": 3})[0]), [3]),
        (Filter(kind="nothing"), []),
    ],
)
def test_a_filter_keeps_what_is_wanted(place: Path, wanted: Filter, expected: list[int]) -> None:
    assert numbers(Reader(place).records(wanted)) == expected
    assert numbers(Reader(place).records(wanted, newest_first=True)) == expected[::-1]


def test_since_and_until_enclose_a_stretch(place: Path) -> None:
    times = {record.line.fields.get("number"): record.line.t for record in Reader(place).records()}
    stretch = Filter(since=times[7], until=times[12])
    assert numbers(Reader(place).records(stretch)) == [7, 8, 9, 10, 11]
    assert numbers(Reader(place).records(stretch, newest_first=True)) == [11, 10, 9, 8, 7]
    assert numbers(Reader(place).records(Filter(since=times[19] + 10**9))) == []


@pytest.mark.parametrize(
    ("fields", "matches"),
    [
        ({"rule": "a"}, True),
        ({"rules": ["b", "a"]}, True),
        ({"rule": "b"}, False),
        ({"rules": "a"}, False),
        ({}, False),
    ],
)
def test_a_rule_is_found_alone_or_in_a_list(tmp_path: Path, fields: dict[str, object], matches: bool) -> None:  # noqa: FBT001 - a table
    log = opened(tmp_path, Clock())
    log.append(Entry(kind="refusal", fields=fields))
    log.close()
    assert bool(list(Reader(tmp_path).records(Filter(rule="a")))) is matches


def test_a_record_is_found_by_its_id(place: Path) -> None:
    reader = Reader(place)
    for record in reader.records():
        assert reader.find(record.id) == record


@pytest.mark.parametrize("name", ["", "x", "x:1", "20270115T080001Z-000000000000:1", "../writers:1"])
def test_an_id_of_nothing_finds_nothing(place: Path, name: str) -> None:
    assert Reader(place).find(name) is None


def test_a_number_that_does_not_exist_finds_nothing(place: Path) -> None:
    record = next(Reader(place).records())
    for number in ("0", "999", "1x", "²", "9" * 5000):
        assert Reader(place).find(f"{record.writer}:{number}") is None


def test_a_record_as_json_names_what_it_is(place: Path) -> None:
    record = next(Reader(place).records(Filter(ticket="7")))
    json = record.as_json()
    assert json["id"] == record.id
    assert (json["kind"], json["server"]) == ("request", "github")
    assert chain.parse(record.raw) == record.line


def test_lines_that_can_not_be_read_are_counted(place: Path) -> None:
    path = min(place.glob("2*.jsonl"))
    content = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([content[0], b"rubbish\n", b"x" * 400_000 + b"\n", *content[1:]]))
    reader = Reader(place)
    assert numbers(reader.records()) == list(range(20))
    assert reader.unreadable >= 2
    back = Reader(place)
    assert numbers(back.records(newest_first=True)) == list(range(19, -1, -1))
    assert back.unreadable >= 1


def test_a_half_line_at_the_end_is_left_to_verification(place: Path) -> None:
    path = min(place.glob("2*.jsonl"))
    path.write_bytes(path.read_bytes() + b'{"v":1')
    reader = Reader(place)
    assert numbers(reader.records()) == list(range(20))
    assert numbers(reader.records(newest_first=True)) == list(range(19, -1, -1))
    assert reader.unreadable == 0


def test_a_file_that_is_none_is_counted_and_passed_over(place: Path) -> None:
    path = min(place.glob("2*.jsonl"))
    path.unlink()
    path.mkdir()
    reader = Reader(place)
    assert len(numbers(reader.records())) < 20


def test_polling_returns_each_new_record_once(tmp_path: Path) -> None:
    clock = Clock()
    log = opened(tmp_path, clock)
    log.append(Entry(kind="request", fields={"number": 0}))
    reader = Reader(tmp_path)
    seen = reader.position()
    assert reader.poll(seen) == []
    for number in range(1, 12):  # over several files
        log.append(Entry(kind="request", fields={"number": number}))
    other = opened(tmp_path, clock)
    other.append(Entry(kind="request", fields={"number": 12}))
    assert numbers(reader.poll(seen)) == list(range(1, 13))
    assert reader.poll(seen) == []
    log.close()
    other.close()
    assert [record.line.kind for record in reader.poll(seen)][-2:] == [chain.CLOSED] * 2


def test_polling_waits_for_the_rest_of_a_half_line(tmp_path: Path) -> None:
    log = opened(tmp_path, Clock())
    log.append(Entry(kind="request", fields={"number": 1}))
    log.close()
    path = tmp_path / chain.file_name(log.writer, 1)
    content = path.read_bytes()
    path.write_bytes(content[:-20])
    reader = Reader(tmp_path)
    seen = reader.position()
    assert reader.poll(seen) == []
    path.write_bytes(content)
    assert [record.line.kind for record in reader.poll(seen)] == [chain.CLOSED]


def test_following_tells_the_last_few_and_then_what_comes(place: Path) -> None:
    stop = threading.Event()
    followed = Reader(place).follow(Filter(kind="request"), last=3, stop=stop, poll_s=0.001)
    assert numbers(itertools.islice(followed, 3)) == [17, 18, 19]
    log = opened(place, Clock())
    log.append(Entry(kind="request", fields={"number": 20}))
    assert numbers(itertools.islice(followed, 1)) == [20]
    stop.set()
    assert list(followed) == []
    log.close()


LINES = st.lists(st.integers(0, 70_000), min_size=0, max_size=12)


@settings(deadline=None)
@given(LINES, st.sampled_from([b"", b"half"]), st.integers(1000, 300_000))
def test_lines_read_backwards_are_those_read_forwards(
    tmp_path_factory: pytest.TempPathFactory, lengths: list[int], half: bytes, block: int
) -> None:
    path = tmp_path_factory.mktemp("lines") / "file"
    content = b"".join(b"%d" % index + b"x" * min(length, 60_000) + b"\n" for index, length in enumerate(lengths))
    path.write_bytes(content + half)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_BLOCK", block)
        back = list(files.raw_lines_back(path, path.stat().st_size))
    forth = [(line.offset, line.raw) for line in files.raw_lines(path) if line.ended]
    assert back[::-1] == forth
