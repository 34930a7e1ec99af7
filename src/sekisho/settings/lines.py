"""Places in a text: an offset as line and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from sekisho.settings.node import Region

__all__ = ["Lines"]

_LINE_END: Final = re.compile(r"\r\n?|\n")


class Lines:
    """The line ends of one text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def region(self, start: int, end: int) -> Region:
        """Return the stretch between two offsets."""
        return Region(*self.place(start), *self.place(end))
