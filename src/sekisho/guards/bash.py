"""Reads a command as bash does: programs with their words, wherever they stand.

A command of plain words is cut without a parser (`plain`); all else is read by a grammar (`grammar`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.guards.grammar import read
from sekisho.guards.plain import cut

if TYPE_CHECKING:
    from sekisho.guards.script import Script

__all__ = ["LONGEST", "PIPES", "parse"]

LONGEST: Final = 16 * 1024
"""Characters; a command that is longer is not read."""

PIPES: Final = 256
"""More of them are not read either: behind an error the grammar needs the square of their number."""


def parse(text: str) -> Script:
    """Return what a command does."""
    return cut(text) or read(text)
