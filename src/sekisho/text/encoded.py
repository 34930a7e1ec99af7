r"""Secrets that a text holds in another spelling: escaped, with characters inside that nobody sees, or in base64.

A text is read once more as it is meant: `\u0067`, `%67` and `&#103;` are letters, and what is not drawn is not there.
A run of base64 is read as what it says, where that is ASCII: such a run is told from others by its letters alone, as
the highest bit of each byte is zero.
"""

from __future__ import annotations

import base64
import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from sekisho.text.secrets import TRIGGERS
from sekisho.text.secrets import secrets as _plain
from sekisho.text.spans import Several, Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ANY", "FOLDED", "PLAIN", "RUN", "folded", "is_folded", "is_spelt", "meant", "secrets"]

_GROUP: Final = "[CDI-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/_-]"
_RUN: Final = rf"(?:{_GROUP}){{6,}}[A-Za-z0-9+/_-]*(?:(?:\r?\n|\\n)[A-Za-z0-9+/_-]{{4,}})*={{0,2}}"
_ENDS: Final = re.compile(rb"\r?\n|\\n")
_RUNS: Final = Spans(_RUN)

RUN: Final = f"(?:{_GROUP}){{6}}"
"""How a run of base64 begins, whose first eighteen bytes are ASCII."""

_DIGITS: Final = "(?:[2-7][0-9A-Fa-f]){20}"
_NUMBERS: Final = Spans(f"{_DIGITS}(?:[2-7][0-9A-Fa-f])*")

PLAIN: Final = Several(*TRIGGERS)
"""What a text as it is meant holds, if it holds a secret that is spelt out."""

FOLDED: Final = f"{RUN}|{_DIGITS}"
"""What it holds, if one is folded into it, in RE2's syntax."""

ANY: Final = PLAIN + Several(FOLDED)
"""What it holds, if it holds any."""

_LETTERS: Final = (
    rb"(?<=[A-Za-z0-9_+/-])[\"'] ?\+ ?[\"'](?=[A-Za-z0-9_+/=-])|"
    rb"\\+(?:u00|x)([2-7][0-9A-Fa-f])|%([2-7][0-9A-Fa-f])|&#x0{0,4}([2-7][0-9A-Fa-f]);|&#0{0,4}([0-9]{2,3});"
)
_UNSEEN: Final = (
    rb"(?:\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf|\xc2\xad|\xe1\xa0\x8e|\xef\xb8[\x80-\x8f]|"
    rb"\xf3\xa0[\x80-\x87][\x80-\xbf])+"
)
_LETTER: Final = re.compile(_LETTERS)
_UNDRAWN: Final = re.compile(_UNSEEN)
_SPELT: Final = re.compile(_LETTERS + b"|" + _UNSEEN)
_ODD_LETTERS: Final = r"[A-Za-z0-9_+/-][\"'] ?\+ ?[\"'][A-Za-z0-9_+/=-]|\\(?:u00|x)[2-7]|%[2-7][0-9A-Fa-f]|&#"
_ODD_LETTER: Final = Spans(_ODD_LETTERS)
_ODD: Final = Spans(
    rf"{_ODD_LETTERS}|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf|\xc2\xad|"
    r"\xe1\xa0\x8e|\xef\xb8[\x80-\x8f]|\xf3\xa0[\x80-\x87]"
)
"""The same, as far as one look tells: most texts have none, and this costs a twentieth."""
_SAID: Final = re.compile(rb"[\t-\r\x1b -~]{18,}")
"""A stretch of text in what a run says, where the whole is none: in pictures and programs hardly anything is."""

_STANDARD: Final = bytes.maketrans(b"-_", b"+/")
_ASCII: Final = 128
_DECIMAL: Final = 4


def secrets(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the spans of the secrets in a text's UTF-8 bytes, in whatever spelling; they may overlap."""
    if ANY.has(data):
        yield from _plain(data)
        yield from _folded(data)
    view, pieces = _meant(data)
    if pieces and ANY.has(view):
        starts = [piece.start for piece in pieces]
        for start, end in (*_plain(view), *_folded(view)):
            first, last = pieces[bisect_right(starts, start) - 1], pieces[bisect_right(starts, end - 1) - 1]
            yield first.origin(start), last.origin(end)


def is_spelt(data: bytes) -> bool:
    """Tell whether a text may hold anything in another spelling."""
    return _ODD.has(data) or _RUNS.has(data)


def is_folded(data: bytes) -> bool:
    """Tell whether a text may hold a run of base64 that says something."""
    return _RUNS.has(data)


def meant(data: bytes) -> bytes:
    """Return a text's UTF-8 bytes as they are meant; the very same where they are spelt so."""
    if not _ODD.has(data):
        return data
    return _UNDRAWN.sub(b"", _LETTER.sub(_meaning, data) if _ODD_LETTER.has(data) else data)


def _folded(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the runs of base64 and of hexadecimal digits that hold a secret."""
    for start, end, said in folded(data):
        if any(True for _ in _plain(said)):
            yield start, end
    for found in _NUMBERS.find(data):
        if any(True for _ in _plain(bytes.fromhex(found[0].decode()))):
            yield found.start(), found.end()


def folded(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield the runs of base64 that begin as ASCII, with what they say; lines of one run belong together.

    Of a run that is no text as a whole, the stretches of text in it: bytes of a picture may begin like one.
    """
    for found in _RUNS.find(data):
        run, start = found[0], found.start()
        body = _ENDS.sub(b"", run).rstrip(b"=")
        body = body[: len(body) - (len(body) % 4 == 1)]
        said = base64.b64decode(body.translate(_STANDARD) + b"=" * (-len(body) % 4))
        if _is_text(said):
            yield start, found.end(), said
            continue
        ends = _line_ends(run)
        for part in _SAID.finditer(said):
            first, last = part.start() * 4 // 3, -(-part.end() * 4 // 3)
            yield start + _place(first, ends), start + _place(last - 1, ends) + 1, part[0]


def _is_text(said: bytes) -> bool:
    try:
        said.decode()
    except ValueError:
        return False
    return True


def _line_ends(run: bytes) -> list[tuple[int, int]]:
    """Return for each end of a line in a run how many letters stand before it, and how long the ends are so far."""
    ends: list[tuple[int, int]] = []
    away = 0
    for end in _ENDS.finditer(run):
        before = end.start() - away
        away += end.end() - end.start()
        ends.append((before, away))
    return ends


def _place(letter: int, ends: list[tuple[int, int]]) -> int:
    """Return where in a run one of its letters stands, with the ends of lines before it."""
    at = bisect_right(ends, letter, key=itemgetter(0))
    return letter + (ends[at - 1][1] if at else 0)


class _Piece(NamedTuple):
    """A stretch of a text as it is meant."""

    start: int
    """Where it begins there."""

    place: int
    """Where it begins in the text as it came."""

    size: int
    """How long the spelling of the one letter is that it is; 0 where it is as it came."""

    def origin(self, at: int) -> int:
        """Return where in the text as it came a place in here, or its end, is."""
        return self.place + (at - self.start) * (self.size or 1)


def _meant(data: bytes) -> tuple[bytes, list[_Piece]]:
    """Return a text as it is meant, and what it is made of; one piece at most where it is as it came."""
    if not _ODD.has(data):
        return data, []
    said: list[bytes] = []
    pieces: list[_Piece] = []
    at = size = 0
    for found in _SPELT.finditer(data):
        letter = _letter(found)
        if letter is None:
            continue
        if found.start() > at:
            pieces.append(_Piece(size, at, 0))
            said.append(data[at : found.start()])
            size += found.start() - at
        if letter:
            pieces.append(_Piece(size, found.start(), found.end() - found.start()))
            said.append(letter)
            size += 1
        at = found.end()
    if not said and not at:
        return data, []
    if at < len(data):
        pieces.append(_Piece(size, at, 0))
        said.append(data[at:])
    return b"".join(said), pieces


def _meaning(found: re.Match[bytes]) -> bytes:
    letter = _letter(found)
    return found[0] if letter is None else letter


def _letter(found: re.Match[bytes]) -> bytes | None:
    """Return what is meant by a spelling: nothing by what is not drawn; None where it is no spelling of a letter."""
    group = found.lastindex
    if group is None:
        return b""
    number = int(found[group], 10 if group == _DECIMAL else 16)
    return bytes((number,)) if number < _ASCII else None
