"""A process for long judgements: it answers, it is ended when it hangs, and it is gone when nobody needs it."""

from __future__ import annotations

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from peers.loops import run
from sekisho.engine.jobs import LONGEST, breaches_of, schema_job
from sekisho.gateway import worker as module
from sekisho.gateway.worker import Worker, borrow

PATIENCE = 30.0
FITS = schema_job({"type": "object"}, {}).subject
HANGS = (
    "import signal, sys\nwhile True:\n n = int.from_bytes(sys.stdin.buffer.read(8)); d = sys.stdin.buffer.read(n)\n"
    " if b'hang' in d: signal.pause()\n sys.stdout.buffer.write((2).to_bytes(8) + b'[]'); sys.stdout.buffer.flush()"
)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_jobs_are_done_one_after_the_other_by_one_process_that_ends_with_its_user() -> None:
    async def story() -> None:
        worker = Worker(seconds=PATIENCE).borrow()
        found = await asyncio.gather(*(worker.perform(FITS) for _ in range(4)))
        assert [each is not None and breaches_of(each) for each in found] == [()] * 4
        pid = worker.pid
        assert pid is not None
        assert await worker.perform('{"job": "other"}') is None
        assert await worker.perform("x" * (LONGEST + 1)) is None
        assert worker.pid == pid
        worker.give_back()
        assert not alive(pid)
        assert await worker.perform(FITS) is None

    run(story())


def test_a_job_that_hangs_has_no_answer_and_the_next_one_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SCRIPT", HANGS)
    monkeypatch.setattr(module, "START", 0.0)

    async def story() -> None:
        worker = Worker(seconds=1.0)
        assert await worker.perform("hang") is None
        worker.seconds = PATIENCE
        assert await worker.perform("ok") == "[]"
        worker.close()

    run(story())


def test_without_work_the_process_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SCRIPT", HANGS)

    async def story() -> None:
        worker = Worker(seconds=PATIENCE, idle=0.0)
        assert await worker.perform("ok") == "[]"
        first, rested = worker.pid, asyncio.Event()
        asyncio.get_running_loop().call_later(0.001, rested.set)
        await rested.wait()
        assert await worker.perform("ok") == "[]"
        assert worker.pid != first
        worker.close()

    run(story())


def test_one_that_does_not_start_or_falls_silent_gives_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        worker = Worker(seconds=PATIENCE)
        monkeypatch.setattr(module, "_SCRIPT", "import sys; sys.stdin.buffer.read(9)")
        assert await worker.perform("ok") is None
        monkeypatch.setattr(module.sys, "executable", "/nowhere/python")
        assert await worker.perform("ok") is None
        worker.close()

    run(story())


def test_a_short_job_does_not_wait_behind_a_long_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SCRIPT", HANGS)
    monkeypatch.setattr(module, "_SHORT", 5)

    async def story() -> None:
        worker = Worker(seconds=PATIENCE)
        long = asyncio.ensure_future(worker.perform("hang for long"))
        await asyncio.sleep(0)
        assert await worker.perform("ok") == "[]"
        assert not long.done()
        worker.close()
        assert await long is None

    run(story())


@pytest.mark.parametrize(("bound", "most"), [("_QUEUE", 1), ("_HELD", 3)])
def test_more_than_may_wait_has_no_answer(monkeypatch: pytest.MonkeyPatch, bound: str, most: int) -> None:
    monkeypatch.setattr(module, bound, most)
    monkeypatch.setattr(module, "_SCRIPT", HANGS)

    async def story() -> None:
        worker = Worker(seconds=PATIENCE)
        assert sorted(map(str, await asyncio.gather(worker.perform("ok"), worker.perform("ok")))) == ["None", "[]"]
        worker.close()

    run(story())


def test_sessions_of_one_loop_share_one() -> None:
    async def story() -> None:
        one, other = borrow(), borrow()
        assert one is other
        one.give_back()
        assert not one.closed
        other.give_back()
        assert one.closed
        again = borrow()
        assert again is not one
        again.give_back()

    run(story())


def test_what_starts_while_everything_is_ended_is_ended_too_and_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_SCRIPT", HANGS)
    begun, ended = threading.Event(), threading.Event()
    shutdown = ThreadPoolExecutor.shutdown

    def late(file: str) -> Path:
        """Take, with the first step of the start, until everything is ended."""
        begun.set()
        ended.wait(PATIENCE)
        return Path(file)

    def last(pool: ThreadPoolExecutor, **how: bool) -> None:
        ended.set()
        shutdown(pool, **how)

    monkeypatch.setattr(module, "Path", late)
    monkeypatch.setattr(ThreadPoolExecutor, "shutdown", last)

    async def story() -> None:
        worker = Worker(seconds=PATIENCE)
        job = asyncio.ensure_future(worker.perform("hang"))
        await asyncio.to_thread(begun.wait, PATIENCE)
        worker.close()
        assert await job is None

    run(story(), seconds=PATIENCE / 2)
