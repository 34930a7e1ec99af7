"""A command in ASCII, for a grammar whose scanner reads outside of its tables where there are other letters."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

__all__ = ["Spelling", "narrow"]

_WIDE: Final = re.compile(r"[^\x00-\x7f]")
_SPELLED: Final = re.compile(r"_u([89a-f][0-9a-f]|[1-9a-f][0-9a-f]{2,4}|10[0-9a-f]{4})_")


class Spelling:
    """A text whose letters beyond ASCII are spelled out, each as a word of its own.

    The grammar's scanner calls `isspace` with code points, which reads outside of its table and may end the process.
    """

    def __init__(self, text: str) -> None:
        self.text = text if text.isascii() else _WIDE.sub(lambda found: f"_u{ord(found[0]):x}_", text)
        self.begins = "`" in text or "$(" in text
        self.tears = "\n" in text and "\\" in text
        self._ends: list[int] = []
        self._gains: list[int] = []
        gain = 0
        for found in _WIDE.finditer(text) if self.text is not text else ():
            gain += len(f"_u{ord(found[0]):x}_") - 1
            self._ends.append(found.end() + gain)
            self._gains.append(gain)

    def place(self, at: int) -> int:
        """Return a place of the spelled text as one of the text."""
        if not self._ends:
            return at
        before = bisect_right(self._ends, at)
        return at - self._gains[before - 1] if before else at


def narrow(text: str) -> str:
    """Undo the spelling. What was written like one is no ASCII either, so it makes no known name."""
    return _SPELLED.sub(lambda found: chr(int(found[1], 16)), text) if "_u" in text else text
