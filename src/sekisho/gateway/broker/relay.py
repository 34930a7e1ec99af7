"""The relay: what a host starts for an entry. It hands its pipes to the broker, waits, and refuses when there is none.

A pipe that the broker serves costs nothing here: no byte passes through this process. When the broker is gone, the
ledger says what was open; that is refused, whatever the host asks is refused, and a new broker is looked for, at once
and then ever more slowly. What a host said is never sent twice, but for its handshake: a request that was open is
lost, and said to be. A stream of changes is not lost: the next broker opens it again.
Only light modules are imported before something is to be refused.
"""

from __future__ import annotations

import _socket
import os
import select
import stat
import time

from sekisho import __version__
from sekisho.adapters.state import state_directory
from sekisho.gateway.broker.frames import (
    ENDED,
    ENTRY,
    HANDED_BACK,
    LINE,
    REFUSED,
    SERVED,
    Frames,
    FramesError,
    Hello,
    StrangerError,
    receive_with,
    send_with,
)
from sekisho.gateway.broker.starting import NotStartedError, reach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from signal import SIGHUP, SIGINT, SIGTERM, signal
    from typing import NoReturn

    from sekisho.gateway.broker.ledger import Left

    Socket = _socket.socket

    from typing import Protocol

    class Lock(Protocol):
        def acquire(self, blocking: bool = ..., timeout: float = ...) -> bool: ...  # noqa: FBT001 - the library's
        def release(self) -> None: ...


else:
    # `signal` without its enumerations, which load slowly.
    from _signal import SIGHUP, SIGINT, SIGTERM, signal

__all__ = ["Relay", "run_entry"]

_IN, _OUT, _ERR = 0, 1, 2
_ENDING = (SIGTERM, SIGINT, SIGHUP)
_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 5.0
_STEADY = 10.0
"""A broker that served so long is looked for at once when it is gone."""

_GREETING_SECONDS = 20.0
_LONGEST_LINE = 32 * 1024 * 1024
_CHUNK = 65536
_USAGE = 2


class _Over(Exception):  # noqa: N818 - what happened, not an error
    """The relay ends with this exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def run_entry(entry: str, config: str | None) -> int:
    """Serve the host of this process, until it ends; return the exit code.

    Args:
        entry: the name of the entry.
        config: the configuration that has it; None for the user's own.

    Raises:
        StateDirectoryError: there is no place for a broker.
    """
    directory = state_directory()
    for descriptor in (_IN, _OUT, _ERR):
        _occupy(descriptor)
    with_pumps = [_plain(_IN, os.O_RDONLY), _plain(_OUT, os.O_WRONLY)]
    relay = Relay(directory, entry, config, os.environ)
    for number in _ENDING:
        signal(number, relay.left)
    code = relay.run()
    os.close(_OUT)
    for finish in with_pumps:
        finish()
    return code


class Relay:
    """One host's relay.

    Args:
        directory: the state directory.
        entry: the entry's name.
        config: its configuration.
        environ: what the host gave us.
    """

    def __init__(self, directory: Path, entry: str, config: str | None, environ: Mapping[str, str]) -> None:
        self._directory = directory
        self._entry = entry
        self._config = os.path.abspath(config) if config else ""  # noqa: PTH100 - pathlib keeps ".." as it is
        self._environ = environ
        self._read = b""
        self._standing = b""
        self._skipping = False
        self._socket: Socket | None = None
        self._leaving = False

    def run(self) -> int:
        """Serve until the host ends, and return the exit code."""
        try:
            self._run()
        except _Over as over:
            return over.code

    def _run(self) -> NoReturn:
        pause = 0.0
        while True:
            while self._skipping:
                self._refuse_for(_LONGEST_PAUSE)
            began = time.monotonic()
            problem = self._serve()
            if self._leaving:
                raise _Over(0)  # the broker died while it ended the session: so has the session
            if time.monotonic() - began > _STEADY:
                pause = 0.0
            if problem:
                self._say(problem)
            self._refuse_for(pause)
            pause = min(_LONGEST_PAUSE, max(_FIRST_PAUSE, 2 * pause))

    def left(self, number: int, frame: object) -> None:  # noqa: ARG002 - of a signal's handler
        """Somebody told this process to end: so does the session, without waiting for anything."""
        if self._leaving or self._socket is None:
            os._exit(0)
        self._leaving = True
        try:
            self._socket.shutdown(_socket.SHUT_WR)
        except OSError:
            os._exit(0)

    # -- with a broker ----------------------------------------------------------------------------

    def _serve(self) -> str:
        """Be served by a broker; return what went wrong when it serves no more."""
        try:
            connection = reach(self._directory, lambda: _for_a_broker(self._environ))
        except (NotStartedError, StrangerError) as error:
            return str(error)
        self._socket = connection
        try:
            return self._served(connection)
        except (OSError, FramesError) as error:
            return f"the broker can't be spoken with: {error}"
        finally:
            self._socket = None
            connection.close()

    def _served(self, connection: Socket) -> str:
        hello = Hello(
            kind=ENTRY,
            version=__version__,
            entry=self._entry,
            config=self._config,
            cwd=os.getcwd(),  # noqa: PTH109 - one system call
            env=self._environ,
            read=self._read,
            standing=self._standing,
        )
        connection.settimeout(_GREETING_SECONDS)
        send_with(connection, hello.pack(), [_IN, _OUT])
        frames = Frames()
        left: Callable[[], Left] | None = None
        while True:
            # What the broker wrote before it died is read before its end is.
            data, descriptors = receive_with(connection)
            if descriptors:
                connection.settimeout(None)
                left = _ledger(descriptors[0])
            for kind, payload in frames.feed(data):
                if kind == LINE:
                    self._say(payload.decode(errors="replace"))
                elif kind == REFUSED:
                    self._say(payload.decode(errors="replace"))
                    raise _Over(_USAGE)
                elif kind == ENDED:
                    raise _Over(0)
                elif kind == HANDED_BACK:
                    self._take_over(left)
                    return ""
                elif kind != SERVED:
                    raise FramesError("a frame of another time")
            if not data:
                self._take_over(left)
                return "the broker ended; a new one is started" if left is not None else ""

    # -- without one ------------------------------------------------------------------------------

    def _take_over(self, left: Callable[[], Left] | None) -> None:
        """Refuse what a broker has left open, and hold what it had read of the next line."""
        if left is None:
            return
        found = left()
        if found.standing is not None:
            self._standing = found.standing
        if found.torn:
            self._write(b"\n")
        owed = found.owed
        self._read = b""
        self._skipping = False
        lines = self._lines(found.pending)
        self._skipping = found.skipping
        if owed or lines:
            from sekisho.gateway.broker.refusals import lost, streams, unsent, without  # noqa: PLC0415 - starting fast

            self._standing = without(self._standing, lines)
            known, waiting = {key[0] for key in owed}, streams(self._standing)
            self._write(b"".join(lost(key) for key in owed if key[0] not in waiting))
            self._write(b"".join(answer for line in lines for answer in unsent(line, known)))

    def _refuse_for(self, seconds: float) -> None:
        """Refuse what the host asks for so long."""
        end = time.monotonic() + seconds
        waiter = select.poll()
        waiter.register(_IN, select.POLLIN)
        while (left := end - time.monotonic()) > 0 and waiter.poll(left * 1000):
            data = _read_some()
            if data is None:
                continue
            if not data:
                raise _Over(0)
            lines = self._lines(data)
            if lines:
                from sekisho.gateway.broker.refusals import unsent, without  # noqa: PLC0415 - starting fast

                self._standing = without(self._standing, lines)
                self._write(b"".join(answer for line in lines for answer in unsent(line, frozenset())))

    def _lines(self, data: bytes) -> list[bytes]:
        """Return the lines that `data` completes; the begin of the next one is held."""
        *lines, self._read = (self._read + data).split(b"\n")
        if lines and self._skipping:
            self._skipping = False
            del lines[0]
        if len(self._read) > _LONGEST_LINE:
            self._skipping, self._read = True, b""
        return lines

    def _write(self, data: bytes) -> None:
        """Write to the host, and wait while it does not read."""
        waiter = select.poll()
        waiter.register(_OUT, select.POLLOUT)
        while data:
            try:
                data = data[os.write(_OUT, data) :]
            except BlockingIOError:
                waiter.poll()
            except OSError:
                raise _Over(0) from None  # the host is gone

    def _say(self, line: str) -> None:
        from sekisho.gateway.broker.refusals import said  # noqa: PLC0415 - as above

        try:
            os.write(_ERR, said(line))
        except OSError:
            return  # nobody reads it


def _ledger(descriptor: int) -> Callable[[], Left]:
    """Return what reads the ledger behind a descriptor."""

    def read() -> Left:
        import mmap  # noqa: PLC0415 - only when a broker is gone

        from sekisho.gateway.broker.ledger import Left  # noqa: PLC0415 - as above

        with mmap.mmap(descriptor, 0, prot=mmap.PROT_READ) as memory:
            left = Left(memory)
        os.close(descriptor)
        return left

    return read


def _for_a_broker(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what a broker is started with: what every configured server gets, and what says where the state is."""
    from sekisho.gateway.environment import Inheritance, environment  # noqa: PLC0415 - only when one is started

    own = [name for name in environ if name.startswith("SEKISHO_")]
    return dict(environment(environ, own, inheritance=Inheritance.CONFIGURED).variables)


def _read_some() -> bytes | None:
    """Read what the host wrote; None when it is nothing now."""
    try:
        return os.read(_IN, _CHUNK)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _occupy(descriptor: int) -> None:
    """Let a standard stream that was closed be one that is always empty, so that nothing else gets its number."""
    try:
        os.fstat(descriptor)
    except OSError:
        null = os.open(os.devnull, os.O_RDWR)
        if null != descriptor:
            os.dup2(null, descriptor)
            os.close(null)


def _plain(descriptor: int, mode: int) -> Callable[[], None]:
    """Put a pipe in the place of a file, a device or a terminal, which no event loop can wait for; return its end."""
    kind = os.fstat(descriptor).st_mode
    if stat.S_ISFIFO(kind) or stat.S_ISSOCK(kind):
        return _nothing
    import _thread  # noqa: PLC0415 - the rare case

    theirs = os.dup(descriptor)
    reading, writing = os.pipe()
    done = _thread.allocate_lock()
    done.acquire()
    if mode == os.O_RDONLY:
        os.dup2(reading, descriptor)
        os.close(reading)
        _thread.start_new_thread(_pump, (theirs, writing, done))
        return _nothing
    os.dup2(writing, descriptor)
    os.close(writing)
    _thread.start_new_thread(_pump, (reading, theirs, done))
    return lambda: _wait(done)


def _wait(done: Lock) -> None:
    done.acquire(timeout=_LONGEST_PAUSE)


def _nothing() -> None:
    """There is nothing to wait for."""


def _pump(source: int, sink: int, done: Lock) -> None:
    try:
        while data := os.read(source, _CHUNK):
            while data:
                data = data[os.write(sink, data) :]
    except OSError:
        pass
    finally:
        for descriptor in (source, sink):
            os.close(descriptor)
        done.release()
