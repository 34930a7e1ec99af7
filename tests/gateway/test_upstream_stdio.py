"""A child as a server: what it says, what it is told, how it ends; real processes."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

import pytest

from childkit import ECHO, PATIENCE, launch, python
from peers.ends import Ear
from peers.loops import run
from peers.messages import note, request
from sekisho.engine.events import CodeRead, ServerGarbled, ServerLeft, ServerSent, Trouble
from sekisho.gateway import upstream_stdio
from sekisho.gateway.behind.reading import Read
from sekisho.gateway.upstream_stdio import StdioUpstream
from sekisho.gateway.warden_client import Warden
from sekisho.wire.strict import Limits
from sekisho.wire.versions import Revision

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from sekisho.gateway.launch import Launch
    from sekisho.gateway.link import Link

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")


@asynccontextmanager
async def upstream(
    what: Launch,
    *,
    revision: Revision | None = None,
    limits: Limits | None = None,
    reader: Callable[[int | None], Read] | None = None,
) -> AsyncGenerator[tuple[StdioUpstream, Ear]]:
    warden = Warden()
    ear = Ear(revision)
    up = StdioUpstream(
        what, warden=warden, link=cast("Link", ear), limits=limits or Limits(), say=ear.say, reader=reader
    )
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


def test_of_what_a_held_child_says_on_its_way_out_answers_are_taken_and_the_rest_is_kept_by_nobody() -> None:
    lines = ['{"jsonrpc":"2.0","method":"x"}', '{"jsonrpc":"2.0","id":1,"result":{}}']
    flood = f"import sys\nsys.stdin.read()\nfor line in {lines!r}: print((line + ' ' * 999 + chr(10)) * 2000)"

    async def work() -> None:
        async with upstream(python(flood)) as (up, ear):
            up.start()
            up.hold()
            await up.finish(10)
            assert ear.bodies() == [{"jsonrpc": "2.0", "id": 1, "result": {}}] * 2000
            assert ear.said == ["the server ended with code 0"]

    run(work())


def test_finishing_waits_for_a_child_that_is_just_starting() -> None:
    async def work() -> None:
        async with upstream(python(ECHO)) as (up, ear):
            up.start()
            up.send(note("a"), None, ())
            await up.finish(10)
            assert ear.bodies() == [note("a")]

    run(work())


# -- the code behind it ----------------------------------------------------------------------------


class Shelf:
    """Reads code in place of a disk: one after the other of what it is given, the last one again and again."""

    def __init__(self, *reads: Read | Exception) -> None:
        self.reads = list(reads)
        self.asked: list[bool] = []
        """For each time, whether the child ran already."""

    def __call__(self, pid: int | None) -> Read:
        self.asked.append(pid is not None)
        found = self.reads.pop(0) if len(self.reads) > 1 else self.reads[0]
        if isinstance(found, Exception):
            raise found
        return found


ALL = Read(body={"version": "1"}, whole=True)
FETCHED = Read(body={"version": "2"}, whole=True, fetches=True)
PART = Read(body={}, whole=False)


@pytest.mark.parametrize(
    ("reads", "asked", "told"), [([ALL], [False], 1), ([FETCHED], [False, True], 2), ([PART, ALL], [False, True], 1)]
)
def test_code_is_read_before_it_runs_and_again_where_a_runner_decides(
    reads: list[Read], asked: list[bool], told: int
) -> None:
    async def work() -> None:
        shelf = Shelf(*reads)
        async with upstream(says("{}", "{}", "{}"), reader=shelf) as (up, ear):
            ear.knows_code = True
            ear.on_event = lambda event: up.hold() if isinstance(event, CodeRead) and shelf.asked[-1] else None
            up.start()
            up.flow()
            await ear.until(lambda: len(ear.of(CodeRead)) == told)
            up.flow()
            await ear.first(ServerGarbled, 3)
            assert shelf.asked == asked
            assert [isinstance(each, CodeRead) for each in ear.events] == [True] * told + [False] * 3

    run(work())


def test_where_nothing_is_known_the_server_goes_on_while_its_code_is_read_and_its_end_waits_for_that() -> None:
    async def work() -> None:
        reading, shelf = threading.Event(), Shelf(ALL)

        def reader(pid: int | None) -> Read:
            reading.wait(PATIENCE)
            return shelf(pid)

        async with upstream(says("{}", "{}"), reader=reader) as (up, ear):
            up.start()
            await ear.first(ServerGarbled, 2)
            assert ear.of(CodeRead) == []
            asyncio.get_running_loop().call_later(0.0, reading.set)
            await up.finish(PATIENCE)
            assert (len(ear.of(CodeRead)), shelf.asked) == (1, [True])

    run(work())


def test_code_that_nobody_knows_is_read_when_the_server_is_silent_and_at_last_in_any_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def work() -> None:
        for quiet, latest in ((0.01, PATIENCE), (PATIENCE, 0.01)):
            monkeypatch.setattr(upstream_stdio, "_QUIET", quiet)
            monkeypatch.setattr(upstream_stdio, "_LATEST", latest)
            async with upstream(says("{}"), reader=Shelf(ALL)) as (up, ear):
                up.start()
                await ear.first(CodeRead)
                assert isinstance(ear.events[0], ServerGarbled)

    run(work())


def test_code_that_may_not_run_is_not_started_and_what_a_runner_started_is_not_heard() -> None:
    async def work() -> None:
        for reads, asked in (([ALL], [False]), ([PART, ALL], [False, True])):
            shelf = Shelf(*reads)
            async with upstream(says("{}"), reader=shelf) as (up, ear):
                ear.knows_code = ear.refuses_code = True
                up.start()
                await ear.first(CodeRead)
                up.stop()
                await up.aclose()
                assert (len(ear.events), shelf.asked) == (1, asked)

    run(work())


def test_code_that_cannot_be_read_is_not_started_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream_stdio, "_QUIET", 0.0)

    async def work() -> None:
        for known, reads in ((True, []), (True, [PART]), (False, [])):
            shelf = Shelf(*reads, PermissionError("no"))
            async with upstream(says("{}"), reader=shelf) as (up, ear):
                ear.knows_code = known
                up.start()
                await ear.until(lambda ear=ear: ear.said)
                assert ear.said == ["the code of the server can't be read: no"]
                assert [each.trouble for each in ear.of(ServerLeft)] == [Trouble.CODE_UNREAD] * known
        monkeypatch.setattr(upstream_stdio, "_READ", 0.0)
        async with upstream(says("{}"), reader=Shelf(ALL)) as (up, ear):
            ear.knows_code = True
            up.start()
            await ear.first(ServerLeft)
            assert "more than 0 seconds" in ear.said[0]

    run(work())


def test_a_start_that_was_given_up_while_code_is_read_is_nobodys_business() -> None:
    async def work() -> None:
        async with upstream(says("{}"), reader=Shelf(ALL)) as (up, ear):
            ear.knows_code = True
            up.start()
            up.stop()
        assert ear.events == []

    run(work())
