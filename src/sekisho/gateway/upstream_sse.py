"""The upstream face towards an old remote server: HTTP+SSE, the transport of 2024-11-05.

One GET stays open and brings everything that the server says; its first event names the address to which everything
is POSTed that the server is told (2024-11-05, basic/transports, HTTP with SSE).
That address has to be at the same origin: a server must not choose where the user's key for it is sent.
There is one generation and no resumption: a stream that ends is a server that left.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from sekisho.engine.events import CallBroke, ServerGarbled, ServerLeft, ServerSent, Trouble
from sekisho.gateway.endpoint import AddressError, Endpoint
from sekisho.gateway.pool import PoolError
from sekisho.wire.jsonrpc import WireError, parse, serialise
from sekisho.wire.sse import Decoder
from sekisho.wire.strict import salvage_answered_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sekisho.gateway.link import Link
    from sekisho.gateway.pool import Pool
    from sekisho.gateway.pool_reply import Reply
    from sekisho.wire.jsonrpc import JsonObject
    from sekisho.wire.sse import Event
    from sekisho.wire.strict import Limits

__all__ = ["SseUpstream"]

_OPEN_SECONDS: Final = 30.0
"""How long a server may take to open its stream and to name its address."""

_POST_SECONDS: Final = 10.0
"""How long it may take to accept a message; the answer comes on the stream."""

_CLOSE_SECONDS: Final = 2.0
_MOST_WAITING: Final = 64 * 1024 * 1024
"""How many bytes may wait for a server that takes none."""

_ACCEPTED: Final = frozenset({200, 202, 204})
_UNAUTHORIZED: Final = frozenset({401, 403})
_GONE: Final = 404
_OK: Final = 200


class SseUpstream:
    """A URL as a server, in the old way.

    Args:
        endpoint: where the stream is.
        pool: the connections to it.
        headers: what the user declared to send along, such as an API key for this server.
        link: takes what it says.
        limits: what one message may cost.
        say: tells the person who runs us what happened to the connection.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        pool: Pool,
        *,
        headers: Sequence[tuple[bytes, bytes]],
        link: Link,
        limits: Limits,
        say: Callable[[str], None],
    ) -> None:
        self._endpoint = endpoint
        self._pool = pool
        self._headers = tuple(headers)
        self._link = link
        self._limits = limits
        self._say = say
        self._target: str | None = None
        self._waiting: deque[tuple[bytes, int | None]] = deque()
        self._bytes = 0
        self._over = False
        self._more = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Open the stream in the background; what is sent meanwhile waits, bounded."""
        self._end()
        self._over = False
        for work in (self._read(), self._tell()):
            task = asyncio.get_running_loop().create_task(work)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def send(self, body: JsonObject, call: int | None, headers: tuple[tuple[bytes, bytes], ...]) -> None:  # noqa: ARG002 - of the port; this transport has no headers of its own
        """POST one message, behind those before it."""
        data = serialise(body)
        self._bytes += len(data)
        if self._bytes > _MOST_WAITING:
            asyncio.get_running_loop().call_soon(self._lost, Trouble.HUNG, "the server takes no messages any more")
            return
        self._waiting.append((data, call if "method" in body and "id" in body else None))
        self._empty.clear()
        self._more.set()

    def abort(self, call: int) -> None:
        """The answer, if it comes, comes on the one stream: there is nothing to close."""

    def listen(self) -> None:
        """The one stream is open anyway."""

    async def settled(self) -> None:
        """Wait until the server took what was sent so far; bounded."""
        await self._within(_POST_SECONDS)

    async def _within(self, seconds: float) -> None:
        waiter = asyncio.get_running_loop().create_task(self._empty.wait())
        await asyncio.wait([waiter], timeout=seconds)
        waiter.cancel()

    def hold(self) -> None:
        """Pass on no more; the stream then fills a buffer, bounded, which stops its connection."""
        self._flowing.clear()

    def flow(self) -> None:
        """Pass on again."""
        self._flowing.set()

    def stop(self) -> None:
        """Close the stream, and drop what waits."""
        self._end()

    async def finish(self, patience: float) -> None:
        """Nothing lingers: what is open was waited for, and the stream is closed by `aclose`."""

    async def aclose(self) -> None:
        """Close the stream and wait for that, bounded."""
        tasks = list(self._tasks)
        self._end()
        if tasks:
            await asyncio.wait(tasks, timeout=_CLOSE_SECONDS)

    # -- what the server says ----------------------------------------------------------------------

    async def _read(self) -> None:
        try:
            reply = await self._pool.send("GET", self._fields(b"text/event-stream"), None, head_seconds=_OPEN_SECONDS)
        except PoolError as error:
            self._lost(Trouble.BROKEN if error.sent else Trouble.UNREACHABLE, str(error))
            return
        try:
            if reply.status != _OK or reply.media_type != "text/event-stream":
                self._lost(_trouble(reply.status), f"the server answered with HTTP status {reply.status} and no stream")
                return
            await self._stream(reply)
        except WireError as error:
            self._lost(Trouble.TOO_LARGE, f"the server's stream can't be read: {error.detail}")
        except PoolError as error:
            self._lost(Trouble.BROKEN, str(error))
        finally:
            reply.close()

    async def _stream(self, reply: Reply) -> None:
        """Read to the end of the stream.

        Raises:
            WireError: an event over the limit.
            PoolError: the connection broke, or the server did not name its address in time.
        """
        decoder = Decoder(limit=self._limits.bytes)
        while True:
            chunk = await reply.chunk(seconds=_OPEN_SECONDS if self._target is None else None)
            if chunk is None:
                self._lost(Trouble.BROKEN, "the server closed its stream")
                return
            for event in decoder.feed(chunk):
                if event.event == b"message":
                    await self._flowing.wait()
                if self._over or not self._event(event):
                    return

    def _event(self, event: Event) -> bool:
        """Take one event; False when the stream is of no more use."""
        if event.event == b"endpoint":
            # Only the first one counts: later ones would move the conversation.
            return self._target is not None or self._named(event.data)
        if event.event != b"message" or not event.data:
            return True
        now = self._link.clock()
        try:
            message = parse(event.data, self._limits)
        except WireError as error:
            answered = salvage_answered_id(event.data)
            call = answered if isinstance(answered, int) else None
            self._link.receive(ServerGarbled(error.reason, call, now))
        else:
            self._link.receive(ServerSent(message, now))
        return True

    def _named(self, address: bytes) -> bool:
        """Take the address for POSTs, if it is one of this server's."""
        base = self._endpoint
        try:
            named = Endpoint.parse(urljoin(base.origin + base.target, address.decode("ascii")))
        except (AddressError, ValueError):
            self._lost(Trouble.GARBLED, "the server named an address for messages that can't be used")
            return False
        if named.origin != base.origin:
            self._lost(Trouble.GARBLED, "the server named an address for messages at another origin, which is refused")
            return False
        self._target = named.target
        self._more.set()
        return True

    # -- what the server is told -------------------------------------------------------------------

    async def _tell(self) -> None:
        """POST what waits, one message behind the other: a notification must not be overtaken by a request."""
        while True:
            await self._more.wait()
            self._more.clear()
            while self._target is not None and self._waiting:
                data, call = self._waiting.popleft()
                await self._post(self._target, data, call)
                if self._over:
                    return
                self._bytes -= len(data)
                if not self._waiting:
                    self._empty.set()

    async def _post(self, target: str, data: bytes, call: int | None) -> None:
        headers = [(b"content-type", b"application/json"), *self._fields(b"application/json, text/event-stream")]
        try:
            reply = await self._pool.send("POST", headers, data, target=target, head_seconds=_POST_SECONDS)
        except PoolError as error:
            self._say(str(error))
            self._broke(call, Trouble.BROKEN if error.sent else Trouble.UNREACHABLE)
            return
        try:
            await reply.read(seconds=_POST_SECONDS)
        except PoolError as error:
            self._say(str(error))
        finally:
            reply.close()
        if reply.status in _ACCEPTED:
            return
        if reply.status == _GONE:
            self._lost(Trouble.SESSION_ENDED, "the server does not know this session any more")
            return
        self._say(f"the server did not accept a message: HTTP status {reply.status}")
        self._broke(call, _trouble(reply.status))

    def _fields(self, accept: bytes) -> list[tuple[bytes, bytes]]:
        return [(b"accept", accept), *self._headers]

    def _broke(self, call: int | None, trouble: Trouble) -> None:
        if call is not None:
            self._link.receive(CallBroke(call, trouble, self._link.clock()))

    def _lost(self, trouble: Trouble, why: str) -> None:
        """The server is gone; told once for each life of the stream."""
        if self._over:
            return
        self._say(why)
        self._end()
        self._link.receive(ServerLeft(trouble, self._link.clock()))

    def _end(self) -> None:
        """Close the stream and forget what waits. The task that calls this ends by itself."""
        self._over = True
        self._target = None
        self._waiting.clear()
        self._bytes = 0
        self._more.clear()
        self._empty.set()
        current = asyncio.current_task()
        for task in self._tasks:
            if task is not current:
                task.cancel()


def _trouble(status: int) -> Trouble:
    return Trouble.UNAUTHORIZED if status in _UNAUTHORIZED else Trouble.UNREACHABLE
