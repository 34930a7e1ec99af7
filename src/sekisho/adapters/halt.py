"""The halt: one file that stops every gateway of this user, and stays until a human takes it away."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["HaltFlag"]

_NAME: Final = "halted"


class HaltFlag:
    """Whether everything is halted.

    A file, because it has to outlive every process and be seen by all of them; its absence can't be faked by a
    server, whose children do not see the state directory's owner-only files through us.
    Anything but a clear "there is no such file" counts as halted.

    Args:
        directory: the state directory.
    """

    def __init__(self, directory: Path) -> None:
        self.path = directory / _NAME
        self.seen = False
        """Whether anybody here was told that a halt is in force, and was not told yet that it is over."""

    @property
    def is_set(self) -> bool:
        """Whether a halt is in force."""
        try:
            os.lstat(self.path)
        except FileNotFoundError:
            return False
        except OSError:
            pass
        self.seen = True
        return True

    def set(self) -> bool:
        """Halt everything; False when it was halted already."""
        try:
            descriptor = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        except FileExistsError:
            return False
        os.fsync(descriptor)
        os.close(descriptor)
        self._sync_directory()
        return True

    def clear(self) -> bool:
        """End the halt; False when there was none."""
        try:
            self.path.unlink()
        except FileNotFoundError:
            return False
        self._sync_directory()
        return True

    def _sync_directory(self) -> None:
        """Put the file's name on the disk too: a halt has to survive a loss of power."""
        directory = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
