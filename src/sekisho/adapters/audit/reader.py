"""Reading the audit: records of all writers merged by time, newest or oldest first, filtered, followed.

Nothing here checks the chain, `verify` does. Lines that can't be read are skipped and counted. Names and texts in a
record may come from an attacker: whoever prints them escapes them.
"""

from __future__ import annotations

import heapq
import itertools
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sekisho.adapters.audit import chain, files

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from pathlib import Path

_POLL = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Record:
    """One line and where it stands."""

    writer: str
    """Id of the chain."""
    file: str
    """Name of the file."""
    offset: int
    """Where the line begins in it, in bytes."""
    line: chain.Line
    """What it says."""
    raw: bytes
    """Its bytes, as an export has to keep them."""

    @property
    def id(self) -> str:
        """Return the name of this record: writer and number, as `Reader.find` takes it."""
        return f"{self.writer}:{self.line.seq}"

    def as_json(self) -> dict[str, object]:
        """Return all of it as one JSON object."""
        line = self.line
        return {
            "id": self.id,
            "t": line.t,
            "kind": line.kind,
            "principal": line.principal,
            "conversation": line.conversation,
            "server": line.server,
            "fields": line.fields,
            "digests": line.digests,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which records are wanted; what is None does not matter."""

    kind: str | None = None
    """Kind of the entry."""
    principal: str | None = None
    """Who asked."""
    conversation: str | None = None
    """In which conversation."""
    server: str | None = None
    """Canonical name of the server."""
    verdict: str | None = None
    """The field `verdict`."""
    rule: str | None = None
    """The field `rule`, or one of the list `rules`."""
    ticket: str | None = None
    """The field `ticket`; a number is compared as text."""
    since: int | None = None
    """Not before this time, milliseconds since 1970."""
    until: int | None = None
    """Before this time."""
    digest: str | None = None
    """A value had this digest (`chain.Digester`)."""

    def wants(self, line: chain.Line) -> bool:
        """Say whether a line is wanted."""
        if (self.since is not None and line.t < self.since) or (self.until is not None and line.t >= self.until):
            return False
        pairs = (
            (self.kind, line.kind),
            (self.principal, line.principal),
            (self.conversation, line.conversation),
            (self.server, line.server),
            (self.verdict, line.fields.get("verdict")),
        )
        if any(wanted is not None and wanted != found for wanted, found in pairs):
            return False
        return self._by_fields(line)

    def _by_fields(self, line: chain.Line) -> bool:
        if self.ticket is not None and str(line.fields.get("ticket")) != self.ticket:
            return False
        if self.digest is not None and self.digest not in _short_digests(line):
            return False
        rules = line.fields.get("rules")
        return (
            self.rule is None
            or line.fields.get("rule") == self.rule
            or (isinstance(rules, list) and self.rule in rules)
        )


EVERYTHING = Filter()
"""Wants every record."""


class Reader:
    """The records of one audit directory."""

    def __init__(self, directory: Path) -> None:
        self.unreadable = 0
        """Lines and files that were skipped since the start because they can't be read: say so, and verify."""
        self._directory = directory

    def records(
        self, wanted: Filter = EVERYTHING, *, newest_first: bool = False, limit: int | None = None
    ) -> Iterator[Record]:
        """Return records of all writers by their own clocks, those of one file always in its order.

        Reads as little as the caller takes: the newest ten of a gigabyte are found at once.

        Args:
            wanted: which.
            newest_first: from the end.
            limit: at most so many.

        Raises:
            OSError: the directory can't be read.
        """
        found = self._merged(_sizes(self._directory), wanted, newest_first=newest_first)
        return itertools.islice(found, limit)

    def find(self, record_id: str) -> Record | None:
        """Return the record with this id (`Record.id`), None when there is none."""
        writer, _, number = record_id.partition(":")
        if not chain.is_writer(writer) or not number.isascii() or not number.isdecimal():
            return None
        for path, end in sorted(_sizes(self._directory).items()):
            if not path.name.startswith(f"{writer}."):
                continue
            for record in self._forward(path, end):
                if str(record.line.seq) == number:
                    return record
        return None

    def follow(
        self, wanted: Filter = EVERYTHING, *, last: int = 10, stop: threading.Event, poll_s: float = 0.25
    ) -> Iterator[Record]:
        """Return the last few records, then each new one as it is written, oldest first, until `stop` is set.

        Args:
            wanted: which.
            last: how many of the past.
            stop: ends it.
            poll_s: how often to look, in seconds.
        """
        seen = self.position()
        past = itertools.islice(self._merged(seen, wanted, newest_first=True), last)
        yield from reversed(list(past))
        while not stop.wait(poll_s):
            yield from self.poll(seen, wanted)

    def position(self) -> dict[Path, int]:
        """Return where the whole lines of each file end now, for `poll`."""
        return {path: _whole(path, size) for path, size in _sizes(self._directory).items()}

    def poll(self, seen: dict[Path, int], wanted: Filter = EVERYTHING) -> list[Record]:
        """Return what was written since `seen`, by time, and move `seen` on; about 4 MiB of each file at a time."""
        fresh: list[Record] = []
        for path, size in _sizes(self._directory).items():
            start = seen.get(path, 0)
            if size <= start:
                continue
            end = start + _POLL
            for line in files.raw_lines(path, start=start):
                if not line.ended or line.offset >= end:
                    break
                seen[path] = line.offset + line.size
                record = self._record(path, line.offset, line.raw)
                if record is not None and wanted.wants(record.line):
                    fresh.append(record)
        return sorted(fresh, key=lambda record: record.line.t)

    def _merged(self, sizes: dict[Path, int], wanted: Filter, *, newest_first: bool) -> Iterator[Record]:
        """Merge all files, each opened only when its first record is due."""
        sign = -1 if newest_first else 1
        waiting = sorted(self._edges(sizes, wanted, newest_first=newest_first), reverse=True)
        heap: list[tuple[int, int, Record, Iterator[Record]]] = []
        order = itertools.count()

        def push(records: Iterator[Record]) -> None:
            record = next(records, None)
            if record is not None:
                heapq.heappush(heap, (sign * record.line.t, next(order), record, records))

        while waiting or heap:
            while waiting and (not heap or waiting[-1][0] <= heap[0][0]):
                path = waiting.pop()[1]
                push((self._backward if newest_first else self._forward)(path, sizes[path]))
            if heap:
                _, _, record, records = heapq.heappop(heap)
                if wanted.wants(record.line):
                    yield record
                push(records)

    def _edges(self, sizes: dict[Path, int], wanted: Filter, *, newest_first: bool) -> Iterator[tuple[int, Path]]:
        """Return the files that matter with the time that decides when each is due."""
        for path, size in sizes.items():
            latest = next(self._backward(path, size), None) if newest_first or wanted.since is not None else None
            if latest is not None and wanted.since is not None and latest.line.t < wanted.since:
                continue
            edge = latest if newest_first else next(self._forward(path, size), None)
            if edge is not None:
                yield (-edge.line.t if newest_first else edge.line.t), path

    def _forward(self, path: Path, end: int) -> Iterator[Record]:
        try:
            for line in files.raw_lines(path):
                if not line.ended or line.offset + line.size > end:
                    return
                record = self._record(path, line.offset, line.raw)
                if record is not None:
                    yield record
        except OSError:
            self.unreadable += 1

    def _backward(self, path: Path, end: int) -> Iterator[Record]:
        try:
            for offset, raw in files.raw_lines_back(path, end):
                record = self._record(path, offset, raw)
                if record is not None:
                    yield record
        except OSError:
            self.unreadable += 1

    def _record(self, path: Path, offset: int, raw: bytes) -> Record | None:
        try:
            line = chain.parse(raw)
        except chain.LineError:
            self.unreadable += 1
            return None
        return Record(path.name.partition(".")[0], path.name, offset, line, raw)


def _sizes(directory: Path) -> dict[Path, int]:
    """Return all files of chains with their sizes, in order of their names."""
    found: dict[Path, int] = {}
    for path in sorted(directory.iterdir()):
        if chain.file_part(path.name) is None:
            continue
        with suppress(FileNotFoundError):  # moved to an archive just now
            status = path.lstat()
            if stat.S_ISREG(status.st_mode):
                found[path] = status.st_size
    return found


def _whole(path: Path, size: int) -> int:
    """Return where the last whole line among the first `size` bytes ends."""
    try:
        return next((offset + len(raw) for offset, raw in files.raw_lines_back(path, size)), 0)
    except OSError:
        return size


def _short_digests(line: chain.Line) -> set[object]:
    found: set[object] = set()
    for value in line.digests.values():
        if isinstance(value, dict):
            found.add(cast("dict[str, object]", value).get("h"))
    return found
