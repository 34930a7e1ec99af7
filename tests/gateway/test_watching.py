"""Files are watched without asking all the time, and are never told of while they are being written."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest

from peers.loops import run
from sekisho.gateway import watching
from sekisho.gateway.watching import FileWatch

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_EVERY", 0.01)


class Told:
    """Counts, and lets a test wait."""

    def __init__(self) -> None:
        self.times: asyncio.Queue[None] = asyncio.Queue()

    def __call__(self) -> None:
        self.times.put_nowait(None)

    async def once(self) -> None:
        await asyncio.wait_for(self.times.get(), 10)


def test_the_first_look_and_every_change_are_told_and_nothing_else(tmp_path: Path) -> None:
    async def work() -> None:
        file, missing, told = tmp_path / "f", tmp_path / "m", Told()
        file.write_text("1")
        watch = FileWatch([file, missing], told)
        watch.start()
        await told.once()
        file.write_text("22")
        await told.once()
        missing.write_text("")
        await told.once()
        missing.unlink()
        await told.once()
        file.chmod(0o600)
        await told.once()
        other = tmp_path / "o"
        other.write_text("22")
        other.replace(file)
        await told.once()
        assert told.times.empty()
        watch.stop()

    run(work())


def test_a_file_that_keeps_changing_is_not_told_before_it_rests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: asyncio.Queue[None] = asyncio.Queue()
    number = 0

    def state(_path: Path) -> tuple[int, ...]:
        nonlocal number
        number += number < 20
        looks.put_nowait(None)
        return (number,)

    monkeypatch.setattr(watching, "_state", state)

    async def work() -> None:
        told = Told()
        watch = FileWatch([tmp_path / "f"], told)
        watch.start()
        for _ in range(20):
            await asyncio.wait_for(looks.get(), 10)
            assert told.times.empty()
        await told.once()
        watch.stop()

    run(work())


def test_a_watch_that_was_stopped_looks_no_more(tmp_path: Path) -> None:
    async def work() -> None:
        told = Told()
        watch = FileWatch([tmp_path / "f"], told)
        watch.stop()
        watch.start()
        await told.once()
        watch.stop()
        (tmp_path / "f").write_text("")
        os.sync()
        await asyncio.sleep(0)
        assert told.times.empty()

    run(work())
