"""`Exchange`: one HTTP request and the answer to it, written whole or as a stream."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Carrier", "Exchange"]

_REASONS: Final = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus}
_BODILESS: Final = frozenset({204, 304})


class Carrier(Protocol):
    """The connection that an exchange is on."""

    def write(self, data: bytes) -> None:
        """Write bytes of the answer."""
        ...

    def finished(self, *, keep_alive: bool) -> None:
        """The answer is whole."""
        ...

    def abort(self) -> None:
        """Drop the connection."""
        ...


class Exchange:
    """A request, and the one answer that it gets.

    Either `reply` once, or `begin`, any number of `send`, and `end`. After `closed` all of them do nothing.
    """

    __slots__ = (
        "_begun",
        "_carrier",
        "_chunks",
        "_keep_alive",
        "_pending",
        "blocked",
        "body",
        "closed",
        "headers",
        "method",
        "on_drain",
        "on_lost",
        "target",
        "uid",
    )

    def __init__(
        self,
        carrier: Carrier,
        *,
        method: bytes,
        target: bytes,
        headers: list[tuple[bytes, bytes]],
        body: bytes,
        uid: int | None,
        keep_alive: bool,
        chunks: bool,
    ) -> None:
        self.method = method
        """In capitals."""
        self.target = target
        """Path and query, as they came."""
        self.headers = headers
        """All lines in order, names in lower case."""
        self.body = body
        """The whole body."""
        self.uid = uid
        """The peer's user id, None where it is unknown."""
        self.closed = False
        """Whether the answer is whole, or the peer is gone."""
        self.blocked = False
        """Whether the peer does not read what was sent already."""
        self.on_lost: Callable[[], None] | None = None
        """Called once when the peer goes before the answer is whole."""
        self.on_drain: Callable[[], None] | None = None
        """Called when the peer reads again."""
        self._carrier = carrier
        self._keep_alive = keep_alive
        self._chunks = chunks
        self._pending = b""
        self._begun = False

    def reply(self, status: int, body: bytes, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
        """Send a whole answer."""
        if self.closed:
            return
        if status in _BODILESS:
            head = self._head(status, headers)
            body = b""
        else:
            head = self._head(status, (*headers, (b"content-length", b"%d" % len(body))))
        self._carrier.write(head + body if self.method != b"HEAD" else head)
        self._finish(keep_alive=self._keep_alive)

    def begin(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """Start a stream, status 200; its head goes out with the first part, or by `flush`."""
        if not self.closed:
            self._begun = True
            framing = ((b"transfer-encoding", b"chunked"),) if self._chunks else ()
            self._keep_alive = self._keep_alive and self._chunks
            self._pending = self._head(200, (*headers, *framing))

    def send(self, data: bytes) -> None:
        """Send a part of a stream; never empty."""
        if not self.closed:
            self._write(b"%x\r\n%b\r\n" % (len(data), data) if self._chunks else data)

    def end(self, data: bytes = b"") -> None:
        """Send the last part of a stream."""
        if self.closed:
            return
        if self._chunks:
            last = b"%x\r\n%b\r\n0\r\n\r\n" % (len(data), data) if data else b"0\r\n\r\n"
            self._write(last)
        else:
            self._write(data)
        self._finish(keep_alive=self._keep_alive)

    def flush(self) -> None:
        """Send the head of a stream if it waits for a first part."""
        if not self.closed:
            self._write(b"")

    def _write(self, data: bytes) -> None:
        data, self._pending = self._pending + data, b""
        if data:
            self._carrier.write(data)

    def abort(self) -> None:
        """Drop the connection: the answer can't be finished."""
        if not self.closed:
            self._carrier.abort()

    def fail(self) -> None:
        """Something of ours broke: say so if nothing was said yet, else drop the connection."""
        if not self.closed and not self._begun:
            self.reply(500, b"Sekisho: internal error; the request was refused", ((b"content-type", b"text/plain"),))
        else:
            self.abort()

    def lost(self) -> None:
        """The peer is gone."""
        if not self.closed:
            self.closed = True
            if self.on_lost is not None:
                self.on_lost()

    def block(self) -> None:
        """The peer does not read."""
        self.blocked = True

    def unblock(self) -> None:
        """The peer reads again."""
        self.blocked = False
        if self.on_drain is not None and not self.closed:
            self.on_drain()

    def _finish(self, *, keep_alive: bool) -> None:
        self.closed = True
        self._carrier.finished(keep_alive=keep_alive)

    def _head(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
        lines = b"".join([b"%b: %b\r\n" % pair for pair in headers])
        closing = b"" if self._keep_alive else b"connection: close\r\n"
        return b"%b%b%b\r\n" % (_REASONS[status], lines, closing)
