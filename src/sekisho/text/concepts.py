"""Which concepts a text holds, in any of the languages that we read."""

from __future__ import annotations

from functools import cache
from typing import Final

from sekisho.text.lexicon import chinese, english, european, japanese, korean, shapes
from sekisho.text.signatures import SignatureSet

__all__ = ["concepts"]

_LANGUAGES: Final = tuple(module.WORDS for module in (shapes, english, japanese, chinese, korean, european))


@cache
def _all() -> tuple[SignatureSet, tuple[int, ...]]:
    pairs = [(concept, pattern) for words in _LANGUAGES for concept, pattern in words.items()]
    return SignatureSet([pattern for _, pattern in pairs]), tuple(concept for concept, _ in pairs)


def concepts(text: str) -> int:
    """Return every concept that stands anywhere in a text of one line."""
    signatures, flags = _all()
    found = 0
    for index in signatures.match(text):
        found |= flags[index]
    return found
