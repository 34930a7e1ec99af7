"""Where a text for people turns to a machine that reads it, and what it wants there.

What stands behind the words that turn to a model is read, sentence by sentence; a sentence that forbids something asks
for nothing. `Wish.moves` is worth a question, `Wish.asks` a mark.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sekisho.text.abroad import wanted_abroad
from sekisho.text.clauses import clauses, sentences
from sekisho.text.dropping import is_elsewhere
from sekisho.text.lexicon import tongues
from sekisho.text.lexicon.concepts import Concept as C
from sekisho.text.lexicon.errands import ERRANDS, NAMED_ERRANDS
from sekisho.text.lexicon.pretexts import ABANDONED, CALLED_TOO, PRETEXTS, READERS
from sekisho.text.lexicon.readers import ADDRESSED, DEMANDED, HARM, LEAKY, LINK, NEGATED, PRIVATE, SENDS, TURN
from sekisho.text.lexicon.summons import BOUND, CALLED, FRAMED, GRAVE, GUARDED, HUSHED, TRADES
from sekisho.text.mentions import unquoted
from sekisho.text.reach import is_turned, reaching
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
_CALLED: Final = Spans(f"(?i:{CALLED}|{CALLED_TOO}|{PRETEXTS})", utf8=True)
_SUMMONED: Final = Spans(f"(?i:{CALLED}|{CALLED_TOO}|{BOUND})", utf8=True)
_LET: Final = re.compile(r"\W*(?:have|let|tell|ask|get|make|want|need|requires? that)\b", re.IGNORECASE)
"""What somebody has one do."""
_FRAMED: Final = Spans(f"(?i:{FRAMED}|{PRETEXTS})", utf8=True)
_GRAVE: Final = Spans(f"(?i:{GRAVE}|{ERRANDS})", utf8=True)
_NAMED_GRAVE: Final = Spans(f"(?i:{GRAVE}|{ERRANDS}|{NAMED_ERRANDS})", utf8=True)
_GUARDED: Final = Spans(f"(?i:{GUARDED})", utf8=True)
_HUSHED: Final = Spans(f"(?i:{HUSHED})", utf8=True)
_TRADES: Final = Spans(f"(?i:{TRADES})", utf8=True)
_MACHINES: Final = Spans(f"(?i:{tongues.MACHINES}|{READERS})", utf8=True)
_ABANDONED: Final = Spans(f"(?i:{ABANDONED})", utf8=True)
_FORBIDDEN: Final = re.compile(rf"(?i:{NEGATED}).*?(?:,? but |,? and (?:then |instead )?|; |\Z)")
"""What a sentence forbids, up to where it goes on with something else."""
_WITHOUT: Final = re.compile(rb"(?i:not|n't|never|without|no|need)\W+(?:\w+\W+)?\Z")
_NEAR: Final = 24
_CLOSE: Final = 120
"""Characters before, and half of those behind, words that name no reader."""
_BEFORE: Final = 240
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
    told = [
        wish
        for spans, sure in ((_ADDRESSED, True), (_DEMANDED, False))
        for before, window in _windows(spans, data)
        if (wish := _wish(passage, before, window, sure=sure)) is not None
    ]
    yield from told
    if not any(wish.moves for wish in told):
        yield from (wish for wish in _summonses(passage, data) if wish.moves or not told)
    for before, window in _windows(_LINK, data):
        said = _said(passage, before + window)
        if said & _PERSUADES and not _talks(said, before + window):
            yield Wish(window, moves=False)


def _summonses(passage: Passage, data: bytes) -> Iterator[Wish]:
    """Yield the first thing that is wanted of a reader that no honest text asks of one."""
    for before, window in _windows(_SUMMONED, data):
        if (wish := _summons(passage, before, window, named=True)) is not None:
            yield wish
            return
    for before, window in _windows(_FRAMED, data):
        if (wish := _summons(passage, before, window, named=False)) is not None:
            yield wish
            return
    for spans, named in ((_MACHINES, True), (_ABANDONED, False)):
        for before, window in _windows(spans, data):
            if (wish := _abroad(passage, before, window, named=named)) is not None:
                yield wish
                return


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
            near = _decoded(data, found.start() - _NEAR, found.start())
            if is_turned(near, _decoded(data, found.start(), found.start() + _CLOSE)):
                end = found.end() + _BEHIND
                before = _decoded(data, found.start() - _BEFORE, found.start())
                yield reaching(before, _decoded(data, found.start(), end))


def _decoded(data: bytes, start: int, end: int) -> str:
    return data[max(0, start) : end].decode("utf-8", "ignore")


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


def _shows(passage: Passage, window: str) -> bool:
    """As `_talks`, where it is not known yet what a text speaks about."""
    return any(mark in window for mark in _QUOTES) and bool(_said(passage, window) & C.ABOUT)


def _summons(passage: Passage, before: str, window: str, *, named: bool) -> Wish | None:
    """Return what is wanted that nobody asks of a reader in good faith.

    Args:
        passage: where it stands.
        before: what stands before.
        window: the words that turn to a reader, and what is behind them.
        named: whether they name one; else they speak of what it has to do with.
    """
    read = before + window if named else unquoted(before[-_CLOSE:] + window[: 2 * _CLOSE], every=True)
    errands = _NAMED_GRAVE if _is_spoken_to(window) else _GRAVE
    grave = hushed = False
    wanted: list[str] = []
    for sentence in sentences(read):
        words = sentence.encode()
        hushed = hushed or _HUSHED.has(words)
        if not (grave or _is_guarded(words) or _TRADES.has(words)):
            wanted.append(_FORBIDDEN.sub(" ", sentence))
            grave = errands.has(wanted[-1].encode())
    if grave or (named and hushed and any(_said(passage, each) & _DEEDS for each in wanted)):
        return None if _shows(passage, before + window) else Wish(window, moves=grave and hushed)
    return None


def _is_spoken_to(window: str) -> bool:
    """Tell whether words name a reader as one that is spoken to, and do not say what one does or somebody has it do."""
    return _LET.match(window) is None and _CALLED.has(window[:_CLOSE].encode())


def _abroad(passage: Passage, before: str, window: str, *, named: bool) -> Wish | None:
    """Return what a text in another language wants of a reader that is a machine, named or told to drop its task."""
    moves = wanted_abroad(before[-_CLOSE:] + window, named=named)
    return None if moves is None or _shows(passage, before + window) else Wish(window, moves=moves)


def _is_guarded(words: bytes) -> bool:
    """Tell whether something is done with somebody's leave: not where nobody shall be asked."""
    return any(
        _WITHOUT.search(words, max(0, found.start() - _NEAR), found.start()) is None for found in _GUARDED.find(words)
    )


def _wish(passage: Passage, before: str, window: str, *, sure: bool) -> Wish | None:
    said = wanted = 0
    harm = gives = place = dropped = False
    if not sure and _TRADES.has((before[-_NEAR:] + window[:_NEAR]).encode()):
        return None
    # Who says what one has to do may have said before what that is.
    for clause in clauses(passage, window if sure else before + window):
        said |= clause.concepts
        words = clause.text.encode()
        dropped = dropped or bool(clause.concepts & C.OVERRIDE and not is_elsewhere(clause.text))
        if not (_NEGATED.has(words) or _is_guarded(words)):
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
    if moves or hidden or wanted & C.FETCH_RUN or (dropped and said & (C.RULES | C.TASK)):
        return Wish(window, moves)
    return Wish(window, moves=False) if harm or (sure and (fixed or gives)) else None
