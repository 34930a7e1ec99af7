"""Where a shell stands, as it goes through a command: at the place where it began, or where it was told to go."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["MOST", "Stands", "Strides"]

MOST: Final = 16
"""Times that a shell goes elsewhere in one command, and places at which it may stand."""

Stands = frozenset[str | None]
"""Folders in which a shell may be; None for one that cannot be told."""

_QUOTED: Final = re.compile(r"'[^']*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_BRACKET: Final = re.compile(r"[()]")
_LOOSE: Final = re.compile(r"[;\n]|\|\|")
"""What may follow a command that failed."""

_STRICT: Final = re.compile(r"\s*set\s+-\w*e")


class _Stride(NamedTuple):
    """One step of a shell to another folder."""

    at: int
    """Where in the text it is taken."""

    stands: Stands
    """Where it leads."""

    ends: int
    """Where in the text it is over, because it was taken in brackets."""

    unsure: int
    """From where on in the text it cannot be told whether it was taken at all."""


class Strides:
    """The way of a shell through one command.

    Args:
        text: the command.
        begin: where it begins.
    """

    def __init__(self, text: str, begin: Stands) -> None:
        self._text = text
        self._bare: str | None = None
        self._begin = begin
        self._taken: list[_Stride] = []
        self.everywhere = begin
        self.lost = False

    def go(self, at: int, stands: Stands) -> None:
        """Take a step behind a place of the text; `lost` tells that there were too many."""
        if len(self._taken) == MOST or len(self.everywhere | stands) > MOST:
            self.lost = True
            return
        if self._bare is None:
            self._bare = _QUOTED.sub(lambda found: " " * len(found[0]), self._text)
        loose = None if _STRICT.match(self._text) else _LOOSE.search(self._bare, at)
        self._taken.append(_Stride(at, stands, self._end(at, self._bare), loose.start() if loose else len(self._text)))
        self.everywhere |= stands

    def at(self, place: int) -> Stands:
        """Return where it may stand at a place of the text."""
        stands = self._begin
        for each in self._taken:
            if each.at <= place < each.ends:
                stands = stands | each.stands if each.unsure < place else each.stands
        return stands

    def where(self, target: str) -> set[Stands]:
        """Return where it may stand where output is redirected to a target."""
        if not self._taken:
            return {self._begin}
        found = re.finditer(rf">[>|&]?\s*[\"']?{re.escape(target[:80])}", self._text)
        return {self.at(each.start()) for each in found} or {self.everywhere}

    def _end(self, at: int, bare: str) -> int:
        """Return where the brackets or quotes end in which a place is."""
        inside = next((found.end() for found in _QUOTED.finditer(self._text) if found.start() < at < found.end()), None)
        if inside is not None:
            return inside
        depth = 0
        for found in _BRACKET.finditer(bare, at):
            depth += 1 if found[0] == "(" else -1
            if depth < 0:
                return found.start()
        return len(self._text) + 1
