"""What was cut out of results, by conversation.

Sessions with several servers share it, so that no reference of one is taken for another's.
It lives as long as the process; references of conversations that were forgotten are refused, never taken for others.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from sekisho.engine.results.references import References

if TYPE_CHECKING:
    from sekisho.model.subject import Who

__all__ = ["MOST", "Books"]

MOST: Final = 1024
"""Conversations that are kept; the one that was used longest ago goes."""


class Books:
    """The references of every conversation of this process."""

    def __init__(self) -> None:
        self._known: dict[Who, References] = {}

    def of(self, who: Who) -> References:
        """Return the references of a conversation."""
        found = self._known.pop(who, None)
        if found is None:
            if len(self._known) >= MOST:
                del self._known[next(iter(self._known))]
            found = References(secrets.token_bytes(16))
        self._known[who] = found
        return found
