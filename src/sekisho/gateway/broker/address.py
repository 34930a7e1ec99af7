"""Where the broker of a user listens, and who may speak with it: nobody but this user, in either direction."""

from __future__ import annotations

import _socket
import fcntl
import os
import struct
from contextlib import contextmanager

from sekisho.gateway.broker.frames import StrangerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path
    from typing import Protocol

    class _Options(Protocol):
        def getsockopt(self, level: int, option: int, size: int, /) -> bytes: ...


__all__ = ["NAME", "Peer", "connect", "locked", "peer_of", "reachable", "require_own"]

NAME = "broker.sock"
"""The socket's name in the state directory."""

_LONGEST = 100
_CREDENTIALS = struct.Struct("=iII")


class Peer:
    """Who was at the other end when the connection was made, as the kernel tells."""

    __slots__ = ("pid", "uid")

    def __init__(self, pid: int, uid: int) -> None:
        self.pid = pid
        """Its process id."""
        self.uid = uid
        """Its user id."""


def peer_of(connection: _Options) -> Peer:
    """Return who is at the other end of a Unix socket."""
    data = connection.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, _CREDENTIALS.size)
    pid, uid, _ = _CREDENTIALS.unpack(data)
    return Peer(pid, uid)


def require_own(peer: Peer, uid: int | None = None) -> Peer:
    """Return the peer if it is this user, root not excepted.

    Raises:
        StrangerError: it is somebody else.
    """
    own = os.geteuid() if uid is None else uid
    if peer.uid != own:
        raise StrangerError(f"uid {peer.uid} is at the other end of the broker's socket, and this is uid {own}")
    return peer


@contextmanager
def reachable(directory: Path) -> Generator[str]:
    """Yield a path of the socket that the system takes: its addresses end at 107 bytes, folders do not."""
    path = str(directory / NAME)
    if len(os.fsencode(path)) <= _LONGEST:
        yield path
        return
    folder = os.open(directory, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{folder}/{NAME}"
    finally:
        os.close(folder)


def connect(directory: Path, *, patience: float) -> _socket.socket | None:
    """Return a connection to the broker whose state is in `directory`; None when there is none.

    Raises:
        StrangerError: another user listens there.
    """
    ours = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM | _socket.SOCK_CLOEXEC)
    try:
        ours.settimeout(patience)
        with reachable(directory) as path:
            ours.connect(path)
        require_own(peer_of(ours))
    except OSError:
        ours.close()
        return None
    except StrangerError:
        ours.close()
        raise
    return ours


@contextmanager
def locked(path: Path, *, wait: bool) -> Generator[bool]:
    """Hold a lock file as long as the block lasts; yields False when somebody else holds it and we do not wait."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
