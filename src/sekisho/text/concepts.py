"""Which concepts a text holds, in any of the languages that we read."""

from __future__ import annotations

from functools import cache
from typing import Final

from sekisho.text.lexicon import chinese, english, european, japanese, korean, shapes
from sekisho.text.signatures import SignatureSet

__all__ = ["concepts"]

_ANY: Final = (shapes.WORDS, english.WORDS, european.WORDS)
_WIDE: Final = (japanese.WORDS, chinese.WORDS, korean.WORDS)
"""Languages of which nothing can be said in ASCII."""


@cache
def _sets(*, ascii_only: bool) -> tuple[tuple[SignatureSet, tuple[int, ...]], ...]:
    """One set a language: an automaton's states multiply with what it holds, and several small ones stay small."""
    if ascii_only:
        return tuple((SignatureSet(list(words.values())), tuple(words)) for words in _ANY)
    return _sets(ascii_only=True) + tuple((SignatureSet(list(words.values())), tuple(words)) for words in _WIDE)


def concepts(text: str) -> int:
    """Return every concept that stands anywhere in a text of one line."""
    found = 0
    for signatures, flags in _sets(ascii_only=text.isascii()):
        for index in signatures.match(text):
            found |= flags[index]
    return found
