"""What the shells need of the world, as protocols; adapters provide it, tests bring their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sekisho.engine.effects import Record, SendToHost
    from sekisho.engine.events import Event
    from sekisho.model.message_ids import MessageId
    from sekisho.pin.records import Ledger
    from sekisho.wire.jsonrpc import Id, JsonObject
    from sekisho.wire.versions import Revision

__all__ = [
    "Allowance",
    "AllowanceStore",
    "AuditSink",
    "Backend",
    "Conversation",
    "ConversationStore",
    "Deliver",
    "HostFace",
    "Kept",
    "LedgerStore",
    "Pardons",
    "Release",
    "ReleaseStore",
    "Tells",
    "Upstream",
]


class AuditSink(Protocol):
    """Where decisions are put on record."""

    def append(self, record: Record) -> None:
        """Write `record`; it survives a crash of this process when this returns.

        Raises:
            AuditUnavailable: nothing may pass.
        """
        ...

    def append_all(self, records: Sequence[Record]) -> None:
        """Write `records` as `append` does, with one write: all of them, or none.

        Raises:
            AuditUnavailable: as `append`.
        """
        ...

    def append_durable(self, record: Record, then: Callable[[bool], None]) -> None:
        """Write `record` and call `then` in the event loop once it is on the disk (True) or can't be (False).

        Raises:
            AuditUnavailable: as `append`; `then` is not called.
        """
        ...


class Deliver(Protocol):
    """Takes what an upstream has to say."""

    def __call__(self, event: Event) -> None:
        """Handle `event`; never raises."""
        ...


class Tells(Protocol):
    """Tells the person who runs us, in their language."""

    def __call__(self, message: MessageId, values: Mapping[str, str | int]) -> None:
        """Say a message of the catalogue."""
        ...


class Upstream(Protocol):
    """One server, however it is reached. Nothing here blocks or raises: bad news come as events."""

    def start(self) -> None:
        """Start the server or prepare the connection; what is sent meanwhile waits, bounded."""
        ...

    def send(self, body: JsonObject, call: int | None, headers: tuple[tuple[bytes, bytes], ...]) -> None:
        """Send one message; `call` is the number of the request that it is, or is about."""
        ...

    def abort(self, call: int) -> None:
        """Stop waiting for a call; over HTTP, close its stream."""
        ...

    def listen(self) -> None:
        """Open the standalone stream of a 2025 HTTP session, where there is such a thing."""
        ...

    async def settled(self) -> None:
        """Wait until notifications and answers that were sent have arrived; bounded."""
        ...

    def hold(self) -> None:
        """Read no more from the server: the host does not take what was read."""
        ...

    def flow(self) -> None:
        """Read again."""
        ...

    def stop(self) -> None:
        """End the server or the session with it; `start` may follow."""
        ...

    async def finish(self, patience: float) -> None:
        """Let the server end by itself, for `patience` seconds at most, while what it says still passes."""
        ...

    async def aclose(self) -> None:
        """End it and wait for that, bounded."""
        ...


class Backend(Protocol):
    """What a host's face talks to: one server's link, or whatever stands before several of them.

    Nothing here blocks or raises; bad news go to the host as answers.
    """

    @property
    def clock(self) -> Callable[[], float]:
        """Monotonic seconds; the time of every event."""
        ...

    @property
    def revision(self) -> Revision | None:
        """The protocol revision in force towards the host; None until it is agreed."""
        ...

    def open(self, host: HostFace) -> None:
        """Connect the host's side and start what is behind. Called once, before the first event."""
        ...

    def receive(self, event: Event) -> None:
        """Let an event of the host happen."""
        ...

    def hold(self) -> None:
        """The host does not read: read no more from the servers."""
        ...

    def flow(self) -> None:
        """Read again."""
        ...

    def listen(self) -> None:
        """The host opened its standalone stream (2025 over HTTP): open ours."""
        ...

    async def settled(self) -> None:
        """Wait until notifications and answers that were sent have arrived; bounded."""
        ...

    async def finish(self, patience: float) -> None:
        """The host has said its last: let open calls and servers end, each for `patience` seconds at most."""
        ...

    async def aclose(self) -> None:
        """Take no more events, end everything behind and wait for that, bounded."""
        ...


class HostFace(Protocol):
    """The host's side of one session."""

    def deliver(self, sent: SendToHost, data: bytes) -> None:
        """Pass on one message, serialised from the judged value."""
        ...

    def close_stream(self, channel: int, about: Id) -> None:
        """End the stream of a request that gets no answer."""
        ...

    def end_session(self) -> None:
        """The host has to initialize again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A ledger as it is kept."""

    ledger: Ledger
    """What was approved of a server, and what waits."""

    edition: int
    """How often it was changed; 0 for a server that nobody has seen."""


class LedgerStore(Protocol):
    """What was approved, by server."""

    def load(self, server: str) -> Kept:
        """Return what is kept of a server; of one that nobody has seen that is an empty ledger.

        Raises:
            StoreUnavailable: nobody can tell, so nothing is approved.
        """
        ...

    def edition(self, server: str) -> int:
        """Return how often the ledger of a server was changed.

        Raises:
            StoreUnavailable: nobody can tell.
        """
        ...

    def servers(self) -> tuple[str, ...]:
        """Return the servers of which anything is kept.

        Raises:
            StoreUnavailable: nobody can tell.
        """
        ...

    def save(self, ledger: Ledger, *, before: Kept) -> Kept | None:
        """Keep a ledger in place of `before`, as `load` or `save` returned it; None when another one is kept by now.

        Raises:
            StoreUnavailable: it is not kept.
        """
        ...

    def changed(self) -> bool:
        """Tell whether another process has written since this was last asked.

        Raises:
            StoreUnavailable: it can't be read.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a person allowed once."""

    ticket: str
    """The ticket under which it was refused."""

    binding: str
    """A digest of what exactly was allowed: anything else is not."""

    principal: str
    """Who allowed it."""

    granted: int
    """When, in seconds of the day."""

    expires: int
    """From when on it is void."""


class ReleaseStore(Protocol):
    """What was allowed once, and whether that was used."""

    def grant(self, release: Release) -> bool:
        """Keep a release; False when its ticket was released before.

        Raises:
            StoreUnavailable: it is not kept.
        """
        ...

    def consume(self, binding: str, *, now: int) -> str:
        """Use a release up; its ticket for exactly one caller, and only before it expires, else an empty text.

        Raises:
            StoreUnavailable: nobody may act on it.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """A rule that a person lets be silent at a tool."""

    server: str
    """The server's identity."""

    tool: str
    """The tool's own name."""

    rule: str
    """The rule."""

    reason: str
    """Why, in the person's words."""

    principal: str
    """Who allowed it."""

    granted: int
    """When, in seconds of the day."""

    expires: int
    """From when on it is void."""


class AllowanceStore(Protocol):
    """Which rules are to be silent where."""

    def rules(self, server: str, tool: str, *, now: int) -> frozenset[str]:
        """Return the rules that are to be silent at a tool now.

        Raises:
            StoreUnavailable: nobody can tell, so none is.
        """
        ...


class Pardons(Protocol):
    """All that persons let through."""

    @property
    def releases(self) -> ReleaseStore:
        """What was allowed once."""
        ...

    @property
    def allowances(self) -> AllowanceStore:
        """What is allowed for a while."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The state of one host process."""

    id: str
    """Names it."""

    principal: str
    """Whose it is."""

    process: str
    """The host's process and when it began, or what else names the host's instance."""

    since: int
    """When it was first seen, in seconds of the day."""

    seen: int
    """When it was last entered."""


class ConversationStore(Protocol):
    """Which host process has which conversation."""

    def enter(self, conversation: Conversation) -> Conversation:
        """Return the conversation of a principal's host process: the known one, or this one, kept from now on.

        Raises:
            StoreUnavailable: nobody can tell.
        """
        ...

    def forget(self, *, before: int) -> int:
        """Forget the conversations that nobody has entered since a time; return how many.

        Raises:
            StoreUnavailable: they are still there.
        """
        ...
