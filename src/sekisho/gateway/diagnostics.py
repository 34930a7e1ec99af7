"""What a server writes to its standard error, passed on for the person who reads logs.

Hosts show it, and without us they would; so it goes on to our own standard error, line by line, escaped (a server's
text must not drive a terminal or a CI runner) and bounded (a flood of it must not cost the time of calls).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.bounds import Allowance, Meter
from sekisho.gateway.lines import LineSplitter
from sekisho.model.escape import printable

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Diagnostics"]

_LINE_BYTES: Final = 8 * 1024
_COLUMNS: Final = 500
_LINE: Final = "line"
_LINES: Final = {_LINE: Allowance(500, 50)}


class Diagnostics:
    """Passes lines on.

    Args:
        write: takes one printable line.
        clock: monotonic seconds.
    """

    def __init__(self, write: Callable[[str], None], clock: Callable[[], float]) -> None:
        self._write = write
        self._clock = clock
        self._splitter = LineSplitter(_LINE_BYTES)
        self._meter = Meter(_LINES)
        self._dropped = 0

    def feed(self, data: bytes) -> None:
        """Take bytes of the server's standard error."""
        lines, overlong = self._splitter.feed(data)
        self._dropped += overlong
        now = self._clock()
        for line in lines:
            if not self._meter.take(_LINE, now):
                self._dropped += 1
                continue
            if self._dropped:
                self._write(f"({self._dropped} lines of the server's output left out)")
                self._dropped = 0
            self._write(printable(line.decode("utf-8", "replace"), width=_COLUMNS))
