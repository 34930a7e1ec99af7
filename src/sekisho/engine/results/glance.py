"""One look at all texts of a message together: whether anybody has to read them closely.

Most messages hold nothing of what is looked for. That is shown here at once, by one pass over their decoded texts with
everything that the readers behind this need: a message that is let go has no cue, no secret, no sign, nothing hidden.
One that is not let go may still hold nothing; then they say so, place by place.
"""

from __future__ import annotations

from enum import Enum, auto
from functools import cache
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from sekisho.engine.results.adjacent import runs
from sekisho.engine.results.blobs import said_in
from sekisho.engine.results.groups import MANY, groups
from sekisho.engine.results.spelling import SIGNS
from sekisho.text.cues import cues, has_cue
from sekisho.text.disguise import TRIGGER as DISGUISE
from sekisho.text.encoded import ANY, meant
from sekisho.text.invisible import visible
from sekisho.text.spans import Several, Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.wire.strict import Json

__all__ = ["MINTED", "OPAQUE", "PRIVATE", "Glance", "glance", "is_plain", "may_be_cut", "without_secrets"]

OPAQUE: Final = frozenset({"cursor", "nextCursor", "progressToken", "requestState"})
"""Members of the protocol whose names say more than their values are: opaque to everybody but one side."""

MINTED: Final = frozenset({"kty", "d"})
"""The members of a key that is private (RFC 7518, 6.2.2 and 6.3.2)."""

PRIVATE: Final = "private_key"
"""What the second one is called here."""

_LOOKED_AT: Final = 512 * 1024
"""Characters from which on nothing is looked at where others wait: five milliseconds, and seconds where they stand in
an order that this process has not seen yet."""

_ANSWERED: Final = 64 * 1024
"""The same for an answer: what is said beside it may not wait, as the answer would come first."""

_DENSE: Final = 8 * 1024
"""The same for an answer, if hardly any are blanks: letters in an order that nobody has seen yet take eighty times as
long."""

_WORD: Final = 32
"""Characters for each blank from which on a text is not made of words."""

_FOLDED: Final = 24 * 1024
"""The same, if one of them is not ASCII: then all are folded, which takes as long."""

_ODD: Final = 1500
"""Characters that may be a letter's other spelling, or are not drawn, that are looked at there."""

_PARTS: Final = 10_000
"""Values that are looked at there."""

_MOST: Final = 4000
"""Microseconds that reading may take there."""

_PART: Final = 12
"""Microseconds that a text or a name takes, however short."""

_OTHER: Final = 5
"""Microseconds that a character takes that may be another spelling, or is not drawn."""

_WHOLE: Final = 0.1
"""Microseconds that each byte takes as soon as something is looked for closely."""

_HIT: Final = 60
"""What may be a secret, a sign or a cue takes so many microseconds, besides what is read around it."""

_AROUND: Final = 1024
"""Bytes that are read around a cue."""

_READ: Final = 0.5
"""Microseconds for one of them, at most."""

_SIGNS: Final = Spans(SIGNS, utf8=True)

_NAMED: Final = ":x\n"
"""What stands behind a name here, so that one of a secret is seen by it."""


class Glance(Enum):
    """What one look tells."""

    PLAIN = auto()
    """No text speaks to a model, holds a secret, or anything that is not shown as it is."""

    LIGHT = auto()
    """Somebody has to read, and can do it where others wait."""

    HEAVY = auto()
    """Reading may take too long there, or looking did."""


def glance(content: Json, *, answer: bool = True) -> Glance:
    """Look at a message; no more of it than can be looked at where others wait.

    Args:
        content: of the message.
        answer: whether it is one, and can wait by itself.
    """
    texts = _texts(content, _PARTS)
    if texts is None or len(texts.said) > texts.most(answer=answer) or texts.odd() > _ODD:
        return Glance.HEAVY
    said = texts.said
    data = said.encode()
    silent = not _anything().has(data) and not _is_meant_otherwise(data, _anything())
    if silent and (said.isascii() or (visible(said) == said and not has_cue(said))):
        return Glance.PLAIN
    return Glance.HEAVY if _is_heavy(texts, data) else Glance.LIGHT


def is_plain(content: Json) -> bool:
    """Tell whether nobody has to read a message."""
    return glance(content) is Glance.PLAIN


def _is_heavy(texts: _Texts, data: bytes) -> bool:
    """Tell whether reading may take too long: by length, by number, and by how much of it is to be read."""
    left = _MOST - _PART * texts.parts - _OTHER * texts.odd() - _WHOLE * len(data)
    end = 0
    for found in _anything().find(data):
        # How far one look goes is not known: as far as the end.
        left -= _HIT + (len(data) >> 10) + _READ * (found.end() + _AROUND - max(end, found.start()))
        if left < 0:
            break
        end = found.end() + _AROUND
    return left < 0


def may_be_cut(content: Json) -> bool:
    """Tell whether a message may hold a secret, or anything else that is not shown as it is."""
    texts = _texts(content)
    return texts is None or _may_be_cut(texts.said.encode())


def _may_be_cut(data: bytes) -> bool:
    return ANY.has(data) or _SIGNS.has(data) or _is_meant_otherwise(data, ANY)


def without_secrets(content: Json) -> frozenset[str]:
    """Return the texts and names of a message of many that hold no secret, as one look at several of them tells.

    Others may hold none as well. What makes a secret by the name of its member is not looked at.
    """
    texts = [*_strings(content)]
    found: set[str] = set()
    for group, said in groups(texts, str) if len(texts) > MANY else ():
        data = said.encode()
        if not ANY.has(data) and not _is_meant_otherwise(data, ANY):
            found.update(group)
    return frozenset(found)


def _strings(content: Json) -> Iterator[str]:
    waiting: list[Json] = [content]
    for value in waiting:  # it grows meanwhile
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _is_meant_otherwise(data: bytes, wanted: Several) -> bool:
    """Tell whether texts are meant in another way than they are spelt, and hold what is looked for then."""
    as_meant = meant(data)
    return as_meant is not data and wanted.has(as_meant)


class _Texts(NamedTuple):
    """All texts of a message."""

    said: str
    """They, on lines of their own; the names of members too."""

    parts: int
    """How many."""

    def most(self, *, answer: bool) -> int:
        """Return how many characters of such texts are looked at where others wait."""
        if not self.said.isascii():
            return _FOLDED
        if not answer:
            return _LOOKED_AT
        return _DENSE if self.said.count(" ") * _WORD < len(self.said) else _ANSWERED

    def odd(self) -> int:
        """Count what may be another spelling, or is not drawn."""
        said = self.said
        return said.count("%") + said.count("\\") + said.count("&#") + len(said) - len(visible(said))


def _texts(content: Json, most: float = inf) -> _Texts | None:
    """Return all texts of a message; None where they are more than `most`."""
    texts: list[str] = []
    names: set[str] = set()
    waiting: list[Json] = [content]
    for value in waiting:  # it grows meanwhile
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            names.update(value)
            waiting.extend(value.values())
            blob = value.get("blob")
            if isinstance(blob, str) and len(blob) <= _LOOKED_AT:
                texts.append(said_in(blob) or "")
        elif isinstance(value, list):
            waiting.extend(value)
            if len(waiting) <= most:
                texts += ["".join([said for _, said in run]) for run in runs(value)]
        if len(waiting) > most:
            return None
    # `{"name": "API_KEY", "value": …}` has its name in a text.
    between = _NAMED if "value" in names else "\n"
    minted = (PRIVATE,) if names >= MINTED else ()
    return _Texts(between.join([*texts, _NAMED.join([*(names - OPAQUE), *minted, ""])]), len(texts) + len(names))


@cache
def _anything() -> Several:
    return cues() + ANY + Several(f"{SIGNS}|{DISGUISE}")
