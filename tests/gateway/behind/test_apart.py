"""Work in a thread of its own."""

from __future__ import annotations

import threading
from functools import partial
from queue import SimpleQueue

import pytest

from peers.loops import run
from sekisho.gateway.behind.apart import Lanes, apart


def _fails() -> None:
    raise OSError("no")


def test_what_it_returns_or_raises_is_had_and_one_that_hangs_is_not_waited_for() -> None:
    never, ended = threading.Event(), threading.Event()

    def hangs() -> None:
        never.wait(20)
        ended.set()

    async def work() -> None:
        assert await apart(threading.current_thread, 20) is not threading.current_thread()
        with pytest.raises(OSError, match="no"):
            await apart(_fails, 20)
        with pytest.raises(TimeoutError):
            await apart(hangs, 0.0)

    run(work())
    never.set()
    assert ended.wait(20)


def test_there_is_a_thread_for_each_that_is_open_up_to_a_bound_and_they_stay() -> None:
    lanes, seen, go = Lanes(most=2), SimpleQueue[int](), threading.Semaphore(0)

    def job() -> None:
        go.acquire()
        seen.put(threading.get_ident())

    for _ in range(3):
        lanes.do(job)
    for _ in range(3):
        go.release()
    assert len({seen.get(timeout=20) for _ in range(3)}) <= 2
    for _ in range(20):
        lanes.do(job)
        go.release()
    assert len({seen.get(timeout=20) for _ in range(20)}) <= 2


def test_one_that_hangs_keeps_no_other_waiting() -> None:
    lanes, never, done = Lanes(), threading.Event(), SimpleQueue[str]()
    lanes.do(partial(never.wait, 20))
    lanes.do(lambda: done.put("done"))
    assert done.get(timeout=20) == "done"
    never.set()


def test_where_the_system_starts_no_thread_others_do_the_job_or_it_is_said_and_later_ones_are_started_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    lanes, never, done = Lanes(most=2), threading.Event(), SimpleQueue[str]()
    with monkeypatch.context() as short:
        short.setattr(threading.Thread, "start", refused)
        for _ in range(3):
            with pytest.raises(RuntimeError, match="new thread"):
                lanes.do(never.set)
    lanes.do(partial(done.put, "first"))
    assert done.get(timeout=20) == "first"
    with monkeypatch.context() as short:
        short.setattr(threading.Thread, "start", refused)
        lanes.do(partial(done.put, "second"))
        lanes.do(partial(done.put, "third"))
        assert {done.get(timeout=20) for _ in range(2)} == {"second", "third"}
    assert not never.is_set()
    lanes.do(partial(never.wait, 20))
    lanes.do(partial(done.put, "beside it"))
    assert done.get(timeout=20) == "beside it"
    never.set()
