"""Putting text into 80 columns: cut, padded or folded by what a terminal draws, not by characters."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sekisho.model.escape import columns, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["WIDTH", "fitted", "folded", "folded_lines", "local", "sheet"]

WIDTH: Final = 80
"""The columns of a line."""

_BOTH_WIDE: Final = 4
"""Between two wide characters a line may end anywhere: their scripts have no spaces."""

_CLOSING: Final = frozenset("。、」』)!?")
"""What no line begins with."""

_START: Final = re.compile(r"\A::")
"""What a CI runner takes for a command at the start of a line, and here lines start that were none."""

_NEAR: Final = 24
"""How far from the end of a line a space is looked for to break at, in columns."""


def fitted(text: str, width: int) -> str:
    """Return any text as exactly `width` columns: made printable, cut, padded."""
    shown = printable(text, width=width)
    return shown + " " * (width - columns(shown))


def folded(text: str, *, first: str = "", rest: str = "") -> Iterator[str]:
    """Return the lines of a printable text, each at most 80 columns, broken at spaces where there are any near.

    Args:
        text: one printable line of any length.
        first: stands before the first line.
        rest: stands before the others.
    """
    before, left = first, text
    while columns(before) + columns(left) > WIDTH:
        cut = _cut(left, WIDTH - columns(before))
        yield before + left[:cut].rstrip(" ")
        before, left = rest, _START.sub(r"⟨\g<0>⟩", left[cut:].lstrip(" "))
    yield before + left


def folded_lines(text: str) -> Iterator[str]:
    """Return the lines of a printable text of several lines, each at most 80 columns."""
    for line in text.splitlines():
        yield from folded(line)


def _cut(text: str, room: int) -> int:
    """Return how many characters of `text` go into `room` columns; at least one, so that folding ends."""
    taken = place = 0
    for place, char in enumerate(text):  # noqa: B007 - its last value counts
        taken += columns(char)
        if taken > room:
            break
    if text[place] in _CLOSING:
        place -= 1
    elif columns(text[place - 1 : place + 1]) < _BOTH_WIDE:
        place = max(text.rfind(" ", max(1, place - _NEAR), place + 1), 0) or place
    return max(1, place)


def sheet(rows: Sequence[tuple[str, str]], *, indent: str = "") -> Iterator[str]:
    """Return two columns: short labels, and printable values that may take several lines."""
    wide = max((columns(label) for label, _ in rows), default=0)
    rest = indent + " " * (wide + 2)
    for label, value in rows:
        yield from folded(value, first=f"{indent}{label}{' ' * (wide - columns(label))}  ", rest=rest)


def local(milliseconds: int) -> datetime | None:
    """Return a time of the audit in this machine's zone; None when no calendar holds it."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, tz=UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
