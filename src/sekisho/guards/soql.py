"""What SOQL, the language of Salesforce, writes without quotes and a grammar of SQL cannot read: moments, spans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection
    from re import Match

__all__ = ["is_soql", "plainly"]

_ASKED: Final = frozenset({"salesforce", "soql"})
_LITERAL: Final = re.compile(
    r"(?<![\w'-])\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:?\d\d)(?!\w)"
    r"|(?<![\w':])(?:LAST|NEXT)_N_(?:FISCAL_)?(?:DAYS|WEEKS|MONTHS|QUARTERS|YEARS):\d{1,4}(?![\w:])"
    r"|(?<![\w':])N_(?:FISCAL_)?(?:DAYS|WEEKS|MONTHS|QUARTERS|YEARS)_AGO:\d{1,4}(?![\w:])",
    re.IGNORECASE,
)


def is_soql(words: Collection[str]) -> bool:
    """Say whether a tool's queries are SOQL, by the words of its name."""
    return not _ASKED.isdisjoint(words)


def plainly(value: str) -> str:
    """Return a query with a number of as many characters in place of each moment and span of days."""
    return _LITERAL.sub(_number, value)


def _number(found: Match[str]) -> str:
    return "1" * len(found[0])
