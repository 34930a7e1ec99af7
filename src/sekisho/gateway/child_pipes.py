"""What a child says: stdout as lines, stderr as a tail.

Concepts: a `LineReader` (cuts stdout into lines for one receiver, holds them while paused, gives up at a limit) and a
`TailReader` (always reads, remembers the end). Both are asyncio protocols on a read pipe; `child.py` owns them.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TAIL", "LineReader", "TailReader"]

TAIL: Final = 64 * 1024
"""How many bytes of stderr are remembered."""


class LineReader(asyncio.Protocol):
    """Cuts what it reads into lines; starts paused.

    Costs: one split per read; an unfinished line is one growing buffer, so neither a long line nor one that drips in
    byte by byte costs more than about twice its limit in memory, or more than linear time.
    """

    __slots__ = (
        *("_cut", "_eof", "_fault", "_held", "_limit", "_line", "_on_end", "_overflow"),
        *("_partial", "_paused", "_transport", "ended"),
    )

    def __init__(
        self,
        line: Callable[[bytes], None],
        *,
        limit: int,
        overflow: Callable[[], None],
        fault: Callable[[], None],
        on_end: Callable[[], None],
    ) -> None:
        """Take the receiver, whose functions must neither block nor raise.

        Args:
            line: takes one line, without its newline and without a carriage return before that.
            limit: the longest line in bytes, its newline not counted.
            overflow: a line passed the limit: nothing more is delivered.
            fault: `line` raised: nothing more is delivered.
            on_end: the pipe has ended and the last line was delivered.
        """
        self._line = line
        self._overflow = overflow
        self._fault = fault
        self._on_end = on_end
        self._limit = limit
        self._transport: asyncio.ReadTransport | None = None
        self._partial = bytearray()
        self._held: deque[bytes] = deque()
        self._paused = True
        self._cut = False
        self._eof = False
        self.ended = False

    @property
    def paused(self) -> bool:
        """Whether lines are held."""
        return self._paused

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; asyncio calls this."""
        self._transport = cast("asyncio.ReadTransport", transport)
        if self._paused:
            self._transport.pause_reading()

    def data_received(self, data: bytes) -> None:
        """Cut one read into lines and deliver them; asyncio calls this."""
        if self._cut:
            return
        lines = data.split(b"\n")
        rest = lines.pop()
        room = self._limit - len(self._partial)
        if lines and self._partial:
            self._partial += lines[0]
            lines[0] = bytes(self._partial)
            self._partial = bytearray()
        if rest:
            self._partial += rest
        if len(data) > room and self._overlong(lines):
            return
        if self._paused or self._held:
            self._held.extend(lines)
        else:
            self._deliver(lines)

    def _overlong(self, lines: list[bytes]) -> bool:
        """Deliver what stands before a line that is too long, and stop there; whether there was one."""
        limit = self._limit
        bad = next((index for index, line in enumerate(lines) if len(line) > limit), len(lines))
        if bad == len(lines) and len(self._partial) <= limit:
            return False
        if not (self._paused or self._held):
            self._deliver(lines[:bad])
        if not self._cut:
            self.cut()
            self._overflow()
        return True

    def _deliver(self, lines: list[bytes]) -> None:
        line = self._line
        try:
            for index, data in enumerate(lines):
                line(data[:-1] if data.endswith(b"\r") else data)
                if self._paused or self._cut:
                    self._hold(lines[index + 1 :])
                    return
        except Exception:
            self.cut()
            self._fault()
            raise

    def _hold(self, lines: list[bytes]) -> None:
        if not self._cut:
            self._held.extendleft(reversed(lines))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - however it ended
        """The pipe has ended; asyncio calls this."""
        self._eof = True
        if self._cut or not (self._paused or self._held):
            self._finish()

    def pause(self) -> None:
        """Deliver nothing more until `resume`, not even what was read already."""
        if self._paused or self._cut:
            return
        self._paused = True
        if self._transport is not None and not self._eof:
            self._transport.pause_reading()

    def resume(self) -> None:
        """Deliver again; what was held comes in the next turn of the loop."""
        if not self._paused:
            return
        self._paused = False
        if self._held or self._eof:
            asyncio.get_running_loop().call_soon(self._catch_up)
        elif self._transport is not None:
            self._transport.resume_reading()

    def _catch_up(self) -> None:
        if self._paused or self._cut:
            return
        lines = list(self._held)
        self._held.clear()
        self._deliver(lines)
        if self._paused or self._cut:
            return
        if self._eof:
            self._finish()
        elif self._transport is not None:
            self._transport.resume_reading()

    def cut(self) -> None:
        """Deliver nothing more, give the memory back, and read on only to let the pipe end."""
        self._cut = True
        self._held.clear()
        self._partial = bytearray()
        self._paused = False
        if self._eof:
            asyncio.get_running_loop().call_soon(self._finish)
        elif self._transport is not None:
            self._transport.resume_reading()

    def close(self) -> None:
        """Close the pipe, whatever is still in it; a partial line is not delivered."""
        self._cut = True
        self._held.clear()
        self._partial = bytearray()
        if self._transport is not None:
            self._transport.close()

    def _finish(self) -> None:
        if self.ended:
            return
        self.ended = True
        last, self._partial = self._partial, bytearray()
        try:
            if last and not self._cut:
                self._deliver([bytes(last)])
        finally:
            self._on_end()


class TailReader(asyncio.Protocol):
    """Reads everything at once and remembers the end of it."""

    __slots__ = ("_on_data", "_on_end", "_tail", "_transport", "ended")

    def __init__(self, on_end: Callable[[], None], on_data: Callable[[bytes], None]) -> None:
        """Take what is called when the pipe has ended, and what gets the bytes as they come."""
        self._on_end = on_end
        self._on_data = on_data
        self._tail = bytearray()
        self._transport: asyncio.BaseTransport | None = None
        self.ended = False

    @property
    def tail(self) -> bytes:
        """The last bytes, at most `TAIL`."""
        return bytes(self._tail[-TAIL:])

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; asyncio calls this."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Remember; asyncio calls this."""
        self._tail += data
        if len(self._tail) > 2 * TAIL:
            del self._tail[:-TAIL]
        self._on_data(data)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - however it ended
        """The pipe has ended; asyncio calls this."""
        self.ended = True
        self._on_end()

    def close(self) -> None:
        """Close the pipe, whatever is still in it."""
        if self._transport is not None:
            self._transport.close()
