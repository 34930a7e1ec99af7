"""Which user is at the other end of a loopback connection. Linux tells; elsewhere the answer is unknown.

Asked once for each connection, by `sock_diag(7)` for exactly its two addresses.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["peer_uid"]

_SOCK_DIAG_BY_FAMILY: Final = 20
_NLM_F_REQUEST: Final = 1
_NETLINK_SOCK_DIAG: Final = 4
_HEADER: Final = struct.Struct("=IHHII")
_REQUEST: Final = struct.Struct("=BBBBI")
_OWNER: Final = struct.Struct("=II")
_OWNER_AT: Final = 16 + 4 + 48 + 4 + 4 + 4
"""netlink header, four bytes of state, the socket id, expires, both queue lengths: then the user id and the inode."""


def peer_uid(ours: Sequence[object], theirs: Sequence[object]) -> int | None:
    """Return the user id that owns the peer's socket, or None where that can't be known.

    Args:
        ours: our address and port.
        theirs: the peer's address and port.
    """
    if sys.platform != "linux":
        return None
    try:
        (our_host, our_port), (host, port) = _address(ours), _address(theirs)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # The peer's socket sees the addresses the other way round.
        identity = struct.pack(">HH", port, our_port) + _packed(host, family) + _packed(our_host, family)
        identity += struct.pack("=IQ", 0, 2**64 - 1)
        return _ask(_REQUEST.pack(family, socket.IPPROTO_TCP, 0, 0, 0xFFFFFFFF) + identity)
    except (OSError, ValueError, TypeError, struct.error):
        return None


def _ask(request: bytes) -> int | None:
    with closing(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_SOCK_DIAG)) as netlink:
        netlink.settimeout(0.2)
        head = _HEADER.pack(_HEADER.size + len(request), _SOCK_DIAG_BY_FAMILY, _NLM_F_REQUEST, 1, 0)
        netlink.sendto(head + request, (0, 0))
        answer = netlink.recv(4096)
    if len(answer) < _OWNER_AT + _OWNER.size or _HEADER.unpack_from(answer)[1] != _SOCK_DIAG_BY_FAMILY:
        return None
    uid: int
    inode: int
    uid, inode = _OWNER.unpack_from(answer, _OWNER_AT)
    # A socket that its process has closed has no inode, and soon its user id reads 0: that must not pass for root.
    return uid if inode else None


def _address(value: Sequence[object]) -> tuple[str, int]:
    # A connection that was reset before it was accepted has no address at all.
    match value:
        case [str() as host, int() as port, *_]:
            return host, port
        case _:
            raise TypeError("an address is a host and a port")


def _packed(host: str, family: socket.AddressFamily) -> bytes:
    return socket.inet_pton(family, host.partition("%")[0]).ljust(16, b"\0")


def own_uid() -> int | None:
    """Return the user id that a peer has to have, or None where the system does not tell about peers."""
    return os.getuid() if sys.platform == "linux" else None
