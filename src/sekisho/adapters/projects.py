"""Which projects' configuration files the user has trusted: each by its path and by the digest of what was seen.

One private file in the state directory. A file that changes by one byte is not trusted any more.
"""

from __future__ import annotations

import json
import os
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Projects", "ProjectsError"]

_NAME: Final = "projects.json"
_LARGEST: Final = 4 * 1024 * 1024
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class ProjectsError(Exception):
    """The list can't be used as it is; the text says what, where, and the next step."""


class Projects:
    """The list.

    Args:
        directory: the state directory.
    """

    def __init__(self, directory: Path) -> None:
        self.path = directory / _NAME

    def trusts(self, path: Path, digest: str) -> bool:
        """Whether the user trusted these very bytes at this place.

        Raises:
            ProjectsError: the list can't be read.
        """
        return self._load().get(str(path)) == digest

    def trust(self, path: Path, digest: str) -> None:
        """Note that the user trusts these bytes at this place, on the disk when this returns.

        Raises:
            ProjectsError: the list can't be read or written.
        """
        self._save({**self._load(), str(path): digest})

    def forget(self, path: Path) -> bool:
        """Trust nothing at this place any more; False when nothing was.

        Raises:
            ProjectsError: the list can't be read or written.
        """
        known = dict(self._load())
        if known.pop(str(path), None) is None:
            return False
        self._save(known)
        return True

    def _load(self) -> Mapping[str, str]:
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise self._unreadable(error) from None
        try:
            self._check(os.fstat(descriptor))
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                data = file.read(_LARGEST)
        except OSError as error:
            raise self._unreadable(error) from None
        finally:
            os.close(descriptor)
        return self._known(data)

    def _check(self, found: os.stat_result) -> None:
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & _OTHERS:
            raise ProjectsError(
                f"{self.path} has to be a plain file of your own with mode 600. "
                "Move it away, and allow your projects again."
            )

    def _known(self, data: bytes) -> Mapping[str, str]:
        try:
            read: object = json.loads(data)
        except (ValueError, RecursionError):
            read = None
        found = cast("dict[str, object]", read).get("projects") if isinstance(read, dict) else None
        known = cast("dict[str, object]", found) if isinstance(found, dict) else {"": None}
        texts = {path: digest for path, digest in known.items() if isinstance(digest, str)}
        if len(texts) != len(known):
            raise ProjectsError(f"{self.path} is damaged. Move it away, and allow your projects again.")
        return texts

    def _save(self, known: Mapping[str, str]) -> None:
        temporary = self.path.with_name(f".{_NAME}.{secrets.token_hex(6)}")
        data = json.dumps({"version": 1, "projects": dict(sorted(known.items()))}, indent=1).encode()
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(descriptor)
            temporary.replace(self.path)
            self._settle()
        except OSError as error:
            raise ProjectsError(
                f"{self.path} can't be written: {error.strerror}. Check the space and the rights of its directory."
            ) from error
        finally:
            with suppress(OSError):
                temporary.unlink()

    def _settle(self) -> None:
        directory = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)

    def _unreadable(self, error: OSError) -> ProjectsError:
        return ProjectsError(f"{self.path} can't be read: {error.strerror}. It has to be a plain file of your own.")
