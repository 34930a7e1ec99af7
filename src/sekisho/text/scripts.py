"""Letters that look like others.

A word is suspicious when it mixes Latin letters with look-alikes of another script: an honest word is of one script.
Units and formulas (`µm`, `kΩ`, `Δt`) and product names in plain Japanese or Russian text are none of that: only
letters that are drawn like a Latin one count, and only between letters of one word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import category, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["folded", "is_piled", "mixed_words", "plain", "resolved", "skeleton"]

_OTHERS: Final = "аеорсухіјѕԁһԛԝвкмнтАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοѵ"
_ALIKE: Final = str.maketrans(dict(zip(_OTHERS, "aeopcyxijsdhqwbkmhtABEKMHOPCTXIJSABEZHIKMNOPTYXov", strict=True)))
_MIXED: Final = re.compile(f"[A-Za-z][{_OTHERS}]|[{_OTHERS}][A-Za-z]")
"""A word of letters of ours and of some that look like them has one beside the other."""
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_LATIN: Final = re.compile(r"[A-Za-z]")
_UNWORDED: Final = re.compile(r"[^\w\x00-\x7f]{32,}")
_PILE: Final = re.compile(r"M{32,}")
"""More marks than one letter has in any language (UAX #15, 13): ordering them takes the square of their number."""
_RESHAPED: Final = str.maketrans({"0": "o", "1": "l", "|": "l"})


def mixed_words(text: str) -> list[str]:
    """Return the words that mix Latin letters with look-alikes of another script."""
    if text.isascii():
        return []
    return [word for word in _WORD.findall(text) if _is_mixed(word)]


def _is_mixed(word: str) -> bool:
    if word.isascii() or not _LATIN.search(word):
        return False
    return word.translate(_ALIKE).isascii()


def is_piled(text: str) -> bool:
    """Tell whether a letter has more marks than one has in any language."""
    return not text.isascii() and any(True for _ in _piles(_marked(text)))


def _marked(text: str) -> str:
    """Return a text with the marks of voice that are letters of half a width as marks, which they become anyway."""
    return text.replace("\uff9e", "\u3099").replace("\uff9f", "\u309a")


def _piles(text: str) -> Iterator[tuple[int, int]]:
    for found in _UNWORDED.finditer(text):
        kinds = "".join([category(char)[0] for char in found[0]])
        for pile in _PILE.finditer(kinds):
            yield found.start() + pile.start(), found.start() + pile.end()


def resolved(text: str) -> str:
    """Return a text with compatibility forms resolved; without the marks of letters that have very many."""
    marked = _marked(text)
    kept: list[str] = []
    at = 0
    for start, end in _piles(marked):
        kept.append(marked[at:start])
        at = end
    return normalize("NFKC", "".join((*kept, marked[at:])))


def folded(text: str) -> str:
    """Return a text with compatibility forms resolved and the look-alikes of mixed words as Latin letters."""
    if text.isascii():
        return text
    plain = resolved(text)
    if _MIXED.search(plain) is None:
        # Most texts in other letters than ours have no word that is taken for one of ours: none has to be looked at.
        return plain
    return _WORD.sub(lambda found: found[0].translate(_ALIKE) if _is_mixed(found[0]) else found[0], plain)


def skeleton(name: str) -> str:
    """Return what a name looks like: two names with one skeleton can be taken for each other.

    Case, separators, compatibility forms and look-alikes of other scripts fall together; so do 0 and o, 1 and l.
    """
    plain = resolved(name).translate(_ALIKE).casefold().translate(_RESHAPED)
    return "".join(char for char in plain if char.isalnum())


def plain(name: str) -> str:
    """Return a name without case and separators: what two habits of writing the same name share."""
    return "".join(char for char in name.casefold() if char.isalnum())
