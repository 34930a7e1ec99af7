"""The descriptor of a pipe is closed once, however its transport ends: its number may be somebody else's by then."""

from __future__ import annotations

import asyncio
import os
from io import FileIO
from typing import TYPE_CHECKING

import pytest

from peers.loops import PATIENCE, run
from sekisho.gateway import pipes
from sekisho.gateway.pipes import entrusted

if TYPE_CHECKING:
    from collections.abc import Iterator


class Thief(FileIO):
    """A file that, when it is closed, is in a hurry with another thread, which opens files at that very moment."""

    bystanders: list[int]

    def close(self) -> None:
        if not self.closed:
            self.bystanders += [os.open(os.devnull, os.O_RDONLY) for _ in range(4)]
        super().close()


@pytest.fixture(name="bystanders")
def _bystanders(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    Thief.bystanders = []
    monkeypatch.setattr(pipes, "FileIO", Thief)
    yield Thief.bystanders
    for number in Thief.bystanders:
        os.close(number)


class Ear(asyncio.Protocol):
    def __init__(self) -> None:
        self.heard = b""
        self.lost = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        self.heard += data

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self.lost.set()


def is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


@pytest.mark.parametrize("ends_by", ["the other side", "us"])
def test_a_pipe_that_is_read_is_closed_once(loop: str, bystanders: list[int], ends_by: str) -> None:
    async def work() -> None:
        reading, writing = os.pipe()
        ear = Ear()
        given = entrusted(Thief(reading, "rb"))
        number = given.fileno()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: ear, given)
        del given
        os.write(writing, b"said")
        if ends_by == "us":
            transport.close()
        os.close(writing)
        async with asyncio.timeout(PATIENCE):
            await ear.lost.wait()
        assert ear.heard == (b"" if ends_by == "us" else b"said")
        assert not is_open(number) or number in bystanders

    run(work(), loop=loop)
    assert bystanders
    assert all(map(is_open, bystanders))


def test_a_pipe_that_is_written_is_closed_once_and_its_reader_hears_the_end(loop: str, bystanders: list[int]) -> None:
    async def work() -> None:
        reading, writing = os.pipe()
        ear = Ear()
        transport, _ = await asyncio.get_running_loop().connect_write_pipe(lambda: ear, entrusted(Thief(writing, "wb")))
        transport.write(b"said")
        transport.close()
        async with asyncio.timeout(PATIENCE):
            await ear.lost.wait()
        with os.fdopen(reading, "rb") as other:
            assert other.read() == b"said"

    run(work(), loop=loop)
    assert bystanders
    assert all(map(is_open, bystanders))
