"""What a definition looks like as a whole, before anybody reads it: a first look that spares most rules a second one.

A look says that there may be something, never that there is: the rule that needs it looks closely.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["BLANK", "CONTROL", "GAP", "LONG_NAME", "Look", "looks"]


class Look:
    """One bit each, above those of `Concept`, so that a rule can need either."""

    BEYOND_ASCII: Final = 1 << 48
    """Characters beside ASCII: only then anything is invisible, or a letter of another script."""

    CONTROL: Final = 1 << 49
    """A control character other than tab and line ends."""

    GAP: Final = 1 << 50
    """A screen of nothing."""

    ANGLE: Final = 1 << 51
    """What may be markup."""

    LONG_NAME: Final = 1 << 52
    """A name as long as a phrase."""

    HINTS: Final = 1 << 53
    """Annotations of a tool."""

    REFERENCE: Final = 1 << 54
    """A schema that points elsewhere."""

    HEADER: Final = 1 << 55
    """A parameter that travels as a header."""

    INNER: Final = 1 << 56
    """A text inside of another one: hidden or folded."""


CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")
"""Control characters that no text needs."""

GAP: Final = 12
"""The least white space that hides what stands behind it, in characters."""

BLANK: Final = re.compile(rf"[\s\u115f\u1160\u2800\u3164\uffa0]{{{GAP},}}")
"""White space of any script, and the letters that are drawn as nothing."""

LONG_NAME: Final = 24
"""The longest name that is no phrase, in characters."""


def looks(whole: str) -> int:
    """Return what all strings of a definition, joined by line ends, look like."""
    plain = whole.isascii()
    found = 0 if plain else Look.BEYOND_ASCII
    if CONTROL.search(whole):
        found |= Look.CONTROL
    if "<" in whole:
        found |= Look.ANGLE
    # In ASCII a gap has one of these; to look for it costs more.
    spaced = not plain or "  " in whole or "\t" in whole or "\r" in whole or whole.count("\n") >= GAP
    if spaced and BLANK.search(whole):
        found |= Look.GAP
    return found
