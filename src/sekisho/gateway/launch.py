"""How a server child is started: program, arguments, working directory, environment.

Concepts: a `Launch` (everything that a start needs, complete: nothing is inherited later), `resolve` (which file will
be executed) and `LaunchError` (what went wrong, where, and what to do).
`environment.py` makes the environment of a launch; `child.py` starts it.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sekisho.gateway.keeper import STAGE_CWD, STAGE_EXEC

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Launch", "LaunchError", "failure", "resolve"]

DEFAULT_PATH: Final = "/usr/local/bin:/usr/bin:/bin"
"""Where programs are looked for when the child's environment has no PATH."""

_SHOWN_FOLDERS: Final = 6


class LaunchError(Exception):
    """A server child can not be started: `what` is wrong, `where`, and the `next_step`.

    The texts never hold arguments or values of variables, because these carry secrets.
    """

    def __init__(self, what: str, *, where: str, next_step: str) -> None:
        """Take the three parts, each without a full stop."""
        super().__init__(f"{what} ({where}). {next_step}.")
        self.what = what
        self.where = where
        self.next_step = next_step


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """One program to start; checked when made.

    Raises:
        LaunchError: no program, a working directory that is not absolute, a NUL character or a lone surrogate anywhere.
    """

    argv: tuple[str, ...] = field(repr=False)
    """Program and arguments, as the user wrote them. Not shown: arguments carry secrets."""

    cwd: str
    """The working directory, absolute."""

    env: Mapping[str, str] = field(repr=False)
    """The complete environment. Not shown: it carries secrets."""

    def __post_init__(self) -> None:
        """Refuse what the system would misread."""
        if not self.argv or not self.argv[0]:
            raise LaunchError("there is no program to start", where="empty command", next_step="Name one after `--`")
        if not self.cwd.startswith("/"):
            raise LaunchError(
                "the working directory is not absolute", where=self.cwd, next_step="Write it beginning with /"
            )
        words = (*self.argv, self.cwd, *self.env, *self.env.values())
        if not all(map(_is_clean, words)) or any("=" in name or not name for name in self.env):
            raise LaunchError(
                "a NUL character, a lone surrogate, or a variable without a proper name",
                where=ascii(self.argv[0]),
                next_step="Correct the command, or the variables passed with --env",
            )


def _is_clean(word: str) -> bool:
    """Whether the system can take it as it is."""
    try:
        return b"\0" not in os.fsencode(word)
    except UnicodeEncodeError:
        return False


def resolve(launch: Launch) -> str:
    """Find the file that `launch` will execute.

    A name with a slash is taken from the working directory, another one is looked for in the child's own PATH.
    Empty entries of PATH are passed over, although POSIX reads them as the working directory: a folder that somebody
    opened must not decide what `python` is.

    Returns:
        An absolute path, symbolic links as they are.

    Raises:
        LaunchError: no working directory, no such program, or one that we may not execute.
    """
    name, cwd = launch.argv[0], launch.cwd
    if not os.path.isdir(cwd):  # noqa: PTH112 - one system call; this is on the way of every start
        raise LaunchError("the working directory does not exist", where=cwd, next_step="Create it, or pass --cwd")
    if "/" in name:
        path = os.path.join(cwd, name)  # noqa: PTH118 - pathlib would drop a leading ./
        _require_program(path)
        return path
    folders = [entry for entry in launch.env.get("PATH", DEFAULT_PATH).split(":") if entry]
    candidates = [os.path.join(cwd, folder, name) for folder in folders]  # noqa: PTH118 - as above
    found = next((path for path in candidates if os.access(path, os.X_OK) and os.path.isfile(path)), None)  # noqa: PTH113
    if found is not None:
        return found
    present = next((path for path in candidates if os.path.lexists(path)), None)
    if present is not None:
        _require_program(present)
    looked = ":".join(folders[:_SHOWN_FOLDERS]) + (":…" if len(folders) > _SHOWN_FOLDERS else "")
    raise LaunchError(
        f"the program {name!r} was not found", where=f"PATH={looked}", next_step="Install it, or write its full path"
    )


def _require_program(path: str) -> None:
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - one system call
    except OSError as error:
        raise LaunchError(
            f"the program was not found: {os.strerror(error.errno or 0)}",
            where=path,
            next_step="Install it, or correct its path",
        ) from None
    if not stat.S_ISREG(mode):
        raise LaunchError("the program is not a file", where=path, next_step="Correct its path")
    if not os.access(path, os.X_OK):
        raise LaunchError(
            "the program may not be executed", where=path, next_step="Give it the right to be executed: chmod +x"
        )


def failure(*, stage: int, number: int, launch: Launch, path: str) -> LaunchError:
    """Say what a keeper's report of a failed start means (`keeper.py`: stages; `number` is the errno)."""
    reason = os.strerror(number)
    match stage, number:
        case (s, _) if s == STAGE_CWD:
            return LaunchError(
                f"the working directory can not be entered: {reason}",
                where=launch.cwd,
                next_step="Check that it exists and that you may enter it, or pass --cwd",
            )
        case (s, errno.ENOENT) if s == STAGE_EXEC:
            return LaunchError(
                "the program's interpreter was not found",
                where=path,
                next_step="Install what its first line (#!) names, or the loader that it was built for",
            )
        case (s, errno.ENOEXEC) if s == STAGE_EXEC:
            return LaunchError(
                "the program has no #! line, or is for another system",
                where=path,
                next_step="Start it with its interpreter: `-- sh SCRIPT`",
            )
        case (s, errno.E2BIG) if s == STAGE_EXEC:
            return LaunchError(
                "arguments and environment are too long", where=path, next_step="Pass fewer or shorter ones"
            )
        case (s, _) if s == STAGE_EXEC:
            return LaunchError(
                f"the program was not executed: {reason}", where=path, next_step="Check its file and its rights"
            )
        case _:
            return LaunchError(
                f"no process could be made: {reason}",
                where=path,
                next_step="Look for a limit on processes, open files or memory (ulimit -a)",
            )
