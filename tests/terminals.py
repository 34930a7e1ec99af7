"""Real terminals, and a person at one: a process that nobody started, as far as the system can tell."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from clikit import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

ORPHAN: Final = """
import os, sys
if os.fork() == 0:
    os.setsid()
    sys.stdin.readline()          # the test writes it when our parent is gone
    os.dup2(1, 0)
    os.execv("/bin/sh", ["sh", "-c", sys.argv[1]])
"""
"""A process that nobody started, as far as the system can tell: what any terminal of a person is, and the limit too."""


class Terminal:
    """Our side of a terminal."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.shown = ""

    def until(self, words: str) -> str:
        """Wait until these words were shown; return all that was."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.shown:
            left = deadline - time.monotonic()
            assert left > 0, self.shown
            assert select.select([self._descriptor], [], [], left)[0], self.shown
            self.shown += os.read(self._descriptor, 4096).decode().replace("\r\n", "\n")
        return self.shown

    def type(self, line: str) -> None:
        os.write(self._descriptor, f"{line}\n".encode())

    def code(self) -> int:
        return int(self.until("code=").rpartition("code=")[2].split()[0] or self.until("\n"))


@contextmanager
def terminal() -> Generator[tuple[Terminal, int]]:
    ours, theirs = pty.openpty()
    try:
        yield Terminal(ours), theirs
    finally:
        os.close(ours)
        os.close(theirs)


@contextmanager
def person(command: str, env: Mapping[str, str]) -> Generator[Terminal]:
    """Run a command line in a terminal, below no process but the first of the system."""
    reading, writing = os.pipe()
    with terminal() as (screen, theirs):
        subprocess.run(
            [sys.executable, "-I", "-S", "-c", ORPHAN, command],
            stdin=reading, stdout=theirs, stderr=theirs, env=env, timeout=PATIENCE, check=True,
        )  # fmt: skip
        os.write(writing, b"go\n")
        try:
            yield screen
        finally:
            os.close(reading)
            os.close(writing)
