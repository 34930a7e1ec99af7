"""Which concepts a text holds, in any of the languages that we read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sekisho.text.lexicon import chinese, english, english_turns, european, japanese, korean, shapes
from sekisho.text.signatures import SignatureSet

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["concepts"]


def _cut(words: Mapping[int, str], count: int) -> list[dict[int, str]]:
    """Return words in so many parts."""
    return [dict([*words.items()][part::count]) for part in range(count)]


_MARKUP, _FOLDED = _cut(shapes.WORDS, 2)
_SOME, _OTHERS = _cut(english.WORDS, 2)
_ANY: Final = (_FOLDED, _SOME, _OTHERS | _MARKUP, *_cut(english_turns.WORDS, 3), european.WORDS)
"""English is cut: as one set it needs twice the states for the same texts, and making them is what costs.

What may be folded stands alone: beside it any other pattern doubles its states.
"""
_WIDE: Final = (japanese.WORDS, chinese.WORDS, korean.WORDS)
"""Languages of which nothing can be said in ASCII."""


@cache
def _sets(*, ascii_only: bool) -> tuple[tuple[SignatureSet, tuple[int, ...]], ...]:
    """Several sets: an automaton's states multiply with what it holds, and several small ones stay small."""
    if ascii_only:
        return tuple((SignatureSet(list(words.values())), tuple(words)) for words in _ANY)
    return _sets(ascii_only=True) + tuple((SignatureSet(list(words.values())), tuple(words)) for words in _WIDE)


def concepts(text: str) -> int:
    """Return every concept that stands anywhere in a text of one line."""
    found = 0
    encoded = text.encode("utf-8", "replace")
    for signatures, flags in _sets(ascii_only=len(encoded) == len(text)):
        for index in signatures.match(encoded):
            found |= flags[index]
    return found
