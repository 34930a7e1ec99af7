"""What a session asks its shell to do. Effects are performed in order; a `Record` that fails stops those behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.engine.calls import Call
    from sekisho.engine.events import Trouble
    from sekisho.guards.objection import Need
    from sekisho.model.message_ids import MessageId
    from sekisho.model.subject import Who
    from sekisho.pin.records import Ledger
    from sekisho.wire.jsonrpc import Id, Json, JsonObject, Response

__all__ = [
    "AbortCall",
    "CloseStream",
    "Effect",
    "EndSession",
    "Keep",
    "Look",
    "Plead",
    "Record",
    "SendToHost",
    "SendToServer",
    "StartServer",
    "StopServer",
    "Tell",
]


@dataclass(slots=True, eq=False)
class SendToServer:
    """Send a message to the server."""

    body: JsonObject
    """The judged message."""

    call: int | None
    """For a request, its number, which is also its id; for anything else the call that it is about, or None."""

    headers: tuple[tuple[bytes, bytes], ...] = ()
    """Headers beside the standard ones, for an HTTP server."""


@dataclass(slots=True, eq=False)
class SendToHost:
    """Send a message to the host."""

    body: JsonObject
    """The judged message."""

    channel: int
    """Which channel."""

    about: Id | None
    """The host's request on whose stream it belongs; None for the standalone stream."""

    final: bool = False
    """Whether this answers `about`, so that its stream ends behind it."""

    own: bool = False
    """Whether it is a question of ours, which is put to a person alone."""


@dataclass(slots=True, eq=False)
class CloseStream:
    """End the stream of a request that gets no answer: it was cancelled."""

    channel: int
    """Which channel."""

    about: Id
    """The host's request."""


@dataclass(slots=True, eq=False)
class AbortCall:
    """Stop waiting for a call. Over HTTP its stream closes, which in 2026-07-28 is the cancellation itself."""

    call: int
    """Which call."""


@dataclass(slots=True, eq=False)
class StartServer:
    """Start the server anew, or connect to it anew."""


@dataclass(slots=True, eq=False)
class StopServer:
    """Stop the server, or drop the connection to it."""

    trouble: Trouble
    """Why."""


@dataclass(slots=True, eq=False)
class EndSession:
    """The host's session is over; it has to initialize again."""


@dataclass(slots=True, eq=False)
class Record:
    """Write one event to the audit before anything behind it happens."""

    kind: str
    """What was decided about: `request`, `answer`, `refusal`, `lifecycle` …"""

    who: Who
    """The principal and the conversation."""

    server: str
    """The server's identity."""

    fields: Mapping[str, Json]
    """Ids, numbers and fixed words, stored as they are."""

    values: Mapping[str, Json]
    """Content, stored as keyed digests only."""

    durable: bool = False
    """Whether it must be on the disk before what follows."""


@dataclass(slots=True, eq=False)
class Keep:
    """Keep what is approved and what waits, before anything behind it happens. One that fails stops those behind it."""

    server: str
    """The server's identity."""

    before: Ledger
    """By what this was decided: if something else is kept by now, nothing is, and it is decided again."""

    after: Ledger
    """What is kept from now on."""

    call: Call | None = None
    """The call whose answer it is about; None where other servers caused it."""

    message: Response | None = None
    """The answer as it came."""


@dataclass(slots=True, eq=False)
class Tell:
    """Tell the person who runs us."""

    message: MessageId
    """What."""

    values: Mapping[str, str | int]
    """Its values."""


@dataclass(slots=True, eq=False)
class Look:
    """Find out facts of the world for a request that is parked until they are there (`Looked`)."""

    channel: int
    """The request's channel."""

    id: Id
    """Its id."""

    needs: tuple[Need, ...]
    """Which facts."""


@dataclass(slots=True, eq=False)
class Plead:
    """Find out whether a person let a refused request pass; it is parked until that is known (`Pleaded`)."""

    channel: int
    """The request's channel."""

    id: Id
    """Its id."""

    tool: str
    """The tool that it calls; empty where it calls none."""

    binding: str
    """Names exactly this request and what objects to it; a release for it is used up by the answer."""


Effect: TypeAlias = (
    Look
    | Plead
    | SendToServer
    | SendToHost
    | CloseStream
    | AbortCall
    | StartServer
    | StopServer
    | EndSession
    | Keep
    | Tell
    | Record
)
