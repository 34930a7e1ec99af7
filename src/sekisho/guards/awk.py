"""Programs of awk: what starts another program, reads or writes a file, or is code from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["AWKS", "starts", "written"]

AWKS: Final = frozenset({"awk", "gawk", "mawk", "nawk"})
_LIVES: Final = re.compile(r"system\s{0,8}\(|getline|popen|/e$|/inet/|@\s{0,8}[A-Za-z]|\|&")
_OPTION: Final = re.compile(r"-[fEli]|--(?:fi|ex|lo|inc|deb|du|prof)|-[dDop]")
_VALUED: Final = frozenset({"-F", "-v"})
_TEXT: Final = re.compile(r"\"(?:[^\"\\\n]++|\\.)*+\"", re.DOTALL)
_EXPRESSION: Final = re.compile(r"(?:(?<=[(,~!{;&|\n])|^)\s{0,40}/(?:[^/\\\n]|\\.)*+/")
"""A regular expression, where no division can stand."""

_PIPE: Final = re.compile(r"(?<!\|)\|(?!\|)")
_WRITES: Final = re.compile(r"\bprintf?\b[^;{}\n]{0,400}?>>?\s{0,8}(?:\"((?:[^\"\\\n]|\\.){0,400})\"|([^\s\d\"]))")
_NAMED: Final = re.compile(r"\"((?:[^\"\\\n]|\\.){1,400})\"")


def starts(texts: Sequence[str]) -> bool:
    """Say whether a program of awk starts another one, or stands in a file, or writes where it computes."""
    return any(_OPTION.match(text) for text in texts) or any(map(_is_alive, _scripts(texts)))


def written(texts: Sequence[str]) -> Iterator[str]:
    """Yield the texts in programs of awk that may be names of files to write."""
    for text in _scripts(texts):
        if ">" in text:
            yield from (found[1] for found in _NAMED.finditer(text))


def _scripts(texts: Sequence[str]) -> Iterator[str]:
    """Yield the words that may be programs: all but what an option takes."""
    for before, text in zip(("", *texts), texts, strict=False):
        if before not in _VALUED and not text.startswith(("-F", "-v")):
            yield text


def _is_alive(text: str) -> bool:
    if _LIVES.search(text):
        return True
    writes = _WRITES.search(text)
    if writes is not None and writes[1] is None:
        return True
    if _PIPE.search(text) is None or ('"' in text and "/" in text):
        return _PIPE.search(text) is not None  # where both are, either may be a part of the other
    return _PIPE.search(_EXPRESSION.sub("x", text) if "/" in text else _TEXT.sub("", text)) is not None
