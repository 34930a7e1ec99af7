"""Texts inside of texts: what is decoded before it is judged.

base64, hexadecimal, percent and entity encoding, escapes, letters spaced out and letters written as digits are
unfolded and read like plain text. What does not decode to words is left alone: identifiers, digests and pictures are
no messages.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["unfolded"]

_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{20,}={0,2}")
_HEX: Final = re.compile(r"(?:0x)?((?:[0-9A-Fa-f]{2}[ :,]?){12,})")
_PERCENT: Final = re.compile(r"(?:%[0-9A-Fa-f]{2}[\w.~-]*){3,}")
_ENTITY: Final = re.compile(r"(?:&#?\w{2,8};.?){3,}")
_ESCAPES: Final = re.compile(r"(?:\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}){4,}")
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})")
_SPACED: Final = re.compile(r"(?:\b[A-Za-z][ .\-_]{1,3}){6,}[A-Za-z]\b")
_LEET: Final = re.compile(r"\b(?=\w*[a-zA-Z])[a-zA-Z]*[013457@$][a-zA-Z013457@$]*[a-zA-Z][\w@$]*")
_LETTERS: Final = str.maketrans("013457@$", "oleastas")
_DIGITS: Final = frozenset("013457@$")
_ENOUGH: Final = 2
_DEPTH: Final = 2
_LONGEST: Final = 100_000


def unfolded(text: str, *, depth: int = _DEPTH) -> Iterator[str]:
    """Yield every text that is folded into `text`, and what is folded into those, to a depth of two."""
    for inner in _inner(text):
        yield inner
        if depth > 1:
            yield from unfolded(inner, depth=depth - 1)


def _inner(text: str) -> Iterator[str]:
    text = text[:_LONGEST]
    for found in _BASE64.finditer(text):
        yield from _words(_from_base64(found[0]))
    for found in _HEX.finditer(text):
        yield from _words(_from_hex(found[1]))
    if "%" in text and _PERCENT.search(text):
        yield from _words(unquote(text))
    if "&" in text and _ENTITY.search(text):
        from html import unescape  # noqa: PLC0415 - its table of names is long, and few texts need it

        yield from _words(unescape(text))
    if "\\" in text and _ESCAPES.search(text):
        yield from _words(_ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), text))
    for found in _SPACED.finditer(text):
        yield re.sub(r"[ .\-_]{2,3}", " ", found[0]) if "  " in found[0] else ""
        yield re.sub(r"(?<=\w)[ .\-_](?=\w)", "", re.sub(r"[ .\-_]{2,3}", "  ", found[0])).replace("  ", " ")
    if not _DIGITS.isdisjoint(text) and len(_LEET.findall(text)) >= _ENOUGH:
        yield _LEET.sub(lambda found: found[0].translate(_LETTERS), text)


def _words(text: str) -> Iterator[str]:
    """Yield a decoded text when it is made of words."""
    letters = sum(char.isalpha() or char == " " for char in text)
    if len(text) >= 12 and letters >= 0.7 * len(text) and (" " in text or not text.isascii()):  # noqa: PLR2004 - a phrase
        yield text


def _from_base64(run: str) -> str:
    body = run.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def _from_hex(run: str) -> str:
    try:
        return bytes.fromhex(re.sub(r"[ :,]", "", run)).decode()
    except ValueError:
        return ""
