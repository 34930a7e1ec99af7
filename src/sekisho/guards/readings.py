"""Every way in which a value may be read before somebody acts on it.

A server may decode percent signs once, twice or never, fold full-width characters or not, take a backslash for a slash
or for a letter. What it does is not known, so all orders of all steps are tried, and each outcome is a reading.
A value without anything to decode has one reading, itself. One that does not settle within the limit has no honest use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import is_normalized
from urllib.parse import unquote_to_bytes

from sekisho.text.scripts import resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from re import Match

__all__ = ["LIMIT", "Readings", "fold", "liken", "parts", "read", "squeeze", "unpercent", "unpercent_strictly"]

LIMIT: Final = 128
"""Readings of one value: five percent signs deep, in full width and with backslashes, is about half of it."""

_LAST: Final = 0x10FFFF
_WIDE_PERCENT: Final = re.compile("%[uU]([0-9A-Fa-f]{4})")
_LENIENT: Final = re.compile("%(?:[uU]|[cCeEfF][0-9A-Fa-f])")
_OVERLONG: Final = re.compile(
    rb"[\xc0\xc1][\x00-\xff]|\xe0[\x80-\x9f][\x80-\xbf]|\xf0[\x80-\x8f][\x80-\xbf]{2}"
    rb"|\xf8[\x80-\x87][\x80-\xbf]{3}|\xfc[\x80-\x83][\x80-\xbf]{4}"
)
_MISREAD: Final = re.compile("\xc0[\x80-\xbf]|\xc1[\x80-\xbf]|\xe0[\x80-\x9f][\x80-\xbf]")
_UNSEEN: Final = re.compile(
    "[\x01-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_UNSEEN_ASCII: Final = dict.fromkeys((*range(1, 0x20), 0x7F))
"""Of these what is ASCII, for a quicker way."""

_BEST_FIT: Final = {
    "\u2215": "/", "\u2044": "/", "\u29f8": "/", "\u2571": "/", "\u27cb": "/", "\u3033": "/",
    "\u2216": "\\", "\u29f5": "\\", "\u29f9": "\\", "\u27cd": "\\", "\xa5": "\\", "\u20a9": "\\", "\uffe5": "\\",
    "\uffe6": "\\", "\xb7": ".", "\u3002": ".", "\uff61": ".", "\u0660": ".", "\u06d4": ".", "\u0701": ".",
    "\u0702": ".", "\u02d0": ":", "\u2236": ":", "\ua789": ":", "\u05c3": ":", "\u0589": ":",
}  # fmt: skip
"""What NFKC leaves, and code pages (Windows' "best fit", Japanese, Korean) or domain names take for ASCII."""

_FITTED: Final = re.compile(f"[{re.escape(''.join(_BEST_FIT))}]")
_LETTER: Final = "\u3042"
_STEADY: Final = r"\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3"
"""Letters of Japanese, Chinese and Korean that no step changes, and that are joined to none before them."""

_STEADILY: Final = re.compile(f"[{_STEADY}]+")
_LOUD: Final = re.compile(
    r"[^\s0-9!#()*+,.:;?@\[\]^_|\\\-\u2010-\u2015\u2026\u3001\u3002\u300c-\u3011\u30fb\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f]"
)
"""What may become a letter of a program, a place, or a sign that starts something by itself."""

_DEPENDING: Final = re.compile(
    "[%={}$\u207c\u208c\u2a74-\u2a76\ufe37\ufe38\ufe5b\ufe5c\ufe66\ufe69\ufe6a\uff04\uff05\uff1d\uff5b\uff5d]"
)
"""What may mean something to the text behind it: percent signs, settings, braces and variables, in every spelling."""

_PARTS: Final = 64
_FOLDED: Final = re.compile(rf"[\s\S]?[^\x00-\x7f{_STEADY}]+")
"""What may change when a text is folded, with the letter to which it may be joined."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of a value."""

    texts: tuple[str, ...]
    """Each once, the value itself first."""

    settled: bool
    """False if there would have been more than the limit."""


def read(value: str, steps: Sequence[Callable[[str], str]]) -> Readings:
    """Return every text that the steps, in any order and as often as they change something, make of a value."""
    texts = [value]
    seen = {value}
    for text in texts:
        for step in steps:
            other = step(text)
            if other in seen:
                continue
            if len(texts) >= LIMIT:
                return Readings(tuple(texts), settled=False)
            seen.add(other)
            texts.append(other)
    return Readings(tuple(texts), settled=True)


def parts(text: str, steps: Sequence[Callable[[str], str]]) -> tuple[str, ...] | None:
    """Return the readings of what stands between the letters of a text that no step changes, each once.

    Instead of these letters there is one of them, and a semicolon before it, so that a command may always begin there.
    Left out is what starts nothing in any reading. None where more may depend on each other than stands together, or
    where there is too much of it.
    """
    if _DEPENDING.search(text) or _MISREAD.search(text):
        return None
    first, *between = _STEADILY.split(text)
    if not between:
        return None
    *between, last = between
    found = [each for each in dict.fromkeys(between) if _LOUD.search(each)]
    if len(found) > _PARTS:
        return None
    every = (f"{first}{_LETTER}", *(f";{_LETTER}{each}{_LETTER}" for each in found), f";{_LETTER}{last}")
    return tuple(each for part in every for each in read(part, steps).texts)


def unpercent(text: str) -> str:
    """Decode percent signs once, as leniently as any server ever did: `%u002e`, overlong UTF-8."""
    if "%" not in text:
        return text
    wide = _WIDE_PERCENT.sub(lambda found: chr(int(found[1], 16)), text)
    return _OVERLONG.sub(_shortest, unquote_to_bytes(wide.encode("utf-8", "surrogatepass"))).decode("utf-8", "replace")


def unpercent_strictly(text: str) -> str:
    """Decode percent signs once as today's libraries do, where that differs: what is no UTF-8 is no letter."""
    if not _LENIENT.search(text):
        return text
    return unquote_to_bytes(text.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")


def fold(text: str) -> str:
    """Fold characters of other widths to ASCII, and overlong UTF-8 that was read as Latin-1."""
    if text.isascii():
        return text
    again = _MISREAD.sub(lambda found: _shortest_text(found[0].encode("latin-1")), text)
    if is_normalized("NFKC", again):
        return again
    return _FOLDED.sub(lambda found: resolved(found[0]), again)


def liken(text: str) -> str:
    """Take characters that are drawn like separators for these, as code pages and domain names do."""
    return text if text.isascii() else _FITTED.sub(lambda found: _BEST_FIT[found[0]], text)


def squeeze(text: str) -> str:
    """Drop what nobody sees: URL parsers skip tabs and newlines, some file systems skip what has no width."""
    return text.translate(_UNSEEN_ASCII) if text.isascii() else _UNSEEN.sub("", text)


def _shortest(found: Match[bytes]) -> bytes:
    return _shortest_text(found[0]).encode("utf-8", "replace")


def _shortest_text(raw: bytes) -> str:
    """Return the character that overlong UTF-8 stands for, ignoring the upper bits as old decoders do."""
    first, *rest = raw
    value = first & (0x7F >> (len(raw)))
    for byte in rest:
        value = value << 6 | byte & 0x3F
    return chr(value) if value <= _LAST else "\ufffd"
