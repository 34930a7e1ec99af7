"""Configuration files on this machine: opened once, and refused when others could have written them.

Whoever may write to a configuration decides which programs run and what they are told.
So the file has to belong to us or to the superuser, and nobody else may write to it, or rename what stands above it.
A symbolic link is followed, because people keep such files in one place; all of this holds for what it leads to, and
for the folder that it lies in.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.adapters.state import loose_ancestor
from sekisho.model.message_ids import MessageId
from sekisho.policy.problem import ConfigurationError, Place, Problem
from sekisho.policy.toml import parse

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.policy.toml import Document

__all__ = ["LARGEST", "Source", "open_source"]

LARGEST: Final = 1024 * 1024
"""How long a configuration may be, in bytes."""

_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_FLAGS: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A configuration file as it was read, once."""

    path: Path
    """The file itself, without links."""

    digest: str
    """SHA-256 of its bytes, in hex."""

    document: Document
    """What it says."""


def open_source(path: Path) -> Source:
    """Read a configuration file.

    Raises:
        ConfigurationError: it is not there, can't be read, is not safe from others, or is not TOML.
    """
    name = str(path)
    try:
        real = path.absolute().resolve(strict=True)
        data = _bytes(real, name)
        for place in (real, path.absolute()):
            _check_folders(place, name)
    except OSError as error:
        raise _refused(name, *_reason(error)) from None
    except RuntimeError:  # a loop of links, in Python 3.11 and 3.12
        raise _refused(name, MessageId.CONFIG_NOT_PLAIN) from None
    return Source(path=real, digest=hashlib.sha256(data).hexdigest(), document=parse(_text(data, name), file=name))


def _reason(error: OSError) -> tuple[MessageId, dict[str, str | int]]:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return MessageId.CONFIG_MISSING, {}
    if error.errno in (errno.ELOOP, errno.ENXIO):
        return MessageId.CONFIG_NOT_PLAIN, {}
    return MessageId.CONFIG_UNREADABLE, {"problem": error.strerror or type(error).__name__}


def _refused(name: str, message: MessageId, values: dict[str, str | int] | None = None) -> ConfigurationError:
    return ConfigurationError([Problem(message=message, values=values or {}, file=name)])


def _bytes(real: Path, name: str) -> bytes:
    descriptor = os.open(real, _FLAGS)
    try:
        _check(os.fstat(descriptor), name)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(LARGEST + 1)
    finally:
        os.close(descriptor)
    if len(data) > LARGEST:
        raise _refused(name, MessageId.CONFIG_TOO_LARGE, {"limit": LARGEST})
    return data


def _check(found: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise _refused(name, MessageId.CONFIG_NOT_PLAIN)
    if found.st_uid not in (os.geteuid(), 0):
        raise _refused(name, MessageId.CONFIG_FOREIGN, {"uid": found.st_uid})
    if found.st_mode & _OTHERS_WRITE:
        raise _refused(name, MessageId.CONFIG_WRITABLE, {"mode": f"{stat.S_IMODE(found.st_mode):04o}"})


def _check_folders(place: Path, name: str) -> None:
    loose = loose_ancestor(place)
    if loose is not None:
        folder, mode = loose
        values: dict[str, str | int] = {"folder": str(folder), "mode": f"{mode:04o}"}
        raise _refused(name, MessageId.CONFIG_FOLDER_WRITABLE, values)


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        problem = Problem(message=MessageId.CONFIG_NOT_UTF8, file=name, place=place)
        raise ConfigurationError([problem]) from None
