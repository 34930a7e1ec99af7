"""Whether a sentence that drops instructions drops the reader's: only that is asked for by an attack.

Who works with texts of strangers writes that instructions in them are ignored, a contract lets those of third parties
count for nothing, and a program has options that override others.
"""

from __future__ import annotations

import re
from typing import Final

from sekisho.text.concepts import concepts
from sekisho.text.lexicon.concepts import Concept
from sekisho.text.lexicon.elsewhere import BESIDE, ELSEWHERE
from sekisho.text.spans import Spans

__all__ = ["is_elsewhere", "remaining"]

_ANYWHERE: Final = Spans(f"(?i:{ELSEWHERE})", utf8=True)
_ELSEWHERE: Final = re.compile(ELSEWHERE, re.IGNORECASE)
_BESIDE: Final = re.compile(BESIDE, re.IGNORECASE)
_QUESTION: Final = re.compile(r"\?\W*(?:</[\w:-]+>\s*)?\Z")
_ASKS: Final = re.compile(r"\b(?:you|your|please|could|would|can|will|why|mind)\b", re.IGNORECASE)


def remaining(said: str) -> str:
    """Return a sentence without what is dropped in it that is not the reader's."""
    left = _ELSEWHERE.sub("", said) if _ANYWHERE.has(said.encode("utf-8", "replace")) else said
    return _BESIDE.sub("", left)


def is_elsewhere(said: str) -> bool:
    """Tell whether all that a sentence drops is somebody else's, or it only asks a person whether to."""
    if _QUESTION.search(said) and not _ASKS.search(said):
        return True
    left = remaining(said)
    found = concepts(left) if left != said else Concept.OVERRIDE | Concept.RULES
    return not (found & Concept.OVERRIDE and found & Concept.RULES)
