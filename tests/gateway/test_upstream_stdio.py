"""A child as a server: what it says, what it is told, how it ends; real processes."""

from __future__ import annotations

import json
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

import pytest

from childkit import ECHO, launch, python
from peers.ends import Ear
from peers.loops import run
from peers.messages import note, request
from sekisho.engine.events import ServerGarbled, ServerLeft, ServerSent, Trouble
from sekisho.gateway.upstream_stdio import StdioUpstream
from sekisho.gateway.warden_client import Warden
from sekisho.wire.strict import Limits
from sekisho.wire.versions import Revision

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sekisho.gateway.launch import Launch
    from sekisho.gateway.link import Link

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")


@asynccontextmanager
async def upstream(
    what: Launch, *, revision: Revision | None = None, limits: Limits | None = None
) -> AsyncGenerator[tuple[StdioUpstream, Ear]]:
    warden = Warden()
    ear = Ear(revision)
    up = StdioUpstream(what, warden=warden, link=cast("Link", ear), limits=limits or Limits(), say=ear.say)
    try:
        yield up, ear
    finally:
        await up.aclose()
        await warden.close()


def says(*lines: str, then: str = "sys.stdin.read()") -> Launch:
    """Return a server that says these lines and goes on."""
    return python(f"import sys\nfor line in {list(lines)!r}: print(line, flush=True)\n{then}")


def test_what_is_sent_before_the_child_runs_arrives_in_order() -> None:
    async def work() -> None:
        async with upstream(python(ECHO)) as (up, ear):
            up.start()
            for number in range(50):
                up.send(note("notifications/message", {"n": number}), None, ())
            sent = await ear.first(ServerSent, 50)
            assert [each.message.body["params"] for each in sent] == [{"n": number} for number in range(50)]
            await up.settled()
            up.abort(1)
            up.listen()

    run(work())


def test_what_cannot_start_is_told_once_and_may_be_tried_again() -> None:
    async def work() -> None:
        async with upstream(launch("/no/such/program")) as (up, ear):
            for number in (1, 2):
                up.start()
                up.send(request(number, "ping"), number, ())
                left = await ear.first(ServerLeft, number)
                assert left[-1].trouble is Trouble.CANNOT_START
            assert any("/no/such/program" in text for text in ear.said)

    run(work())


@pytest.mark.parametrize(
    ("then", "said"),
    [("sys.exit(3)", "code 3"), ("import os; os.kill(os.getpid(), 9)", "signal 9")],
)
def test_a_child_that_ends_is_told_with_how_and_nothing_reaches_it_any_more(then: str, said: str) -> None:
    async def work() -> None:
        async with upstream(says("{}", then=then)) as (up, ear):
            up.start()
            assert [each.trouble for each in await ear.first(ServerLeft)] == [Trouble.EXITED]
            assert any(said in text for text in ear.said)
            up.send(request(1, "ping"), 1, ())
            up.start()
            await ear.first(ServerLeft, 2)

    run(work())


def test_a_stopped_child_is_nobodys_business_and_the_next_one_lives() -> None:
    async def work() -> None:
        async with upstream(python(ECHO)) as (up, ear):
            up.start()
            up.send(note("a"), None, ())
            await ear.first(ServerSent)
            up.stop()
            up.start()
            up.send(note("b"), None, ())
            await ear.until(lambda: ear.bodies()[-1:] == [note("b")])
            assert not ear.of(ServerLeft)

    run(work())


def test_stopping_before_it_runs_leaves_nothing() -> None:
    async def work() -> None:
        async with upstream(python(ECHO)) as (up, ear):
            up.start()
            up.stop()
            up.send(note("lost"), None, ())
            await up.aclose()
            assert not ear.events

    run(work())


def test_garbage_is_told_with_the_call_that_it_would_have_answered() -> None:
    lines = ("hello", '{"jsonrpc":"2.0","id":7,"result":{"a":NaN}}', '{"jsonrpc":"2.0","id":"7","result":NaN}', "", " ")

    async def work() -> None:
        async with upstream(says(*lines, '{"jsonrpc":"2.0","method":"x"}')) as (up, ear):
            up.start()
            await ear.first(ServerSent)
            assert [each.call for each in ear.of(ServerGarbled)] == [None, 7, None]

    run(work())


@pytest.mark.parametrize("revision", [Revision.V2025_03_26, Revision.V2025_06_18])
def test_a_batch_is_split_in_the_one_revision_that_has_them(revision: Revision) -> None:
    batch = json.dumps([note("a"), note("b")])

    async def work() -> None:
        async with upstream(says(batch, json.dumps(note("c"))), revision=revision) as (up, ear):
            up.start()
            await ear.until(lambda: ear.bodies()[-1:] == [note("c")])
            assert len(ear.bodies()) == (3 if revision is Revision.V2025_03_26 else 1)

    run(work())


def test_a_line_over_the_limit_ends_the_child_and_says_why() -> None:
    async def work() -> None:
        endless = "while True: sys.stdout.write('x' * 1000)"
        async with upstream(says(then=endless), limits=Limits(bytes=10_000)) as (up, ear):
            up.start()
            assert (await ear.first(ServerLeft))[0].trouble is Trouble.EXITED
            assert any("longer than 10000 bytes" in text for text in ear.said)

    run(work())


def test_a_held_child_is_read_no_more_until_it_flows() -> None:
    async def work() -> None:
        async with upstream(python(ECHO)) as (up, ear):
            up.hold()
            up.start()
            up.send(note("a"), None, ())
            await up.settled()
            up.flow()
            await ear.first(ServerSent)
            up.hold()
            up.send(note("b"), None, ())
            up.flow()
            await ear.first(ServerSent, 2)

    run(work())


def test_what_the_child_complains_about_is_kept() -> None:
    complaining = python("import sys\nprint('no key', file=sys.stderr, flush=True)\n" + ECHO)

    async def work() -> None:
        async with upstream(complaining) as (up, ear):
            assert up.stderr_tail() == b""
            up.start()
            for number in range(1, 1000):
                up.send(note("a"), None, ())
                await ear.first(ServerSent, number)
                if b"no key" in up.stderr_tail():
                    return
            raise AssertionError("it was never read")

    run(work())


def test_a_child_may_finish_what_it_does_when_the_host_has_left() -> None:
    slow = 'import sys\nsys.stdin.read()\nprint(\'{"jsonrpc":"2.0","method":"last"}\', flush=True)'

    async def work() -> None:
        async with upstream(python(slow)) as (up, ear):
            up.start()
            await up.finish(10)
            assert ear.bodies() == [note("last")]

    run(work())


def test_finishing_waits_for_a_child_that_is_just_starting() -> None:
    async def work() -> None:
        async with upstream(python(ECHO)) as (up, ear):
            up.start()
            up.send(note("a"), None, ())
            await up.finish(10)
            assert ear.bodies() == [note("a")]

    run(work())
