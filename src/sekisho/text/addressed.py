"""Where a text for people turns to a machine that reads it, and what it wants there.

What stands behind the words that turn to a model is read, sentence by sentence; a sentence that forbids something asks
for nothing. `Wish.moves` is worth a question, `Wish.asks` a mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sekisho.text.clauses import clauses
from sekisho.text.lexicon.concepts import Concept as C
from sekisho.text.lexicon.readers import ADDRESSED, DEMANDED, HARM, LEAKY, LINK, NEGATED, PRIVATE, SENDS, TURN
from sekisho.text.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.text.passages import Passage

__all__ = ["Wish", "turns", "wants", "wishes"]

_ADDRESSED: Final = Spans(f"(?i:{ADDRESSED})", utf8=True)
_DEMANDED: Final = Spans(f"(?i:{DEMANDED})", utf8=True)
_HARM: Final = Spans(f"(?i:{HARM})", utf8=True)
_NEGATED: Final = Spans(f"(?i:{NEGATED})", utf8=True)
_LEAKY: Final = Spans(f"(?i:{LEAKY})", utf8=True)
_PRIVATE: Final = Spans(f"(?i:{PRIVATE})", utf8=True)
_SENDS: Final = Spans(f"(?i:{SENDS})", utf8=True)
_PLACE: Final = Spans(r"(?i:https?://|\w@[\w-]+\.\w)", utf8=True)
_LINK: Final = Spans(f"(?i:{LINK})", utf8=True)
_TURN: Final = Spans(f"(?i:{TURN})", utf8=True)
_BEFORE: Final = 160
_BEHIND: Final = 420
"""Bytes before and behind such words that are read."""
_QUOTES: Final = "'\"`「«„\u201c\u2018"
_DEEDS: Final = C.MOVE | C.READ | C.ACT | C.NAMED_TOOL | C.REDIRECT
_DATA: Final = C.SECRET | C.SECRET_PLACE | C.PERSONAL | C.CONTEXT | C.HEARD | C.LEAK_URL
_PERSUADES: Final = C.MODEL | C.DIRECTIVE | C.MOVE | C.WHENEVER
_HIDDEN: Final = C.UNTOLD | C.UNAWARE | C.STEALTH | C.NO_ASKING


class Wish(NamedTuple):
    """What is wanted of whoever reads."""

    excerpt: str
    """The words."""

    moves: bool
    """Something of the user's shall go to a place that the text names, or the user shall not know."""


def wishes(passage: Passage) -> Iterator[Wish]:
    """Yield what a text wants of a model that it turns to, where that is worth telling."""
    data = passage.text.encode("utf-8", "replace")
    for spans, sure in ((_ADDRESSED, True), (_DEMANDED, False)):
        for before, window in _windows(spans, data):
            wish = _wish(passage, before, window, sure=sure)
            if wish is not None:
                yield wish
    for before, window in _windows(_LINK, data):
        said = _said(passage, before + window)
        if said & _PERSUADES and not _talks(said, before + window):
            yield Wish(window, moves=False)


def turns(passage: Passage) -> Iterator[str]:
    """Yield what stands behind marks that only a host writes between the turns of a conversation, where it asks."""
    for _, window in _windows(_TURN, passage.text.encode("utf-8", "replace")):
        # A result that ends where a call begins is no text about either.
        if window.startswith("</") or _said(passage, window) & (_DEEDS | C.OVERRIDE):
            yield window


def _windows(spans: Spans, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield what stands before each place, and what is read from there on; what was read begins no other window."""
    end = 0
    for found in spans.find(data):
        if found.start() >= end:
            end = found.end() + _BEHIND
            before = data[max(0, found.start() - _BEFORE) : found.start()]
            yield before.decode("utf-8", "ignore"), data[found.start() : end].decode("utf-8", "ignore")


def _said(passage: Passage, window: str) -> int:
    said = 0
    for clause in clauses(passage, window):
        said |= clause.concepts
    return said


def wants(passage: Passage, said: str) -> bool:
    """Tell whether words that stand in a passage ask for something that matters, whoever they address."""
    return _wish(passage, "", said, sure=True) is not None


def _talks(said: int, window: str) -> bool:
    """Tell whether a text talks about such texts: it quotes them."""
    return bool(said & C.ABOUT) and any(mark in window for mark in _QUOTES)


def _wish(passage: Passage, before: str, window: str, *, sure: bool) -> Wish | None:
    said = wanted = 0
    harm = gives = place = False
    # Who says what one has to do may have said before what that is.
    for clause in clauses(passage, window if sure else before + window):
        said |= clause.concepts
        words = clause.text.encode()
        if not _NEGATED.has(words):
            wanted |= clause.concepts
            harm = harm or _HARM.has(words)
            gives = gives or (_PRIVATE.has(words) and _SENDS.has(words))
            place = place or _PLACE.has(words)
    if _talks(said | _said(passage, before), before + window):
        return None
    deed = wanted & _DEEDS
    gives = gives or bool(deed and wanted & _DATA)
    hidden = said & _HIDDEN and deed
    leaky = deed and _LEAKY.has(window.encode())
    fixed = leaky or (wanted & (C.MOVE | C.READ) and wanted & C.FIXED)
    moves = bool((gives and (place or leaky)) or (hidden and (gives or fixed)))
    if moves or hidden or wanted & C.FETCH_RUN or (said & C.OVERRIDE and said & (C.RULES | C.TASK)):
        return Wish(window, moves)
    return Wish(window, moves=False) if harm or (sure and (fixed or gives)) else None
