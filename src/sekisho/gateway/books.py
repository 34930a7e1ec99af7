"""What is remembered of each conversation: what was cut out of its results, and what was said about its model.

Sessions with several servers share it, so that no reference of one is taken for another's.
It lives as long as the process; references of conversations that were forgotten are refused, never taken for others.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.engine.results.references import References
from sekisho.engine.sampling.permits import Permits

if TYPE_CHECKING:
    from sekisho.model.subject import Who

__all__ = ["MOST", "Book", "Books"]

MOST: Final = 1024
"""Conversations that are kept; the one that was used longest ago goes."""


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """One conversation's."""

    references: References
    """What was cut out of results."""

    permits: Permits
    """What a person said about requests to the model."""


class Books:
    """The books of every conversation of this process."""

    def __init__(self) -> None:
        self._known: dict[Who, Book] = {}

    def of(self, who: Who) -> Book:
        """Return the book of a conversation."""
        found = self._known.pop(who, None)
        if found is None:
            if len(self._known) >= MOST:
                del self._known[next(iter(self._known))]
            found = Book(References(secrets.token_bytes(16)), Permits())
        self._known[who] = found
        return found
