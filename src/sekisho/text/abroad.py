"""What a text in another language wants of a machine that reads it, sentence by sentence."""

from __future__ import annotations

from typing import Final

from sekisho.text.clauses import sentences
from sekisho.text.dropping import remaining
from sekisho.text.lexicon import tongues
from sekisho.text.lexicon.errands import ERRANDS
from sekisho.text.lexicon.summons import GRAVE
from sekisho.text.spans import Spans

__all__ = ["wanted_abroad"]

_PLACE: Final = Spans(rf"(?i:https?://|\w@[\w-]+\.\w|{tongues.SPOTS}|{GRAVE}|{ERRANDS})", utf8=True)
_DROPPED: Final = Spans(f"(?i:{tongues.DROPPED})", utf8=True)
_ORDERS: Final = Spans(f"(?i:{tongues.ORDERS})", utf8=True)
_UNTOLD: Final = Spans(f"(?i:{tongues.UNTOLD})", utf8=True)
_GIVEN: Final = Spans(f"(?i:{tongues.GIVEN})", utf8=True)
_THINGS: Final = Spans(f"(?i:{tongues.THINGS})", utf8=True)
_UNDONE: Final = Spans(f"(?i:{tongues.UNDONE}|{tongues.CLAIMED})", utf8=True)
_ORDERED: Final = Spans(f"(?i:{tongues.ORDERED})", utf8=True)
_LEFT_OPEN: Final = Spans(f"(?i:{tongues.ABLE}|{tongues.FORBIDDEN})", utf8=True)


def wanted_abroad(read: str, *, named: bool) -> bool | None:
    """Return whether something of the user's shall leave or stay untold; None where nothing is wanted.

    Args:
        read: the text around the words that turn to a reader.
        named: whether they name one; else they tell it that its task is off, which is nothing without an errand.
    """
    dropped = waived = given = undone = untold = False
    for sentence in sentences(read):
        words = sentence.encode()
        hushed = _UNTOLD.has(words)
        untold = untold or hushed
        if hushed or not _LEFT_OPEN.has(words):
            left = remaining(sentence).encode()
            waives = _DROPPED.has(left) and _ORDERS.has(left)
            ordered = _ORDERED.has(words)
            waived = waived or waives
            dropped = dropped or (waives and ordered)
            given = given or (_GIVEN.has(words) and _THINGS.has(words) and _PLACE.has(words))
            undone = undone or (ordered and _UNDONE.has(words))
    # That something shall not be told is nothing by itself, as people are warned of telling a machine;
    # nor is it that rules are no more.
    if not (given or undone or (dropped and named)):
        return None
    waived = waived or not named
    return waived + given + undone + untold > 1 and (waived or given)
