"""The engine of which the description of a tool speaks: `Execute ClickHouse queries`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from sekisho.guards.sql import dialects

__all__ = ["spoken_engine"]

_READ: Final = 2000
"""Characters of a description that are read: what a tool is for stands at its beginning."""

_WHAT: Final = r"(?:sql|query|queries|(?:database|db|statement|table|server|instance|cluster|warehouse)s?|syntax)"


@lru_cache(maxsize=512)
def spoken_engine(description: str) -> str | None:
    """Return the one engine for whose queries a tool is, as its description says; None for none, or for several.

    Args:
        description: of the tool, as approved.
    """
    found = {first or last for first, last in _pattern().findall(description[:_READ].lower())}
    return min(found) if len({dialects()[each] for each in found}) == 1 else None


@cache
def _pattern() -> re.Pattern[str]:
    every = "|".join(sorted(dialects(), key=len, reverse=True))
    return re.compile(rf"\b({every})\s+{_WHAT}\b|\b(?:in|on|against|from)\s+(?:an?\s+|the\s+|your\s+)?({every})\b")
