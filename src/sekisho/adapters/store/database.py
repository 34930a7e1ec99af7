"""The file below the store: opened, checked, brought to the format of this version, and written in transactions.

Several processes use the file at once: SQLite in WAL mode, each write one short transaction, each wait for a lock
bounded. Whatever is wrong with the file is one error, `StoreUnavailable`, and whoever gets it refuses.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Final

from sekisho.adapters.store.errors import StoreUnavailable
from sekisho.adapters.store.schema import APPLICATION, FORMAT, MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from pathlib import Path

__all__ = ["Database", "Value"]

Value = str | int | None
"""What a column holds."""

_BUSY: Final = 2.0
"""How long a write waits for that of another process, in seconds. Writes are short; this is for a stopped process."""


class Database:
    """One connection to the file.

    Args:
        path: the file; made with mode 0600 where there is none.
        busy: how long a write waits for another process, in seconds.

    Raises:
        StoreUnavailable: the file is not to be used.
    """

    def __init__(self, path: Path, *, busy: float = _BUSY) -> None:
        self.path = path
        with self._translated():
            _make_private(path)
            self._connection = _connect(path, busy)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise
            self._seen = self._version()

    def rows(self, statement: str, values: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        """Return what a query finds.

        Raises:
            StoreUnavailable: it can't be read.
        """
        with self._translated():
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def writing(self) -> Generator[Writing]:
        """Write in one transaction: all of it, or, after any error, none.

        Raises:
            StoreUnavailable: it can't be written.
        """
        with self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield Writing(self._connection)
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def changed(self) -> bool:
        """Tell whether another process, or another connection, has written since this was last asked.

        Raises:
            StoreUnavailable: it can't be read.
        """
        with self._translated():
            before, self._seen = self._seen, self._version()
        return before != self._seen

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _prepare(self) -> None:
        connection = self._connection
        found, problem = _format(connection), connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if problem != "ok":
            raise sqlite3.DatabaseError(str(problem))
        self._refuse_foreign(found)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if found < FORMAT:
            self._migrate()

    def _refuse_foreign(self, found: int) -> None:
        mark = self._connection.execute("PRAGMA application_id").fetchone()[0]
        if found > FORMAT:
            raise StoreUnavailable(
                f"{self.path} has format {found}, this version of Sekisho knows up to {FORMAT}: a newer version wrote "
                "it. Use that version, or set SEKISHO_STATE to another directory."
            )
        if (found or _tables(self._connection)) and mark != APPLICATION:
            raise StoreUnavailable(
                f"{self.path} is a database of another program. Move it away; Sekisho makes its own there."
            )

    def _migrate(self) -> None:
        """Bring the file to this version's format, after a copy of it as it was."""
        with self.writing() as write:
            # Another process may have been faster.
            found = _format(self._connection)
            if 0 < found < FORMAT:
                self._back_up(found)
            for statements in MIGRATIONS[found:]:
                for statement in statements:
                    write(statement)
            write(f"PRAGMA application_id = {APPLICATION}")
            write(f"PRAGMA user_version = {FORMAT}")

    def _back_up(self, found: int) -> None:
        copy = self.path.with_name(f"{self.path.name}.format-{found}")
        _make_private(copy)
        # A reader of its own: this connection holds the lock that keeps others from writing meanwhile.
        with closing(_connect(self.path, _BUSY)) as source, closing(_connect(copy, _BUSY)) as target:
            source.backup(target)

    @contextmanager
    def _translated(self) -> Generator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable(
                f"The store {self.path} can't be used: {error}. "
                "Check the disk and the file, or put a copy in its place; nothing passes meanwhile."
            ) from error


class Writing:
    """A transaction that is open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __call__(self, statement: str, values: Sequence[Value] = ()) -> int:
        """Execute a statement; return how many rows it changed."""
        return self._connection.execute(statement, values).rowcount

    def many(self, statement: str, rows: Iterable[Sequence[Value]]) -> None:
        """Execute a statement for each row."""
        self._connection.executemany(statement, rows)


def _connect(path: Path, busy: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=busy, isolation_level=None, cached_statements=64)
    # What a damaged or planted schema could make SQLite do is not wanted (sqlite.org/security.html).
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _format(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _tables(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])


def _make_private(path: Path) -> None:
    """Make an empty file with mode 0600, and refuse one that others may read or change.

    SQLite gives the files beside it (`-wal`, `-shm`) the mode of the file itself.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise StoreUnavailable(f"{path} is not a plain file. Move it away; Sekisho makes its own there.")
    if found.st_uid != os.geteuid() or found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise StoreUnavailable(
            f"{path} belongs to uid {found.st_uid} and has mode {stat.S_IMODE(found.st_mode):04o}; it has to be yours "
            "alone, with mode 0600. Look at who changed it, then run: chmod 600 on it."
        )
