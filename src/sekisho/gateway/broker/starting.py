"""Starting a broker where there is none: one, however many relays want it at once."""

from __future__ import annotations

import os
import select
import sys
import time

from sekisho.gateway.broker.address import connect, locked

TYPE_CHECKING = False
if TYPE_CHECKING:
    import _socket
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from signal import SIGKILL

else:
    # `signal` without its enumerations, which load slowly.
    from _signal import SIGKILL

__all__ = ["READY", "NotStartedError", "reach"]

READY = b"+"
"""What a broker writes to the descriptor that it was given when it listens; anything else says why it does not."""

_START = "broker.start"
_CONNECT_SECONDS = 5.0
_START_SECONDS = 15.0
_LONGEST = 4096
_LOG = "broker.log"


class NotStartedError(Exception):
    """No broker could be reached or started; the text says why."""


def reach(directory: Path, environ: Callable[[], Mapping[str, str]]) -> _socket.socket:
    """Return a connection to the broker, which is started when it does not run.

    Args:
        directory: the state directory.
        environ: makes what a broker is started with.

    Raises:
        NotStartedError: there is none, and none could be started.
        StrangerError: another user listens there.
    """
    found = connect(directory, patience=_CONNECT_SECONDS)
    if found is not None:
        return found
    # Whoever comes second waits here, and then finds what the first has started.
    with locked(directory / _START, wait=True):
        found = connect(directory, patience=_CONNECT_SECONDS)
        if found is not None:
            return found
        _start(directory, environ())
        found = connect(directory, patience=_CONNECT_SECONDS)
    if found is None:
        raise NotStartedError("the broker said that it listens, and can't be reached")
    return found


def _start(directory: Path, environ: Mapping[str, str]) -> None:
    """Start a broker as a session of its own, and wait until it listens."""
    reading, writing = os.pipe()
    log = os.open(directory / _LOG, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    try:
        # -P: the folder in which a host happens to start us decides about no import.
        pid = os.posix_spawn(
            sys.executable,
            [sys.executable, "-P", "-m", "sekisho", "broker", "--detach", "--ready", "3"],
            dict(environ),
            file_actions=[
                (os.POSIX_SPAWN_DUP2, null, 0),
                (os.POSIX_SPAWN_DUP2, null, 1),
                (os.POSIX_SPAWN_DUP2, log, 2),
                (os.POSIX_SPAWN_DUP2, writing, 3),
            ],
            setsid=True,
        )
    except OSError as error:
        raise NotStartedError(f"the broker can't be started: {error.strerror}") from None
    finally:
        for descriptor in (writing, log, null):
            os.close(descriptor)
    try:
        said = _said(reading)
    finally:
        os.close(reading)
    # What we started has made the broker and ended, unless it hangs; then it is nobody's but ours to end.
    if os.waitpid(pid, os.WNOHANG) == (0, 0):
        os.kill(pid, SIGKILL)
        os.waitpid(pid, 0)
    if not said.startswith(READY):
        reason = said.decode(errors="replace").strip() or f"it ended at once; look into {directory / _LOG}"
        raise NotStartedError(f"the broker did not start: {reason}")


def _said(reading: int) -> bytes:
    """Return what a broker says about its start, bounded in time and length."""
    said = b""
    end = time.monotonic() + _START_SECONDS
    waiter = select.poll()
    waiter.register(reading, select.POLLIN)
    while not said.startswith(READY) and len(said) < _LONGEST:
        if not waiter.poll(max(0.0, end - time.monotonic()) * 1000):
            return said or b"it did not listen in time"
        data = os.read(reading, _LONGEST)
        if not data:
            break
        said += data
    return said
