"""What happens to a hub beside the host's events, and what it asks its shell to do beside a session's effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sekisho.engine.effects import CloseStream, Record, SendToHost
from sekisho.engine.events import Halted, HostGarbled, HostLeft, HostSent, Resumed, Ticked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.pin.records import Ledger
    from sekisho.wire.jsonrpc import Id

__all__ = [
    "Add",
    "Configured",
    "Drop",
    "Faulted",
    "FromServer",
    "HubEffect",
    "HubEvent",
    "Renew",
    "Repinned",
    "SessionOver",
    "StreamClosed",
    "ToServer",
    "Unrecorded",
]


@dataclass(slots=True, eq=False)
class FromServer:
    """A server's session has a message for its host."""

    server: int
    """The server's place in the configuration."""

    sent: SendToHost
    """The message, judged and recorded."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class StreamClosed:
    """A server's session ended the stream of a request without an answer."""

    server: int
    """The server's place."""

    channel: int
    """The channel of the request."""

    about: Id
    """Its id."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class SessionOver:
    """A server's session is over, and another one will have to be opened."""

    server: int
    """The server's place."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class Repinned:
    """Something else is approved of a server than before."""

    alias: str
    """What the user calls it."""

    ledger: Ledger | None
    """What is approved now; None while nobody can tell."""


@dataclass(slots=True, eq=False)
class ToServer:
    """Let an event happen to a server's session."""

    server: int
    """The server's place."""

    event: HostSent | HostLeft | Halted | Resumed
    """The event."""


@dataclass(slots=True, eq=False)
class Renew:
    """Take a new session for a server in place of the one that is over."""

    server: int
    """The server's place."""


@dataclass(slots=True, eq=False)
class Configured:
    """The configuration has changed."""

    aliases: tuple[str, ...]
    """Its servers, in its order."""

    fresh: frozenset[str]
    """Those that are not what they were before under the same alias."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class Add:
    """Take a session for a server that was not there before."""

    server: int
    """Its place from now on."""

    alias: str
    """What the user calls it."""


@dataclass(slots=True, eq=False)
class Drop:
    """Let a server's session go: nobody asks it anything any more."""

    server: int
    """Its place, which nobody gets again."""


@dataclass(slots=True, eq=False)
class Unrecorded:
    """The audit could not take a record of ours, so the effects behind it were not performed."""

    lost: Sequence[HubEffect]
    """They, in order."""


@dataclass(slots=True, eq=False)
class Faulted:
    """An effect could not be performed, by a fault of our own. Those behind it were."""


HubEvent: TypeAlias = (
    HostSent
    | HostGarbled
    | HostLeft
    | FromServer
    | StreamClosed
    | SessionOver
    | Configured
    | Repinned
    | Ticked
    | Halted
    | Resumed
    | Unrecorded
    | Faulted
)
HubEffect: TypeAlias = ToServer | Renew | Add | Drop | SendToHost | CloseStream | Record
