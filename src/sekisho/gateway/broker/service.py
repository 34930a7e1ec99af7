"""The broker: serves every entry of a user, each with the very backend that `run` would make for it.

`Broker` listens, and knows what is open; an `_Entry` is one relay's connection from greeting to end. What is behind an
entry is made by the composition root (`Serve`).
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import time
from typing import TYPE_CHECKING, Final, Protocol, cast

from sekisho import __version__
from sekisho.gateway.broker.address import peer_of, require_own
from sekisho.gateway.broker.conversations import Conversations
from sekisho.gateway.broker.frames import (
    ENDED,
    HANDED_BACK,
    LINE,
    REFUSED,
    SERVED,
    STATUS,
    FramesError,
    StrangerError,
    frame,
)
from sekisho.gateway.broker.greeting import PIPES, greeting
from sekisho.gateway.broker.host import PassedHost
from sekisho.gateway.broker.ledger import Ledger
from sekisho.model.subject import Who

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from sekisho.engine.events import Event
    from sekisho.gateway.broker.conversations import Conversation
    from sekisho.gateway.broker.door import Door
    from sekisho.gateway.broker.frames import Hello
    from sekisho.ports import Backend, ConversationStore
    from sekisho.wire.jsonrpc import Json, JsonObject
    from sekisho.wire.strict import Limits

__all__ = ["Broker", "EntryError", "Serve", "Served"]

_GREETING_SECONDS: Final = 10.0
_LEAVE: Final = 10.0
"""How long a server may go on after the host has closed our input, in seconds."""

_DRAIN: Final = 600.0
"""How long a call may go on in a broker that is to end."""

_MOST_UNREAD: Final = 256 * 1024


class EntryError(Exception):
    """An entry can't be served; the text says why, and what to do."""


class Served(Protocol):
    """What is behind an entry."""

    @property
    def server(self) -> str:
        """The server's identity."""
        ...

    @property
    def limits(self) -> Limits:
        """What one message may cost."""
        ...

    def backend(self, who: Who) -> Backend:
        """Return what the host's face talks to, not opened."""
        ...

    async def aclose(self) -> None:
        """Close what is left when the backend is closed."""
        ...


class Serve(Protocol):
    """Makes what is behind an entry."""

    def __call__(self, hello: Hello, say: Callable[[str], None]) -> Served:
        """Make it for a greeting; `say` tells the person who reads the host's log.

        Raises:
            EntryError: there is no such entry, or it can't be used.
        """
        ...


class _Control(asyncio.Protocol):
    """The connection to a relay, once it was greeted: frames go out, and its end is the relay's."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self.lost = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def eof_received(self) -> bool:
        self.lost.set()
        return True  # what we have to say still goes out

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - of the protocol
        self.lost.set()

    def send(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def say(self, line: str) -> None:
        """Send a line for standard error, unless the relay does not read them."""
        if self._transport is not None and self._transport.get_write_buffer_size() < _MOST_UNREAD:
            self.send(frame(LINE, line.encode(errors="replace")))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class _Entry:
    """One entry that is served."""

    def __init__(self, name: str, server: str, relay: int, conversation: Conversation) -> None:
        self.name = name
        self.server = server
        self.relay = relay
        self.conversation = conversation
        self.backend: Backend | None = None
        self.since = time.time()


class Broker:
    """Serves entries until it is told to end, or nobody needs it.

    Args:
        door: where relays come in, open.
        serve: makes what is behind an entry.
        principal: the user.
        idle: how long it stays without an entry, in seconds.
        store: keeps conversations for the broker that comes after this one.
        say: tells the person who reads this broker's log.
        more: what the status says beside what is known here.
    """

    def __init__(
        self,
        door: Door,
        serve: Serve,
        *,
        principal: str,
        idle: float,
        store: ConversationStore | None = None,
        say: Callable[[str], None] = lambda _: None,
        more: Callable[[], Mapping[str, Json]] = dict,
    ) -> None:
        self._door = door
        self._serve = serve
        self._principal = principal
        self._idle = idle
        self._more = more
        self._loop = asyncio.get_running_loop()
        self._entries: set[_Entry] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._began = time.time()
        self._draining = asyncio.Event()
        self._hurried = asyncio.Event()
        self._ended = asyncio.Event()
        self.conversations = Conversations(time.time, store=store, principal=principal, say=say)

    async def run(self) -> None:
        """Serve until nobody needs it, or until it is told to end."""
        self._loop.add_reader(self._door.listener, self._accept)
        self._look_whether_idle()
        await self._ended.wait()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def broadcast(self, event: Callable[[float], Event]) -> None:
        """Let every session receive an event, made with its time."""
        for entry in list(self._entries):
            if entry.backend is not None:
                entry.backend.receive(event(entry.backend.clock()))

    def drain(self) -> None:
        """Give the name up and end when every call has ended: another broker takes the entries over."""
        if not self._draining.is_set():
            self._draining.set()
            self._loop.remove_reader(self._door.listener)
            self._door.close()
            self._look_whether_idle()

    def leave(self) -> None:
        """Somebody told this process to end: so does everything, now."""
        self._hurried.set()
        self.drain()

    # -- who comes in -----------------------------------------------------------------------------

    def _accept(self) -> None:
        try:
            connection, _ = self._door.listener.accept()
        except OSError:
            return  # it went away again
        connection.settimeout(0)
        try:
            peer = require_own(peer_of(connection))
        except (StrangerError, OSError):
            connection.close()
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._spawn(self._attend(connection, peer.pid))

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._left)

    def _left(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # It is our own fault, and ends this entry alone; the log is where somebody finds it.
            self._loop.call_exception_handler({"message": "an entry ended by a fault", "exception": error})
        self._look_whether_idle()

    def _look_whether_idle(self) -> None:
        if self._tasks:
            return
        if self._draining.is_set():
            self._ended.set()
        elif self._timer is None:
            self._timer = self._loop.call_later(self._idle, self.drain)

    async def _attend(self, connection: socket.socket, relay: int) -> None:
        """Read a greeting and do what it asks for."""
        with connection:
            try:
                async with asyncio.timeout(_GREETING_SECONDS):
                    hello, descriptors = await greeting(connection)
            except (FramesError, OSError, TimeoutError):
                return
            try:
                if hello.kind == STATUS:
                    answer = json.dumps(self.status()).encode()
                    await self._loop.sock_sendall(connection, frame(SERVED, answer))
                elif _newer(hello.version):
                    self.drain()  # whoever asked finds the name free, and starts a broker of its own version
                elif len(descriptors) == PIPES:
                    taken, descriptors = descriptors, []
                    await self._entry(connection, hello, taken, relay)
            except OSError:
                return
            finally:
                for descriptor in descriptors:
                    os.close(descriptor)

    # -- one entry --------------------------------------------------------------------------------

    async def _entry(self, connection: socket.socket, hello: Hello, pipes: list[int], relay: int) -> None:
        control = _Control()
        conversation = self.conversations.enter(relay)
        try:
            served = self._serve(hello, control.say)
        except EntryError as error:
            self.conversations.leave(conversation)
            for descriptor in pipes:
                os.close(descriptor)
            await self._loop.sock_sendall(connection, frame(REFUSED, str(error).encode(errors="replace")))
            return
        entry = _Entry(hello.entry, served.server, relay, conversation)
        who = Who(principal=self._principal, conversation=conversation.id)
        ledger = Ledger(served.limits.bytes)
        host = PassedHost(who, served.limits, source=pipes[0], sink=pipes[1], ledger=ledger, standing=hello.standing)
        self._entries.add(entry)
        try:
            socket.send_fds(connection, [frame(SERVED)], [ledger.descriptor])
            ledger.handed()
            await self._loop.create_unix_connection(lambda: control, sock=connection.dup())
            entry.backend = served.backend(who)
            entry.backend.open(host)
            host.open(entry.backend, hello.read)
            if await self._handed_back(host, control, entry.backend):
                control.send(frame(HANDED_BACK))
        finally:
            self._entries.discard(entry)
            self.conversations.leave(conversation)
            await _end(entry.backend, served, host, ledger)
            control.send(frame(ENDED))
            control.close()

    async def _handed_back(self, host: PassedHost, control: _Control, backend: Backend) -> bool:
        """Wait for the end of the host, of the relay or of this broker; True when the pipes are the relay's again."""
        await _first(host.ended.wait(), control.lost.wait(), self._drained(host))
        if host.ended.is_set() and not control.lost.is_set():
            await _first(backend.finish(_LEAVE), control.lost.wait(), self._hurried.wait())
            await host.flush()
            return False
        host.leave()
        return not control.lost.is_set()

    async def _drained(self, host: PassedHost) -> None:
        """Wait until this broker is to end and nothing is open here any more, or for too long."""
        await self._draining.wait()
        await _first(self._hurried.wait(), host.rest(), asyncio.sleep(_DRAIN))

    # -- how it is --------------------------------------------------------------------------------

    def status(self) -> JsonObject:
        """Say how this broker is."""
        return {
            "pid": os.getpid(),
            "version": __version__,
            "since": self._began,
            "draining": self._draining.is_set(),
            "entries": [
                {
                    "name": entry.name,
                    "server": entry.server,
                    "relay": entry.relay,
                    "conversation": entry.conversation.id,
                    "since": entry.since,
                }
                for entry in sorted(self._entries, key=lambda entry: (entry.name, entry.relay))
            ],
            "conversations": [
                {"key": one.id, "process": one.process, "host": one.host, "since": one.since, "entries": one.entries}
                for one in self.conversations
            ],
            **self._more(),
        }


async def _end(backend: Backend | None, served: Served, host: PassedHost, ledger: Ledger) -> None:
    if backend is not None:
        await backend.aclose()
    await served.aclose()
    await host.aclose()
    ledger.close()


async def _first(*waits: Coroutine[None, None, object]) -> None:
    """Wait until one of several is done; the others are cancelled."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _newer(version: str) -> bool:
    """Whether a relay's version is newer than this broker's: then it wants a broker of its own."""
    return _numbers(version) > _numbers(__version__)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("+", maxsplit=1)[0].split(".") if part.isdecimal())
