"""The chain that a writer is writing: `Ledger` numbers and links entries, rotates files, flushes and seals.

`append` runs in the call path under the lock of `GroupSync`; `flush`, `seal`, `mend` and `finish` run on its thread
and take that lock only to look at or change what both sides use. Only the thread closes a file.
"""

from __future__ import annotations

import os
import secrets
import sys
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sekisho.adapters.audit import chain, files, register

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_DAY_MS = 86_400_000


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a ledger works with; tests put their own in place."""

    file_bytes: int = 64 * 1024 * 1024
    """A file that has reached this size gets a successor."""
    clock_ms: Callable[[], int] = _now_ms
    """Milliseconds since 1970. Each UTC day starts a file."""
    sync: Callable[[int], None] = os.fdatasync if sys.platform == "linux" else os.fsync
    """Puts an open file on disk."""


@dataclass(slots=True)
class _Missed:
    """Entries that could not be written since the last that could."""

    count: int
    """How many."""
    first: int
    """When the first of them came."""
    last: int
    """When the last of them came."""


class Ledger:
    """One writer's chain."""

    def __init__(self, directory: Path, keys: chain.Keys, means: Means, lock: threading.Condition) -> None:
        """Make the first file and its head, and enter the writer in the index; all on disk on return.

        Raises:
            OSError: the directory can't be written to, or the index stays locked.
        """
        t = means.clock_ms()
        start = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(t // 1000))
        self.writer = f"{start}-{secrets.token_hex(6)}"
        """Id of this writer."""
        self.directory = directory
        """Where the files are."""
        self._keys = keys
        self._means = means
        self._lock = lock
        self._retired: list[files.Segment] = []
        self._fresh, self._suspect = True, False
        self._missed: _Missed | None = None
        self._seq, self._part, self._day_end = 1, 1, _end_of_day(t)
        self._segment, self._hash = self._begin(1, 1, chain.genesis(self.writer), {}, t)
        self._durable = self._head(t)
        try:
            self.flush()
            self.seal(last=False)
            self._enter(register.OPENED, {"writer": self.writer, "first": self._hash})
        except OSError:
            self.finish()
            raise

    @property
    def where(self) -> str:
        """The file that is written to now."""
        return str(self._segment.path)

    @property
    def sealed(self) -> int:
        """Number of the last line that was flushed."""
        return self._durable.seq

    @property
    def usable(self) -> bool:
        """False once the file ends in a half line that could not be taken back."""
        return self._segment.whole

    def append(self, *entries: tuple[chain.Entry, dict[str, object]]) -> None:
        """Write a line for each entry, all of them with one write. The caller holds the lock.

        Raises:
            OSError: the system refused, and none is recorded. The next line that works says how many were missed.
        """
        t = self._means.clock_ms()
        before = self._seq, self._hash
        try:
            if t >= self._day_end or self._segment.size >= self._means.file_bytes:
                self._rotate(t)
                before = self._seq, self._hash
            self._segment.write(self._lines(entries, t))
        except BaseException as error:
            self._seq, self._hash = before
            if isinstance(error, OSError):
                for _ in entries:
                    self.miss(t)
            raise
        self._missed = None

    def _lines(self, entries: Sequence[tuple[chain.Entry, dict[str, object]]], t: int) -> bytes:
        lines: list[bytes] = []
        for entry, made in entries:
            line = self._after_gap if self._missed is not None and not lines else self._line
            data, self._seq, self._hash = line(entry, made, t)
            lines.append(data)
        return b"".join(lines)

    def miss(self, t: int | None = None) -> None:
        """Count an entry that was refused. The caller holds the lock."""
        t = self._means.clock_ms() if t is None else t
        if self._missed is None:
            self._missed = _Missed(0, t, t)
        self._missed.count += 1
        self._missed.last = t

    def flush(self) -> None:
        """Put everything appended so far on disk."""
        with self._lock:
            head = self._head(self._means.clock_ms())
            retired, self._retired = self._retired, []
            segment, fresh, self._fresh = self._segment, self._fresh, False
        try:
            for old in (*retired, segment):
                self._means.sync(old.fd)
            if fresh:
                files.sync_directory(self.directory)
        except Exception:
            with self._lock:
                self._retired = retired + self._retired
                self._fresh = self._suspect = True
            raise
        for old in retired:
            old.close()
        self._durable = head

    def seal(self, *, last: bool) -> None:
        """Write the head for what was flushed last; when `last`, the end into the index too."""
        head = replace(self._durable, closed=last)
        files.write_head(self.directory, head, key=self._keys.seal, sync=self._means.sync)
        if last:
            self._enter(register.CLOSED, {"writer": self.writer, "seq": head.seq, "hash": head.hash})

    def mend(self) -> None:
        """Go on in a new file after a sync failed or a half line was left.

        What a failed sync left in doubt stays in doubt even if a later one works (the system may have dropped the
        pages), so the new file's first line says from which number on lines before it may be lost.
        """
        if not self._suspect and self._segment.whole:
            return
        with self._lock:
            old = [*self._retired, self._segment]
        for segment in old:
            self._means.sync(segment.fd)
        t = self._means.clock_ms()
        fresh, its_hash = self._successor(t)
        try:
            self._means.sync(fresh.fd)
        except OSError:
            fresh.discard()
            raise
        with self._lock:
            self._retired, self._suspect = [], False
            self._adopt(fresh, its_hash, t)
        for segment in old:
            segment.close()

    def finish(self) -> None:
        """Close the files. Nothing may be called afterwards."""
        for segment in (*self._retired, self._segment):
            segment.close()

    def _line(self, entry: chain.Entry, made: dict[str, object], t: int) -> tuple[bytes, int, str]:
        seq = self._seq + 1
        data = chain.encode(entry, made, seq=seq, t=t, prev=self._hash)
        if len(data) > chain.MAX_LINE:
            entry, made = chain.shortened(entry, made, digest=self._keys.digest)
            data = chain.encode(entry, made, seq=seq, t=t, prev=self._hash)
        return data, seq, chain.link(data)

    def _after_gap(self, entry: chain.Entry, made: dict[str, object], t: int) -> tuple[bytes, int, str]:
        """Put the line that admits the gap in front, in the same write."""
        missed, before = self._missed, (self._seq, self._hash)
        counts = {} if missed is None else {"entries": missed.count, "first": missed.first, "last": missed.last}
        gap, self._seq, self._hash = self._line(chain.Entry(kind=chain.GAP, fields=counts), {}, t)
        try:
            data, seq, prev = self._line(entry, made, t)
        finally:
            self._seq, self._hash = before
        return gap + data, seq, prev

    def _rotate(self, t: int) -> None:
        """Start the next file; the thread flushes and closes the one before."""
        old = self._segment
        fresh, its_hash = self._successor(t)
        self._retired.append(old)
        self._adopt(fresh, its_hash, t)

    def _successor(self, t: int) -> tuple[files.Segment, str]:
        old = self._segment
        fields: dict[str, object] = {
            "previous": old.path.name,
            "previous_size": old.size,
            "torn": old.torn(),
        }
        if self._suspect:
            fields["doubtful_from"] = self._durable.seq + 1
        return self._begin(self._part + 1, self._seq + 1, self._hash, fields, t)

    def _begin(self, part: int, seq: int, prev: str, fields: Mapping[str, object], t: int) -> tuple[files.Segment, str]:
        entry = chain.Entry(
            kind=chain.OPENED, fields={"writer": self.writer, "part": part, "pid": os.getpid(), **fields}
        )
        data = chain.encode(entry, {}, seq=seq, t=t, prev=prev)
        path = self.directory / chain.file_name(self.writer, part)
        return files.Segment.create(path, data), chain.link(data)

    def _adopt(self, segment: files.Segment, its_hash: str, t: int) -> None:
        self._segment, self._hash = segment, its_hash
        self._seq, self._part = self._seq + 1, self._part + 1
        self._day_end = _end_of_day(t)
        self._fresh = True

    def _head(self, t: int) -> chain.Head:
        return chain.Head(
            writer=self.writer,
            file=self._segment.path.name,
            seq=self._seq,
            hash=self._hash,
            size=self._segment.size,
            t=t,
            closed=False,
        )

    def _enter(self, kind: str, fields: Mapping[str, object]) -> None:
        register.register(
            self.directory,
            kind,
            fields,
            seal_key=self._keys.seal,
            t=self._means.clock_ms(),
            sync=self._means.sync,
        )


def _end_of_day(t: int) -> int:
    return t - t % _DAY_MS + _DAY_MS
