"""Pipes for large answers: a pipe holds 64 KB, and each time that it is full both sides wait for the other."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Final

__all__ = ["NARROW", "widen"]

NARROW: Final = 64 * 1024
"""What a pipe holds (pipe(7))."""

_WIDE: Final = 1024 * 1024
"""What a page of a list may have, and what the system allows to anybody."""


def widen(descriptor: int) -> None:
    """Let a pipe hold a page of a list, where the system knows how and the user has not used up the room for it."""
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415 - not everywhere

        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _WIDE)
