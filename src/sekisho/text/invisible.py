"""Characters that a person does not see and a model reads.

Four ways of hiding are decoded: tag characters (a shadow of ASCII), variation selectors (a byte each), runs of
zero-width characters (a bit each), and bidirectional controls (letters drawn in another order than they stand).
What ordinary text needs is left alone: emoji sequences and flags, Persian and Indic joiners, one selector behind an
emoji or an ideograph, a byte order mark at the start, directional marks in right-to-left text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final
from unicodedata import bidirectional

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Hidden", "hidden", "is_long", "visible"]

_FLAG: Final = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{3,6}\U000e007f")
_TAGS: Final = re.compile("[\U000e0000-\U000e007f]+")
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}|(?<=[\x20-\x7e])[\U000e0100-\U000e01ef]+")
_BITS: Final = re.compile("[\u200b-\u200d\u2060-\u2064\u180e\ufeff]{8,}")
_SPLIT: Final = re.compile("(?<=[A-Za-z])[\u200b-\u200d\u2060-\u2064\u180e\u00ad\ufeff]+(?=[A-Za-z])")
_OVERRIDES: Final = re.compile("[\u202d\u202e]|[\u202a\u202b\u2066-\u2068]")
_FORCING: Final = "\u202d\u202e"
_UNDRAWN: Final = "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u180e\ufeff\u00ad\ufe00-\ufe0f\U000e0000-\U000e01ef]"
_DROPPED: Final = re.compile(f"{_UNDRAWN}+")
_FIRST_SELECTOR: Final = 0xFE00
_SECOND_BLOCK: Final = 0xE0100
_SIXTEEN: Final = 16
_BYTE: Final = 8


@dataclass(frozen=True, slots=True)
class Hidden:
    """A hidden stretch."""

    start: int
    """Where it begins in the text."""

    kind: str
    """`tags`, `selectors`, `zero-width`, `split-word` or `direction`."""

    decoded: str
    """What it says, as far as it says anything; else the word that it stands in."""


def visible(text: str) -> str:
    """Return a text without the characters that are not drawn."""
    return text if text.isascii() else _DROPPED.sub("", text)


def is_long(text: str, least: int) -> bool:
    """Tell whether so many characters in a row are not drawn: each says one character at most."""
    return not text.isascii() and _run(least).search(text) is not None


@cache
def _run(least: int) -> re.Pattern[str]:
    return re.compile(f"{_UNDRAWN}{{{least}}}")


def hidden(text: str) -> Iterator[Hidden]:
    """Yield every hidden stretch, by kind."""
    if not _DROPPED.search(text):
        return
    flags = {position for flag in _FLAG.finditer(text) for position in range(*flag.span())}
    for found in _TAGS.finditer(text):
        if found.start() not in flags:
            yield Hidden(found.start(), "tags", "".join(chr(ord(char) & 0x7F) for char in found[0] if ord(char) & 0x7F))
    for found in _SELECTORS.finditer(text):
        yield Hidden(found.start(), "selectors", _bytes(found[0]))
    for found in _BITS.finditer(text):
        yield Hidden(found.start(), "zero-width", _bits(found[0]))
    for found in _SPLIT.finditer(text):
        yield Hidden(found.start(), "split-word", _around(text, found.start()))
    leftward: bool | None = None
    for found in _OVERRIDES.finditer(text):
        if found[0] not in _FORCING and leftward is None:
            leftward = any(bidirectional(char) in {"R", "AL"} for char in text)
        if found[0] in _FORCING or not leftward:
            yield Hidden(found.start(), "direction", _around(text, found.start()))


def _around(text: str, at: int) -> str:
    return visible(text[max(0, at - 20) : at + 20])


def _bytes(run: str) -> str:
    values = bytes(
        ord(char) - _FIRST_SELECTOR if ord(char) < _SECOND_BLOCK else ord(char) - _SECOND_BLOCK + _SIXTEEN
        for char in run
    )
    return values.decode("utf-8", "replace")


def _bits(run: str) -> str:
    """Decode a run of two characters as bits, the first one being 0 or 1: the reading with more letters wins."""
    zero = run[0]
    readings = [_text("".join(bit if char == zero else other for char in run)) for bit, other in ("01", "10")]
    return max(readings, key=lambda reading: sum(char.isalnum() for char in reading))


def _text(bits: str) -> str:
    whole = len(bits) - len(bits) % _BYTE
    return bytes(int(bits[at : at + _BYTE], 2) for at in range(0, whole, _BYTE)).decode("utf-8", "replace")
