"""Tests for when the first calls are rehearsed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

from peers.loops import PATIENCE, run
from sekisho.gateway import rehearsing
from sekisho.gateway.rehearsing import rehearsal, rehearse_soon

if TYPE_CHECKING:
    import pytest


def test_the_first_calls_are_rehearsed_once_however_often_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(rehearsing, "_SOON", 0.0)

    def rehearse(_wanted: object) -> None:
        done.append("rehearsed")

    monkeypatch.setattr("sekisho.engine.rehearsal.rehearse", rehearse)
    rehearsal.cache_clear()

    async def story() -> None:
        loop = asyncio.get_running_loop()
        rehearse_soon(loop)
        rehearse_soon(loop)
        passed = asyncio.Event()
        loop.call_later(0.001, passed.set)
        await passed.wait()
        rehearsal().join(PATIENCE)

    run(story())
    assert done == ["rehearsed"]
    assert not rehearsal().daemon


def test_a_process_that_ends_meanwhile_ends_well() -> None:
    code = "from sekisho.gateway.rehearsing import rehearsal; rehearsal()"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=30).returncode == 0
