"""Programs that delete, overwrite or give away: do they name a root, a home, a disk or all there is."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sekisho.guards.places import places

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["deletes_by_name", "destroys", "is_destruction", "overwrites_system", "removes_all"]

_DISK: Final = re.compile(r"/dev/(?:sd|hd|vd|xvd|nvme|mmcblk|disk|mapper/|mem|kmem|port)")
_DESTROYERS: Final = frozenset({"rm", "chmod", "chown", "chgrp", "mv", "find", "rmdir", "trash", "cp", "tee"})
_EVERYTHING: Final = frozenset(
    {"/", "~", "..", "*", "/*", "~/*", "$HOME", "${HOME}", "$HOME/*", "../*", ".*", "/.", "."}
)
_UNDOING: Final = frozenset({"-o", "-or", "!", "-not", ",", "("})
_SOME_NAME: Final = re.compile(r"\w")
_RECURSIVE: Final = re.compile(r"-\w*R\w*|--recursive")
_TAIL: Final = re.compile(r"/+\.?$|(?<=/)\*+$")
_HOME: Final = re.compile(r"~[\w.-]*(?=/?$)|\$\{HOME\b[^}]*\}(?=/?$)")
_ABOVE: Final = re.compile(r"(?:\.\./)+\.\.?/?\*?|.*/\.\./?\*?")
_SYSTEM: Final = re.compile(r"/(?:etc|usr|bin|sbin|lib\w*|boot|sys|proc|root)/")
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
        return any(_DISK.search(text) for text in texts)
    if plain == "find" and "-delete" not in texts and not any("rm" in text for text in texts):
        return False
    if plain in {"cp", "tee"}:
        return any(_DISK.match(text) or (plain == "tee" and overwrites_system(text)) for text in texts)
    recursive = plain in {"rm", "find", "mv"} or any(_RECURSIVE.fullmatch(text) for text in texts)
    return recursive and any(_is_everything(text) for text in texts)


def removes_all(plain: str, texts: Sequence[str]) -> bool:
    """Say whether a program deletes all that is there, or above it."""
    if plain != "rm":
        return False
    return not _EVERYTHING.isdisjoint(texts) or any(".." in text and _ABOVE.fullmatch(text) for text in texts)


def deletes_by_name(texts: Sequence[str]) -> bool:
    """Say whether `find -delete` is told before which names are meant, and nothing undoes that.

    Args:
        texts: the words of `find`.
    """
    if texts.count("-delete") != 1 or any(text in _UNDOING for text in texts):
        return False
    named = (last for first, last in pairwise(texts[: texts.index("-delete")]) if first in {"-name", "-iname"})
    return any(_SOME_NAME.search(each) for each in named)


def overwrites_system(text: str) -> bool:
    """Say whether what output is written to is a disk, or a file of the system."""
    return _DISK.match(text) is not None or _SYSTEM.match(text) is not None


def _is_everything(text: str) -> bool:
    """Say whether a word is the root, a home or a folder of the system."""
    bare = _HOME.sub("~", _TAIL.sub("", text)) or "/"
    if bare.startswith("/"):
        bare = "/" + "/".join(_names(bare))
    bare = bare.rstrip("/") or "/"
    if bare in _ROOTS:
        return True
    key = ("/", *bare.casefold().strip("/").split("/")) if bare.startswith("/") else ()
    return any(key == part for part in places().system.get(key[:2], ()))


def _names(path: str) -> list[str]:
    """Return the names of an absolute path, up to the first one that stands for all."""
    found: list[str] = []
    for name in path.split("/"):
        if name == "..":
            del found[-1:]
        elif name == "*":
            break
        elif name not in {"", "."}:
            found.append(name)
    return found
