"""The door: the name under which one broker of a user can be reached, as long as it holds the lock beside it."""

from __future__ import annotations

import fcntl
import os
import socket
from typing import TYPE_CHECKING, Final

from sekisho.gateway.broker.address import NAME, reachable

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Door"]

_LOCK: Final = "broker.lock"
_BACKLOG: Final = 128


class Door:
    """Where relays come in.

    Args:
        directory: the state directory.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = os.open(directory / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        """Listens, once the door is open."""
        self.listener.settimeout(0)
        self._named = False

    def open(self) -> bool:
        """Listen, in the place of what a dead broker left; False when a broker lives that has the name."""
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self._named = True
        (self._directory / NAME).unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            with reachable(self._directory) as name:
                self.listener.bind(name)
        finally:
            os.umask(before)
        self.listener.listen(_BACKLOG)
        return True

    def close(self) -> None:
        """Give the name up, and then the lock, so that another broker may take both; nothing happens twice."""
        if self._lock < 0:
            return
        if self._named:
            (self._directory / NAME).unlink(missing_ok=True)
        self.listener.close()
        os.close(self._lock)
        self._lock = -1
