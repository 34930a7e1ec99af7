"""Programs that delete, overwrite or give away: do they name a root, a home, a disk or all there is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.places import places

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DISK", "destroys", "is_destruction", "removes_all"]

DISK: Final = re.compile(r"/dev/(?:sd|hd|vd|xvd|nvme|mmcblk|disk|mapper/|mem|kmem|port)")
_DESTROYERS: Final = frozenset({"rm", "chmod", "chown", "chgrp", "mv", "find", "rmdir", "trash", "cp", "tee"})
_EVERYTHING: Final = frozenset(
    {"/", "~", "..", "*", "/*", "~/*", "$HOME", "${HOME}", "$HOME/*", "../*", ".*", "/.", "."}
)
_RECURSIVE: Final = re.compile(r"-\w*R\w*|--recursive")
_TAIL: Final = re.compile(r"/+\.?$|(?<=/)\*+$")
_ROOTS: Final = frozenset({
    "/", "~", "$HOME", "${HOME}", "/home", "/Users", "/usr", "/bin", "/sbin", "/lib", "/opt", "/var", "/mnt",
    "/--no-preserve-root",
})  # fmt: skip


def destroys(plain: str) -> bool:
    """Say whether a program may destroy anything; about all others nobody needs to ask."""
    return plain in _DESTROYERS or plain == "dd" or plain.startswith("mkfs")


def is_destruction(plain: str, texts: Sequence[str]) -> bool:
    """Say whether a program destroys a disk, a root, a home or a folder of the system.

    Args:
        plain: its name, one that `destroys`.
        texts: its words.
    """
    if plain == "dd" or plain.startswith("mkfs"):
        return any(DISK.search(text) for text in texts)
    if plain == "find" and "-delete" not in texts and not any("rm" in text for text in texts):
        return False
    if plain in {"cp", "tee"}:
        return any(DISK.match(text) for text in texts)
    recursive = plain in {"rm", "find", "mv"} or any(_RECURSIVE.fullmatch(text) for text in texts)
    return recursive and any(_is_everything(text) for text in texts)


def removes_all(plain: str, texts: Sequence[str]) -> bool:
    """Say whether a program deletes all that is there, or above it."""
    return plain == "rm" and not _EVERYTHING.isdisjoint(texts)


def _is_everything(text: str) -> bool:
    """Say whether a word is the root, a home or a folder of the system."""
    bare = _TAIL.sub("", text) or "/"
    bare = bare.rstrip("/") or "/"
    if bare in _ROOTS:
        return True
    key = ("/", *bare.casefold().strip("/").split("/")) if bare.startswith("/") else ()
    return any(key == part for part in places().system.get(key[:2], ()))
