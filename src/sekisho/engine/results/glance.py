"""One look at all texts of a message together: whether anybody has to read them closely.

Most messages hold nothing of what is looked for. That is shown here at once, by one pass over their decoded texts with
everything that the readers behind this need: a message that is let go has no cue, no secret, no sign, nothing hidden.
One that is not let go may still hold nothing; then they say so, place by place.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sekisho.engine.results.adjacent import runs
from sekisho.engine.results.spelling import SIGNS
from sekisho.text.cues import cues, has_cue
from sekisho.text.encoded import TRIGGER, meant
from sekisho.text.invisible import visible
from sekisho.text.spans import Spans

if TYPE_CHECKING:
    from sekisho.wire.strict import Json

__all__ = ["MINTED", "OPAQUE", "PRIVATE", "is_plain", "may_be_cut"]

OPAQUE: Final = frozenset({"cursor", "nextCursor", "progressToken", "requestState"})
"""Members of the protocol whose names say more than their values are: opaque to everybody but one side."""

MINTED: Final = frozenset({"kty", "d"})
"""The members of a key that is private (RFC 7518, 6.2.2 and 6.3.2)."""

PRIVATE: Final = "private_key"
"""What the second one is called here."""

_FOLDED: Final = 256 * 1024
"""Characters that are folded here, where others wait, if one of them is not ASCII: some milliseconds."""

_NAMED: Final = ":x\n"
"""What stands behind a name here, so that one of a secret is seen by it."""


def is_plain(content: Json) -> bool:
    """Tell whether no text of a message speaks to a model, holds a secret, or anything that is not shown as it is."""
    said = _said(content)
    data = said.encode()
    if _anything().has(data) or _is_meant_otherwise(data):
        return False
    return said.isascii() or (len(said) <= _FOLDED and visible(said) == said and not has_cue(said))


def may_be_cut(content: Json) -> bool:
    """Tell whether a message may hold a secret, or anything else that is not shown as it is."""
    data = _said(content).encode()
    return _cut().has(data) or _is_meant_otherwise(data)


def _is_meant_otherwise(data: bytes) -> bool:
    """Tell whether texts hold a secret as they are meant, and none as they are spelt."""
    as_meant = meant(data)
    return as_meant is not data and _cut().has(as_meant)


def _said(content: Json) -> str:
    """Return all texts of a message on lines of their own, the names of members too."""
    texts: list[str] = []
    names: set[str] = set()
    waiting: list[Json] = [content]
    for value in waiting:  # it grows meanwhile
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            names.update(value)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
            texts += ["".join([said for _, said in run]) for run in runs(value)]
    # `{"name": "API_KEY", "value": …}` has its name in a text.
    between = _NAMED if "value" in names else "\n"
    minted = (PRIVATE,) if names >= MINTED else ()
    return between.join([*texts, _NAMED.join([*(names - OPAQUE), *minted, ""])])


@cache
def _anything() -> Spans:
    return Spans(f"{cues()}|{TRIGGER}|{SIGNS}", utf8=True)


@cache
def _cut() -> Spans:
    return Spans(f"{TRIGGER}|{SIGNS}", utf8=True)
