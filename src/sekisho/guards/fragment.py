"""A part of a query, made whole: what a server puts behind `WHERE`, `HAVING` or `ORDER BY`, as a query to be judged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["whole"]

_LONGEST: Final = 16 * 1024
"""Characters; who reads a longer condition?"""

_PARTS: Final = {
    "where": ("where", "SELECT 1 FROM a WHERE ({})"),
    "having": ("having", "SELECT 1 FROM a GROUP BY b HAVING ({})"),
    "order by": (r"order\s+by", "SELECT 1 FROM a ORDER BY {}"),
}
_ENDINGS: Final = frozenset({"clause", "condition", "expression", "fragment"})
_QUOTED: Final = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`")
_WIDER: Final = re.compile(r"\b(?:union|intersect|except|into)\b|;|--|/\*|#(?![>-])", re.IGNORECASE)
"""What makes more of a part than a part, outside of quotation marks."""

_QUERY: Final = re.compile(r"\s*(?:select|with)\b", re.IGNORECASE)


def whole(value: str, names: Sequence[str]) -> str | None:
    """Return a query that holds a part of one: empty if it would be more than a part, None if it is no part of one.

    Args:
        value: the text.
        names: words of the parameter's name.
    """
    words = [each for each in names if each not in _ENDINGS]
    kind = next((part for part in (" ".join(words[-2:]), *words[-1:]) if part in _PARTS), None)
    if kind is None or not value.strip() or _QUERY.match(value):
        return None
    if len(value) > _LONGEST:
        return ""
    begin, query = _PARTS[kind]
    part = re.sub(rf"\A\s*{begin}\b", "", value, count=1, flags=re.IGNORECASE)
    bare = _QUOTED.sub("", part)
    return "" if _WIDER.search(bare) or not _closes(bare) else query.format(part)


def _closes(bare: str) -> bool:
    """Say whether every bracket is closed, and none that was not opened here."""
    depth = 0
    for each in bare:
        depth += (each == "(") - (each == ")")
        if depth < 0:
            return False
    return depth == 0
