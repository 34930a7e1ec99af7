"""A host's pipes in the hands of a broker, and what the ledger says of them meanwhile."""

from __future__ import annotations

import asyncio
import json
import mmap
import os
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, cast

import pytest

from peers.loops import run, until
from peers.messages import call, initialize, modern, note, request
from sekisho.engine.effects import SendToHost
from sekisho.engine.events import HostGarbled, HostSent
from sekisho.gateway.broker import host as host_module
from sekisho.gateway.broker.host import PassedHost
from sekisho.gateway.broker.ledger import CALL, MODERN, Ledger, Left
from sekisho.gateway.broker.refusals import streams
from sekisho.model.subject import Who
from sekisho.wire.jsonrpc import Notification, Request
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sekisho.engine.events import Event
    from sekisho.ports import Backend

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux")


_ACKNOWLEDGED: Final = "notifications/subscriptions/acknowledged"


class Behind:
    """A backend that collects what it gets."""

    revision = None

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.held: list[bool] = []
        self.changed = asyncio.Event()

    def clock(self) -> float:
        return 1.0

    def receive(self, event: Event) -> None:
        self.events.append(event)
        self.changed.set()

    def hold(self) -> None:
        self.held.append(True)
        self.changed.set()

    def flow(self) -> None:
        self.held.append(False)
        self.changed.set()


class Setting:
    """A host, its pipes, its ledger and what is behind it."""

    def __init__(self, limits: Limits, standing: bytes) -> None:
        source, self.to_us = os.pipe()
        self.from_us, sink = os.pipe()
        os.set_blocking(self.to_us, False)
        os.set_blocking(self.from_us, False)
        self.ledger = Ledger(limits.bytes)
        self.memory = mmap.mmap(self.ledger.descriptor, 0, prot=mmap.PROT_READ)
        self.behind = Behind()
        who = Who(principal="ada", conversation="c")
        self.host = PassedHost(who, limits, source=source, sink=sink, ledger=self.ledger, standing=standing)

    def left(self) -> Left:
        return Left(self.memory)

    def say(self, *bodies: object) -> None:
        os.write(self.to_us, b"".join(json.dumps(body).encode() + b"\n" for body in bodies))

    async def got(self, count: int) -> None:
        await until(self.behind.changed, lambda: len(self.behind.events) >= count)

    def answer(self, about: int, size: int = 2) -> None:
        self.host.deliver(SendToHost({}, 0, about, final=True), b"x" * size)


@asynccontextmanager
async def setting(limits: Limits | None = None, read: bytes = b"", standing: bytes = b"") -> AsyncGenerator[Setting]:
    made = Setting(limits or Limits(), standing)
    made.host.open(cast("Backend", made.behind), read)
    try:
        yield made
    finally:
        await made.host.flush()
        await made.host.aclose()
        made.memory.close()
        made.ledger.close()
        for one in {made.to_us, made.from_us} - {-1}:
            os.close(one)


def test_a_request_is_owed_before_it_is_acted_upon_and_until_its_answer_is_written(loop: str) -> None:
    async def work() -> None:
        async with setting() as one:
            seen: list[object] = []
            receive = one.behind.receive
            one.behind.receive = lambda event: (seen.append(one.left().owed), receive(event))[1]  # type: ignore[method-assign]
            one.say(call(1, "echo"), request(2, "ping"), note("x"))
            await one.got(3)
            assert seen[0] == [(b"i1", CALL), (b"i2", 0)]
            one.answer(2)
            assert one.left().owed == [(b"i1", CALL)]
            assert not one.host.idle
            one.answer(1)
            await asyncio.sleep(0)
            assert one.host.idle
            assert os.read(one.from_us, 100) == b"xx\nxx\n"

    run(work(), loop=loop)


def test_what_was_cancelled_is_owed_no_more(loop: str) -> None:
    async def work() -> None:
        async with setting() as one:
            one.say(call(1, "echo"))
            await one.got(1)
            one.host.close_stream(0, 1)
            await one.host.rest()
            assert one.left().owed == []

    run(work(), loop=loop)


def test_what_cannot_be_read_is_owed_its_error(loop: str) -> None:
    async def work() -> None:
        async with setting() as one:
            os.write(one.to_us, b'{"jsonrpc":"2.0","id":4,"method":""}\n{\n')
            await one.got(2)
            assert all(isinstance(event, HostGarbled) for event in one.behind.events)
            assert one.left().owed == [(b"i4", 0)]

    run(work(), loop=loop)


def test_a_line_that_a_relay_began_to_read_is_ended_here(loop: str) -> None:
    line = json.dumps(request(1, "ping")).encode()

    async def work() -> None:
        async with setting(read=line[:9]) as one:
            assert one.left().pending == line[:9]
            os.write(one.to_us, line[9:] + b"\n{")
            await one.got(1)
            assert isinstance(one.behind.events[0], HostSent)
            assert one.left().pending == b"{"

    run(work(), loop=loop)


def test_an_answer_that_the_host_does_not_take_stays_owed_and_torn(loop: str) -> None:
    async def work() -> None:
        async with setting() as one:
            one.say(call(1, "echo"), call(2, "echo"))
            await one.got(2)
            one.answer(1, 3_000_000)
            one.answer(2)
            await until(one.behind.changed, lambda: one.behind.held == [True])
            assert one.left().torn
            assert len(one.left().owed) == 2
            taken = 0
            while not one.host.idle:
                try:
                    taken += len(os.read(one.from_us, 1 << 20))
                except BlockingIOError:
                    await asyncio.sleep(0)
            assert not one.left().torn
            assert one.behind.held[-1] is False
            assert one.left().owed == []

    run(work(), loop=loop)


def test_a_host_that_asks_on_and_takes_nothing_is_read_no_more(loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_module, "_HIGH_WATER", 10_000)
    monkeypatch.setattr(host_module, "_MOST_WAITING", 100_000)

    async def work() -> None:
        async with setting() as one:
            one.answer(0, 2_000_000)
            one.say(note("first"))
            await one.got(1)
            one.say(note("second"))
            for _ in range(20):
                await asyncio.sleep(0)
            assert len(one.behind.events) == 1
            while len(one.behind.events) < 2:
                try:
                    os.read(one.from_us, 1 << 20)
                except BlockingIOError:
                    await asyncio.sleep(0)

    run(work(), loop=loop)


def test_a_host_that_is_gone_ends_the_session(loop: str) -> None:
    async def work() -> None:
        async with setting() as one:
            os.close(one.from_us)
            one.from_us = -1
            one.answer(1)
            one.answer(2)
            await one.host.ended.wait()

    run(work(), loop=loop)


def test_the_end_of_the_input_ends_the_session(loop: str) -> None:
    async def work() -> None:
        async with setting() as one:
            os.close(one.to_us)
            one.to_us = -1
            await one.host.ended.wait()

    run(work(), loop=loop)


def test_pipes_that_were_left_are_touched_no_more(loop: str) -> None:
    async def work() -> None:
        async with setting() as one:
            one.host.leave()
            one.answer(1)
            one.say(note("x"))
            for _ in range(5):
                await asyncio.sleep(0)
            assert one.behind.events == []
            with pytest.raises(BlockingIOError):
                os.read(one.from_us, 10)

    run(work(), loop=loop)


def test_what_the_host_said_to_another_broker_is_said_first_and_its_answer_is_not_the_hosts(loop: str) -> None:
    async def work() -> None:
        line = json.dumps(initialize(0)).encode()
        async with setting(standing=line) as one:
            one.say(call(1, "echo"), note("x"))
            await one.got(1)
            one.say(call(2, "echo"))
            one.host.deliver(SendToHost({"result": {}}, 0, 0, final=True), b"never seen")
            await one.got(5)
            messages = [event.message for event in one.behind.events if isinstance(event, HostSent)]
            said = [message.method for message in messages if isinstance(message, Request | Notification)]
            assert said == ["initialize", "notifications/initialized", "tools/call", "x", "tools/call"]
            assert json.loads(one.left().standing or b"") == initialize(0)
            one.answer(1)
            await asyncio.sleep(0)
            assert os.read(one.from_us, 100) == b"xx\n"

    run(work(), loop=loop)


def test_a_server_that_refuses_what_is_said_again_gets_what_the_host_says_and_answers_that_itself(loop: str) -> None:
    async def work() -> None:
        async with setting(standing=json.dumps(initialize(0)).encode()) as one:
            one.say(call(1, "echo"))
            await one.got(1)
            one.host.deliver(SendToHost({"error": {}}, 0, 0, final=True), b"never seen")
            await one.got(2)
            assert one.left().owed == [(b"i1", CALL)]
            assert one.left().standing is None
            one.host.leave()

    run(work(), loop=loop)


def test_what_a_silent_host_had_subscribed_to_is_said_at_once_and_it_is_read_when_the_greeting_is_answered(
    loop: str,
) -> None:
    async def work() -> None:
        subscribe = request(0, "resources/subscribe", {"uri": "x:1"})
        line = b"\n".join(json.dumps(body).encode() for body in (initialize(0), subscribe))
        async with setting(standing=line) as one:
            await one.got(1)
            one.say(call(1, "echo"))
            one.host.deliver(SendToHost({"result": {}}, 0, 0, final=True), b"never seen")
            await one.got(4)
            messages = [event.message for event in one.behind.events if isinstance(event, HostSent)]
            said = [message.method for message in messages if isinstance(message, Request | Notification)]
            assert said == ["initialize", "notifications/initialized", "resources/subscribe", "tools/call"]
            again = messages[2]
            assert isinstance(again, Request)
            one.host.deliver(SendToHost({"result": {}}, 0, again.id, final=True), b"never seen")
            one.answer(1)
            await asyncio.sleep(0)
            assert os.read(one.from_us, 100) == b"xx\n"

    run(work(), loop=loop)


def test_a_stream_that_another_broker_had_is_owed_here_and_keeps_nobody_waiting(loop: str) -> None:
    async def work() -> None:
        line = json.dumps(modern(request("s", "subscriptions/listen", {"notifications": {}}))).encode()
        async with setting(standing=line) as one:
            await one.got(1)
            assert one.left().owed == [(b"ss", MODERN)]
            assert one.host.idle
            one.host.deliver(SendToHost(note(_ACKNOWLEDGED), 0, "s"), b"never seen")
            assert streams(one.left().standing or b"").keys() == {b"ss"}
            one.host.close_stream(0, "s")
            assert (one.left().owed, one.left().standing) == ([], b"")
            one.say(modern(call(1, "echo")))
            await one.got(2)

    run(work(), loop=loop)
