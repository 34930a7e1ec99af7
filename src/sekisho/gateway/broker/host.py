"""A host's face on pipes that a relay handed over: like `StdioHost`, and with a ledger of what the host is owed."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections import deque
from typing import TYPE_CHECKING, Final

from sekisho.engine.events import HostGarbled
from sekisho.gateway.broker.refusals import key_of, owed_of
from sekisho.gateway.broker.standing import Standing
from sekisho.gateway.corked import Corked
from sekisho.gateway.host_lines import HostLines
from sekisho.gateway.widening import NARROW, widen
from sekisho.wire.jsonrpc import Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.engine.effects import SendToHost
    from sekisho.engine.events import HostSent
    from sekisho.gateway.broker.ledger import Ledger, Owed
    from sekisho.model.subject import Who
    from sekisho.ports import Backend
    from sekisho.wire.jsonrpc import Id
    from sekisho.wire.strict import Limits

__all__ = ["PassedHost"]

_HIGH_WATER: Final = 1024 * 1024
"""How many bytes may wait for the host before the server is read no more."""

_MOST_WAITING: Final = 16 * 1024 * 1024
"""How many may wait before the host is read no more either."""

_FLUSH: Final = 5.0


class PassedHost:
    """Reads and writes the pipes of one host.

    Args:
        who: the user and the conversation.
        limits: what one message may cost.
        source: the host's output, which is ours from now on.
        sink: the host's input, which is ours from now on.
        ledger: what the relay sees of it.
        standing: what the host had said to another broker and relies on; empty when there was none.
    """

    def __init__(
        self, who: Who, limits: Limits, *, source: int, sink: int, ledger: Ledger, standing: bytes = b""
    ) -> None:
        self._incoming = HostLines(who, limits)
        self._source = source
        self._sink = sink
        self._ledger = ledger
        self._standing = Standing(who, limits, ledger.remember, standing)
        self._early: list[HostSent | HostGarbled] = []
        self._backend: Backend | None = None
        self._loop = asyncio.get_running_loop()
        self._lines = Corked(self._put)
        self._wide = False
        self._waiting = bytearray()
        self._held = False
        self._reading = False
        self._writable = True
        self._cut = False
        self._finals: deque[tuple[int, bytes]] = deque()
        self._queued = 0
        self._written = 0
        self._drained = asyncio.Event()
        self._drained.set()
        self.ended = asyncio.Event()
        """Set when the host closed our input, or stopped reading our output for good."""
        self.rested = asyncio.Event()
        """Set whenever nothing is owed to the host any more."""

    def open(self, backend: Backend, read: bytes) -> None:
        """Begin, with what a relay has read before."""
        self._backend = backend
        os.set_blocking(self._source, False)
        os.set_blocking(self._sink, False)
        waits = self._standing.recall(backend)
        if read:
            self._feed(self._ledger.adopt(read))
        greeting = self._standing.greeting(backend.clock()) if waits else None
        if greeting is not None:
            backend.receive(greeting)  # the host is read when it is answered
            return
        if waits:
            self._say_again(backend)
        self._read_on()

    def _read_on(self) -> None:
        if not self._reading and not self.ended.is_set():
            self._reading = True
            self._loop.add_reader(self._source, self._readable)

    def _read_no_more(self) -> None:
        if self._reading:
            self._reading = False
            self._loop.remove_reader(self._source)

    def _readable(self) -> None:
        try:
            data = self._ledger.read(self._source)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._read_no_more()
            self.ended.set()
            return
        self._feed(data)

    def _feed(self, data: bytes) -> None:
        """Put on the ledger what is asked before anything happens, so that whoever reads it knows of it."""
        backend = self._backend
        if backend is None:
            return
        events = list(self._incoming.events(data, backend))
        self._ledger.take(data, _owed(events))
        first = self._standing.before(events, backend.clock())
        if first is not None:
            self._early = events
            self._read_no_more()
            backend.receive(first)
            return
        self._standing.heard(events)
        for event in events:
            backend.receive(event)
        if len(self._waiting) > _MOST_WAITING:
            self._read_no_more()

    def _go_on(self, backend: Backend, agreed: bool) -> None:  # noqa: FBT001 - handed on by the loop
        """The server has heard how the host had greeted another broker, or does not agree: it says so itself."""
        if agreed:
            self._say_again(backend)
        events, self._early = self._early, []
        self._standing.heard(events)
        for event in events:
            backend.receive(event)
        if self._writable:
            self._read_on()

    def _say_again(self, backend: Backend) -> None:
        """Say what a broker before this one had said; the streams among it are owed from here on."""
        for event in self._standing.rest(backend.clock()):
            if isinstance(event.message, Request) and key_of(event.message.id) in self._standing.streams:
                self._ledger.take(b"", [owed_of(event.message)])
            backend.receive(event)

    # -- towards the host -------------------------------------------------------------------------

    def deliver(self, sent: SendToHost, data: bytes) -> None:
        """Write one line."""
        taken = self._standing.takes(sent)
        if taken is not None:
            if taken.method == "initialize" and self._backend is not None:
                self._loop.call_soon(self._go_on, self._backend, "result" in sent.body)
            return
        self._queued += len(data) + 1
        self._standing.said(sent, self._queued)
        if sent.final and sent.about is not None:
            self._finals.append((self._queued, key_of(sent.about)))
        self._lines.write(data + b"\n")

    def close_stream(self, channel: int, about: Id) -> None:  # noqa: ARG002 - of the port
        """A request gets no answer: it is owed none any more."""
        self._standing.closed(about)
        self._finals.append((self._queued, key_of(about)))
        self._settle()

    def end_session(self) -> None:
        """On pipes the session lives as long as they do."""

    def _put(self, data: bytes) -> None:
        if not self._writable:
            return
        if self._waiting:
            self._waiting += data
            return
        if len(data) > NARROW and not self._wide:
            self._wide = True
            widen(self._sink)
        count = self._write(data)
        if count == len(data) or not self._writable:
            return
        self._waiting += memoryview(data)[count:]
        self._drained.clear()
        self._loop.add_writer(self._sink, self._flush)
        if len(self._waiting) > _HIGH_WATER:
            self._hold()

    def _flush(self) -> None:
        while self._waiting and (count := self._write(self._waiting)):
            del self._waiting[:count]
        if len(self._waiting) > _HIGH_WATER:
            self._hold()
            return
        if not self._waiting or not self._writable:
            self._loop.remove_writer(self._sink)
            self._drained.set()
        if self._writable:
            self._flow()

    def _write(self, data: bytes | bytearray) -> int:
        """Write what the host takes now, and settle what it got to its end."""
        self._ledger.tear(torn=True)
        try:
            count = os.write(self._sink, data)
        except BlockingIOError:
            self._ledger.tear(torn=self._cut)
            return 0
        except OSError:
            # Nobody reads: what is owed is owed to nobody.
            self._writable = False
            self._loop.remove_writer(self._sink)
            self._drained.set()
            self._read_no_more()
            self.ended.set()
            return 0
        self._written += count
        self._cut = count < len(data)
        self._ledger.tear(torn=self._cut)
        self._settle()
        return count

    def _settle(self) -> None:
        finals = self._finals
        while finals and finals[0][0] <= self._written:
            self._ledger.settle(finals.popleft()[1])
        self._standing.written(self._written)
        if self.idle:
            self.rested.set()

    @property
    def idle(self) -> bool:
        """Whether the host is owed nothing that another broker could not say."""
        return self._ledger.owes_only(self._standing.streams) and not self._finals and self._written == self._queued

    def _hold(self) -> None:
        if not self._held and self._backend is not None:
            self._held = True
            self._backend.hold()

    def _flow(self) -> None:
        self._read_on()
        if self._held and self._backend is not None:
            self._held = False
            self._backend.flow()

    # -- the end ----------------------------------------------------------------------------------

    def leave(self) -> None:
        """Touch the pipes no more: they belong to the relay again."""
        self._read_no_more()
        if self._waiting:
            self._loop.remove_writer(self._sink)
        self._writable = False

    async def rest(self) -> None:
        """Wait until the host is owed nothing."""
        while not self.idle:
            self.rested.clear()
            await self.rested.wait()

    async def flush(self) -> None:
        """Write what is left, bounded."""
        self._lines.flush()
        if self._writable:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._drained.wait(), _FLUSH)

    async def aclose(self) -> None:
        """Close our ends of the pipes."""
        self.leave()
        os.close(self._source)
        os.close(self._sink)


def _owed(events: Sequence[HostSent | HostGarbled]) -> Iterator[Owed]:
    for event in events:
        if isinstance(event, HostGarbled):
            if event.id is not None:
                yield key_of(event.id), 0
        elif isinstance(event.message, Request):
            yield owed_of(event.message)
