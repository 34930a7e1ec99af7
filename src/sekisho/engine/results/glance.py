"""One look at all texts of a message together: whether anybody has to read them closely.

Most messages hold nothing of what is looked for. That is shown here at once, by one pass over their decoded texts with
everything that the readers behind this need: a message that is let go has no cue, no secret, no sign, nothing hidden.
One that is not let go may still hold nothing; then they say so, place by place.
"""

from __future__ import annotations

from functools import cache
from math import inf
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from sekisho.engine.results.adjacent import runs
from sekisho.engine.results.blobs import blobs, said_in
from sekisho.engine.results.groups import MANY, groups
from sekisho.engine.results.spelling import SIGNS
from sekisho.text.cues import cues, has_cue
from sekisho.text.disguise import TRIGGER as DISGUISE
from sekisho.text.encoded import ANY, FOLDED, PLAIN, meant
from sekisho.text.invisible import visible
from sekisho.text.scripts import is_piled
from sekisho.text.spans import Several, Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.wire.strict import Json

__all__ = ["MINTED", "OPAQUE", "PRIVATE", "is_plain", "look", "may_be_cut", "without_secrets"]

OPAQUE: Final = frozenset({"cursor", "nextCursor", "progressToken", "requestState"})
"""Members of the protocol whose names say more than their values are: opaque to everybody but one side."""

MINTED: Final = frozenset({"kty", "d"})
"""The members of a key that is private (RFC 7518, 6.2.2 and 6.3.2)."""

PRIVATE: Final = "private_key"
"""What the second one is called here."""

_LOOKED_AT: Final = 16 * 1024
"""Characters from which on nothing is looked at where others wait: five milliseconds at most, whatever they are."""

_FOLDED: Final = 6 * 1024
"""The same, if one of them is not ASCII: then all are folded, which takes as long."""

_SEEN: Final = 9 * 1024
"""The same of a text and of what it means, where it is spelt otherwise, and of one with its letters' forms resolved."""

_PIECE: Final = 1024
"""Characters that are folded at once to see how many more they become: one may be eighteen."""

_ODD: Final = 1500
"""Characters that may be a letter's other spelling, or are not drawn, that are looked at there."""

_PARTS: Final = 10_000
"""Values that are looked at there."""

_SIGNS: Final = Spans(SIGNS, utf8=True)

_NAMED: Final = ":x\n"
"""What stands behind a name here, so that one of a secret is seen by it."""


def is_plain(content: Json) -> bool:
    """Tell whether nobody has to read a message: no text of it speaks to a model, or is not shown as it is.

    One that takes too long to look at where others wait is none.
    """
    said = _said(content, parts=_PARTS, length=_LOOKED_AT)
    if said is None or _is_long(said):
        return False
    data = said.encode()
    as_meant = meant(data)
    if _anything().has(data) or (as_meant is not data and _anything().has(as_meant)):
        return False
    if said.isascii():
        return True
    # Letters that look like others and letters that are spelt otherwise may stand in one word.
    seen = said if as_meant is data else f"{said}\n{as_meant.decode()}"
    return len(seen) <= _SEEN and visible(said) == said and not has_cue(seen)


def look(said: str) -> None:
    """Look at a text with everything, whatever is found: the states that are made for it stay."""
    for _ in _anything().find(said.encode()):
        pass


def _is_long(said: str) -> bool:
    """Tell whether looking at texts takes too long, by what they are and by what in them may stand for a letter."""
    if len(said) > (_LOOKED_AT if said.isascii() else _FOLDED) or is_piled(said) or _grows(said):
        return True
    return said.count("%") + said.count("\\") + said.count("&#") + len(said) - len(visible(said)) > _ODD


def _grows(said: str) -> bool:
    """Tell whether letters become many more where their forms are resolved."""
    length = 0
    for at in range(0, 0 if said.isascii() else len(said), _PIECE):
        length += len(normalize("NFKC", said[at : at + _PIECE]))
        if length > _SEEN:
            return True
    return False


def may_be_cut(content: Json) -> bool:
    """Tell whether a message may hold a secret, or anything else that is not shown as it is."""
    said = _said(content)
    return said is None or _may_be_cut(said.encode())


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


def _said(content: Json, *, parts: float = inf, length: float = inf) -> str | None:
    """Return all texts of a message, on lines of their own, the names of members too; None where they are too many.

    Args:
        content: of the message.
        parts: how many values it may have.
        length: how many characters they may have; those of names, and of texts that belong together, come on top.
    """
    texts: list[str] = []
    names: set[str] = set()
    lists: list[list[Json]] = []
    waiting: list[Json] = [content]
    for value in waiting:  # it grows meanwhile
        if isinstance(value, str):
            texts.append(value)
            length -= len(value)
        elif isinstance(value, dict):
            names.update(value)
            waiting.extend(value.values())
            texts += [said_in(blob) or "" for blob in blobs(value) if len(blob) <= length]
        elif isinstance(value, list):
            waiting.extend(value)
            lists.append(value)
        if len(waiting) > parts or length < 0:
            return None
    texts += ["".join([said for _, said in run]) for value in lists for run in runs(value)]
    # `{"name": "API_KEY", "value": …}` has its name in a text.
    between = _NAMED if "value" in names else "\n"
    minted = (PRIVATE,) if names >= MINTED else ()
    return between.join([*texts, _NAMED.join([*(names - OPAQUE), *minted, ""])])


@cache
def _anything() -> Several:
    return cues() + PLAIN + Several(f"{FOLDED}|{SIGNS}|{DISGUISE}")
