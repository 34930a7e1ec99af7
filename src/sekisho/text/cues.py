"""Where in a text somebody may be speaking to a model: a cheap look, so that the rest needs not be read closely.

A result is mostly data: a page, a file, a table. Orders in it have a cue (a voice, a tag, the task that the user gave,
something to be kept from somebody, instructions to be dropped), and each rule about results needs one.
Only the stretches around cues are cut into clauses and read, so a megabyte without one costs a millisecond or two.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from sekisho.text.invisible import visible
from sekisho.text.lexicon import chinese, english, european, japanese, korean
from sekisho.text.lexicon.concepts import Concept
from sekisho.text.lexicon.pretexts import ABANDONED, CALLED_TOO, PRETEXTS, READERS
from sekisho.text.lexicon.readers import ADDRESSED, DEMANDED, LINK, TURN
from sekisho.text.lexicon.summons import BOUND, CALLED, FRAMED
from sekisho.text.lexicon.tongues import MACHINES
from sekisho.text.scripts import folded
from sekisho.text.spans import Several

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["cues", "has_cue", "stretches"]

_STRONG: Final = (
    Concept.VOICE,
    Concept.TAG,
    Concept.TASK,
    Concept.UNTOLD,
    Concept.UNAWARE,
    Concept.OBEY,
)
_FIRST: Final = (*_STRONG, Concept.OVERRIDE)
_ABROAD: Final = (european.WORDS, japanese.WORDS, chinese.WORDS, korean.WORDS)
_TURNED: Final = (
    (DEMANDED, LINK, TURN, CALLED, BOUND),
    (ADDRESSED,),
    (FRAMED, PRETEXTS),
    (CALLED_TOO, ABANDONED),
    (MACHINES, READERS),
)
"""How somebody turns to a reader; what stands together makes few more states than one of them."""
_BLANK: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]| \??")
"""Blanks of a pattern; what is escaped, and classes, by the way."""
_ENDS: Final = re.compile(r"\\[nrt]")
"""Ends of lines and columns as JSON writes them: the text of a result is JSON as often as not."""
_AROUND: Final = 500
"""Bytes before and after a cue that are read."""
_NEAR: Final = 200
"""Bytes around a word of dropping in which instructions must stand."""


def has_cue(text: str) -> bool:
    """Tell whether a text, or one of several on lines of their own, may have a stretch to be read."""
    return cues().has(_shown(text))


@cache
def cues() -> Several:
    """Return what a text with a cue holds, as a person sees it."""
    *others, last = map(_either, _TURNED)
    patterns = (f"{_said((english.WORDS,), _FIRST)}|{last}", _said(_ABROAD, _FIRST), *others)
    # A cue may have to stand at the beginning of a text, and the texts of a message are looked at together.
    return Several(*(f"(?im:{pattern})" for pattern in patterns))


def stretches(text: str) -> Iterator[str]:
    """Yield the stretches of a text around its cues, as a person sees them; overlapping ones are one."""
    data = _shown(text)
    for begin, end in _joined(_cues(data)):
        yield _ENDS.sub(_blank, data[begin:end].decode("utf-8", "ignore"))


def _blank(found: re.Match[str]) -> str:
    return "\t " if found[0].endswith("t") else " \n"


def _shown(text: str) -> bytes:
    return (text if text.isascii() else folded(visible(text))).encode("utf-8", "replace")


def _joined(cues: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches around cues."""
    joined: list[tuple[int, int]] = []
    for start, stop in cues:
        begin, end = max(0, start - _AROUND), stop + _AROUND
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined


def _cues(data: bytes) -> list[tuple[int, int]]:
    found = [(match.start(), match.end()) for match in _spans(*_STRONG).find(data)]
    found += [(match.start(), match.end()) for match in _turns().find(data)]
    found += [
        (match.start(), match.end())
        for match in _spans(Concept.OVERRIDE).find(data)
        if _spans(Concept.RULES).has(data[max(0, match.start() - _NEAR) : match.end() + _NEAR])
    ]
    return sorted(found)


def _said(languages: Iterable[Mapping[int, str]], concepts: Iterable[int]) -> str:
    return _either(words[concept] for words in languages for concept in concepts if concept in words)


def _either(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{_BLANK.sub(_wrapped, pattern)})" for pattern in patterns)


@cache
def _turns() -> Several:
    return Several(*(f"(?i:{_either(patterns)})" for patterns in _TURNED))


def _wrapped(found: re.Match[str]) -> str:
    """Write a blank of a pattern: what stands on one line in a clause may be wrapped here, or quoted by a format.

    A word begins behind an escaped end of a line too, whose letter is none of the word's.
    """
    match found[0]:
        case " ":
            return r"[\s\\]+"
        case " ?":
            return r"[\s\\]*"
        case r"\b":
            return r"(?:\b|\\[nrt])"
        case part:
            return part if part.startswith("\\") else part.replace(" ", r"\s\\")


@cache
def _spans(*concepts: int) -> Several:
    return Several(*(f"(?i:{_said(languages, concepts)})" for languages in ((english.WORDS,), _ABROAD)))
