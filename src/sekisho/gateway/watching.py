"""Watching files: whoever reads them is told when they have changed and are at rest."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = ["FileWatch"]

_EVERY: Final = 0.5

_Look: TypeAlias = "tuple[tuple[int, ...] | None, ...]"


class FileWatch:
    """Looks at files twice a second, and tells once they look the same twice after they looked otherwise.

    Asking the system to tell us would be a library for each system, and misses what a network drive changes.

    Args:
        paths: the files; each may be missing.
        changed: told after a change. It does not raise.
    """

    def __init__(self, paths: Iterable[Path], changed: Callable[[], None]) -> None:
        self._paths = tuple(paths)
        self._changed = changed
        self._told: _Look | None = None
        self._seen: _Look | None = None
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Look from now on. The first look is told too: what was read before may have changed meanwhile."""
        self._timer = asyncio.get_running_loop().call_later(_EVERY, self._again)

    def stop(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _again(self) -> None:
        self.start()
        now = self._look()
        # A file that is being written is not read half: it has to look the same twice.
        if now == self._seen != self._told:
            self._told = now
            self._changed()
        self._seen = now

    def _look(self) -> _Look:
        return tuple(_state(path) for path in self._paths)


def _state(path: Path) -> tuple[int, ...] | None:
    """Return what changes when a file does, its rights too; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
