"""Fingerprints: short names for exactly one text."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sekisho.pin.canonical import canonical, pinned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sekisho.model.definition import Definition
    from sekisho.model.place import Kind
    from sekisho.wire.strict import Json

__all__ = ["FORMAT", "fingerprint", "surface_fingerprint"]

FORMAT: Final = 1
"""Stands in each fingerprint: what is covered, and how it is written. Two formats are never compared."""


def fingerprint(kind: Kind, body: Json) -> str:
    """Return the name of a definition's text: stable under the order of keys, another one after any visible change.

    Args:
        kind: what it is; a prompt and a tool with the same members are not the same.
        body: the definition as it is forwarded.
    """
    return _digest(b"definition", kind.encode(), canonical(pinned(kind, body)))


def surface_fingerprint(definitions: Iterable[Definition], capabilities: str) -> str:
    """Return the name of all that a server shows to hosts that declare `capabilities`, in whatever order."""
    parts = sorted(
        fingerprint(item.place.kind, item.body).encode() + canonical(item.place.name) for item in definitions
    )
    return _digest(b"surface", capabilities.encode(), *parts)


def _digest(*parts: bytes) -> str:
    taken = sha256(b"sekisho pin %d" % FORMAT)
    for part in parts:
        # The length first, so that no part can be read as the end of the one before.
        taken.update(len(part).to_bytes(8, "big") + part)
    return f"{FORMAT}:{taken.hexdigest()}"
