"""What happens to a session. Each event carries the time at which it happened, in seconds of a monotonic clock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.engine.effects import Effect, Keep
    from sekisho.engine.surface.beside import Beside
    from sekisho.guards.objection import Told
    from sekisho.model.subject import Who
    from sekisho.pin.records import Ledger
    from sekisho.policy.leniency import Heard
    from sekisho.wire.jsonrpc import Id, JsonObject, Message

__all__ = [
    "BRIDGE_OWN",
    "HUB_OWN",
    "SERVER_OWN",
    "CallBroke",
    "CodeRead",
    "Event",
    "Halted",
    "HostGarbled",
    "HostLeft",
    "HostSent",
    "Looked",
    "Pinned",
    "Pleaded",
    "RecordFailed",
    "Resumed",
    "ServerGarbled",
    "ServerLeft",
    "ServerSent",
    "Ticked",
    "Trouble",
    "Unkept",
]


BRIDGE_OWN: Final = -1
"""The channel of what a bridge asks a server itself. A host's channels count from 0, so ids never meet."""

HUB_OWN: Final = -2
"""The channel of what a hub asks a server itself: a bridge may stand below it, and takes it for its host."""

SERVER_OWN: Final = -3
"""The channel of questions about what a server said, which is put aside until they are answered."""


class Trouble(StrEnum):
    """Why an answer will not come. Also the `rule` of the refusal that follows."""

    CANNOT_START = "server-cannot-start"
    EXITED = "server-exited"
    UNREACHABLE = "server-unreachable"
    BROKEN = "server-connection-broken"
    UNAUTHORIZED = "server-wants-authorization"
    SESSION_ENDED = "server-session-ended"
    HUNG = "server-hung"
    TIMED_OUT = "server-timed-out"
    GARBLED = "server-answer-malformed"
    TOO_LARGE = "server-answer-too-large"
    CHANGED = "server-changed-after-restart"
    RESTARTING = "server-restarting"
    FLOOD = "server-quarantined"
    INTERNAL = "internal-error"
    HALTED = "halted"
    AUDIT = "audit-unavailable"
    OVERLOADED = "too-many-open-calls"
    PINS = "pins-unavailable"
    GENERATION = "generation-gone"
    SET_ASIDE = "set-aside"
    PACKAGE = "package-changed"
    PROGRAM = "program-changed"
    VARIABLE = "loader-variable-changed"
    CODE_UNREAD = "code-unread"


@dataclass(slots=True, eq=False)
class HostSent:
    """A host's message arrived."""

    message: Message
    """The judged message."""

    who: Who
    """On whose behalf."""

    channel: int
    """Which of the host's channels: 0 on stdio and in a 2025 session, one per POST in 2026-07-28."""

    now: float
    """When."""

    headers: tuple[tuple[bytes, bytes], ...] = ()
    """Request headers that may travel on, already filtered."""

    bridged: bool = False
    """Whether the host speaks the other generation, so that it cannot have said in headers what the body says."""


@dataclass(slots=True, eq=False)
class HostGarbled:
    """A host sent something that is no acceptable message."""

    reason: str
    """A `WireError.reason`."""

    detail: str
    """What and where, in our words."""

    id: Id | None
    """The id that is owed an answer, when it could be read."""

    who: Who
    """On whose behalf."""

    channel: int
    """Which channel."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class HostLeft:
    """A channel of the host closed. In 2026-07-28 this cancels what it had asked for."""

    channel: int
    """Which channel."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class ServerSent:
    """A server's message arrived."""

    message: Message
    """The judged message."""

    now: float
    """When."""

    call: int | None = None
    """The call on whose response stream it came; None on stdio and on a standalone stream."""


@dataclass(slots=True, eq=False)
class ServerGarbled:
    """A server sent something that is no acceptable message."""

    reason: str
    """A `WireError.reason`."""

    call: int | None
    """The call that it would have answered, when that could be read."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class ServerLeft:
    """The server, or the connection to it, is gone; nothing in flight will be answered."""

    trouble: Trouble
    """Why."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class CodeRead:
    """The shell has read what the server runs, from the disk."""

    body: JsonObject
    """What that is, as `pin.code` has it."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class CallBroke:
    """One exchange with the server failed; the others go on."""

    call: int
    """Which call."""

    trouble: Trouble
    """Why."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class Ticked:
    """Time passed. Sent about once a second while anything is open."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class Halted:
    """A human halted everything."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class Resumed:
    """A human ended the halt."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class RecordFailed:
    """The audit could not take a record, so the effects behind it were not performed."""

    now: float
    """When."""

    lost: Sequence[Effect]
    """The effects behind the record, none of them performed."""

    trouble: Trouble = Trouble.AUDIT
    """What could not be done."""


@dataclass(slots=True, eq=False)
class Pinned:
    """Somebody else decided about this server's definitions."""

    ledger: Ledger | None
    """What is approved now; None when nobody can tell any more."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class OthersPinned:
    """Something was decided about the definitions of the servers beside this one."""

    beside: Beside
    """What is approved of them now; one of which nobody can tell is not there."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class Unkept:
    """What was decided about definitions could not be kept, so the effects behind it were not performed."""

    keep: Keep
    """What was to be kept."""

    ledger: Ledger | None
    """What somebody else kept meanwhile; None when nothing can be kept."""

    now: float
    """When."""

    lost: Sequence[Effect]
    """The effects behind it, none of them performed."""


@dataclass(slots=True, eq=False)
class Looked:
    """The shell found out what a request waits for."""

    channel: int
    """The request's channel."""

    id: Id
    """Its id."""

    told: Told
    """The facts; each that was asked for is in it, None where it could not be had."""

    now: float
    """When."""


@dataclass(slots=True, eq=False)
class Pleaded:
    """The shell found out what a person let pass."""

    channel: int
    """The request's channel."""

    id: Id
    """Its id."""

    heard: Heard
    """What it was."""

    now: float
    """When."""


Event: TypeAlias = (
    HostSent
    | HostGarbled
    | HostLeft
    | ServerSent
    | ServerGarbled
    | ServerLeft
    | CodeRead
    | CallBroke
    | Ticked
    | Halted
    | Resumed
    | RecordFailed
    | Pinned
    | OthersPinned
    | Unkept
    | Looked
    | Pleaded
)
