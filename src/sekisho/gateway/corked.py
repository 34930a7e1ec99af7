"""Writing many small messages with few system calls, without making the first one wait."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Corked"]


class Corked:
    """Writes the first message of a turn of the event loop at once, and the others of that turn together.

    Args:
        write: takes bytes, in order.
    """

    __slots__ = ("_corked", "_loop", "_waiting", "_write")

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write
        self._loop = asyncio.get_running_loop()
        self._waiting: list[bytes] = []
        self._corked = False

    def write(self, data: bytes) -> None:
        """Write `data` now or at the end of this turn."""
        if self._corked:
            self._waiting.append(data)
            return
        self._corked = True
        self._loop.call_soon(self.flush)
        self._write(data)

    def flush(self) -> None:
        """Write what waits."""
        self._corked = False
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self._write(b"".join(waiting))
