"""The broker in this process, spoken to as relays do."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

import pytest

from peers.loops import PATIENCE, run, until
from peers.messages import request
from sekisho import __version__
from sekisho.engine.effects import SendToHost
from sekisho.engine.events import Halted, HostSent
from sekisho.gateway.broker import service
from sekisho.gateway.broker.address import Peer, connect
from sekisho.gateway.broker.door import Door
from sekisho.gateway.broker.frames import (
    ENDED,
    ENTRY,
    HANDED_BACK,
    LINE,
    REFUSED,
    SERVED,
    STATUS,
    Frames,
    Hello,
    receive_with,
    send_with,
)
from sekisho.gateway.broker.service import Broker, EntryError
from sekisho.wire.jsonrpc import Request, result_body, serialise
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

    from sekisho.engine.events import Event
    from sekisho.model.subject import Who
    from sekisho.ports import Backend, HostFace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux")


class Behind:
    """A backend that answers everything but `hold`."""

    revision = None

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.who: Who | None = None
        self.face: HostFace | None = None
        self.events: list[Event] = []
        self.ended: list[str] = []
        self.changed = asyncio.Event()

    def clock(self) -> float:
        return 1.0

    def open(self, host: HostFace) -> None:
        self.face = host
        self.say("opened")

    def receive(self, event: Event) -> None:
        self.events.append(event)
        self.changed.set()
        if isinstance(event, HostSent) and isinstance(event.message, Request) and event.message.method != "hold":
            self.answer(event.message.id)

    def answer(self, about: int | str) -> None:
        assert self.face is not None
        body = result_body(about, {})
        self.face.deliver(SendToHost(body, 0, about, final=True), serialise(body))

    async def finish(self, patience: float) -> None:
        assert patience > 0
        self.ended.append("finish")

    async def aclose(self) -> None:
        self.ended.append("close")
        self.changed.set()


class Connection:
    """What is behind an entry."""

    server = "behind"
    limits = Limits()

    def __init__(self, behind: Behind) -> None:
        self._behind = behind

    def backend(self, who: Who) -> Backend:
        self._behind.who = who
        return cast("Backend", self._behind)

    async def aclose(self) -> None:
        self._behind.ended.append("release")


class Caller:
    """A relay: its connection and the host's ends of its pipes."""

    def __init__(self, directory: Path) -> None:
        found = connect(directory, patience=PATIENCE)
        assert found is not None
        self.connection = found
        self.frames = Frames()
        self.heard: list[tuple[bytes, bytes]] = []
        self.descriptors: list[int] = []
        self.source, self.to_us = os.pipe()
        self.from_us, self.sink = os.pipe()

    def send(self, hello: Hello) -> None:
        send_with(self.connection, hello.pack(), [self.source, self.sink])
        for one in (self.source, self.sink):
            os.close(one)

    async def hear(self, kind: bytes) -> bytes:
        """Return the payload of the next frame of this kind."""
        while True:
            for place, (found, payload) in enumerate(self.heard):
                if found == kind:
                    del self.heard[: place + 1]
                    return payload
            data, descriptors = await asyncio.to_thread(receive_with, self.connection)
            self.descriptors += descriptors
            assert data, f"it ended without {kind!r}"
            self.heard += self.frames.feed(data)

    def ask(self, number: int, method: str = "ping") -> None:
        os.write(self.to_us, json.dumps(request(number, method)).encode() + b"\n")

    async def line(self) -> dict[str, object]:
        data = await asyncio.to_thread(os.read, self.from_us, 4096)
        return cast("dict[str, object]", json.loads(data))

    def close(self) -> None:
        self.connection.close()
        for one in (self.to_us, self.from_us, *self.descriptors):
            os.close(one)


class Scene:
    """A broker and what it has made."""

    def __init__(self, directory: Path, idle: float) -> None:
        self.directory = directory
        self.made: list[Behind] = []
        self.door = Door(directory)
        assert self.door.open()
        self.broker = Broker(self.door, self.serve, principal="ada", idle=idle, more=lambda: {"more": 1})
        self.running = asyncio.ensure_future(self.broker.run())
        self.callers: list[Caller] = []

    def serve(self, hello: Hello, say: Callable[[str], None]) -> Connection:
        if hello.entry == "none":
            raise EntryError("there is no such entry")
        self.made.append(Behind(say))
        return Connection(self.made[-1])

    def caller(self) -> Caller:
        self.callers.append(Caller(self.directory))
        return self.callers[-1]

    async def entry(self, read: bytes = b"") -> Caller:
        one = self.caller()
        one.send(Hello(kind=ENTRY, version=__version__, entry="one", read=read))
        await one.hear(SERVED)
        return one

    async def closed(self, place: int = 0) -> None:
        await until(self.made[place].changed, lambda: "close" in self.made[place].ended)

    async def over(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self.running


@asynccontextmanager
async def scene(directory: Path, idle: float = 60.0) -> AsyncGenerator[Scene]:
    made = Scene(directory, idle)
    try:
        yield made
    finally:
        made.broker.leave()
        for one in made.callers:
            one.close()
        await made.over()


def test_an_entry_is_served_until_its_host_ends(loop: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with scene(tmp_path) as at:
            one = await at.entry()
            assert await one.hear(LINE) == b"opened"
            one.ask(1)
            assert (await one.line())["id"] == 1
            who = at.made[0].who
            assert who is not None
            assert who.principal == "ada"
            assert who.conversation.startswith("host:")
            os.close(one.to_us)
            await one.hear(ENDED)
            assert at.made[0].ended == ["finish", "close", "release"]
            one.to_us = os.open(os.devnull, os.O_RDONLY)

    run(work(), loop=loop)


def test_a_relay_that_is_gone_takes_its_entry_along(loop: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with scene(tmp_path) as at:
            one, two = await at.entry(), await at.entry()
            one.connection.shutdown(socket.SHUT_RDWR)
            await at.closed()
            assert "finish" not in at.made[0].ended, "nobody waits for what nobody hears"
            two.ask(1)
            assert (await two.line())["id"] == 1

    run(work(), loop=loop)


def test_an_entry_that_is_not_there_is_refused_with_the_reason(loop: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with scene(tmp_path) as at:
            one = at.caller()
            one.send(Hello(kind=ENTRY, version=__version__, entry="none"))
            assert await one.hear(REFUSED) == b"there is no such entry"

    run(work(), loop=loop)


def test_a_stranger_is_not_spoken_with(loop: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def foreign(_: object) -> Peer:
        return Peer(1, os.geteuid() + 1)

    async def work() -> None:
        async with scene(tmp_path) as at:
            one = at.caller()
            monkeypatch.setattr(service, "peer_of", foreign)
            assert await asyncio.to_thread(receive_with, one.connection) == (b"", [])
            assert at.made == []

    run(work(), loop=loop)


def test_what_is_no_greeting_is_not_answered(loop: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with scene(tmp_path) as at:
            one = at.caller()
            one.connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
            assert await asyncio.to_thread(receive_with, one.connection) == (b"", [])

    run(work(), loop=loop)


def test_the_status_tells_entries_and_conversations(loop: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with scene(tmp_path) as at:
            await at.entry()
            await at.entry()
            asking = at.caller()
            asking.connection.sendall(Hello(kind=STATUS, version=__version__).pack())
            told = json.loads(await asking.hear(SERVED))
            assert (told["pid"], told["version"], told["more"]) == (os.getpid(), __version__, 1)
            assert [one["name"] for one in told["entries"]] == ["one", "one"]
            (conversation,) = told["conversations"]
            assert conversation["entries"] == 2
            assert {one["conversation"] for one in told["entries"]} == {conversation["key"]}

    run(work(), loop=loop)


def test_every_session_hears_of_a_halt(loop: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with scene(tmp_path) as at:
            for one in (await at.entry(), await at.entry()):
                await one.hear(LINE)
            at.broker.broadcast(Halted)
            assert [[type(event) for event in one.events] for one in at.made] == [[Halted], [Halted]]

    run(work(), loop=loop)


def test_nobody_needs_it_so_it_ends(loop: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with scene(tmp_path, idle=0.0) as at:
            await at.over()
            assert connect(tmp_path, patience=10) is None

    run(work(), loop=loop)


def test_it_stays_as_long_as_an_entry_is_open(loop: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with scene(tmp_path, idle=0.2) as at:
            one = await at.entry()
            await asyncio.wait([at.running], timeout=0.5)
            assert not at.running.done()
            one.connection.shutdown(socket.SHUT_RDWR)
            await at.over()

    run(work(), loop=loop)


def test_a_newer_relay_gets_the_name_and_calls_in_flight_are_ended_here(loop: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with scene(tmp_path) as at:
            one, idle = await at.entry(), await at.entry()
            one.ask(1, "hold")
            await until(at.made[0].changed, lambda: at.made[0].events)
            newer = at.caller()
            newer.send(Hello(kind=ENTRY, version="999.0", entry="one"))
            assert await asyncio.to_thread(receive_with, newer.connection) == (b"", [])
            assert len(at.made) == 2, "nothing of the newer relay was served"
            await idle.hear(HANDED_BACK)
            second = Door(tmp_path)
            assert second.open(), "the name is free while a call goes on"
            second.close()
            one.ask(2)
            assert (await one.line())["id"] == 2
            assert not at.running.done()
            at.made[0].answer(1)
            assert (await one.line())["id"] == 1
            await one.hear(HANDED_BACK)
            await at.over()

    run(work(), loop=loop)


def test_an_older_relay_is_served(loop: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with scene(tmp_path) as at:
            one = at.caller()
            one.send(Hello(kind=ENTRY, version="0.0.1", entry="one"))
            await one.hear(SERVED)

    run(work(), loop=loop)


def test_told_to_end_it_hands_back_what_is_open_at_once(loop: str, tmp_path: Path) -> None:
    async def work() -> None:
        async with scene(tmp_path) as at:
            one = await at.entry()
            one.ask(1, "hold")
            await until(at.made[0].changed, lambda: at.made[0].events)
            at.broker.leave()
            await one.hear(HANDED_BACK)
            await at.over()

    run(work(), loop=loop)
