"""A host of the range: it starts one command and exchanges lines with it, and never waits for ever."""

from __future__ import annotations

import json
import os
import select
import subprocess
import tempfile
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Self, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["Host", "HostError", "Json"]

Json: TypeAlias = "dict[str, object]"

_PATIENCE: Final = 15.0
"""Seconds for one answer."""

_LEAVE: Final = 5.0
"""Seconds for a command to end once its input is closed."""

_LINE: Final = 1024 * 1024
"""The longest line that is read, in bytes."""

_TAIL: Final = 2000


class HostError(Exception):
    """The command did not answer: it ended, was silent too long, or said something that is no message."""


class Host:
    """One running command, spoken to line by line. A context manager: leaving ends the command.

    Args:
        command: program and arguments.
        environ: its whole environment.
        cwd: its working directory.
        patience: seconds that one answer may take.
    """

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str], *, cwd: Path, patience: float = _PATIENCE
    ) -> None:
        # A file, because nobody reads a pipe while we wait for an answer, and a full one would stop the command.
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the command
        self._process = subprocess.Popen(  # noqa: S603 - starting it is what this is for
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, env=environ, cwd=cwd
        )
        self._patience = patience
        self._buffer = b""
        self.questions = 0
        """How often a person would have been asked something."""

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the command."""
        self.close()

    def tell(self, line: bytes) -> None:
        """Send one line.

        Raises:
            HostError: the command has ended.
        """
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        try:
            self._process.stdin.write(line + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise self._silent("it ended") from None

    def ask(self, line: bytes) -> Json:
        """Send one line and return the next answer. Notifications that come before it are passed over.

        Raises:
            HostError: there is none.
        """
        self.tell(line)
        deadline = time.monotonic() + self._patience
        while True:
            message = _message(self._line(deadline))
            if message is None:
                raise HostError("it said something that is no JSON object")
            if "method" not in message:
                return message
            self.questions += message["method"] == "elicitation/create"

    def _line(self, deadline: float) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        descriptor = self._process.stdout.fileno()
        while b"\n" not in self._buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise HostError(f"it did not answer within {self._patience:g} s")
            data = os.read(descriptor, 65536)
            if not data:
                raise self._silent("it ended")
            if len(self._buffer) > _LINE:
                self._process.kill()
                raise self._silent("its line does not end")
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line

    def _silent(self, what: str) -> HostError:
        """Return an error with the last line that the command left on standard error."""
        size = os.fstat(self._log.fileno()).st_size
        said = os.pread(self._log.fileno(), _TAIL, max(0, size - _TAIL)).decode(errors="replace").strip().splitlines()
        return HostError(f"{what}: {said[-1]}" if said else what)

    def close(self) -> None:
        """Close the command's input, let it end, and end it if it does not. A second call does nothing."""
        process = self._process
        assert process.stdin is not None  # noqa: S101 - asked for above
        assert process.stdout is not None  # noqa: S101 - as above
        with suppress(OSError):
            process.stdin.close()
        try:
            process.wait(_LEAVE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        self._log.close()


def _message(line: bytes) -> Json | None:
    try:
        value: object = json.loads(line)
    except ValueError:
        return None
    return cast("Json", value) if isinstance(value, dict) else None
