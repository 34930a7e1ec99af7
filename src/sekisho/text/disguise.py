"""Words in a disguise: letters apart, with digits among them, turned round, shifted, in hexadecimal digits.

A few words that orders are made of are looked for in each of them. Where one is found, the whole text is read as it is
then, and judged like any other; a text in which none is found is never written otherwise.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from sekisho.text.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TRIGGER", "is_disguised", "undisguised"]

_WORDS: Final = ("ignore", "instructions", "previous", "password", "assistant", "prompt", "system", "forget", "delete")
_DIGITS: Final = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7", "l": "1"}
_LETTERS: Final = str.maketrans("4@31!05$7", "aaeiiosst")
_GAP: Final = r"[ .\-_*]{1,3}"
_APART: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .\-_*]{1,3}){3,}[^\W\d_](?![^\W_])")
_HEX: Final = re.compile(r"(?:[2-7][0-9A-Fa-f][ ,:]?){20,}")
_LONGEST: Final = 100_000


def _spaced(word: str) -> str:
    return _GAP.join(word)


def _spelt(word: str) -> str:
    """Return a pattern for a word in which a digit stands for one letter at least."""
    ways: list[str] = []
    for at, letter in enumerate(word):
        if letter in _DIGITS:
            rest = "".join(f"[{each}{_DIGITS.get(each, '')}]" for each in word[at + 1 :])
            ways.append(f"{word[:at]}[{_DIGITS[letter]}]{rest}")
    return "|".join(ways)


_SHIFTED: Final = "|".join(codecs.encode(word, "rot13") for word in _WORDS)
_TURNED: Final = "|".join(word[::-1] for word in _WORDS if len(word) > 6)  # noqa: PLR2004 - a shorter one may be a word
_DIGITED: Final = "|".join(map(_spelt, _WORDS))
_SEPARATE: Final = "|".join(map(_spaced, _WORDS))

TRIGGER: Final = f"(?i:{_SHIFTED}|{_TURNED}|{_DIGITED}|{_SEPARATE})|(?:[2-7][0-9A-Fa-f][ ,:]?){{20}}"
"""What a text in a disguise holds, in RE2's syntax over UTF-8."""

_ANY: Final = Spans(TRIGGER, utf8=True)
_IS_SHIFTED, _IS_TURNED, _IS_DIGITED, _IS_SEPARATE = (
    Spans(f"(?i:{pattern})", utf8=True) for pattern in (_SHIFTED, _TURNED, _DIGITED, _SEPARATE)
)


def is_disguised(text: str) -> bool:
    """Tell whether a text, or one of several on lines of their own, may have a disguise."""
    return _ANY.has(text.encode())


def undisguised(text: str) -> Iterator[str]:
    """Yield a text as it is without the disguises that it has."""
    text = text[:_LONGEST]
    if not is_disguised(text):
        return
    data = text.encode()
    if _IS_SHIFTED.has(data):
        yield codecs.decode(text, "rot13")
    if _IS_TURNED.has(data):
        yield text[::-1]
    if _IS_DIGITED.has(data):
        yield text.translate(_LETTERS)
    if _IS_SEPARATE.has(data):
        yield _APART.sub(_joined, text)
    for found in _HEX.finditer(text):
        yield _said(found[0])


def _joined(found: re.Match[str]) -> str:
    """Return letters that stand apart as words; between words the gap is wider, or another one."""
    said = found[0]
    if said[1] != " ":
        return said.replace(said[1], "")
    return said.replace("  ", "\0").replace(" ", "").replace("\0", " ")


def _said(digits: str) -> str:
    return bytes.fromhex(re.sub(r"[ ,:]", "", digits)).decode()
