"""Key files: 32 random bytes in a file that only its owner may read.

`load_or_create` is for the process that writes, `load` for the one that verifies: it never makes a key, so that a
key that was deleted is noticed. `derive` makes one key per purpose out of the file's; nothing uses the file's own.
"""

from __future__ import annotations

import errno
import hmac
import os
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

KEY_BYTES = 32
"""Length of a key file, in bytes."""


class KeyFileError(Exception):
    """A key file is refused or can't be read or made; the text says what, where, and the next step."""


class KeyFileMissingError(KeyFileError):
    """There is no key file."""


def load_or_create(path: Path) -> bytes:
    """Return the key in `path`, made with fresh randomness when there is none.

    Two processes that start together get the same key: the file appears whole (a hard link from a private
    temporary file), and whoever comes second reads it.

    Raises:
        KeyFileError: the file is refused (see `load`), or can't be made.
    """
    try:
        return load(path)
    except KeyFileMissingError:
        _create(path)
    return load(path)


def load(path: Path) -> bytes:
    """Return the key in `path`.

    Raises:
        KeyFileMissingError: there is no such file.
        KeyFileError: it is a link or no regular file, belongs to another uid, may be read or written by others,
            or does not hold exactly `KEY_BYTES` bytes.
    """
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError as error:
        raise KeyFileMissingError(f"There is no key file {path}. It is made when the gateway first runs.") from error
    except OSError as error:
        raise KeyFileError(
            f"The key file {path} can't be opened: {error.strerror}. It has to be a plain file."
        ) from error
    try:
        _check(path, os.fstat(fd))
        key = os.read(fd, KEY_BYTES + 1)
    except OSError as error:
        raise KeyFileError(f"The key file {path} can't be read: {error.strerror}.") from error
    finally:
        os.close(fd)
    if len(key) != KEY_BYTES:
        raise KeyFileError(f"The key file {path} does not hold {KEY_BYTES} bytes. Restore it from a backup.")
    return key


def derive(key: bytes, purpose: str) -> bytes:
    """Return 32 bytes for one purpose: HKDF-SHA256 without salt, one block (RFC 5869).

    Written out because it is two HMACs, and importing a cryptography library for it costs 100 ms at start.

    Args:
        key: the content of a key file.
        purpose: a fixed word, the `info` of the RFC.
    """
    return _expand(hmac.digest(bytes(32), key, "sha256"), purpose.encode())


def _expand(pseudo_random_key: bytes, info: bytes) -> bytes:
    return hmac.digest(pseudo_random_key, info + b"\x01", "sha256")


def _check(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise KeyFileError(f"The key file {path} is not a plain file. Move it away.")
    if found.st_uid != os.geteuid():
        raise KeyFileError(
            f"The key file {path} belongs to uid {found.st_uid}, this process is uid {os.geteuid()}. Run as its owner."
        )
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFileError(
            f"The key file {path} has mode {stat.S_IMODE(found.st_mode):04o}, so others may know the key. "
            "If nobody else was on this machine run: chmod 600 on it. Else move it away, and a new one is made."
        )


def _create(path: Path) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            _fill(fd)
        finally:
            os.close(fd)
        with suppress(FileExistsError):  # another process was first: its key counts
            os.link(temporary, path)
        _settle(path)
    except OSError as error:
        raise KeyFileError(
            f"The key file {path} can't be made: {error.strerror}. Check the space and the rights of its directory."
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _fill(fd: int) -> None:
    os.fchmod(fd, 0o600)  # whatever the umask took away
    if os.write(fd, secrets.token_bytes(KEY_BYTES)) != KEY_BYTES:
        raise OSError(errno.ENOSPC, "the disk took only a part of the key")
    os.fsync(fd)


def _settle(path: Path) -> None:
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
