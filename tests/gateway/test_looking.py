"""Facts of the world: links followed, names resolved, and never waited for without end."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

from peers.loops import run
from sekisho.engine.jobs import schema_job
from sekisho.gateway import looking
from sekisho.gateway.looking import look
from sekisho.gateway.worker import Worker
from sekisho.guards.objection import Need, Wanted

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from sekisho.guards.objection import Told


PATIENCE = 30.0


def real(path: object) -> Need:
    return Need(Wanted.REAL_PATH, str(path))


def test_links_are_followed_also_those_that_lead_nowhere(tmp_path: Path) -> None:
    at = tmp_path.resolve()
    (at / "a").symlink_to(at / "b")
    told = run(look([real(at / "a"), real(at / "c" / "d")]))
    assert told.real_paths == {str(at / "a"): str(at / "b"), str(at / "c" / "d"): str(at / "c" / "d")}


def test_a_path_that_the_system_does_not_take_is_none() -> None:
    assert run(look([real("/a\0b")])).real_paths == {"/a\0b": None}


def test_a_name_has_the_addresses_that_the_resolver_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(_: object, host: str, *__: object, **___: object) -> list[tuple[object, ...]]:
        if host == "gone.example":
            raise OSError("no such name")
        return [(0, 0, 0, "", ("192.0.2.1", 0)), (0, 0, 0, "", ("192.0.2.1", 0)), (0, 0, 0, "", ("2001:db8::1", 0))]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", resolve)
    told = run(look([Need(Wanted.ADDRESSES, "docs.example"), Need(Wanted.ADDRESSES, "gone.example")]))
    assert told.addresses == {"docs.example": ("192.0.2.1", "2001:db8::1"), "gone.example": None}


def _wait(event: threading.Event, path: str) -> str:
    event.wait(PATIENCE)
    return path


def test_what_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()
    monkeypatch.setattr(os.path, "realpath", partial(_wait, never))
    monkeypatch.setattr(looking, "SECONDS", 0.01)
    assert run(look([real("/a")])).real_paths == {"/a": None}
    never.set()


HANGING = """
import asyncio, os, threading
from sekisho.gateway import looking
from sekisho.gateway.loop import run_loop
from sekisho.guards.objection import Need, Wanted
os.path.realpath = lambda _: threading.Event().wait()
looking.SECONDS = 0.01
assert run_loop(looking.look([Need(Wanted.REAL_PATH, "/a")])).real_paths == {"/a": None}
"""


def test_a_drive_that_hangs_does_not_keep_the_process() -> None:
    done = subprocess.run([sys.executable, "-c", HANGING], timeout=PATIENCE, check=False)
    assert done.returncode == 0


def test_more_facts_than_one_call_may_ask_for_are_not_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MOST", 1)
    told = run(look([real(os.sep), real("/b")]))
    assert told.real_paths == {os.sep: os.sep, "/b": None}


def test_nothing_asked_is_nothing_told() -> None:
    told = run(look([]))
    assert (dict(told.real_paths), dict(told.addresses)) == ({}, {})


def test_a_job_is_done_by_a_worker_and_has_no_answer_without_one() -> None:
    need = schema_job({"type": "object"}, {})

    async def story() -> tuple[Told, Told]:
        worker = Worker(seconds=PATIENCE)
        try:
            await worker.perform(need.subject)
            return await look([need], worker), await look([need])
        finally:
            worker.close()

    done, not_done = run(story())
    assert (dict(done.worked), dict(not_done.worked)) == ({need.subject: "[]"}, {need.subject: None})
