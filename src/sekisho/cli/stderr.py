"""Lines on standard error.

Hosts that never read a gateway's standard error exist, and a pipe takes some 64 KB: who writes to a full one waits for
ever, and with it every call. So a gateway has its lines written by a thread (`apart`), keeps a bounded number of those
that wait, and says how many it left out when there is room again.
Everything else writes at once, as any command does.
"""

from __future__ import annotations

import os
import queue
import sys
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["Lines", "apart", "write"]

_WAITING: Final = 2000
"""Lines that may wait; the gateway cuts each at some hundred characters."""

_END_SECONDS: Final = 1.0
"""How long the end of a gateway waits for its last lines."""


class Lines:
    """Lines that a thread writes to a file descriptor.

    Args:
        descriptor: where to.
        encoding: of the characters; others are written as escapes.
        waiting: how many lines may wait.
    """

    def __init__(self, descriptor: int, encoding: str = "utf-8", waiting: int = _WAITING) -> None:
        self._descriptor = descriptor
        self._encoding = encoding
        self._queue: queue.Queue[str | None] = queue.Queue(waiting)
        self._left_out = 0
        self._done = False
        # It may stay in a write that never ends, and must not keep the process: it runs nothing but this module.
        self._thread = Thread(target=self._run, name="stderr", daemon=True)
        self._thread.start()

    def write(self, line: str) -> None:
        """Take a line without its end. Returns at once; where too many wait, it is left out and counted."""
        try:
            if self._left_out:
                self._queue.put_nowait(f"sekisho: ({self._left_out} lines left out: nobody reads them)")
                self._left_out = 0
            self._queue.put_nowait(line)
        except queue.Full:
            self._left_out += 1

    def close(self, seconds: float = _END_SECONDS) -> bool:
        """End, and wait for the last lines at most so long; say whether all were written."""
        if self._thread.is_alive():
            with suppress(queue.Full):
                self._queue.put(None, timeout=seconds)
                self._thread.join(seconds)
        return self._done

    def _run(self) -> None:
        with suppress(OSError):  # nobody will ever read it
            while (line := self._queue.get()) is not None:
                data = f"{line}\n".encode(self._encoding, "backslashreplace")
                while data:
                    data = data[os.write(self._descriptor, data) :]
            self._done = True


_apart: list[Lines] = []


@contextmanager
def apart() -> Generator[None]:
    """Have everything that is written meanwhile written by a thread. Where it is stuck at the end, nothing more is."""
    if sys.stderr is None:  # it was closed before we were started
        yield
        return
    sys.stderr.flush()
    lines = Lines(sys.stderr.fileno(), sys.stderr.encoding)
    _apart.append(lines)
    try:
        yield
    finally:
        if lines.close():
            _apart.remove(lines)


def write(line: str) -> None:
    """Write a line to standard error."""
    if _apart:
        _apart[-1].write(line)
    else:
        click.echo(line, err=True)
