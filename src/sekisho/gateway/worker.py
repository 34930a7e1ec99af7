"""A process for judgements that may take long: it can be ended, and nobody else waits for it.

It starts with the first job, does one at a time, and goes when it has been idle for a while. A job that takes too long
ends it: that job has no answer, and the next one gets a new process. A short job that would wait behind a long one is
done by a second process. They end with us, however we end, because their input does.
`worker_child.py` is its inside; frames are a length in so many bytes as `HEAD` says, and JSON.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast
from weakref import WeakKeyDictionary

from sekisho.engine.jobs import HEAD, LONGEST

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

__all__ = ["IDLE", "MOST_SECONDS", "SECONDS", "START", "Worker", "borrow"]

SECONDS: Final = 2.0
"""How long one job may take, in seconds, and as long again for each half megabyte of the job."""

MOST_SECONDS: Final = 20.0
"""The longest that one may take, in seconds."""

IDLE: Final = 60.0
"""How long the process is kept without a job, in seconds."""

START: Final = 8.0
"""How much longer the first job of a process may take, in seconds: it loads what it judges with, on a busy machine."""

_AGAIN: Final = 512 * 1024
"""Bytes of a job that give it as long again."""

_QUEUE: Final = 1024
"""Jobs that wait for one process; one more has no answer."""

_HELD: Final = 256 * 1024 * 1024
"""Bytes of all of them together; the same."""

_SHORT: Final = 128 * 1024
"""Bytes of a job that is long: it takes a tenth of a second or more."""

_SCRIPT: Final = "import sys; sys.path.insert(0, sys.argv[1]); from sekisho.gateway.worker_child import serve; serve()"


class _Lane:
    """One process at most, and the jobs that wait for it, in a thread of its own."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.waiting = 0
        self.held = 0
        self.long = 0
        self.closed = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")

    async def perform(self, data: bytes, seconds: float) -> bytes:
        """Return what a job gives; empty if it took too long, failed, or too many wait."""
        if self.waiting >= _QUEUE or (self.waiting and self.held + len(data) > _HELD):
            return b""
        is_long = len(data) >= _SHORT
        self.waiting += 1
        self.held += len(data)
        self.long += is_long
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._ask, data, seconds)
        finally:
            self.waiting -= 1
            self.held -= len(data)
            self.long -= is_long

    def rest(self) -> None:
        """End the process; the next job gets another one."""
        if self.process is not None:
            self._thread.submit(self._end)

    def close(self) -> None:
        """End the process, whatever it does; what waits has no answer."""
        self.closed = True
        process = self.process
        if process is not None:
            process.kill()
        if process is not None or self.waiting:
            self._thread.submit(self._end)
        self._thread.shutdown(wait=True)

    def _ask(self, data: bytes, seconds: float) -> bytes:
        """Hand a job over and wait for the answer, in the thread; empty if there is none."""
        if self.closed:
            return b""
        begun = 0.0 if self.process is not None else START
        process = self.process or self._start()
        if process is None:
            return b""
        if self.closed:
            process.kill()  # it was not there yet when everything was ended, and who ends it waits for it
        limit = threading.Timer(begun + seconds, process.kill)
        limit.start()
        try:
            jobs, answers = _pipes(process)
            jobs.write(len(data).to_bytes(HEAD) + data)
            jobs.flush()
            head = answers.read(HEAD)
            length = int.from_bytes(head)
            answer = answers.read(length) if 0 < length <= LONGEST else b""
        except OSError:
            head, answer, length = b"", b"", 0
        finally:
            limit.cancel()
        is_whole = len(head) == HEAD and len(answer) == length
        if not is_whole or process.poll() is not None:
            self._end()
        return answer if is_whole else b""

    def _start(self) -> subprocess.Popen[bytes] | None:
        root = str(Path(__file__).parents[2])
        try:
            self.process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
                [sys.executable, "-I", "-c", _SCRIPT, root],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={},
                start_new_session=True,
            )
        except OSError:
            return None
        return self.process

    def _end(self) -> None:
        """End the process and collect it, in the thread."""
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in _pipes(process):
            with suppress(OSError):  # what was not written yet
                pipe.close()


class Worker:
    """A process for all jobs, and one for short ones while the first is busy with a long one.

    Args:
        seconds: how long one short job may take.
        idle: how long the processes are kept without a job.
    """

    def __init__(self, *, seconds: float = SECONDS, idle: float = IDLE) -> None:
        self.seconds = seconds
        self._idle = idle
        self._users = 0
        self._closed = False
        self._first, self._second = _Lane(), _Lane()
        self._rest: asyncio.TimerHandle | None = None

    async def perform(self, job: str) -> str | None:
        """Return what a job gives; None if it took too long, failed, or too many wait. Raises a cancellation only."""
        data = job.encode("utf-8", "replace")
        if self._closed or len(data) > LONGEST:
            return None
        if self._rest is not None:
            self._rest.cancel()
        lane = self._second if self._first.long and len(data) < _SHORT else self._first
        seconds = max(self.seconds, min(MOST_SECONDS, self.seconds * (1 + len(data) / _AGAIN)))
        try:
            answer = await lane.perform(data, seconds)
        finally:
            if not (self._first.waiting or self._second.waiting or self._closed):
                self._rest = asyncio.get_running_loop().call_later(self._idle, self._pause)
        return answer.decode("utf-8", "replace") if answer else None

    def borrow(self) -> Worker:
        """Count one more who uses this."""
        self._users += 1
        return self

    def give_back(self) -> None:
        """Count one less; when nobody is left, the processes end."""
        self._users -= 1
        if not self._users:
            self.close()

    @property
    def pid(self) -> int | None:
        """The first process; None while there is none."""
        return self._first.process.pid if self._first.process is not None else None

    @property
    def closed(self) -> bool:
        """Whether it takes no more jobs."""
        return self._closed

    def close(self) -> None:
        """End the processes, whatever they do; what waits has no answer."""
        self._closed = True
        if self._rest is not None:
            self._rest.cancel()
        self._first.close()
        self._second.close()

    def _pause(self) -> None:
        self._first.rest()
        self._second.rest()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    return cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)


_SHARED: Final[WeakKeyDictionary[AbstractEventLoop, Worker]] = WeakKeyDictionary()


def borrow() -> Worker:
    """Return the worker of the running loop; each who borrows it gives it back."""
    loop = asyncio.get_running_loop()
    found = _SHARED.get(loop)
    if found is None or found.closed:
        found = _SHARED[loop] = Worker()
    return found.borrow()
