"""Records on their way into the chain: everything arrives, and what can't be written is said at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from peers.loops import run
from sekisho.adapters.audit import AuditLog, AuditUnavailable
from sekisho.adapters.recording import Recorder
from sekisho.engine.effects import Record
from sekisho.model.subject import Who

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))
RECORD = Record(
    "request",
    Who(principal="alice", conversation="first"),
    "server",
    {"method": "tools/call", "call": 1},
    {"params": {"a": "s3cret"}},
)


def opened(folder: Path) -> AuditLog:
    (folder / "audit").mkdir(mode=0o700)
    return AuditLog.open(folder / "audit", key=KEY)


def test_a_record_is_in_the_chain_without_its_values(tmp_path: Path) -> None:
    log = opened(tmp_path)
    Recorder(log).append(RECORD)
    log.close()
    text = b"".join(path.read_bytes() for path in sorted((tmp_path / "audit").rglob("*")) if path.is_file())
    for part in (b"request", b"alice", b"first", b"server", b"tools/call"):
        assert part in text
    assert b"s3cret" not in text


def test_a_durable_record_tells_when_it_is_on_the_disk(tmp_path: Path) -> None:
    async def work() -> None:
        log = opened(tmp_path)
        told: asyncio.Queue[bool] = asyncio.Queue()
        Recorder(log).append_durable(RECORD, told.put_nowait)
        assert await asyncio.wait_for(told.get(), 10)
        log.close()

    run(work())


def test_a_closed_log_takes_no_record(tmp_path: Path) -> None:
    async def work() -> None:
        log = opened(tmp_path)
        log.close()
        told: list[bool] = []
        with pytest.raises(AuditUnavailable):
            Recorder(log).append(RECORD)
        with pytest.raises(AuditUnavailable):
            Recorder(log).append_durable(RECORD, told.append)
        assert not told

    run(work())


def test_what_was_written_is_heard_and_nothing_else(tmp_path: Path) -> None:
    async def work() -> None:
        log = opened(tmp_path)
        heard: list[Record] = []
        recorder = Recorder(log, heard.append)
        durable: asyncio.Queue[bool] = asyncio.Queue()
        recorder.append(RECORD)
        recorder.append_all([RECORD, RECORD])
        recorder.append_durable(RECORD, durable.put_nowait)
        assert await asyncio.wait_for(durable.get(), 10)
        log.close()
        with pytest.raises(AuditUnavailable):
            recorder.append(RECORD)
        assert heard == [RECORD] * 4

    run(work())
