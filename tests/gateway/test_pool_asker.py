"""Who waits for an answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from peers.loops import run
from sekisho.gateway.pool_asker import Await
from sekisho.gateway.pool_reply import PoolError, PoolLimits, Reply

if TYPE_CHECKING:
    from sekisho.gateway.pool_reply import Kind


class Line:
    """A connection whose answer has not ended."""

    def __init__(self) -> None:
        self.limits = PoolLimits()
        self.failures: list[Kind] = []

    def pause(self) -> None:
        """Read no more."""

    def resume(self) -> None:
        """Read on."""

    def expect(self, seconds: float | None) -> None:
        del seconds

    def fail(self, kind: Kind, text: str) -> None:
        del text
        self.failures.append(kind)


def test_the_first_word_is_what_is_awaited() -> None:
    async def work() -> None:
        line = Line()
        reply, late = (Reply(line, status=200, headers={}, length=None) for _ in range(2))
        asker = Await(asyncio.get_running_loop().create_future())
        asker.answered(reply)
        asker.failed(PoolError("broken", "too late", sent=True))
        assert await asker.future is reply
        assert not line.failures
        asker.answered(late)
        assert line.failures == ["closed"]

    run(work())


def test_an_error_is_raised_where_it_is_awaited() -> None:
    async def work() -> None:
        asker = Await(asyncio.get_running_loop().create_future())
        asker.failed(PoolError("timeout", "too slow", sent=True))
        with pytest.raises(PoolError, match="too slow"):
            await asker.future

    run(work())


def test_an_answer_that_nobody_awaits_any_more_is_closed() -> None:
    async def work() -> None:
        line = Line()
        asker = Await(asyncio.get_running_loop().create_future())
        asker.future.cancel()
        asker.answered(Reply(line, status=200, headers={}, length=None))
        assert line.failures == ["closed"]

    run(work())
