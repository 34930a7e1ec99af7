"""Folders that hold everything: roots, homes, and what the system itself lives in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.settings.node import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.launch import Launch

__all__ = ["is_home", "is_root", "mounts"]

_ROOT: Final = re.compile(
    r"/+|[A-Za-z]:|\\+|/mnt/[a-z]|/(?:host|hostfs|proc|sys|dev|etc|var|usr|boot|private|Volumes|mnt|cygdrive/[a-z])"
)
_HOME: Final = re.compile(
    r"~|\$HOME|\$\{HOME\}|\$\{env:HOME\}|\$\{userHome\}|%USERPROFILE%|%HOME%|%HOMEPATH%|\$\{env:USERPROFILE\}|"
    r"\$env:USERPROFILE|/home|/Users|/root|/(?:home|Users)/[^/]+|(?:/mnt)?[A-Za-z]?:?/Users(?:/[^/]+)?",
    re.IGNORECASE,
)
_DOTS: Final = re.compile(r"/\.(?=/|\Z)")
_SLASHES: Final = re.compile(r"/{2,}")
_MOUNT_OPTIONS: Final = ("-v", "--volume", "--mount")
_SOURCE: Final = re.compile(r"(?:^|,)(?:source|src)=([^,]*)")
_BIND: Final = re.compile(r"([A-Za-z]:[\\/][^:]*|[^:]+):.+")


def _plain(path: str) -> str:
    """Return a path as the system takes it: forward slashes, none twice, no `.`, none at the end."""
    path = path.strip().strip("\"'")
    plain = _DOTS.sub("", _SLASHES.sub("/", path.replace("\\", "/"))).rstrip("/")
    return plain or ("/" if path else "")


def is_root(path: str) -> bool:
    """Tell whether a path is a root, a drive, or a folder of the system."""
    return _ROOT.fullmatch(_plain(path)) is not None


def is_home(path: str, home: str = "") -> bool:
    """Tell whether a path is a user's home, or the folder of all homes.

    Args:
        path: any path, with the variables that hosts expand.
        home: the home of this machine's user, where it is known.
    """
    plain = _plain(path)
    return _HOME.fullmatch(plain) is not None or (bool(home) and plain == _plain(home))


def mounts(launch: Launch) -> Iterator[Text]:
    """Yield the folders of this machine that a container is given."""
    args = launch.args
    for at, word in enumerate(args):
        option, joined, value = word.text.partition("=")
        if option in _MOUNT_OPTIONS:
            taken, text = (
                (word, value) if joined else (args[at + 1], args[at + 1].text) if at + 1 < len(args) else (word, "")
            )
        elif word.text.startswith("-v") and len(word.text) > len("-v") and not word.text.startswith("--"):
            taken, text = word, word.text.removeprefix("-v")
        else:
            continue
        found = _SOURCE.search(text) if option == "--mount" else _BIND.fullmatch(text)
        if found is not None:
            yield Text(found[1], taken.pointer, text)
