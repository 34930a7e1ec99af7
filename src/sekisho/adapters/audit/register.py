"""The index of writers: one more chain, `writers.jsonl`, that all writers share under a lock.

Each writer puts itself in when it opens and its last hash when it closes, so that a chain that was removed, added or
wound back is noticed. What does not fit its sealed head is never continued silently: a `BROKEN` line is put in,
chained to the last hash that was sealed, and verification reports it from then on.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sekisho.adapters.audit import chain, files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

OPENED = "writer-opened"
"""Kind of the line with which a writer starts: its id and the hash of its first line."""
CLOSED = "writer-closed"
"""Kind of the line with which a writer ends: its id, last number and last hash."""
BROKEN = "index-broken"
"""Kind of the line that says that the index did not fit its head."""
FILE = f"{chain.INDEX}.jsonl"
"""Name of the index."""

PATIENCE_S = 5.0
"""How long to wait for the lock, in seconds."""

_OPEN = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


@dataclass(frozen=True, slots=True)
class _End:
    """Where the index can be continued."""

    seq: int
    """Number of the last line that counts."""
    hash: str
    """Its hash."""
    size: int
    """Bytes of the file to keep; what is behind them is a half line."""
    broken: str = ""
    """Why the index does not fit its head, empty when it does."""
    new: bool = False
    """There was no index."""


def register(
    directory: Path,
    kind: str,
    fields: Mapping[str, object],
    *,
    seal_key: bytes,
    t: int,
    sync: Callable[[int], None],
) -> None:
    """Add one line to the index and seal it; both are on disk when this returns.

    Args:
        directory: where the chains live.
        kind: `OPENED` or `CLOSED`.
        fields: what to say.
        seal_key: the key of heads.
        t: milliseconds since 1970.
        sync: flushes a descriptor.

    Raises:
        OSError: a `TimeoutError` when another process keeps the index locked for 5 seconds.
    """
    path = directory / FILE
    fd = os.open(path, _OPEN, 0o600)
    try:
        with files.locked(fd, patience_s=PATIENCE_S):
            end = _end(directory, os.fstat(fd).st_size, seal_key)
            data, seq = _lines(end, chain.Entry(kind=kind, fields=fields), t)
            os.ftruncate(fd, end.size)
            index = files.Segment(fd, path, end.size)
            if end.new:  # its head comes first, so that a crash never leaves an index without one
                files.write_head(directory, _head(0, end.hash, 0, t), key=seal_key, sync=sync)
            index.write(b"".join(data))
            sync(fd)
            head = _head(seq, chain.link(data[-1]), index.size, t)
            files.write_head(directory, head, key=seal_key, sync=sync)
    finally:
        os.close(fd)


def _head(seq: int, its_hash: str, size: int, t: int) -> chain.Head:
    return chain.Head(writer=chain.INDEX, file=FILE, seq=seq, hash=its_hash, size=size, t=t, closed=False)


def _lines(end: _End, entry: chain.Entry, t: int) -> tuple[list[bytes], int]:
    entries = [entry]
    if end.broken:
        entries.insert(0, chain.Entry(kind=BROKEN, fields={"why": end.broken}))
    data: list[bytes] = []
    seq, prev = end.seq, end.hash
    for each in entries:
        seq += 1
        data.append(chain.encode(each, {}, seq=seq, t=t, prev=prev))
        prev = chain.link(data[-1])
    return data, seq


def _end(directory: Path, size: int, seal_key: bytes) -> _End:
    unknown = "0" * 64
    try:
        head = files.read_head(directory, chain.INDEX, key=seal_key)
    except chain.LineError:
        return _whole(directory, _End(0, unknown, 0, "its seal does not fit"), size)
    if head is None:
        start = _End(0, chain.genesis(chain.INDEX), 0, new=True)
        return start if size == 0 else _whole(directory, _End(0, unknown, 0, "it has no seal"), size)
    sealed = _End(head.seq, head.hash, head.size)
    if size < head.size:
        return _whole(directory, _End(head.seq, head.hash, 0, "it is shorter than what was sealed"), size)
    return sealed if size == head.size else _after(directory, sealed, size)


def _whole(directory: Path, end: _End, size: int) -> _End:
    """Keep all that is there when the index is broken: it is evidence; only a half line at its end is closed."""
    keep = 0
    for line in files.raw_lines(directory / FILE):
        keep = line.offset + line.size if line.ended else line.offset
    return _End(end.seq, end.hash, min(keep, size), end.broken)


def _after(directory: Path, sealed: _End, size: int) -> _End:
    """Follow the lines behind the seal: a process may have died between writing one and sealing it."""
    end = sealed
    for line in files.raw_lines(directory / FILE, start=sealed.size):
        if not line.ended:
            break
        try:
            found = chain.parse(line.raw)
        except chain.LineError:
            return _whole(directory, _End(sealed.seq, sealed.hash, 0, "what follows the seal can't be read"), size)
        if found.prev != end.hash or found.seq != end.seq + 1:
            return _whole(directory, _End(sealed.seq, sealed.hash, 0, "what follows the seal is not chained"), size)
        end = _End(found.seq, chain.link(line.raw), line.offset + line.size)
    return end
