"""Definitions that come under another name: renamed as a whole, or split off another one.

A pin is kept by name, so a text that an approval does not cover could come back under a new name, or in two halves.
Neither is shown because of that: a new name is new. What is told is where it comes from.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.model.place import Kind
from sekisho.pin.canonical import canonical
from sekisho.text.passages import Role, passages
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.wire.strict import Json

__all__ = ["Kinship", "kin"]

_WORD: Final = re.compile(r"\w{2,}")
_KEYS: Final = {Kind.RESOURCE: "uri", Kind.TEMPLATE: "uriTemplate"}
_RENAMED: Final = 0.8
_SPLIT: Final = 0.7
_LEAST: Final = 6
_COMPARED: Final = 2000
"""Most pairs that are compared in one listing: a server that renames more has changed as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """Where a new definition comes from."""

    name: str
    """The name of the definition whose text it has."""

    split: bool
    """Whether it has a part of that text only."""


def kin(kind: Kind, new: Mapping[str, Json], gone: Mapping[str, Json], kept: Mapping[str, Json]) -> dict[str, Kinship]:
    """Return, for each new name that has another definition's text, whose.

    Args:
        kind: what all of them are.
        new: what is there now, by a name that nobody has approved.
        gone: approved texts whose names are not there any more.
        kept: approved texts whose names are there, with another text than the approved one.
    """
    exact = {_bare(kind, body): name for name, body in gone.items()}
    words = {name: _words(body) for name, body in {**kept, **gone}.items()}
    found: dict[str, Kinship] = {}
    if not words:
        return found
    left = _COMPARED
    for name, body in new.items():
        same = exact.get(_bare(kind, body))
        if same is not None:
            found[name] = Kinship(name=same, split=False)
            continue
        left -= len(words)
        kinship = _likest(_words(body), words, frozenset(gone)) if left >= 0 else None
        if kinship is not None:
            found[name] = kinship
    return found


def _likest(of: Counter[str], words: Mapping[str, Counter[str]], gone: frozenset[str]) -> Kinship | None:
    if of.total() < _LEAST:
        return None
    best: tuple[float, Kinship] | None = None
    for name, others in words.items():
        shared = (of & others).total()
        whole, part = shared / max(of.total(), others.total(), 1), shared / of.total()
        if name in gone and whole >= _RENAMED:
            candidate = (1 + whole, Kinship(name=name, split=False))
        elif part >= _SPLIT:
            candidate = (part, Kinship(name=name, split=True))
        else:
            continue
        if best is None or candidate[0] > best[0]:
            best = candidate
    return best[1] if best is not None else None


def _bare(kind: Kind, body: Json) -> bytes:
    key = _KEYS.get(kind, "name")
    return canonical({name: value for name, value in obj(body).items() if name != key})


def _words(body: Json) -> Counter[str]:
    """Count the words that are there to be read."""
    said = (each.text for each in passages(body) if each.role is Role.PROSE)
    return Counter(word for text in said for word in _WORD.findall(text.casefold()))
