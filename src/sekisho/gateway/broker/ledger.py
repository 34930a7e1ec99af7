"""The ledger: what a broker owes one host, in memory that the host's relay sees too.

A broker that is killed can say nothing any more. So before a request is acted upon its id is written here, and it is
taken out behind the last byte of its answer; the bytes of the host are read straight into this memory, so that no line,
and no half of one, is ever only in the broker. Each change becomes valid by one store of eight bytes: a reader sees the
state before or after it, whenever the writer died.

Cells: the end of the log, the begin of the input, whether a line of output is unfinished, whether a line of input that
is too long is skipped, where what the host relies on is. Then two halves for the log of `+id` and `-id` (one is in use;
what is still open is copied into the other when it is full), then the input: what was read and is not on the log yet,
up to the first NUL, which no JSON text holds. Behind it two slots for what the host relies on (`standing`).
The broker writes, the relay reads when the broker is gone.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["CALL", "LONGEST_STANDING", "MODERN", "Ledger", "LedgerFullError", "Left", "Owed"]

CALL = 1
"""The request is a `tools/call`: its refusal is a result."""

MODERN = 2
"""The request is of 2026-07-28: its result has a type."""

Owed = tuple[bytes, int]
"""A request: its id (`i7`, `sname`), and of which kind it is (`CALL`, `MODERN`)."""

_CELL = struct.Struct("<Q")
_RECORD = struct.Struct("<cBH")
_LOG_END, _INPUT_BEGIN, _TORN, _SKIPPING, _STANDING = 0, 8, 16, 24, 32
_PAGE = 4096
_HALF = 8 * 1024 * 1024
_FIRST, _SECOND, _INPUT = _PAGE, _PAGE + _HALF, _PAGE + 2 * _HALF
_COMPACT = 32 * 1024
_CHUNK = 256 * 1024
_GIVE_BACK = 1024 * 1024
_SLOT = 256 * 1024
LONGEST_STANDING = _SLOT - 1
"""How much is kept of what the host relies on, in bytes. There are two slots, behind the input."""


class LedgerFullError(Exception):
    """More is open at once than the ledger holds; the session has to end."""


class Left:
    """What a broker left behind."""

    __slots__ = ("owed", "pending", "skipping", "standing", "torn")

    def __init__(self, memory: mmap.mmap) -> None:
        """Read it out of the memory of a ledger whose broker is gone."""
        end, begin = (_CELL.unpack_from(memory, cell)[0] for cell in (_LOG_END, _INPUT_BEGIN))
        start = _FIRST if end < _SECOND else _SECOND
        owed: dict[Owed, int] = {}
        for sign, key in _records(memory[start:end]):
            owed[key] = owed.get(key, 0) + sign
        self.owed: list[Owed] = [key for key, count in owed.items() for _ in range(count)]
        """The requests that were not answered, in the order in which they came."""
        self.pending = memory[begin : max(begin, memory.find(b"\0", begin))]
        """What was read of the host and is on no log: perhaps lines, and the begin of one."""
        self.skipping = bool(memory[_SKIPPING])
        """Whether the line that `pending` ends with is too long, and answered."""
        self.torn = bool(memory[_TORN])
        """Whether the last line to the host may lack its end."""
        begin = _CELL.unpack_from(memory, _STANDING)[0]
        self.standing = memory[begin : memory.find(b"\0", begin)] if begin else None
        """What the host has said and relies on, a line each; None when this broker had nothing to keep."""


def _records(log: bytes) -> Iterator[tuple[int, Owed]]:
    place = 0
    while place < len(log):
        sign, kind, size = _RECORD.unpack_from(log, place)
        place += _RECORD.size
        yield (1 if sign == b"+" else -1), (log[place : place + size], kind)
        place += size


def _record(sign: bytes, key: Owed) -> bytes:
    return _RECORD.pack(sign, key[1], len(key[0])) + key[0]


class Ledger:
    """The broker's side of the memory.

    Args:
        line: the longest line of a host, in bytes.
    """

    __slots__ = (
        "_begin",
        "_end",
        "_held",
        "_limit",
        "_line",
        "_memory",
        "_open",
        "_slots",
        "_start",
        "_threshold",
        "descriptor",
    )

    def __init__(self, line: int) -> None:
        slots = _INPUT + line + 2 * _CHUNK
        slots += -slots % _PAGE
        size = slots + 2 * _SLOT
        self.descriptor = os.memfd_create("sekisho-ledger", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        """To hand to the relay, and then to close."""
        os.ftruncate(self.descriptor, size)
        # A relay that could cut it short would end the broker, and so every other entry.
        fcntl.fcntl(self.descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
        self._memory = mmap.mmap(self.descriptor, size)
        self._open: dict[bytes, list[int]] = {}
        self._line = line
        self._limit = slots - 1
        self._slots = [slots, slots + _SLOT]
        self._start = self._end = _FIRST
        self._threshold = _COMPACT
        self._begin = _INPUT
        self._held = 0
        self._store(_LOG_END, _FIRST)
        self._store(_INPUT_BEGIN, _INPUT)

    def owes_only(self, keys: Collection[bytes]) -> bool:
        """Tell whether nothing is owed but these."""
        return not self._open or all(key in keys for key in self._open)

    def read(self, descriptor: int) -> bytes:
        """Read what the host wrote, straight into the shared memory; empty at its end.

        Raises:
            BlockingIOError: there is nothing now.
            OSError: it can't be read.
        """
        place = self._begin + self._held
        room = min(_CHUNK, self._limit - place)
        with memoryview(self._memory) as memory, memory[place : place + room] as window:
            count = os.readv(descriptor, [window])
        return self._memory[place : place + count]

    def adopt(self, data: bytes) -> bytes:
        """Take bytes that a relay had read before, as `read` would; more than a line may have are skipped."""
        if len(data) > self._line:
            self._store(_SKIPPING, 1)
            return data
        place = self._begin + self._held
        self._memory[place : place + len(data)] = data
        return data

    def take(self, data: bytes, owed: Iterable[Owed]) -> None:
        """Put the requests in what was read on the log; what is behind its last line feed stays in the input."""
        records = b""
        for key in owed:
            self._open.setdefault(key[0], []).append(key[1])
            records += _record(b"+", key)
        if records:
            self._append(records)
        if (end := data.rfind(b"\n")) < 0:
            self._held += min(len(data), self._limit - self._begin - self._held)
        else:
            self._store(_SKIPPING, 0)
            self._drop(self._held + end + 1, len(data) - end - 1)
        if self._held > self._line:
            self._store(_SKIPPING, 1)
            self._drop(self._held, 0)

    def settle(self, id_: bytes) -> None:
        """A request was answered, or gets no answer."""
        kinds = self._open.get(id_)
        if kinds is None:
            return
        kind = kinds.pop()
        if not kinds:
            del self._open[id_]
        self._append(_record(b"-", (id_, kind)))

    def tear(self, *, torn: bool) -> None:
        """Tell whether a line to the host has begun and not ended."""
        self._memory[_TORN] = torn

    def remember(self, standing: bytes) -> None:
        """Keep what the host relies on: at most `LONGEST_STANDING` bytes without a NUL; of more, that there is none."""
        standing = standing if len(standing) <= LONGEST_STANDING else b""
        self._slots.reverse()
        place = self._slots[0]
        self._memory[place : place + len(standing) + 1] = standing + b"\0"
        self._store(_STANDING, place)

    def close(self) -> None:
        """Give the memory back; the relay keeps its own hold on it."""
        self._memory.close()
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def handed(self) -> None:
        """The relay has the descriptor now."""
        os.close(self.descriptor)
        self.descriptor = -1

    def _store(self, cell: int, value: int) -> None:
        _CELL.pack_into(self._memory, cell, value)

    def _append(self, data: bytes) -> None:
        if self._end - self._start + len(data) > self._threshold:
            self._compact()
        else:
            self._write(data)

    def _write(self, data: bytes) -> None:
        end = self._end + len(data)
        self._memory[self._end : end] = data
        self._end = end
        self._store(_LOG_END, end)

    def _compact(self) -> None:
        """Write what is open into the other half, which becomes the log with the store of its end."""
        data = b"".join(_record(b"+", (id_, kind)) for id_, kinds in self._open.items() for kind in kinds)
        if len(data) >= _HALF:
            raise LedgerFullError("more requests are open than the ledger holds")
        self._start = self._end = _SECOND if self._start == _FIRST else _FIRST
        self._threshold = max(_COMPACT, min(2 * len(data), _HALF - 1))
        self._write(data)

    def _drop(self, count: int, rest: int) -> None:
        """Forget the first `count` bytes of the input; `rest` more stay."""
        old = self._begin
        self._begin += count
        self._held = rest
        self._store(_INPUT_BEGIN, self._begin)
        self._clear(old, count)
        if not rest or self._begin > _INPUT + _CHUNK:
            self._move_to_front(rest)

    def _move_to_front(self, rest: int) -> None:
        """Begin at the front again; the copy is whole before it counts."""
        begin = self._begin
        if begin == _INPUT or begin - _INPUT <= rest:
            return
        self._memory[_INPUT : _INPUT + rest] = self._memory[begin : begin + rest]
        self._begin = _INPUT
        self._store(_INPUT_BEGIN, _INPUT)
        self._clear(begin, rest)

    def _clear(self, begin: int, count: int) -> None:
        if count < _GIVE_BACK:
            self._memory[begin : begin + count] = bytes(count)
            return
        first, last = begin + -begin % _PAGE, begin + count - (begin + count) % _PAGE
        self._memory.madvise(mmap.MADV_REMOVE, first, last - first)
        self._memory[begin:first] = bytes(first - begin)
        self._memory[last : begin + count] = bytes(begin + count - last)
