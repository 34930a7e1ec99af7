"""`AuditLog`, what the gateway records with.

log = AuditLog.open(directory, key=keyfile.load_or_create(path))
log.append(Entry(kind="result", ...))                     # written before it returns
await log.durable(Entry(kind="refusal", ...))             # on disk when it is done
log.close()
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from sekisho.adapters.audit import chain
from sekisho.adapters.audit.errors import AuditUnavailable, unavailable
from sekisho.adapters.audit.ledger import Ledger, Means
from sekisho.adapters.audit.sync import GroupSync, Pace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sekisho.adapters.audit.sync import Then

_MEANS = Means()
_PACE = Pace()


class AuditLog:
    """One writer: its chain, and the thread that puts it on disk.

    `append` may be called from any thread (not from a signal handler: it takes a lock), the durable forms from the
    thread of a running event loop. An entry is
    recorded with one `write`, so it survives the end of this process, however it comes; the next group sync, within
    100 ms, makes it survive the end of the machine and seals it.
    """

    def __init__(self, ledger: Ledger, keys: chain.Keys, sync: GroupSync, mutex: threading.Lock) -> None:
        self._ledger = ledger
        # What `sync.lock` takes. In the call path it is taken without the condition around it.
        self._mutex = mutex
        self._keys = keys
        self._sync = sync
        self._closed = False

    @classmethod
    def open(cls, directory: Path, *, key: bytes, pace: Pace = _PACE, means: Means = _MEANS) -> AuditLog:
        """Start a chain of its own in `directory`, known to the index and on disk when this returns.

        Args:
            directory: a private directory (`state.private_directory`), shared by all writers of this user.
            key: the content of the key file.
            pace: times and counts of the group sync.
            means: file size, clock and sync; for tests.

        Raises:
            AuditUnavailable: the directory can't be written to, or another process keeps the index locked for 5 s.
        """
        keys = chain.Keys.of(key)
        mutex = threading.Lock()
        lock = threading.Condition(mutex)
        try:
            ledger = Ledger(directory, keys, means, lock)
        except OSError as error:
            raise unavailable(error, str(directory)) from error
        sync = GroupSync(ledger, lock, pace=pace)
        sync.start()
        return cls(ledger, keys, sync, mutex)

    @property
    def writer(self) -> str:
        """Id of this writer; with a line's number it names a record."""
        return self._ledger.writer

    @property
    def sealed(self) -> int:
        """Number of the last line that is on disk for certain."""
        return self._ledger.sealed

    @property
    def fault(self) -> OSError | None:
        """Why nothing is recorded now, None when all is well; for status displays."""
        return self._sync.fault

    def record(self, entry: chain.Entry, then: Then) -> None:
        """Record an entry and go on when its effect may happen.

        Args:
            entry: what happened; its `durable` decides between `append` and `append_durable`.
            then: as in `append_durable`; called before this returns for an ordinary entry.

        Raises:
            AuditUnavailable: as for both; `then` is not called.
        """
        if entry.durable:
            self.append_durable(entry, then)
            return
        self.append(entry)
        then(None)

    def append(self, entry: chain.Entry) -> None:
        """Record an entry without waiting for the disk, whatever its `durable` says.

        Raises:
            AuditUnavailable: it is not recorded (disk full, error, no JSON form, closed); the effect must not happen.
            ValueError: its kind is one of our own.
        """
        self.append_all((entry,))

    def append_all(self, entries: Sequence[chain.Entry]) -> None:
        """Record several ordinary entries with one write: all of them, or none.

        Raises:
            AuditUnavailable: as `append`; none is recorded.
            ValueError: as `append`.
        """
        pairs = [(entry, self._digests(entry)) for entry in entries]
        if pairs:
            with self._mutex:
                self._put(*pairs)
                self._sync.touch()

    def append_durable(self, entry: chain.Entry, then: Then) -> None:
        """Record an entry whose effect waits for the disk.

        Entries that arrive while a sync runs share the next one.

        Args:
            entry: what happened.
            then: called once, later, in the running loop: with None when the entry is on disk, else with the reason
                why it is not (the sync failed, or took longer than 10 s), in which case the effect must not happen.

        Raises:
            AuditUnavailable: as for `append`, or too many entries wait already; `then` is not called.
            ValueError: its kind is one of our own.
            RuntimeError: no event loop runs here.
        """
        loop = asyncio.get_running_loop()
        made = self._digests(entry)
        with self._sync.lock:
            if self._sync.full():
                self._ledger.miss()
                raise AuditUnavailable(
                    "Too many audit records wait for the disk",
                    where=self._ledger.where,
                    next_step="Look at the load and the health of that disk.",
                )
            self._put((entry, made))
            self._sync.wait_for(then, loop)

    def durable(self, entry: chain.Entry) -> asyncio.Future[None]:
        """Record an entry as `append_durable` does; the future is done when it is on disk.

        Raises:
            AuditUnavailable: at once, as for `append_durable`; or from the future.
        """
        future = asyncio.get_running_loop().create_future()

        def then(error: AuditUnavailable | None) -> None:
            if future.done():
                return
            if error is None:
                future.set_result(None)
            else:
                future.set_exception(error)

        self.append_durable(entry, then)
        return future

    def close(self) -> None:
        """Write the closing line, flush, seal, tell the index; bounded. A second call does nothing.

        Raises:
            AuditUnavailable: that did not work within 5 s; what was appended after the last group sync is not sealed.
        """
        with self._sync.lock:
            if self._closed:
                return
            self._end()
        if self._sync.close():
            self._ledger.finish()
            return
        raise AuditUnavailable(
            f"The audit could not be closed: records after number {self._ledger.sealed} are not sealed",
            where=self._ledger.where,
            next_step="Look at the health and the free space of that disk, then run: sekisho audit verify.",
        ) from self._sync.fault

    def _end(self) -> None:
        self._closed = True
        try:
            self._ledger.append((chain.Entry(kind=chain.CLOSED), {}))
        except OSError as error:
            self._sync.fail(error)

    def _digests(self, entry: chain.Entry) -> dict[str, object]:
        if entry.kind in chain.OWN_KINDS:
            raise ValueError(f"{entry.kind!r} is a kind that only the audit itself writes")
        if not entry.values:
            return {}
        try:
            return chain.digests(self._keys.digest, entry.values)
        except TypeError as error:
            raise self._not_json() from error

    def _put(self, *pairs: tuple[chain.Entry, dict[str, object]]) -> None:
        """Write a line for each entry; the lock is held."""
        if self._closed:
            raise AuditUnavailable(
                "The audit is closed", where=self._ledger.where, next_step="Start the gateway again."
            )
        if self._sync.fault is not None:
            for _ in pairs:
                self._ledger.miss()
            raise unavailable(self._sync.fault, self._ledger.where)
        try:
            self._ledger.append(*pairs)
        except OSError as error:
            if not self._ledger.usable:
                self._sync.fail(error)
            raise unavailable(error, self._ledger.where) from error
        except TypeError as error:
            raise self._not_json() from error

    def _not_json(self) -> AuditUnavailable:
        return AuditUnavailable(
            "The audit record has no JSON form", where=self._ledger.where, next_step="Report this as a bug of Sekisho."
        )
