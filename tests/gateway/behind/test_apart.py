"""Work in a thread of its own."""

from __future__ import annotations

import threading

import pytest

from peers.loops import run
from sekisho.gateway.behind.apart import apart


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
