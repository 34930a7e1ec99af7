"""Queries that every common engine cuts into the same words, so that one reading stands for all of them."""

from __future__ import annotations

import re
from typing import Final

from sekisho.guards.question import COMMENT, has_index

__all__ = ["stands_for_all"]

_ALIKE: Final = re.compile(r"[^\\#\"`\[$-]*(?:-(?!-)[^\\#\"`\[$-]*)*")
"""Without other quotes, comments and escapes."""

_QUOTED: Final = re.compile(
    rf"(?:[^\\#\"`\[$'/&-]++|'[^'\\]*+'|\"[\w ]++\"|`[\w ]++`|\[[\w ]++\]|{COMMENT}|-(?!-)|/(?!\*)|&(?!\"))*+"
)
"""With quotes around plain names, which are names, texts or no query at all; what they hold never acts."""


def stands_for_all(value: str) -> str | None:
    """Return the language in which a query is read for every engine; None if they may differ.

    An empty one decides. The other one, for which every kind of quotes is around a name, decides if it finds nothing:
    the others take some for texts and lists, or understand nothing.
    """
    if _ALIKE.fullmatch(value) and "/*" not in value:
        return ""
    return "sqlite" if _QUOTED.fullmatch(value) and not has_index(value) else None
