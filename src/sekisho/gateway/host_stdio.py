"""The host face on standard input and output: one message a line."""

from __future__ import annotations

import asyncio
import contextlib
import os
import stat
import sys
import threading
from io import FileIO
from typing import TYPE_CHECKING, Final

from sekisho.gateway.corked import Corked
from sekisho.gateway.host_lines import HostLines
from sekisho.gateway.pipes import entrusted
from sekisho.gateway.widening import NARROW, widen

if TYPE_CHECKING:
    from sekisho.engine.effects import SendToHost
    from sekisho.model.subject import Who
    from sekisho.ports import Backend
    from sekisho.wire.jsonrpc import Id
    from sekisho.wire.strict import Limits

__all__ = ["StdioHost"]

_HIGH_WATER: Final = 1024 * 1024
"""How many bytes may wait for the host before the server is read no more."""

_MOST_WAITING: Final = 16 * 1024 * 1024
"""How many may wait before the host is read no more either: it asks on and takes no answer."""

_CHUNK: Final = 256 * 1024
_FLUSH: Final = 5.0


class StdioHost:
    """Reads the host's lines, writes ours, and stops reading the server while the host does not read us.

    Args:
        who: the user, and the conversation of this process.
        limits: what one message may cost.
    """

    def __init__(self, who: Who, limits: Limits) -> None:
        self._incoming = HostLines(who, limits)
        self._backend: Backend | None = None
        self._out: asyncio.WriteTransport | None = None
        self._lines: Corked | None = None
        self._direct: int | None = None
        self._pipe = -1
        self._source: asyncio.ReadTransport | None = None
        self._flowing = asyncio.Event()
        self._flowing.set()
        self.ended = asyncio.Event()
        """Set when the host closed our input, or stopped reading our output for good."""
        self.hurried = False
        """Whether somebody told this process to end, so that nothing is waited for."""
        self._written = asyncio.Event()

    async def open(self, backend: Backend) -> None:
        """Take over standard input and output."""
        self._backend = backend
        if sys.stdin is None or sys.stdout is None:
            # It was closed before we began, and its number may be anything by now: there is nobody to talk to.
            self.ended.set()
            return
        loop = asyncio.get_running_loop()
        out = os.dup(sys.stdout.fileno())
        if _streams(out):
            pipe = entrusted(FileIO(out, "wb"))
            self._pipe = pipe.fileno()
            self._out, _ = await loop.connect_write_pipe(lambda: _Output(self), pipe)
            self._out.set_write_buffer_limits(high=_HIGH_WATER)
            self._lines = Corked(self._put)
        else:
            self._direct = out
        source = os.dup(sys.stdin.fileno())
        if _streams(source):
            pipe = entrusted(FileIO(source, "rb"))
            self._source, _ = await loop.connect_read_pipe(lambda: _Input(self), pipe)
        else:
            threading.Thread(target=_read_file, args=(source, self, loop), daemon=True).start()

    def deliver(self, sent: SendToHost, data: bytes) -> None:  # noqa: ARG002 - of the port; on stdio there is one stream
        """Write one line."""
        if self._lines is not None:
            self._lines.write(data + b"\n")
        elif self._direct is not None:
            try:
                _write_all(self._direct, data + b"\n")
            except OSError:
                self._direct = None
                self.ended.set()

    def _put(self, data: bytes) -> None:
        if self._out is not None and not self._out.is_closing():
            if self._pipe >= 0 and len(data) > NARROW:
                widen(self._pipe)
                self._pipe = -1
            self._out.write(data)

    def close_stream(self, channel: int, about: Id) -> None:
        """On stdio a request has no stream of its own."""

    def end_session(self) -> None:
        """On stdio the session lives as long as the process."""

    def hold(self) -> None:
        """The host does not read: neither do we read the server."""
        if self._backend is not None:
            self._backend.hold()

    def flow(self) -> None:
        """The host reads again."""
        self._flowing.set()
        if self._source is not None:
            self._source.resume_reading()
        if self._backend is not None:
            self._backend.flow()

    async def fed(self, data: bytes) -> None:
        """Take bytes of the host, and wait while it does not take its answers."""
        self.feed(data)
        await self._flowing.wait()

    def feed(self, data: bytes) -> None:
        """Take bytes of the host."""
        backend = self._backend
        if backend is None:
            return
        for event in self._incoming.events(data, backend):
            backend.receive(event)
        if self._out is not None and self._out.get_write_buffer_size() > _MOST_WAITING:
            self._flowing.clear()
            if self._source is not None:
                self._source.pause_reading()

    def leave(self) -> None:
        """Somebody told this process to end."""
        self.hurried = True
        self.ended.set()

    def written(self) -> None:
        """Everything was written, or can't be."""
        self._written.set()
        self.ended.set()

    async def aclose(self) -> None:
        """Write what is left, bounded, and then no more."""
        if self._lines is not None:
            self._lines.flush()
        if self._out is not None:
            self._out.close()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._written.wait(), _FLUSH)


class _Input(asyncio.Protocol):
    def __init__(self, host: StdioHost) -> None:
        self._host = host

    def data_received(self, data: bytes) -> None:
        self._host.feed(data)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - of the protocol
        self._host.ended.set()


class _Output(asyncio.BaseProtocol):
    def __init__(self, host: StdioHost) -> None:
        self._host = host

    def pause_writing(self) -> None:
        self._host.hold()

    def resume_writing(self) -> None:
        self._host.flow()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - of the protocol
        self._host.written()


def _streams(descriptor: int) -> bool:
    """Tell whether the event loop can wait for this descriptor.

    Files and devices like /dev/null are always ready; on a terminal, input and output are one.
    """
    mode = os.fstat(descriptor).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _read_file(descriptor: int, host: StdioHost, loop: asyncio.AbstractEventLoop) -> None:
    while data := os.read(descriptor, _CHUNK):
        asyncio.run_coroutine_threadsafe(host.fed(data), loop).result()
    os.close(descriptor)
    loop.call_soon_threadsafe(host.ended.set)


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
