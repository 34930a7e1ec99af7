"""Cutting text into clauses, the stretch in which concepts count as standing together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sekisho.text.concepts import concepts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.text.passages import Passage

__all__ = ["Clause", "clauses", "flat", "sentences"]

_END: Final = re.compile(r"(?<=[.!?;])\s+|[。！？；]|\n[ \t]*(?=\n|[-*•#\d<])|(?<=>)\s*\n|\n(?=[A-Z][a-z]+ ?:)")  # noqa: RUF001 - full-width ends are meant
_LONGEST: Final = 600
_MARKS: Final = str.maketrans({"*": None, "’": "'", "‘": "'", "“": '"', "”": '"', "\u00ad": None})  # noqa: RUF001 - quotes are meant


class Clause(NamedTuple):
    """A sentence or list item of a passage."""

    passage: Passage
    """Where it stands."""

    text: str
    """Its words, in one line."""

    concepts: int
    """What it speaks about."""


def flat(text: str) -> str:
    """Return a text in one line, without emphasis and with plain quotes."""
    plain = text.replace("*", "") if text.isascii() else text.translate(_MARKS)
    return " ".join(plain.split())


def sentences(text: str) -> Iterator[str]:
    """Cut a text into its sentences and list items; a longer stretch without an end is cut by length."""
    for sentence in _END.split(text):
        line = flat(sentence)
        yield from (line[start : start + _LONGEST] for start in range(0, len(line), _LONGEST))


def clauses(passage: Passage, text: str) -> Iterator[Clause]:
    """Cut `text` into its sentences, and say what each speaks about."""
    for sentence in sentences(text):
        yield Clause(passage, sentence, concepts(sentence))
