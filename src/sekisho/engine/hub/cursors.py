"""Our own cursors: which page of which state of a list comes next.

Sealed, so that nobody reads or makes one; bound to the principal, to this hub and to the method.
A list that has changed since has another number, and the host is told to begin again: a page of the new list behind one
of the old would drop entries or show some twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sekisho.engine.seal import SealError

if TYPE_CHECKING:
    from sekisho.engine.seal import Sealer

__all__ = ["Cursors", "Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a list."""

    edition: int
    """Which state of the list."""

    page: int
    """Which page, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursors:
    """Writes and reads them."""

    sealer: Sealer
    """Seals them."""

    salt: bytes
    """Tells this hub from others."""

    def write(self, place: Place, *, method: str, principal: str, wall: float) -> str:
        """Return the cursor for a page."""
        return self.sealer.seal(f"{place.edition}:{place.page}", binding=self._binding(method, principal), wall=wall)

    def read(self, cursor: str, *, method: str, principal: str, wall: float) -> Place | None:
        """Return the page that a cursor names; None when it is not ours, not for this, or too old."""
        try:
            text = self.sealer.open(cursor, binding=self._binding(method, principal), wall=wall)
        except SealError:
            return None
        edition, _, page = text.partition(":")
        return Place(int(edition), int(page))

    def _binding(self, method: str, principal: str) -> bytes:
        return b"cursor\0" + self.salt + f"{method}\0{principal}".encode("utf-8", "surrogatepass")
