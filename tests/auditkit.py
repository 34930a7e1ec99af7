"""Audit chains to tamper with, for the tests of verification."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.adapters.audit import AuditLog, Entry, Pace, chain
from sekisho.adapters.audit.ledger import Means

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["CALM", "KEY", "KEYS", "head", "lines", "part", "rewrite", "write_log"]

KEY: Final = bytes(range(32))
KEYS: Final = chain.Keys.of(KEY)
CALM: Final = Pace(interval_s=60)


def write_log(place: Path, start: int) -> None:
    """Write a closed chain of three files that began at a time in milliseconds."""
    log = AuditLog.open(place, key=KEY, pace=CALM, means=Means(file_bytes=1500, clock_ms=lambda: start))
    for number in range(12):
        log.append(Entry(kind="request", server="github", fields={"number": number}, values={"arguments": number}))
    log.close()


def part(place: Path, number: int) -> Path:
    """Return a file of the first chain."""
    return place / chain.file_name(min(path.name.partition(".")[0] for path in place.glob("2*")), number)


def head(place: Path) -> Path:
    """Return the head of the first chain."""
    return place / chain.head_name(part(place, 1).name.partition(".")[0])


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def rewrite(path: Path, change: Callable[[list[bytes]], object]) -> None:
    content = lines(path)
    change(content)
    path.write_bytes(b"".join(content))
