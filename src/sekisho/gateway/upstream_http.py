"""The upstream face towards a remote server: Streamable HTTP, in both generations.

Each message is one POST. Its answer is one JSON body or an event stream; a stream of a 2025 session that breaks
before its answer is taken up again with `Last-Event-ID`, after the pause that the server asked for.
A request is never sent twice: what broke without an answer is reported as broken.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from sekisho.engine.events import CallBroke, ServerGarbled, ServerLeft, ServerSent, Trouble
from sekisho.gateway.pool import PoolError
from sekisho.gateway.upstream_call import WarmCall
from sekisho.gateway.upstream_events import EventStream, Lost
from sekisho.gateway.upstream_session import SESSION, UpstreamSession
from sekisho.wire.jsonrpc import Failure, Response, WireError, parse, parse_batch, serialise

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from sekisho.gateway.link import Link
    from sekisho.gateway.pool import Pool
    from sekisho.gateway.pool_reply import Reply
    from sekisho.gateway.upstream_call import Cancellable
    from sekisho.wire.jsonrpc import JsonObject, Message
    from sekisho.wire.strict import Limits

__all__ = ["HttpUpstream"]

_ORDERED_SECONDS: Final = 10.0
_CLOSE_SECONDS: Final = 2.0
_RETRY: Final = 1.0
_RETRY_LEAST: Final = 0.1
_RETRY_MOST: Final = 30.0
_RESUMES: Final = 20
"""How often a stream is taken up again that has brought nothing new."""

_MOST_UNTOLD: Final = 64 * 1024 * 1024
"""How many bytes of notifications and answers may wait for a server that takes none."""


class HttpUpstream:
    """A URL as a server.

    Args:
        pool: the connections to it.
        headers: what the user declared to send along, such as an API key for this server.
        link: takes what it says.
        limits: what one message may cost.
        listens: whether the standalone stream is opened with the session; else when the host opens its own.
        say: tells the person who runs us what happened to the connection.
    """

    def __init__(
        self,
        pool: Pool,
        *,
        headers: Sequence[tuple[bytes, bytes]],
        link: Link,
        limits: Limits,
        listens: bool,
        say: Callable[[str], None],
    ) -> None:
        self._pool = pool
        self._session = UpstreamSession(headers)
        self._link = link
        self._limits = limits
        self._listens = listens
        self._say = say
        self._calls: dict[int, Cancellable] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._ordered: asyncio.Task[None] | None = None
        self._untold = 0
        self._given_up = False
        self._listening: asyncio.Task[None] | None = None
        self._flowing = asyncio.Event()
        self._flowing.set()

    def start(self) -> None:
        """Forget the last session; the next `initialize` opens another."""
        self._given_up = False
        self._forget()

    def send(self, body: JsonObject, call: int | None, headers: tuple[tuple[bytes, bytes], ...]) -> None:
        """POST one message in the background."""
        if "method" not in body or "id" not in body or call is None:
            self._send_in_order(body)
        elif not self._sent_at_once(body, call, headers):
            task = self._spawn(self._call(body, call, headers, self._ordered))
            self._calls[call] = task
            task.add_done_callback(lambda _: self._calls.pop(call, None))

    def _send_in_order(self, body: JsonObject) -> None:
        """Send a notification or an answer; how much of them may wait is bounded."""
        data = serialise(body)
        self._untold += len(data)
        if self._untold > _MOST_UNTOLD and not self._given_up:
            self._given_up = True
            asyncio.get_running_loop().call_soon(self._give_up)
        self._ordered = self._spawn(self._tell(body, data, self._session.id, self._ordered))

    def _sent_at_once(self, body: JsonObject, call: int, headers: tuple[tuple[bytes, bytes], ...]) -> bool:
        """Send without a task, when nothing has to be waited for first: the common case."""
        if self._ordered is not None and not self._ordered.done():
            return False
        warm = WarmCall(self, body, call)
        try:
            warm.connection = self._pool.start_warm("POST", self._session.of_post(body, headers), serialise(body), warm)
        except PoolError:
            # Sent again the long way, which tells why not.
            return False
        if warm.connection is None:
            return False
        self._calls[call] = warm
        return True

    def failed(self, call: int, error: PoolError) -> None:
        """Tell the session that a call that was sent at once will not be answered."""
        self._calls.pop(call, None)
        self._failed(call, error)

    def headed(self, body: JsonObject, call: int, reply: Reply) -> None:
        """Take the head of an answer to a call that was sent at once; when its body came along, that is all."""
        self._calls.pop(call, None)
        data = reply.whole
        plain = data is not None and reply.status == 200 and reply.media_type == "application/json"  # noqa: PLR2004 - HTTP
        if data is None or not plain or not self._flowing.is_set():
            task = self._spawn(self._rest(body, call, reply))
            self._calls[call] = task
            task.add_done_callback(lambda _: self._calls.pop(call, None))
            return
        try:
            self._session.opened(body, reply.headers)
            if not self._deliver(data, call, error_status=False):
                self._broke(call, Trouble.GARBLED)
        except WireError as broken:
            self._failed(call, broken)

    def abort(self, call: int) -> None:
        """Close the stream of a call; the cancellation in 2026-07-28."""
        task = self._calls.pop(call, None)
        if task is not None:
            task.cancel()

    def listen(self) -> None:
        """Open the standalone stream of a 2025 session, once."""
        if self._session.version is not None and (self._listening is None or self._listening.done()):
            self._listening = self._spawn(self._listen())

    async def settled(self) -> None:
        """Wait until the server took the notifications and answers that were sent so far; bounded."""
        waiting = self._ordered
        if waiting is not None and not waiting.done():
            await asyncio.wait([waiting], timeout=_ORDERED_SECONDS)

    def hold(self) -> None:
        """Pass on no more: each response then fills a buffer of its own, bounded, which stops its connection."""
        self._flowing.clear()

    def flow(self) -> None:
        """Pass on again."""
        self._flowing.set()

    def stop(self) -> None:
        """End the session at the server, and drop what is under way."""
        self._end()

    async def finish(self, patience: float) -> None:
        """Nothing lingers: what is open was waited for, and the session is ended by `aclose`."""

    async def aclose(self) -> None:
        """End the session at the server and wait for that, bounded."""
        ending = self._end()
        if ending is not None:
            await asyncio.wait([ending], timeout=_CLOSE_SECONDS)
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(list(self._tasks), timeout=_CLOSE_SECONDS)

    async def _call(
        self,
        body: JsonObject,
        call: int,
        headers: tuple[tuple[bytes, bytes], ...],
        before: asyncio.Task[None] | None,
    ) -> None:
        """Send a request behind the notifications that came before it, and pass on what comes back."""
        try:
            if before is not None and not before.done():
                await asyncio.wait([before], timeout=_ORDERED_SECONDS)
            reply = await self._pool.send("POST", self._session.of_post(body, headers), serialise(body))
        except PoolError as error:
            self._failed(call, error)
        else:
            await self._rest(body, call, reply)

    async def _rest(self, body: JsonObject, call: int, reply: Reply) -> None:
        """Read what follows the head, and pass it on."""
        try:
            await self._answered(body, call, reply)
        except (PoolError, Lost, WireError) as error:
            self._failed(call, error)
        finally:
            reply.close()

    def _failed(self, call: int, error: BaseException) -> None:
        """Tell the session that a call will not be answered, and why."""
        match error:
            case WireError():
                self._link.receive(ServerGarbled(error.reason, call, self._link.clock()))
            case PoolError():
                self._say(str(error))
                self._broke(call, _trouble(error))
            case _:
                self._broke(call, Trouble.BROKEN)

    async def _answered(self, body: JsonObject, call: int, reply: Reply) -> None:
        if reply.status == 404 and self._session.id is not None and SESSION not in reply.headers:  # noqa: PLR2004 - HTTP
            await reply.read()
            self._forget()
            self._broke(call, Trouble.SESSION_ENDED)
            return
        if reply.media_type == "text/event-stream" and reply.status == 200:  # noqa: PLR2004 - HTTP
            self._session.opened(body, reply.headers)
            await self._streamed(call, reply)
            return
        data = await reply.read()
        await self._flowing.wait()
        self._session.opened(body, reply.headers)
        failed = reply.status >= 400  # noqa: PLR2004 - HTTP
        try:
            if reply.media_type == "application/json" and self._deliver(data, call, error_status=failed):
                return
        except WireError:
            if not failed:
                raise
        self._say(f"the server answered with HTTP status {reply.status} and no answer to the call")
        self._broke(call, Trouble.UNAUTHORIZED if reply.status in (401, 403) else Trouble.GARBLED)

    async def _streamed(self, call: int, reply: Reply) -> None:
        """Read the event stream of a call to its answer, across breaks when the server lets us resume."""
        stream = EventStream(self._limits.bytes)
        resumes = 0
        while True:
            before = stream.last_id
            try:
                async for data in stream.events(reply):
                    await self._flowing.wait()
                    if self._deliver(data, call, error_status=False):
                        return
            finally:
                reply.close()
            # A server may end the stream again and again while it works (2025-11-25, polling); the call has a deadline.
            resumes = resumes + 1 if stream.last_id == before else 0
            if stream.last_id is None or self._session.version is None or resumes >= _RESUMES:
                raise Lost
            await asyncio.sleep(_pause(stream, _RETRY))
            reply = await self._pool.send("GET", self._session.of_get(stream.last_id), None)
            if reply.media_type != "text/event-stream" or reply.status != 200:  # noqa: PLR2004 - HTTP
                reply.close()
                raise Lost

    def _deliver(self, data: bytes, call: int | None, *, error_status: bool) -> bool:
        """Pass on one message; True when it answers `call`."""
        now = self._link.clock()
        done = False
        for message in self._messages(data):
            answer = message
            if call is not None and error_status and isinstance(message, Failure):
                # An error that the server could not tie to the request still ends this exchange.
                answer = Failure(call, message.error, {**message.body, "id": call})
            if isinstance(answer, Response | Failure):
                done = call is not None and answer.id == call
                self._session.agreed(answer)
            self._link.receive(ServerSent(answer, now, call))
        return done

    def _messages(self, data: bytes) -> list[Message]:
        if self._session.version == b"2025-03-26":
            return parse_batch(data, self._limits)
        return [parse(data, self._limits)]

    async def _tell(
        self, body: JsonObject, data: bytes, session: bytes | None, before: asyncio.Task[None] | None
    ) -> None:
        """Send a notification or an answer, in order."""
        try:
            if before is not None and not before.done():
                await asyncio.wait([before], timeout=_ORDERED_SECONDS)
            if session != self._session.id:
                return  # the session that it was for is over
            reply = await self._pool.send("POST", self._session.of_post(body, ()), data, head_seconds=_ORDERED_SECONDS)
            try:
                await reply.read()
            finally:
                reply.close()
            if self._listens and body.get("method") == "notifications/initialized":
                self.listen()
        except PoolError as error:
            self._say(str(error))
        finally:
            self._untold -= len(data)

    def _give_up(self) -> None:
        """The server takes nothing that it is told."""
        self._say("the server takes no notifications and answers; the session with it is over")
        self.stop()
        self._link.receive(ServerLeft(Trouble.HUNG, self._link.clock()))

    async def _listen(self) -> None:
        """Read the standalone stream, and again when it ends, for as long as the session lives."""
        stream = EventStream(self._limits.bytes)
        pause = _RETRY
        while True:
            try:
                reply = await self._pool.send("GET", self._session.of_get(stream.last_id), None)
                if reply.media_type != "text/event-stream" or reply.status != 200:  # noqa: PLR2004 - HTTP
                    # 405: this server has no such stream (basic/transports, Listening for Messages).
                    reply.close()
                    return
                try:
                    async for data in stream.events(reply):
                        pause = _RETRY
                        await self._flowing.wait()
                        self._deliver_untied(data)
                finally:
                    reply.close()
            except PoolError:
                pause *= 2
            except WireError as error:
                pause *= 2
                self._link.receive(ServerGarbled(error.reason, None, self._link.clock()))
            await asyncio.sleep(_pause(stream, pause))

    def _deliver_untied(self, data: bytes) -> None:
        try:
            self._deliver(data, None, error_status=False)
        except WireError as error:
            self._link.receive(ServerGarbled(error.reason, None, self._link.clock()))

    def _broke(self, call: int, trouble: Trouble) -> None:
        self._link.receive(CallBroke(call, trouble, self._link.clock()))

    def _forget(self) -> None:
        self._session.forget()
        if self._listening is not None:
            self._listening.cancel()
            self._listening = None

    def _end(self) -> asyncio.Task[None] | None:
        for call in list(self._calls):
            self.abort(call)
        ending = self._spawn(self._delete(self._session.of_delete())) if self._session.id is not None else None
        self._forget()
        return ending

    async def _delete(self, headers: list[tuple[bytes, bytes]]) -> None:
        try:
            reply = await self._pool.send("DELETE", headers, None, head_seconds=_CLOSE_SECONDS)
            reply.close()
        except PoolError as error:
            self._say(str(error))

    def _spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _pause(stream: EventStream, pause: float) -> float:
    """Return how long to wait before a stream is taken up again: as the server asked, or longer after failures."""
    if stream.retry is not None:
        pause = stream.retry if pause == _RETRY else max(stream.retry, pause)
    return min(max(pause, _RETRY_LEAST), _RETRY_MOST)


def _trouble(error: PoolError) -> Trouble:
    """Return what a failed exchange means for its call."""
    match error.kind:
        case "too-large":
            return Trouble.TOO_LARGE
        case "timeout" if error.sent:
            return Trouble.TIMED_OUT
        case _:
            return Trouble.BROKEN if error.sent else Trouble.UNREACHABLE
