"""Watching for a halt: every gateway of the user stops within a second of `sekisho halt`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from sekisho.engine.events import Halted, Resumed

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.adapters.halt import HaltFlag
    from sekisho.engine.events import Event

__all__ = ["HaltWatch"]

_EVERY: Final = 0.5


class HaltWatch:
    """Looks at the flag twice a second and tells when it changes.

    Args:
        flag: the file.
        broadcast: lets every session receive an event, made with its time.
    """

    def __init__(self, flag: HaltFlag, broadcast: Callable[[Callable[[float], Event]], None]) -> None:
        self._flag = flag
        self._broadcast = broadcast
        self._timer: asyncio.TimerHandle | None = None
        self.halted = False
        """Whether a halt is in force, as far as the sessions were told."""

    def start(self) -> None:
        """Look now, and from now on."""
        # The next look comes whatever happens in this one.
        self._timer = asyncio.get_running_loop().call_later(_EVERY, self.start)
        now = self._flag.is_set
        # A session that began during a short halt was told of it, even if this watch never saw it.
        if now != self.halted or (self._flag.seen and not now):
            self.halted = self._flag.seen = now
            self._broadcast(Halted if now else Resumed)

    def stop(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()
