"""The inside of the worker: reads a job, performs it, writes the answer; it ends with its input.

It holds no secret and opens nothing. Memory is bounded, and an alarm ends it if it goes on after the gateway is gone.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Final

from sekisho.engine.jobs import HEAD, LONGEST, perform

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["answer_all", "serve"]

_MEMORY: Final = 1 << 30
"""Bytes of address space."""

_ALARM: Final = 25
"""Seconds of one job after which the system ends this process: the gateway did not live to do it."""

_NICE: Final = 5


def serve() -> None:
    """Answer jobs until the input ends."""
    _bound()
    answer_all(sys.stdin.buffer, sys.stdout.buffer)


def _bound() -> None:
    """Take what may be used; where the system has no such bound, the deadline is all there is."""
    try:
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a parser may end it; what it read stays nowhere
        os.nice(_NICE)
    except (ImportError, OSError, ValueError):
        return


def answer_all(jobs: BinaryIO, answers: BinaryIO) -> None:
    """Answer every job; one that fails gets an empty answer.

    Args:
        jobs: frames.
        answers: where theirs go.
    """
    while len(head := jobs.read(HEAD)) == HEAD:
        length = int.from_bytes(head)
        if length > LONGEST:
            return
        answer = _answer(jobs.read(length))
        answers.write(len(answer).to_bytes(HEAD) + answer)
        answers.flush()


def _answer(job: bytes) -> bytes:
    signal.alarm(_ALARM)
    try:
        return perform(job.decode()).encode()
    except Exception:  # noqa: BLE001 - whatever went wrong, there is no answer
        return b""
    finally:
        signal.alarm(0)
