"""`Reply`: one answer of an upstream, and `PoolError`: why there is none.

The connection pushes body bytes in and says when they end; the caller reads the whole or chunk by chunk.
A caller who reads slowly stops the connection, so that what waits is bounded.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Kind", "PoolError", "PoolLimits", "Reply", "Source"]

Kind: TypeAlias = Literal["dns", "refused", "tls", "timeout", "broken", "too-large", "protocol", "proxy", "closed"]

_HIGH_WATER: Final = 256 * 1024
_SMALL: Final = 1024


class PoolError(Exception):
    """An upstream gave no usable answer.

    Args:
        kind: what went wrong, for programs.
        text: what, where and the next step, for people; never path, query or header values, which may be secret.
        sent: whether any byte of the request may have reached the server, which then may have acted on it.
    """

    def __init__(self, kind: Kind, text: str, *, sent: bool) -> None:
        super().__init__(text)
        self.kind: Kind = kind
        self.sent = sent


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolLimits:
    """What one upstream may take and how long it may take."""

    connections: int = 256
    """Most connections at once, opening ones included; further callers wait."""

    waiting: int = 4096
    """Most callers that wait for a connection; further ones are refused at once."""

    wait_seconds: float = 30
    """Longest wait for a connection."""

    idle: int = 64
    """Most connections kept open for later."""

    idle_seconds: float = 4.0
    """How long one is kept; uvicorn and Node close after 5 s, and a POST must not meet a closing connection.

    A server's own `Keep-Alive: timeout=N` shortens it to N - 1.
    """

    connect_seconds: float = 10
    """Longest wait for name, connection, proxy and TLS together."""

    head_seconds: float = 600
    """Longest wait for the head of an answer, slow calls included; `send` can say otherwise."""

    body_seconds: float = 300
    """Longest wait for a whole body by `Reply.read`, and longest time that a full buffer waits for its reader."""

    header_bytes: int = 64 * 1024
    """Longest head of an answer, and of a request; also the most framing without a byte of body."""

    body_bytes: int = 32 * 1024 * 1024
    """Longest body that `Reply.read` accepts."""


class Source(Protocol):
    """What a reply asks of its connection."""

    @property
    def limits(self) -> PoolLimits:
        """The limits to keep."""
        ...

    def pause(self) -> None:
        """Take no more bytes from the server."""
        ...

    def resume(self) -> None:
        """Take bytes again."""
        ...

    def expect(self, seconds: float | None) -> None:
        """Fail the reply unless it goes on within `seconds`; None takes the bound away."""
        ...

    def fail(self, kind: Kind, text: str) -> None:
        """Close the connection and end the reply with an error; `text` is completed with the place."""
        ...


class Reply:
    """Status, headers and body of one answer.

    Read it to its end or close it: it holds its connection until then.
    A task that is cancelled while reading closes the connection.
    """

    __slots__ = (
        "_ended",
        "_error",
        "_parts",
        "_source",
        "_waiter",
        "_waiting",
        "_whole",
        "headers",
        "length",
        "status",
    )

    def __init__(self, source: Source, *, status: int, headers: Mapping[bytes, bytes], length: int | None) -> None:
        self.status = status
        """200 to 599; redirects are not followed."""
        self.headers = headers
        """Lower-case names; repeated fields are joined with a comma."""
        self.length = length
        """The body's length when the server announced it."""
        self._source = source
        self._parts: list[bytes | bytearray] = []
        self._waiting = 0
        self._whole = False
        self._ended = False
        self._error: PoolError | None = None
        self._waiter: asyncio.Future[None] | None = None

    @property
    def media_type(self) -> str:
        """Type and subtype in lower case, without parameters; empty when the server named none."""
        value = self.headers.get(b"content-type", b"")
        return value.partition(b";")[0].strip(b" \t").lower().decode("latin-1")

    @property
    def whole(self) -> bytes | None:
        """The whole body, if it is there already, in order and within the limit; then there is nothing to wait for."""
        if not self._ended or self._error is not None or self._waiting > self._source.limits.body_bytes:
            return None
        return b"".join(self._parts)

    async def read(self, *, seconds: float | None = None) -> bytes:
        """Return the whole body (or what `chunk` has left of it).

        Args:
            seconds: longest wait; `PoolLimits.body_seconds` when None.

        Raises:
            PoolError: `too-large`, `timeout`, `broken`, `protocol`, `closed`.
        """
        limits = self._source.limits
        if not self._ended:
            self._whole = True
            if self._waiting <= limits.body_bytes and (self.length or 0) <= limits.body_bytes:
                self._source.resume()
                await self._wait(limits.body_seconds if seconds is None else seconds)
        if self._error is None and (self._waiting > limits.body_bytes or not self._ended):
            self._refuse()
        if self._error is not None:
            raise self._error
        body = b"".join(self._parts)
        self._parts = [body]
        return body

    async def chunk(self, *, seconds: float | None = None) -> bytes | None:
        """Return all bytes that have come since the last call, None at the end of the body.

        Args:
            seconds: longest wait for the next byte; without it an event stream may be silent for ever.

        Raises:
            PoolError: `timeout`, `broken`, `protocol`, `closed`; bytes that came before the fault are returned first.
        """
        if not self._parts and not self._ended:
            await self._wait(seconds)
        if self._parts:
            data = b"".join(self._parts)
            self._parts = []
            self._waiting = 0
            if not self._ended:
                self._source.resume()
            return data
        if self._error is not None:
            raise self._error
        return None

    def close(self) -> None:
        """Drop the answer; if it has not ended, close the connection, which cancels the call (MCP 2026-07-28)."""
        if not self._ended:
            self._source.fail("closed", "The answer was closed before its end")
        self._parts = []
        self._waiting = 0

    def push(self, data: bytes) -> None:
        """Take bytes of the body from the connection."""
        parts = self._parts
        # Many tiny chunks must not become many objects: 2 bytes of body would cost 40 of memory.
        if parts and len(data) < _SMALL:
            last = parts[-1]
            if isinstance(last, bytearray):
                last += data
            else:
                parts.append(bytearray(data))
        else:
            parts.append(data)
        self._waiting += len(data)
        if self._whole:
            if self._waiting > self._source.limits.body_bytes:
                self._refuse()
            return
        if self._waiting > _HIGH_WATER:
            self._source.pause()
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def end(self, error: PoolError | None) -> None:
        """Note that the connection has no more to say."""
        self._ended = True
        self._error = error
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def _wait(self, seconds: float | None) -> None:
        if self._waiter is not None:
            raise RuntimeError("an answer has one reader at a time")
        self._waiter = asyncio.get_running_loop().create_future()
        self._source.expect(seconds)
        try:
            await self._waiter
        except asyncio.CancelledError:
            self.close()
            raise
        finally:
            self._waiter = None
            if not self._ended:
                self._source.expect(None)

    def _refuse(self) -> None:
        text = f"The answer's body has more than {self._source.limits.body_bytes} bytes"
        if self._ended:
            self._error = PoolError("too-large", text + ".", sent=True)
            self._parts = []
        else:
            self._source.fail("too-large", text)
