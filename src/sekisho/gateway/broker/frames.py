"""What a relay and a broker say to each other.

The relay says one `Hello`, with its standard input and output beside it as descriptors. The broker says frames: that
it serves (with the ledger), lines for the relay's standard error, and in the end why it serves no more.
Both are plain bytes, because a relay that has to start at once can't load a JSON parser.
"""

from __future__ import annotations

import _socket
import array
import os
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "ENDED",
    "ENTRY",
    "HANDED_BACK",
    "HEAD",
    "LINE",
    "REFUSED",
    "SERVED",
    "STATUS",
    "Frames",
    "FramesError",
    "Hello",
    "StrangerError",
    "frame",
    "receive_with",
    "send_with",
    "unpack_head",
]

ENTRY = b"e"
"""Hello: serve an entry; standard input and output come with it."""

STATUS = b"s"
"""Hello: say how you are."""

SERVED = b"O"
"""Frame: the entry is served from now on; the ledger comes with it. For `STATUS`: the answer, as JSON."""

LINE = b"L"
"""Frame: a line for standard error."""

REFUSED = b"X"
"""Frame: the entry can't be served, with the reason; nothing was read."""

ENDED = b"E"
"""Frame: the host has ended the session, and everything is done."""

HANDED_BACK = b"H"
"""Frame: this broker ends; nothing is open, and the ledger holds what was read."""

_MAGIC = b"SKB1"
HEAD = struct.Struct("!4scII")
_FRAME = struct.Struct("!cI")
_MOST_WORDS = 4 * 1024 * 1024
_MOST_READ = 64 * 1024 * 1024
_MOST_FRAME = 16 * 1024 * 1024
_FIXED = 4
_CHUNK = 65536
_MOST_DESCRIPTORS = 4


class FramesError(Exception):
    """The other side does not speak as it should."""


class StrangerError(Exception):
    """Another user is at the other end of the broker's socket or pipe."""


class Hello:
    """What a relay asks for.

    Args:
        kind: `ENTRY` or `STATUS`.
        version: the relay's version of Sekisho.
        entry: the entry's name.
        config: the absolute path of the configuration, empty for the user's own.
        cwd: the relay's working directory.
        env: the relay's environment: what the host gave this entry.
        read: what was read of the host before: the begin of a line.
        standing: what the host has said to another broker and relies on; empty when there was none.
    """

    __slots__ = ("config", "cwd", "entry", "env", "kind", "read", "standing", "version")

    def __init__(
        self,
        *,
        kind: bytes,
        version: str,
        entry: str = "",
        config: str = "",
        cwd: str = "/",
        env: Mapping[str, str] | None = None,
        read: bytes = b"",
        standing: bytes = b"",
    ) -> None:
        self.kind = kind
        self.version = version
        self.entry = entry
        self.config = config
        self.cwd = cwd
        self.env = dict(env or {})
        self.read = read
        self.standing = standing

    def pack(self) -> bytes:
        """Return it as bytes; none of the parts but `read` can hold a NUL."""
        pairs = (f"{name}={at}" for name, at in self.env.items() if name)
        words = (self.version, self.entry, self.config, self.cwd, *pairs)
        body = b"\0".join(os.fsencode(word) for word in words)
        if self.standing:
            # No variable is called nothing, so this is none, and a relay of an older version leaves it out.
            body += b"\0=" + self.standing
        return HEAD.pack(_MAGIC, self.kind, len(body), len(self.read)) + body + self.read

    @classmethod
    def unpack(cls, kind: bytes, body: bytes, read: bytes) -> Hello:
        """Read it back.

        Raises:
            FramesError: it is not one.
        """
        parts = body.split(b"\0")
        standing = parts.pop()[1:] if parts[-1].startswith(b"=") else b""
        words = [os.fsdecode(word) for word in parts]
        if len(words) < _FIXED or kind not in (ENTRY, STATUS):
            raise FramesError("a greeting has a kind, a version, an entry, a configuration and a folder")
        version, entry, config, cwd, *pairs = words
        env = {name: value for name, _, value in (pair.partition("=") for pair in pairs)}
        return cls(
            kind=kind, version=version, entry=entry, config=config, cwd=cwd, env=env, read=read, standing=standing
        )


def unpack_head(data: bytes) -> tuple[bytes, int, int]:
    """Return the kind of a greeting and the sizes of its two parts.

    Raises:
        FramesError: it is not one, or larger than one may be.
    """
    magic, kind, words, read = HEAD.unpack(data)
    if magic != _MAGIC:
        raise FramesError("this is no relay, or one of another time")
    if words > _MOST_WORDS or read > _MOST_READ:
        raise FramesError("the greeting is too large")
    return kind, words, read


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """Return one frame."""
    return _FRAME.pack(kind, len(payload)) + payload


class Frames:
    """Frames out of a stream."""

    __slots__ = ("_buffer",)

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Yield the frames that `data` completes.

        Raises:
            FramesError: a frame is larger than one may be.
        """
        buffer = self._buffer
        buffer += data
        while len(buffer) >= _FRAME.size:
            kind, size = _FRAME.unpack_from(buffer)
            if size > _MOST_FRAME:
                raise FramesError("a frame is too large")
            if len(buffer) < _FRAME.size + size:
                return
            payload = bytes(buffer[_FRAME.size : _FRAME.size + size])
            del buffer[: _FRAME.size + size]
            yield kind, payload


def send_with(connection: _socket.socket, data: bytes, descriptors: list[int]) -> None:
    """Send `data`, the descriptors beside its first bytes."""
    rights = array.array("i", descriptors)
    sent = connection.sendmsg([data], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, rights)])
    connection.sendall(data[sent:])


def receive_with(connection: _socket.socket) -> tuple[bytes, list[int]]:
    """Receive what there is and the descriptors beside it; both are empty at the end."""
    rights = array.array("i")
    room = _socket.CMSG_LEN(_MOST_DESCRIPTORS * rights.itemsize)
    try:
        data, ancillary, _, _ = connection.recvmsg(_CHUNK, room, _socket.MSG_CMSG_CLOEXEC)
    except ConnectionResetError:
        return b"", []
    for level, kind, payload in ancillary:
        if level == _socket.SOL_SOCKET and kind == _socket.SCM_RIGHTS:
            rights.frombytes(payload[: len(payload) - len(payload) % rights.itemsize])
    return data, list(rights)
