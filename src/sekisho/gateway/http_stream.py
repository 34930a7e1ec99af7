"""`Stream`: what goes to the host on one HTTP response, as a numbered log with one reader.

A response that breaks in a 2025 session can be taken up again with `Last-Event-ID`, so events stay for a while after
they were sent; the session bounds how much. A host that does not read blocks nobody else: what waits for it is
bounded, and over the bound its stream ends.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Id

__all__ = ["Reader", "Stream"]

_WAITING_BYTES: Final = 48 * 1024 * 1024
_LOSSY_BYTES: Final = 1024 * 1024
_ROOM: Final = 4096
_KEPT_EVENTS: Final = 200
_KEPT_BYTES: Final = 256 * 1024


class Reader(Protocol):
    """What a stream's messages are written to."""

    def news(self) -> None:
        """There are messages, or the end."""
        ...

    def quiet(self, now: float) -> None:
        """Nothing happened for a while; `now` is the loop's time."""
        ...


class Stream:
    """An append-only log of messages.

    Args:
        name: names the stream in event ids, unique in its session; empty where nothing can be resumed.
        lossy: whether the oldest messages go when nobody reads; else the stream ends, broken.
    """

    __slots__ = (
        "_bytes",
        "_first",
        "_log",
        "_lossy",
        "_sent_bytes",
        "broken",
        "finished",
        "name",
        "open",
        "reader",
        "status",
    )

    def __init__(self, name: bytes, *, lossy: bool = False) -> None:
        self.name = name
        self.open: set[Id] = set()
        """Requests that are still owed an answer on this stream."""
        self.finished = False
        """Whether nothing follows."""
        self.broken = False
        """Whether the host left too much unread."""
        self.reader: Reader | None = None
        """The response that it is written to."""
        self.status = 200
        """The HTTP status that the first message asks for."""
        self._lossy = lossy
        self._log: deque[bytes] = deque()
        self._first = 1
        self._bytes = 0
        self._sent_bytes = 0

    @property
    def first(self) -> int:
        """The number of the oldest message that is still there."""
        return self._first

    @property
    def end(self) -> int:
        """The number that the next message will get."""
        return self._first + len(self._log)

    def push(self, data: bytes, *, answers: Id | None = None) -> None:
        """Append a message; `answers` is the request that it answers, if it does."""
        if self.broken:
            return
        # orjson gives each text room for 4 KiB and keeps it; what stays in the log is a copy of the right size.
        self._log.append(b"%b" % data if len(data) < _ROOM else data)
        self._bytes += len(data)
        if answers is not None:
            self._answered(answers)
        if self.reader is not None:
            self.reader.news()
        # Behind the reader: what it could write at once does not wait, however long it is.
        if self._bytes - self._sent_bytes > (_LOSSY_BYTES if self._lossy else _WAITING_BYTES):
            self._overflow()

    def close(self, about: Id) -> None:
        """A request will get no answer; behind the last one the stream ends."""
        self._answered(about)
        if self.reader is not None:
            self.reader.news()

    def finish(self) -> None:
        """Nothing follows, whatever is still open."""
        self.open.clear()
        self.finished = True
        if self.reader is not None:
            self.reader.news()

    def at(self, number: int) -> bytes:
        """Return message `number`."""
        return self._log[number - self._first]

    def sent(self, number: int) -> None:
        """Message `number` was handed to the connection: keep it only as far as the bounds allow."""
        self._sent_bytes += len(self.at(number))
        while self._log and self._first <= number and (not self.name or self._over(number)):
            size = len(self._log.popleft())
            self._bytes -= size
            self._sent_bytes -= size
            self._first += 1

    def rewind(self, number: int) -> None:
        """Messages from `number` on will be sent again."""
        self._sent_bytes = sum(len(self.at(before)) for before in range(self._first, number))

    def _overflow(self) -> None:
        if self._lossy:
            while self._bytes > _LOSSY_BYTES // 2 and len(self._log) > 1:
                self._bytes -= len(self._log.popleft())
                self._first += 1
                self._sent_bytes = 0
            return
        self.broken = self.finished = True
        self._log.clear()
        self._bytes = self._sent_bytes = 0
        if self.reader is not None:
            self.reader.news()

    def _over(self, number: int) -> bool:
        return number - self._first + 1 > _KEPT_EVENTS or self._sent_bytes > _KEPT_BYTES

    def _answered(self, about: Id) -> None:
        self.open.discard(about)
        if not self.open:
            self.finished = True
