"""`Pool`: the connections to one upstream, and the requests that go over them.

`Pool.send` takes a warm connection or opens one (through a proxy, with TLS) and returns a `Reply` when its head is
there. `endpoint.Endpoint` is the address, `proxies` finds the proxy, `pool_dial.Way` opens the way, `pool_head.Heads`
writes requests, `http1.Connection` speaks the protocol, `pool_reply.Reply` is what the caller holds.

Own, because a client library costs five to a hundred times the work of everything else in a call.
Left out on purpose: redirects, cookies, compression, authentication, HTTP/2, and repeating a request.
A request is written at most once, whatever happens: the server may have acted on it.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections import deque
from typing import TYPE_CHECKING, Final

from sekisho.gateway.endpoint import AddressError, Endpoint
from sekisho.gateway.http1 import Connection
from sekisho.gateway.pool_asker import Await
from sekisho.gateway.pool_dial import Way
from sekisho.gateway.pool_head import Heads
from sekisho.gateway.pool_reply import PoolError, PoolLimits, Reply
from sekisho.gateway.proxies import Proxy, TunnelError, proxy_for

if TYPE_CHECKING:
    import ssl
    from collections.abc import Sequence

    from sekisho.gateway.pool_asker import Asker
    from sekisho.gateway.pool_reply import Kind

__all__ = ["AddressError", "Endpoint", "Pool", "PoolError", "PoolLimits", "Proxy", "Reply", "proxy_for"]

_CLOSE_SECONDS: Final = 5.0
_SHORTEST_SLEEP: Final = 0.01


class Pool:
    """The connections to one upstream; it belongs to the event loop that it is made in.

    Args:
        url: where the upstream listens.
        limits: what it may take.
        tls: another context, for a private authority; it must verify names and certificates.
        proxy: as `proxy_for` returns it.

    Raises:
        ValueError: the context does not verify.
    """

    def __init__(
        self,
        url: Endpoint,
        *,
        limits: PoolLimits | None = None,
        tls: ssl.SSLContext | None = None,
        proxy: Proxy | None = None,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._url = url
        self._limits = limits or PoolLimits()
        self._way = Way(url, proxy=proxy, tls=tls, seconds=self._limits.connect_seconds)
        self._heads = Heads(url, proxy=proxy, limit=self._limits.header_bytes)
        self._open: set[Connection] = set()
        self._idle: list[Connection] = []
        self._taken = 0
        self._queue: deque[asyncio.Future[Connection | None]] = deque()
        self._opening: set[asyncio.Timeout] = set()
        self._alarm: asyncio.TimerHandle | None = None
        self._wake = math.inf
        self._drained: asyncio.Future[None] | None = None
        self._closed = False

    async def send(
        self,
        method: str,
        headers: Sequence[tuple[bytes, bytes]],
        body: bytes | None,
        *,
        target: str | None = None,
        head_seconds: float | None = None,
    ) -> Reply:
        """Send one request and return when the head of its answer is there.

        Args:
            method: GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.
            headers: fields in order; framing, `Host` and `Accept-Encoding` are set here and refused from outside.
            body: the body.
            target: path and query, instead of the endpoint's.
            head_seconds: longest wait for the head, instead of `PoolLimits.head_seconds`.

        Raises:
            PoolError: any kind; `sent` tells whether the server may have seen the request.
        """
        head = self._heads.encode(method, headers, body, target=target)
        connection = self._warm() or await self._acquire()
        asker = Await(self._loop.create_future())
        connection.start(
            head,
            body,
            asker,
            without_body=method == "HEAD",
            seconds=self._limits.head_seconds if head_seconds is None else head_seconds,
        )
        try:
            return await asker.future
        except asyncio.CancelledError:
            connection.withdraw(asker)
            if not asker.future.cancelled() and asker.future.exception() is None:
                asker.future.result().close()
            raise

    def start_warm(
        self, method: str, headers: Sequence[tuple[bytes, bytes]], body: bytes | None, asker: Asker
    ) -> Connection | None:
        """Send one request at once if a warm connection is there, without a task; None when `send` has to open one.

        `Connection.withdraw` takes it back.

        Raises:
            PoolError: `protocol`, for a request that may not be sent.
        """
        head = self._heads.encode(method, headers, body, target=None)
        connection = self._warm()
        if connection is None:
            return None
        connection.start(head, body, asker, without_body=False, seconds=self._limits.head_seconds)
        return connection

    async def aclose(self) -> None:
        """Close every connection, end every call and wait, for 5 s at most, until all are gone."""
        self._closed = True
        for scope in self._opening:
            if not scope.expired():
                scope.reschedule(self._loop.time())
        while self._queue:
            place = self._queue.popleft()
            if not place.done():
                place.set_result(None)
                self._taken += 1  # the caller gives it back when it sees that we are closed
        for connection in tuple(self._open):
            connection.fail("closed", "The pool was closed")
        if self._taken:
            self._drained = self._drained or self._loop.create_future()
            await asyncio.wait((self._drained,), timeout=_CLOSE_SECONDS)
        if self._alarm is not None:
            self._alarm.cancel()

    # The connection's side (see Owner)

    def arm(self, when: float) -> None:
        """Ring at `when`; one alarm serves all connections, so that a call costs a comparison and no timer."""
        if when < self._wake:
            if self._alarm is not None:
                self._alarm.cancel()
            self._wake = when
            self._alarm = self._loop.call_at(when, self._ring)

    def finished(self, connection: Connection) -> None:
        """Pass the connection to the first who waits, or keep it."""
        if self._closed or not connection.is_usable():
            connection.abort()
            return
        while self._queue:
            place = self._queue.popleft()
            if not place.done():
                place.set_result(connection)
                return
        if len(self._idle) < self._limits.idle:
            self._idle.append(connection)
            connection.rest()
        else:
            connection.abort()

    def lost(self, connection: Connection) -> None:
        """Free the place of a connection that is gone."""
        if connection in self._open:
            self._open.discard(connection)
            if connection in self._idle:
                self._idle.remove(connection)
            self._free()

    def _ring(self) -> None:
        now = self._loop.time()
        self._wake = math.inf
        self._alarm = None
        for connection in tuple(self._open):
            if connection.deadline <= now:
                connection.expire()
        soonest = min((connection.deadline for connection in self._open), default=math.inf)
        if soonest < math.inf:
            self.arm(max(soonest, now + _SHORTEST_SLEEP))

    # Places and connections

    def _warm(self) -> Connection | None:
        """Return the connection that was used last, which is the least likely to be closed by the server."""
        while self._idle:
            connection = self._idle.pop()
            if connection.is_warm():
                return connection
            connection.abort()
        return None

    async def _acquire(self) -> Connection:
        """Return a connection: one that comes free, or a new one."""
        until = self._loop.time() + self._limits.wait_seconds
        while True:
            if self._closed:
                raise self._gone()
            if self._taken < self._limits.connections:
                self._taken += 1
                break
            connection = await self._turn(until)
            if connection is None:
                break
            if connection.is_usable():
                return connection
            connection.abort()
        try:
            return await self._connect()
        except BaseException:
            self._free()
            raise

    async def _turn(self, until: float) -> Connection | None:
        """Wait for a connection, or (None) for the right to open one."""
        limits = self._limits
        busy = f"All {limits.connections} connections are busy"
        advice = "Raise the limit, or find the calls that do not end."
        if len(self._queue) >= limits.waiting:
            raise self._error("timeout", f"{busy} and {limits.waiting} callers wait", advice)
        try:
            async with asyncio.timeout_at(until):
                return await self._place()
        except TimeoutError:
            raise self._error("timeout", f"{busy} for {limits.wait_seconds:g} s", advice) from None

    async def _place(self) -> Connection | None:
        place: asyncio.Future[Connection | None] = self._loop.create_future()
        self._queue.append(place)
        try:
            return await place
        except asyncio.CancelledError:
            if place.cancelled():
                with contextlib.suppress(ValueError):  # `finished` may have passed over it already
                    self._queue.remove(place)
            elif (connection := place.result()) is None:
                self._free()
            else:
                self.finished(connection)
            raise

    def _free(self) -> None:
        while self._queue:
            place = self._queue.popleft()
            if not place.done():
                place.set_result(None)
                return
        self._taken -= 1
        if not self._taken and self._drained is not None and not self._drained.done():
            self._drained.set_result(None)

    async def _connect(self) -> Connection:
        connection = Connection(self, origin=self._url.origin, limits=self._limits)
        try:
            async with asyncio.timeout(self._limits.connect_seconds) as scope:
                self._opening.add(scope)
                try:
                    await self._way.reach(connection)
                finally:
                    self._opening.discard(scope)
        except (OSError, TunnelError) as error:
            connection.abort()
            raise (self._gone() if self._closed else self._way.explain(error)) from error
        except BaseException:
            connection.abort()
            raise
        if self._closed:  # while the right to open was handed over, or too late for an interruption
            connection.abort()
            raise self._gone()
        if not connection.is_usable():
            raise self._error("broken", "The server closed the connection at once", "Look into the server's log.")
        self._open.add(connection)
        return connection

    def _gone(self) -> PoolError:
        return self._error("closed", "The pool is closed", "Make a new one.")

    def _error(self, kind: Kind, text: str, advice: str) -> PoolError:
        return PoolError(kind, f"{text} ({self._url.origin}). {advice}", sent=False)
