"""Server-sent events: bytes to `Event`, and back (WHATWG HTML, section 9.2, "Server-sent events").

`Decoder` keeps one stream's state and takes bytes in any cut; `encode` writes one event; `COMMENT` keeps a line warm.
Values stay bytes: what the data says is for the JSON parser to judge, and an id goes back as it came.

Two departures from a browser, both because a checkpoint passes events on.
An `Event` holds the `id` and `retry` of its own block only; what the stream remembers is on the decoder.
Bytes that are not UTF-8 are not replaced here; the strict JSON parser refuses them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sekisho.wire.strict import WireError

__all__ = ["COMMENT", "Decoder", "Event", "encode"]

COMMENT: Final = b":\n\n"
"""A comment: keeps the connection warm and is no event."""

_BOM: Final = b"\xef\xbb\xbf"
_BREAK: Final = re.compile(rb"\r\n|\r|\n")
_LONGEST_RETRY: Final = 2**31 - 1
_RETRY_DIGITS: Final = 10
_FORBIDDEN: Final = re.compile(rb"[\r\n\0]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One dispatched event."""

    data: bytes
    """The data lines, joined by LF; empty for the event that only carries an id (MCP 2025-11-25, "priming")."""

    event: bytes = b"message"
    """The event's type."""

    id: bytes | None = None
    """The id in this event's own block, None when it has none; an empty id resets what the stream remembers."""

    retry: int | None = None
    """The reconnection time in this event's own block, in milliseconds."""


class Decoder:
    """Reads one stream.

    Time and memory are linear in the bytes fed, however they are cut.

    Args:
        limit: most bytes of one line, and of the data lines of one event together.
    """

    __slots__ = (
        "_after_cr",
        "_data",
        "_event",
        "_id",
        "_limit",
        "_retry",
        "_size",
        "_start",
        "_tail",
        "last_id",
        "retry",
    )

    last_id: bytes
    """The last id of the stream, for `Last-Event-ID`; a block without data counts too, an unfinished one does not."""

    retry: int | None
    """The last reconnection time of the stream, in milliseconds; a block without data counts too."""

    def __init__(self, *, limit: int = 32 * 1024 * 1024) -> None:
        self.last_id = b""
        self.retry = None
        self._limit = limit
        self._start: bytes | None = b""
        self._after_cr = False
        self._tail = bytearray()
        self._size = 0
        self._data: list[bytes] = []
        self._event = b""
        self._id: bytes | None = None
        self._retry: int | None = None

    def feed(self, chunk: bytes) -> list[Event]:
        """Return the events that `chunk` completes.

        An event that is still open when the stream ends is dropped, by the standard: its end may be missing.

        Raises:
            WireError: `too-large`, when a line or an event grows over the limit; the stream is then of no more use.
        """
        if self._start is not None:
            chunk = self._skip_bom(chunk)
        if self._after_cr and chunk:
            self._after_cr = False
            chunk = chunk.removeprefix(b"\n")
        if not chunk:
            return []
        if not (self._tail or self._size) and (event := self._lone(chunk)) is not None:
            return [event]
        return self._lines(chunk)

    def _skip_bom(self, chunk: bytes) -> bytes:
        """Return the chunk without the byte order mark that may open the stream, in up to three pieces."""
        head = (self._start or b"") + chunk
        if len(head) < len(_BOM) and _BOM.startswith(head):
            self._start = head
            return b""
        self._start = None
        return head.removeprefix(_BOM)

    def _lone(self, chunk: bytes) -> Event | None:
        """Read a chunk that is one whole event of one data line, which is what servers mostly send."""
        end = len(chunk) - 2
        if (
            end <= self._limit
            and chunk.startswith(b"data: ")
            and chunk.find(b"\n") == end
            and chunk.endswith(b"\n")
            and b"\r" not in chunk
            and not self._event
            and self._id is None
            and self._retry is None
        ):
            return Event(data=chunk[6:end])
        return None

    def _lines(self, chunk: bytes) -> list[Event]:
        lines = chunk.splitlines()  # of bytes: at CR, LF and CRLF, nothing else
        self._after_cr = chunk.endswith(b"\r")
        rest = b"" if self._after_cr or chunk.endswith(b"\n") else lines.pop()
        events: list[Event] = []
        if lines and self._tail:
            self._check(len(self._tail) + len(lines[0]))
            self._tail += lines[0]
            lines[0] = bytes(self._tail)
            self._tail.clear()
        for line in lines:
            if line:
                self._check(len(line))
                self._field(line)
            elif (event := self._dispatch()) is not None:
                events.append(event)
        if rest:
            self._check(len(self._tail) + len(rest))
            self._tail += rest
        return events

    def _field(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        match name:
            case b"data":
                self._size += len(line)
                self._check(self._size)
                self._data.append(value)
            case b"event":
                self._event = value
            case b"id" if b"\0" not in value:
                self._id = value
            case b"retry" if value.isdigit():
                # Of bytes, isdigit means 0-9 only. A long number would cost more than linear time to convert.
                digits = value.lstrip(b"0") or b"0"
                short = len(digits) <= _RETRY_DIGITS
                self._retry = self.retry = min(int(digits), _LONGEST_RETRY) if short else _LONGEST_RETRY
            case _:
                pass  # a comment has the empty name; unknown fields are ignored by the standard

    def _dispatch(self) -> Event | None:
        event = None
        if self._data:
            data = self._data[0] if len(self._data) == 1 else b"\n".join(self._data)
            event = Event(data=data, event=self._event or b"message", id=self._id, retry=self._retry)
            self._data = []
            self._size = 0
        if self._id is not None:
            self.last_id = self._id
        self._event = b""
        self._id = self._retry = None
        return event

    def _check(self, size: int) -> None:
        if size > self._limit:
            raise WireError("too-large", f"an event of the stream has more than {self._limit} bytes")


def encode(data: bytes, *, id: bytes | None = None, event: bytes | None = None, retry: int | None = None) -> bytes:  # noqa: A002 - the standard's word
    """Return one event as bytes.

    Line breaks inside of `data` arrive as LF, because the format knows no other.

    Args:
        data: the event's data.
        id: its id; empty resets what the receiver remembers.
        event: its type; None and `message` mean the same to the receiver.
        retry: the reconnection time, in milliseconds.

    Raises:
        ValueError: a CR, LF or NUL in `id` or `event`, which would forge fields; or a negative `retry`.
    """
    head = b""
    if event is not None:
        head = b"event: " + _plain(event, "event") + b"\n"
    if id is not None:
        head += b"id: " + _plain(id, "id") + b"\n"
    if retry is not None:
        if retry < 0:
            raise ValueError(f"retry must not be negative, and is {retry}")
        head += b"retry: %d\n" % retry
    if b"\n" in data or b"\r" in data:
        data = _BREAK.sub(b"\ndata: ", data)
    return head + b"data: " + data + b"\n\n"


def _plain(value: bytes, name: str) -> bytes:
    if _FORBIDDEN.search(value):
        raise ValueError(f"the {name} of an event must not hold CR, LF or NUL")
    return value
