"""Corked writing: the first message of a turn at once, the others together, none lost, in order."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.gateway.corked import Corked


async def turn() -> None:
    """Let the loop finish this turn."""
    await asyncio.sleep(0)


def test_the_first_write_of_a_turn_is_made_at_once() -> None:
    async def work() -> None:
        written: list[bytes] = []
        Corked(written.append).write(b"a")
        assert written == [b"a"]

    asyncio.run(work())


def test_the_others_of_a_turn_are_one_write_at_its_end() -> None:
    async def work() -> None:
        written: list[bytes] = []
        corked = Corked(written.append)
        for data in (b"a", b"b", b"c", b"d"):
            corked.write(data)
        assert written == [b"a"]
        await turn()
        assert written == [b"a", b"bcd"]

    asyncio.run(work())


def test_the_next_turn_begins_with_a_write_at_once_again() -> None:
    async def work() -> None:
        written: list[bytes] = []
        corked = Corked(written.append)
        for data in (b"a", b"b"):
            corked.write(data)
            await turn()
            assert written[-1] == data

    asyncio.run(work())


def test_a_flush_writes_what_waits_and_a_second_one_nothing() -> None:
    async def work() -> None:
        written: list[bytes] = []
        corked = Corked(written.append)
        corked.flush()
        assert written == []
        corked.write(b"a")
        corked.write(b"b")
        corked.flush()
        corked.flush()
        await turn()
        assert written == [b"a", b"b"]

    asyncio.run(work())


def test_a_first_write_that_fails_does_not_hold_back_the_next() -> None:
    async def work() -> None:
        written: list[bytes] = []

        def write(data: bytes) -> None:
            if data == b"bad":
                raise OSError("gone")
            written.append(data)

        corked = Corked(write)
        with pytest.raises(OSError, match="gone"):
            corked.write(b"bad")
        corked.write(b"good")
        await turn()
        assert written == [b"good"]

    asyncio.run(work())


@settings(max_examples=50)  # each makes a loop
@given(st.lists(st.one_of(st.binary(min_size=1, max_size=5), st.sampled_from(["turn", "flush"])), max_size=40))
def test_whatever_comes_in_between_nothing_is_lost_and_the_order_is_kept(steps: list[bytes | str]) -> None:
    async def work() -> None:
        written: list[bytes] = []
        corked = Corked(written.append)
        fresh = True
        for step in steps:
            match step:
                case "turn":
                    await turn()
                    fresh = True
                case "flush":
                    corked.flush()
                    fresh = True
                case str():
                    raise AssertionError(step)
                case bytes():
                    corked.write(step)
                    assert not fresh or written[-1] == step
                    fresh = False
        await turn()
        assert b"".join(written) == b"".join(step for step in steps if isinstance(step, bytes))

    asyncio.run(work())
