"""The broker's door on Windows: a named pipe in the place of the Unix socket. Written by the manual, never run.

What the kernel of Linux gives with a socket in a folder of mode 0700 is put together here. Only this user may open the
pipe, and nobody from another machine (`access`). Whoever has the name first keeps it: a second broker can't create a
first instance, and a relay asks whose process created what it has opened before it says a word. Each side asks the
system who the other is, by process and then by user.
What a relay cannot do here is to hand over its standard streams: those of a Windows program are seldom opened for
overlapped reading, so the bytes of a host have to pass the pipe, and the ledger is memory with a name (`memory_name`).

Everything that asks the system goes through `System`; `windows_calls` has the real one. Nothing starts a broker on
Windows yet: the file locks, the supervisor of servers and the audit of Sekisho are those of POSIX systems.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Protocol

from sekisho.gateway.broker.frames import StrangerError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Connected", "PipeDoor", "System", "access", "connect", "memory_name", "pipe_name"]

_NAME: Final = "\\\\.\\pipe\\sekisho-broker-"
_MEMORY: Final = "Local\\sekisho-ledger-"
_DIGITS: Final = 32


class System(Protocol):
    """What is asked of Windows. Handles are numbers; whoever gets one closes it."""

    def own_user(self) -> str:
        """Return the security identifier of this process's user."""
        ...

    def user_of(self, process: int) -> str:
        """Return that of another process's.

        Raises:
            OSError: it may not be asked, or is gone.
        """
        ...

    def create(self, name: str, access: str, *, first: bool) -> int:
        """Create an instance of a pipe: byte-wise, overlapped, refusing clients of other machines.

        Raises:
            PermissionError: `first`, and there is one already.
            OSError: it can't be created.
        """
        ...

    def wait(self, pipe: int) -> None:
        """Wait until somebody opens an instance.

        Raises:
            OSError: it was closed, or whoever came is gone.
        """
        ...

    def open(self, name: str, *, patience: float) -> int:
        """Open a pipe as a client that its server may identify and not impersonate.

        Raises:
            FileNotFoundError: there is none.
            OSError: it can't be opened within `patience` seconds.
        """
        ...

    def client_of(self, pipe: int) -> int:
        """Return the process at the other end of an instance that we created."""
        ...

    def server_of(self, pipe: int) -> int:
        """Return the process that created what we opened."""
        ...

    def close(self, handle: int) -> None:
        """Close a handle; an instance with somebody at the other end is ended for them."""
        ...


@dataclass(frozen=True, slots=True)
class Connected:
    """One connection, whose other end is this user's."""

    pipe: int
    """Its handle, opened for overlapped reading and writing."""

    process: int
    """The process at the other end."""


def pipe_name(directory: Path, user: str) -> str:
    """Return the name of the pipe of a user's state directory: names have no folders, so it says both in short."""
    return _NAME + sha256(f"{user}\0{directory}".encode()).hexdigest()[:_DIGITS]


def access(user: str) -> str:
    """Return who may open the pipe, as a security descriptor in SDDL.

    The user owns it and has it alone (a protected list, which inherits nothing); who comes over the network is denied
    before that. Administrators are not excepted.
    """
    return f"O:{user}D:P(D;;GA;;;NU)(A;;GA;;;{user})"


def memory_name(token: str) -> str:
    """Return the name of a ledger's memory, in the session of this user; `token` is a secret of 128 bits in hex."""
    return _MEMORY + token


def connect(system: System, directory: Path, *, patience: float) -> Connected | None:
    """Return a connection to the broker whose state is in `directory`; None when there is none.

    Raises:
        StrangerError: the pipe is another user's.
    """
    user = system.own_user()
    try:
        pipe = system.open(pipe_name(directory, user), patience=patience)
    except OSError:
        return None
    return _admitted(system, pipe, user, server=True)


class PipeDoor:
    """Where relays come in.

    Args:
        system: asked for everything.
        directory: the state directory.
    """

    def __init__(self, system: System, directory: Path) -> None:
        self._system = system
        self._user = system.own_user()
        self._name = pipe_name(directory, self._user)
        self._next: int | None = None

    def open(self) -> bool:
        """Take the name; False when another broker has it."""
        try:
            self._next = self._system.create(self._name, access(self._user), first=True)
        except PermissionError:
            return False
        return True

    def accept(self) -> Connected | None:
        """Wait for the next relay and return it; None when it was none of this user, or is gone again.

        There is an instance for the one behind it before it is looked at, so that the name is never free.

        Raises:
            RuntimeError: the door is not open.
        """
        pipe = self._next
        if pipe is None:
            raise RuntimeError("the door is opened before somebody is let in")
        try:
            self._system.wait(pipe)
            came = True
        except OSError:
            came = False
        if self._next is None:
            return None  # closed meanwhile, and this instance with it
        self._next = self._system.create(self._name, access(self._user), first=False)
        if not came:
            self._system.close(pipe)
            return None
        try:
            return _admitted(self._system, pipe, self._user, server=False)
        except StrangerError:
            return None

    def close(self) -> None:
        """Give the name up, so that another broker may take it; nothing happens twice."""
        pipe, self._next = self._next, None
        if pipe is not None:
            self._system.close(pipe)


def _admitted(system: System, pipe: int, user: str, *, server: bool) -> Connected | None:
    """Return a connection if its other end is this user's; None when that is gone."""
    try:
        process = system.server_of(pipe) if server else system.client_of(pipe)
        theirs = system.user_of(process)
    except OSError:
        system.close(pipe)
        return None
    if theirs != user:
        system.close(pipe)
        raise StrangerError("another user is at the other end of the broker's pipe")
    return Connected(pipe, process)
