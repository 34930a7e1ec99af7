"""Has the first calls rehearsed (`engine.rehearsal`): once in a process, in a thread, when a server has begun to speak.

A host reads what tools there are, and its model thinks, before it calls one; so there is time, and no server starts the
later for it. A call that comes earlier loads what it needs itself.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from threading import Thread, main_thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

__all__ = ["rehearsal", "rehearse_soon"]

_SOON: Final = 1.0
"""How long after the first word of a server, in seconds: it says more at once, and that comes first."""


def rehearse_soon(loop: AbstractEventLoop) -> None:
    """Have them rehearsed a little later; whoever asks again asks for nothing."""
    loop.call_later(_SOON, rehearsal)


@cache
def rehearsal() -> Thread:
    """Return the thread in which they are rehearsed, started with the first time.

    The process waits for it at its end, for a step of it at most: an interpreter that goes away under compiled code
    (patterns, schemas, grammars) ends by SIGABRT.
    """
    thread = Thread(target=_rehearse, name="rehearsal")
    thread.start()
    return thread


def _rehearse() -> None:
    from sekisho.engine.rehearsal import rehearse  # noqa: PLC0415 - this is what takes its time

    rehearse(main_thread().is_alive)
    _give_back()


def _give_back() -> None:
    """Give the system back what making patterns took; glibc keeps it (7 MB) until it is told."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - needed here only

        with suppress(AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)
