"""Where in a text somebody may be speaking to a model: a cheap look, so that the rest needs not be read closely.

A result is mostly data: a page, a file, a table. Orders in it have a cue (a voice, a tag, the task that the user gave,
something to be kept from somebody, instructions to be dropped), and each rule about results needs one.
Only the stretches around cues are cut into clauses and read, so a megabyte without one costs a millisecond or two.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sekisho.text.invisible import visible
from sekisho.text.lexicon import chinese, english, european, japanese, korean
from sekisho.text.lexicon.concepts import Concept
from sekisho.text.scripts import folded
from sekisho.text.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["has_cue", "stretches"]

_STRONG: Final = (
    Concept.VOICE,
    Concept.TAG,
    Concept.TASK,
    Concept.UNTOLD,
    Concept.UNAWARE,
    Concept.OBEY,
)
_AROUND: Final = 500
"""Bytes before and after a cue that are read."""
_NEAR: Final = 200
"""Bytes around a word of dropping in which instructions must stand."""


def has_cue(text: str) -> bool:
    """Tell whether a text may have a stretch to be read."""
    data = _shown(text)
    return _strong().has(data) or _dropping().has(data)


def stretches(text: str) -> Iterator[str]:
    """Yield the stretches of a text around its cues, as a person sees them; overlapping ones are one."""
    data = _shown(text)
    for begin, end in _joined(_cues(data)):
        yield data[begin:end].decode("utf-8", "ignore")


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
    found = [(match.start(), match.end()) for match in _strong().find(data)]
    found += [
        (match.start(), match.end())
        for match in _dropping().find(data)
        if _instructions().has(data[max(0, match.start() - _NEAR) : match.end() + _NEAR])
    ]
    return sorted(found)


def _any_language(*concepts: int) -> Spans:
    languages = (english.WORDS, european.WORDS, japanese.WORDS, chinese.WORDS, korean.WORDS)
    patterns = (words[concept] for words in languages for concept in concepts if concept in words)
    # What stands on one line in a clause may be wrapped here, or be quoted by another format.
    wrapped = (pattern.replace(" ", r"[\s\\]{1,16}") for pattern in patterns)
    return Spans("(?i:" + "|".join(f"(?:{pattern})" for pattern in wrapped) + ")", utf8=True)


@cache
def _strong() -> Spans:
    return _any_language(*_STRONG)


@cache
def _dropping() -> Spans:
    return _any_language(Concept.OVERRIDE)


@cache
def _instructions() -> Spans:
    return _any_language(Concept.RULES)
