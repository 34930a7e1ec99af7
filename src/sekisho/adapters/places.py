"""Where configuration files are looked for; a module of its own, because most often there is none to read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NAME", "POLICY", "Places", "here", "is_there", "places_of", "user_file"]

NAME: Final = "sekisho.toml"
"""What a configuration is called."""

POLICY: Final = Path("/etc/sekisho/policy.toml")
"""This machine's policy. No variable names another one, or whoever starts us could choose it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where to look."""

    user: Path
    """The user's own file, or the one that was named in its place."""

    named: bool
    """Whether it was named, so that it has to be there."""

    folder: Path | None
    """The folder whose project's file counts; None where there is none."""

    policy: Path = POLICY
    """This machine's policy."""

    @property
    def project(self) -> Path | None:
        """The project's file."""
        return None if self.folder is None else self.folder / NAME

    @property
    def files(self) -> tuple[Path, ...]:
        """All files that may be there, strongest first."""
        project = self.project
        return (self.policy, self.user) if project is None else (self.policy, self.user, project)


def places_of(named: str | None, environ: Mapping[str, str], folder: Path | None) -> Places:
    """Return where a command looks.

    Args:
        named: a file in place of the user's own.
        environ: the environment of whoever asked.
        folder: their working directory.
    """
    user = Path(named) if named is not None else user_file(environ)
    return Places(user=user, named=named is not None, folder=folder)


def here() -> Path | None:
    """Return the working directory; None when it is gone."""
    try:
        return Path.cwd()
    except OSError:
        return None


def user_file(environ: Mapping[str, str]) -> Path:
    """Return where the user's own configuration is."""
    named = environ.get("XDG_CONFIG_HOME", "")
    base = Path(named) if named.startswith("/") else Path(environ.get("HOME", "") or "~").expanduser() / ".config"
    return base / "sekisho" / NAME


def is_there(path: Path) -> bool:
    """Whether there is anything of this name; what can't be told counts as there, so that it is looked at."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass
    return True
