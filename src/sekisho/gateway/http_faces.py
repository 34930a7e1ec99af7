"""The host faces over HTTP: `LegacyFace` for one 2025 session, `ModernFace` for all 2026-07-28 requests of a principal.

Both map what a session sends to the stream of the request that it is about.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from sekisho.engine.events import HostLeft
from sekisho.gateway.http_stream import Stream
from sekisho.wire.versions import HTTP_STATUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sekisho.engine.effects import SendToHost
    from sekisho.model.subject import Who
    from sekisho.ports import Backend
    from sekisho.wire.jsonrpc import Id

__all__ = ["STANDALONE", "LegacyFace", "ModernFace"]

STANDALONE: Final = b"0"
"""The name of the stream that a GET opens."""

_KEPT_STREAMS: Final = 16
"""How many ended streams of a session can still be resumed."""


class LegacyFace:
    """One session of a 2025 host.

    Args:
        who: the principal and this session's conversation.
        backend: what is behind it.
        ended: called once when the session is over.
    """

    __slots__ = (
        "_done",
        "_ended",
        "_named",
        "_of_request",
        "backend",
        "over",
        "standalone",
        "streams",
        "used_at",
        "who",
    )

    def __init__(self, who: Who, backend: Backend, ended: Callable[[LegacyFace], None]) -> None:
        self.who = who
        self.backend = backend
        self.over = False
        """Whether the session is gone."""
        self.used_at = backend.clock()
        """When the host last said something."""
        self.standalone: Stream | None = None
        """What belongs to no request; made when it is first needed."""
        self.streams: dict[bytes, Stream] = {}
        """Streams of requests by name, ended ones included while they can be resumed."""
        self._of_request: dict[Id, list[Stream]] = {}
        self._done: deque[tuple[float, bytes]] = deque()
        self._named = 0
        self._ended = ended

    def open(self, ids: Iterable[Id]) -> Stream:
        """Make the stream for requests that are about to be received."""
        self._named += 1
        stream = Stream(b"%d" % self._named)
        for id_ in ids:
            stream.open.add(id_)
            # A second request with an id that is still open is refused before anything else is said about that id.
            self._of_request.setdefault(id_, []).append(stream)
        self.streams[stream.name] = stream
        return stream

    def closed(self, stream: Stream) -> None:
        """A response ended; its stream stays for a while, in case it did not arrive."""
        if stream.name != STANDALONE:
            self._done.append((self.backend.clock(), stream.name))
        if len(self._done) > _KEPT_STREAMS:
            self._drop()

    def forget(self, before: float) -> None:
        """Give up resuming what ended before this time."""
        while self._done and self._done[0][0] < before:
            self._drop()

    def _drop(self) -> None:
        _, name = self._done.popleft()
        stream = self.streams.get(name)
        if stream is not None and stream.reader is None:
            # What is not answered yet has nobody to go to any more.
            for id_ in stream.open:
                self._forget(id_, stream)
            del self.streams[name]

    def listening(self) -> Stream:
        """Return the standalone stream."""
        if self.standalone is None:
            self.standalone = Stream(STANDALONE, lossy=True)
        return self.standalone

    def deliver(self, sent: SendToHost, data: bytes) -> None:
        """Pass on one message, on the stream of its request where there is one."""
        about = sent.about
        if about is None:
            self._untied().push(data)
        elif sent.final:
            stream = self._pop(about)
            if stream is not None:
                stream.push(data, answers=about)
        else:
            streams = self._of_request.get(about)
            (streams[-1] if streams else self._untied()).push(data)

    def close_stream(self, channel: int, about: Id) -> None:  # noqa: ARG002 - of the port; a session is one channel
        """End the stream of a cancelled request."""
        stream = self._pop(about)
        if stream is not None:
            stream.close(about)

    def end_session(self) -> None:
        """The session is over: its streams end, and its id is unknown from now on."""
        if self.over:
            return
        self.over = True
        self._ended(self)
        for stream in (*self.streams.values(), *([self.standalone] if self.standalone else [])):
            stream.finish()

    def _pop(self, about: Id) -> Stream | None:
        """Take out the stream that request `about` came on last."""
        streams = self._of_request.get(about)
        if streams is None:
            return None
        stream = streams.pop()
        if not streams:
            del self._of_request[about]
        return stream

    def _forget(self, about: Id, stream: Stream) -> None:
        streams = [one for one in self._of_request.get(about, ()) if one is not stream]
        if streams:
            self._of_request[about] = streams
        else:
            self._of_request.pop(about, None)

    @property
    def busy(self) -> bool:
        """Whether a response is under way, or an answer is owed."""
        reading = self.standalone is not None and self.standalone.reader is not None
        return reading or any(stream.reader is not None or stream.open for stream in self.streams.values())

    def _untied(self) -> Stream:
        """Return where a message goes that is about no request: where somebody listens, else where they will."""
        standalone = self.listening()
        if standalone.reader is None:
            for stream in reversed(self.streams.values()):
                if stream.reader is not None and stream.open:
                    return stream
        return standalone


class ModernFace:
    """All requests of one principal: each POST is a channel of its own.

    Args:
        backend: what is behind it.
    """

    __slots__ = ("_channel", "_streams", "backend")

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self._streams: dict[int, Stream] = {}
        self._channel = 0

    def open(self, id_: Id) -> tuple[int, Stream]:
        """Make the channel and the stream for one request."""
        self._channel += 1
        stream = Stream(b"")
        stream.open.add(id_)
        self._streams[self._channel] = stream
        return self._channel, stream

    def left(self, channel: int) -> None:
        """The response ended, or the host closed it, which cancels what is still open (2026-07-28)."""
        stream = self._streams.pop(channel, None)
        if stream is not None and stream.open:
            self.backend.receive(HostLeft(channel, self.backend.clock()))

    def deliver(self, sent: SendToHost, data: bytes) -> None:
        """Pass on one message; what belongs to no open channel has nobody to go to."""
        stream = self._streams.get(sent.channel)
        if stream is None:
            return
        if sent.final and stream.end == stream.first == 1:
            error = sent.body.get("error")
            code = error.get("code") if isinstance(error, dict) else None
            stream.status = HTTP_STATUS.get(code, 200) if isinstance(code, int) else 200
        stream.push(data, answers=sent.about if sent.final else None)

    def close_stream(self, channel: int, about: Id) -> None:
        """End the stream of a cancelled request."""
        stream = self._streams.get(channel)
        if stream is not None:
            stream.close(about)

    def end_session(self) -> None:
        """There are no sessions in 2026-07-28."""

    @property
    def streams(self) -> Iterable[Stream]:
        """The open streams."""
        return self._streams.values()
