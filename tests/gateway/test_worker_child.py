"""The inside of the worker: frames in, frames out, and an empty one for what fails."""

from __future__ import annotations

import io
import resource
from typing import TYPE_CHECKING

from sekisho.engine.jobs import LONGEST, schema_job
from sekisho.gateway import worker_child
from sekisho.gateway.worker_child import answer_all, serve

if TYPE_CHECKING:
    import pytest


def framed(*jobs: str) -> io.BytesIO:
    return io.BytesIO(b"".join(len(job.encode()).to_bytes(8) + job.encode() for job in jobs))


def answers(jobs: io.BytesIO) -> list[bytes]:
    out = io.BytesIO()
    answer_all(jobs, out)
    out.seek(0)
    found: list[bytes] = []
    while head := out.read(8):
        found.append(out.read(int.from_bytes(head)))
    return found


def test_every_job_gets_its_answer_and_one_that_fails_an_empty_one() -> None:
    fits = schema_job({"type": "object"}, {}).subject
    assert answers(framed(fits, '{"job": "other"}', "no JSON", fits)) == [b"[]", b"", b"", b"[]"]


def test_it_ends_with_its_input_and_with_a_frame_that_is_too_long() -> None:
    assert answers(io.BytesIO(b"1234")) == []
    assert answers(io.BytesIO((LONGEST + 1).to_bytes(8) + b"x")) == []


def test_it_serves_its_own_input_within_its_bounds_where_the_system_has_some(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.TextIOWrapper(io.BytesIO())
    taken: list[int] = []

    def takes(_: int, bounds: tuple[int, int]) -> None:
        taken.extend(bounds)

    monkeypatch.setattr(worker_child.sys, "stdin", io.TextIOWrapper(framed("no JSON")))
    monkeypatch.setattr(worker_child.sys, "stdout", out)
    monkeypatch.setattr(worker_child.os, "nice", taken.append)
    monkeypatch.setattr(resource, "setrlimit", takes)
    serve()
    assert out.buffer.getvalue() == bytes(8)
    assert len(taken) == 5
    monkeypatch.setattr(resource, "setrlimit", _refuses)
    serve()


def _refuses(_: int, __: tuple[int, int]) -> None:
    raise ValueError("more than may be taken")
