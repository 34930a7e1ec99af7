"""`Connection`: HTTP/1.1 to one server, one request at a time (RFC 9112).

llhttp parses; this file decides what an answer may be.
Whatever could be framed in two ways is refused, because a server (or something between) that makes us lose count
can place an answer of its choice before another caller's request.
So bytes without a request, bytes behind an answer, two lengths, and codings that nobody asked for end the connection.
"""

from __future__ import annotations

import asyncio
import math
import re
import select
from typing import TYPE_CHECKING, Final, Protocol, cast

import httptools

from sekisho.gateway.pool_reply import PoolError, Reply

if TYPE_CHECKING:
    from sekisho.gateway.pool_asker import Asker
    from sekisho.gateway.pool_reply import Kind, PoolLimits

__all__ = ["Connection", "Owner"]

_SENT_ALONE: Final = 64 * 1024
_MOST_FIELDS: Final = 256
_FIRST_FINAL: Final = 200
_LAST_STATUS: Final = 599
_SWITCHING: Final = 101
_SINGLE: Final = frozenset((b"content-type", b"content-encoding", b"location", b"mcp-session-id"))
_KEEP_ALIVE: Final = re.compile(rb"(?:^|[,; \t])timeout=([0-9]{1,6})(?:$|[,; \t])", re.IGNORECASE)
_NEXT: Final = {
    "timeout": "The server may still be working on it; raise the limit if calls take this long.",
    "broken": "The server may have acted on the request, so it is not sent again; look into the server's log.",
    "too-large": "Raise the limit, or ask the server for less.",
    "protocol": "The connection was closed; report this to the server's maintainers.",
    "closed": "Nothing is to be done if that was meant.",
}


class Owner(Protocol):
    """What a connection tells its pool."""

    def arm(self, when: float) -> None:
        """Have `Connection.expire` called at `when` (loop time) or soon after, if its deadline still stands."""
        ...

    def finished(self, connection: Connection) -> None:
        """The answer is complete and the connection can take another request."""
        ...

    def lost(self, connection: Connection) -> None:
        """The connection is gone; told once."""
        ...


class _Stop(Exception):  # noqa: N818 - it stops the parser and is never seen outside
    """Stops the parser from inside of a callback; the reason is already noted."""


class Connection(asyncio.Protocol):
    """One connection.

    Args:
        owner: the pool.
        origin: where it leads, for texts.
        limits: as the pool's.
    """

    __slots__ = (
        "_asker", "_complete", "_fault", "_fields", "_keep", "_loop", "_origin", "_owner", "_parser",
        "_paused", "_poll", "_quiet", "_reply", "_transport", "_until_close", "_without_body", "deadline",
        "idle_seconds", "limits",
    )  # fmt: skip

    def __init__(self, owner: Owner, *, origin: str, limits: PoolLimits) -> None:
        self.limits = limits
        self.deadline = math.inf
        """When `expire` is due, in loop time."""
        self.idle_seconds = limits.idle_seconds
        """How long the server keeps this connection, as far as we know."""
        self._owner = owner
        self._origin = origin
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._poll: select.poll | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._fields: list[tuple[bytes, bytes]] = []
        self._asker: Asker | None = None
        self._reply: Reply | None = None
        self._fault: tuple[Kind, str] | None = None
        self._quiet = 0
        self._complete = self._keep = self._paused = self._until_close = self._without_body = False

    # The pool's side

    def start(self, head: bytes, body: bytes | None, asker: Asker, *, without_body: bool, seconds: float) -> None:
        """Send a request; only on a connection that `is_usable`.

        Args:
            head: request line and header fields with the empty line.
            body: the body that the head announces.
            asker: is told the answer, or that there is none.
            without_body: whether the answer has none whatever its head says (HEAD).
            seconds: longest wait for the answer's head.
        """
        transport = self._transport
        assert transport is not None  # noqa: S101 - is_usable was true
        self._without_body = without_body
        self._fields = []
        self._quiet = 0
        self.expect(seconds)
        self._asker = asker
        if not body:
            transport.write(head)
        elif len(body) < _SENT_ALONE:
            transport.write(head + body)
        else:
            transport.writelines((head, body))

    def withdraw(self, asker: Asker) -> None:
        """Take back the request of `asker`, who is told nothing any more; another's request is not touched."""
        if self._asker is asker:
            self._asker = None
            self.abort()

    def is_usable(self) -> bool:
        """Tell whether a request may be sent, as far as the event loop knows."""
        transport = self._transport
        return transport is not None and not transport.is_closing()

    def is_warm(self) -> bool:
        """Tell whether a connection that rested may be used.

        The system is asked for waiting bytes first: the event loop may not have seen yet that the server closed the
        connection, and a request written then would be lost without knowing whether it was executed.
        """
        poll = self._poll
        return poll is not None and self.is_usable() and self._loop.time() < self.deadline and not poll.poll(0)

    def rest(self) -> None:
        """Wait for the next request, for as long as the server is known to."""
        self.expect(self.idle_seconds)

    def expire(self) -> None:
        """Act on the deadline that has passed."""
        if self._asker is not None:
            self.fail("timeout", "The answer did not begin in time")
        elif self._reply is not None:
            self.fail("timeout", "The answer was not read in time" if self._paused else "The answer went on too slowly")
        else:
            self.abort()

    def abort(self) -> None:
        """Close without a word, also when it is not open yet or no more."""
        self.deadline = math.inf
        if self._transport is not None:
            self._transport.abort()

    # The reply's side (see Source)

    def pause(self) -> None:
        """Stop reading; an answer that nobody reads is given up after `body_seconds`."""
        if self._transport is not None and not self._paused:
            self._paused = True
            self._transport.pause_reading()
            self.expect(self.limits.body_seconds)

    def resume(self) -> None:
        """Read on."""
        if self._paused:
            self._paused = False
            self.deadline = math.inf
            if self._transport is not None and not self._transport.is_closing():
                self._transport.resume_reading()

    def expect(self, seconds: float | None) -> None:
        """Set the deadline, None for no deadline."""
        if seconds is None:
            self.deadline = math.inf
        else:
            self.deadline = when = self._loop.time() + seconds
            self._owner.arm(when)

    def fail(self, kind: Kind, text: str) -> None:
        """Close the connection and tell who waits."""
        asker, self._asker = self._asker, None
        reply, self._reply = self._reply, None
        self.abort()
        if asker is None and reply is None:
            return
        error = PoolError(kind, f"{text} ({self._origin}). {_NEXT[kind]}", sent=True)
        if reply is not None:
            reply.end(error)
        if asker is not None and reply is None:
            asker.failed(error)
        elif asker is not None and reply is not None:
            asker.answered(reply)

    # The transport's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Open for requests."""
        self._transport = cast("asyncio.Transport", transport)
        self._poll = select.poll()
        self._poll.register(transport.get_extra_info("socket").fileno(), select.POLLIN)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits; only a body without a length may end here."""
        self._transport = self._poll = None
        if self._reply is not None and self._until_close and exc is None:
            reply, self._reply = self._reply, None
            reply.end(None)
        before = "inside of" if self._reply is not None else "before"
        self.fail("broken", f"The connection broke {before} the answer")
        del self._parser  # it points back here
        self._owner.lost(self)

    def data_received(self, data: bytes) -> None:
        """Parse; an answer with its body in the same read is complete on return."""
        if self._asker is None and self._reply is None:
            self.abort()  # nobody asked
            return
        self._quiet += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._keep = False
            if not self._complete:
                kind, text = self._fault or ("protocol", f"The answer is not valid HTTP/1.1: {error}")
                self.fail(kind, text)
                return
        asker, reply = self._asker, self._reply
        if reply is not None:
            self._asker = None
        if self._complete:
            self._finish()
        if reply is not None and asker is not None:
            # Last, because this connection may be in use again behind it.
            asker.answered(reply)
        elif self._quiet > self.limits.header_bytes:
            self.fail("too-large", f"The answer has more than {self.limits.header_bytes} bytes of framing in a row")

    # The parser's side

    def on_message_begin(self) -> None:
        """Refuse an answer behind the answer."""
        if self._asker is None or self._reply is not None:
            raise _Stop

    def on_header(self, name: bytes, value: bytes) -> None:
        """Collect; trailers land here too and are dropped with the next request."""
        self._fields.append((name, value))

    def on_headers_complete(self) -> None:
        """Judge the head and make the reply; it is handed out behind this read."""
        status = self._parser.get_status_code()
        if status < _FIRST_FINAL:
            self._fields = []
            if status == _SWITCHING or status < 100:  # noqa: PLR2004 - the first status there is
                self._refuse(f"The answer's status {status} is of no use here")
            return
        headers, length = self._judge(status)
        self._reply = Reply(self, status=status, headers=headers, length=length)
        self.deadline = math.inf
        if self._without_body:
            self._complete = True
            self._keep = False
            raise _Stop  # the parser would wait for the body that the head announces

    def on_body(self, data: bytes) -> None:
        """Pass body bytes on."""
        self._quiet = 0
        if self._reply is not None:  # else it was refused a moment ago
            self._reply.push(data)

    def on_message_complete(self) -> None:
        """Note the end, unless it is the end of an interim answer."""
        if self._reply is not None:
            self._complete = True
            self._keep = self._parser.should_keep_alive()

    def _judge(self, status: int) -> tuple[dict[bytes, bytes], int | None]:
        fields = self._fields
        if self._quiet > self.limits.header_bytes or len(fields) > _MOST_FIELDS:
            self._measure(fields)
        headers = {name.lower(): value for name, value in fields}
        if len(headers) != len(fields):
            headers = self._join(fields)
        if status > _LAST_STATUS:
            self._refuse(f"The answer's status {status} does not exist")
        coding = headers.get(b"content-encoding")
        if coding is not None and coding.lower() != b"identity":
            self._refuse("The answer is compressed though identity was asked for")
        framing = headers.get(b"transfer-encoding")
        if framing is not None and (framing.lower() != b"chunked" or self._parser.get_http_version() != "1.1"):
            self._refuse("The answer has a transfer coding other than chunked in HTTP/1.1")
        keep = headers.get(b"keep-alive")
        if keep is not None and (match := _KEEP_ALIVE.search(keep)):
            self.idle_seconds = min(self.limits.idle_seconds, int(match[1]) - 1)
        length = headers.get(b"content-length")
        self._until_close = framing is None and length is None
        return headers, None if length is None else int(length)

    def _join(self, fields: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
        headers: dict[bytes, bytes] = {}
        for name, value in fields:
            key = name.lower()
            if key not in headers:
                headers[key] = value
            elif key not in _SINGLE:
                headers[key] += b", " + value
            elif headers[key] != value:
                self._refuse(f"The answer has two different {key.decode('ascii')} fields")
        return headers

    def _measure(self, fields: list[tuple[bytes, bytes]]) -> None:
        size = sum(len(name) + len(value) + 4 for name, value in fields)
        if size > self.limits.header_bytes or len(fields) > _MOST_FIELDS:
            text = f"The answer's head has {len(fields)} fields with {size} bytes"
            self._fault = ("too-large", f"{text}; {_MOST_FIELDS} and {self.limits.header_bytes} are the limits")
            raise _Stop

    def _refuse(self, text: str) -> None:
        self._fault = ("protocol", text)
        raise _Stop

    def _finish(self) -> None:
        reply, self._reply = self._reply, None
        transport = self._transport
        self._complete = False
        self.resume()
        self.deadline = math.inf
        if reply is not None:
            reply.end(None)
        # A server that answered before it had the whole request may read the rest of it as a new one.
        if self._keep and transport is not None and not transport.get_write_buffer_size() and self.idle_seconds > 0:
            self._owner.finished(self)
        else:
            self.abort()
