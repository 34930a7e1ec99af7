"""Where Sekisho keeps its state, and when it refuses to keep it there.

`state_directory` finds the one directory of a user, `private_directory` makes and checks any directory below it.
The gateway's composition root calls the first, each store calls the second for its own folder.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OVERRIDE = "SEKISHO_STATE"
"""Environment variable that names another state directory, for tests and containers."""

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class StateDirectoryError(Exception):
    """The state directory can't be used as it is; the text says what, where, and the next step."""


def state_directory(environ: Mapping[str, str] | None = None) -> Path:
    """Return the state directory of this user, made with mode 0700 when it is not there.

    It is the user data directory of the platform (`~/.local/share/sekisho` on Linux), or `SEKISHO_STATE`.

    Args:
        environ: the environment to read; the process's own when None.

    Raises:
        StateDirectoryError: `SEKISHO_STATE` is not absolute, or the directory is refused by `private_directory`.
    """
    named = (os.environ if environ is None else environ).get(OVERRIDE, "")
    if not named:
        return private_directory(_user_data())
    path = Path(named)
    if not path.is_absolute():
        raise StateDirectoryError(
            f"{OVERRIDE} is {named!r}, which is not an absolute path. Set it to one, or unset it."
        )
    return private_directory(path)


def _user_data() -> Path:
    """Return the user data directory of this platform; on Linux without a library that a relay has no time to load."""
    if sys.platform == "linux":
        named = os.environ.get("XDG_DATA_HOME", "")
        return Path(named if named.strip() else os.path.expanduser("~/.local/share"), "sekisho")  # noqa: PTH111 - a HOME that is not set raises nothing
    import platformdirs  # noqa: PLC0415 - as above

    return platformdirs.user_data_path("sekisho", appauthor=False)


def private_directory(path: Path) -> Path:
    """Make `path` with mode 0700 when it is missing, and refuse it when others could change what is in it.

    Refused are: anything but a real directory (a symbolic link too), another owner, a directory that the group or
    others may write to, and one below a directory that anybody may write to without the sticky bit, because
    whoever may rename an ancestor replaces the whole state. A directory that others may only read is accepted:
    every file in it is made with mode 0600.

    Raises:
        StateDirectoryError: with the reason and the next step.
    """
    _make(path)
    try:
        found = path.lstat()
    except OSError as error:
        raise StateDirectoryError(f"{path} can't be looked at: {error.strerror}. Check its parents.") from error
    if not stat.S_ISDIR(found.st_mode):
        raise StateDirectoryError(
            f"{path} is not a directory of its own (a file or a link). Move it away, or set {OVERRIDE} to the real one."
        )
    if found.st_uid != os.geteuid():
        raise StateDirectoryError(
            f"{path} belongs to uid {found.st_uid}, this process is uid {os.geteuid()}. "
            f"Run as its owner, or set {OVERRIDE} to a directory of your own."
        )
    if found.st_mode & _OTHERS_WRITE:
        raise StateDirectoryError(
            f"{path} has mode {stat.S_IMODE(found.st_mode):04o}: others may write to it. "
            "Look at what is in it, then run: chmod 700 on it."
        )
    _check_ancestors(path)
    return path


def _make(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError:
        return  # something else stands there: the caller's checks name it
    except OSError as error:
        raise StateDirectoryError(
            f"{path} can't be made: {error.strerror}. Make it yourself with mode 700, or set {OVERRIDE}."
        ) from error


def _check_ancestors(path: Path) -> None:
    loose = loose_ancestor(path.resolve())
    if loose is not None:
        ancestor, mode = loose
        raise StateDirectoryError(
            f"{path} lies below {ancestor}, where anybody may rename it (mode {mode:04o}). "
            f"Set {OVERRIDE} to a directory elsewhere, or take that right away."
        )


def loose_ancestor(path: Path) -> tuple[Path, int] | None:
    """Return a directory above `path` where anybody may rename what others own, and its mode; None without one."""
    for ancestor in path.parents:
        mode = ancestor.stat().st_mode
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
            return ancestor, stat.S_IMODE(mode)
    return None
