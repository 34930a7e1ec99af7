"""What a session knows. The modules beside this one read and change it; each change follows one event."""

from __future__ import annotations

import base64
import hashlib
import math
from collections import deque
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, Final

from sekisho.engine.bounds import Meter
from sekisho.engine.budgets import Budgets
from sekisho.engine.calls import Calls
from sekisho.engine.inspect import NO_RULES
from sekisho.engine.results.holding import Shelved
from sekisho.engine.results.references import References
from sekisho.engine.sampling.permits import Permits
from sekisho.policy.calls import NO_TERMS
from sekisho.policy.document import Policy
from sekisho.wire.versions import LATEST_LEGACY, METHODS, Generation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sekisho.engine.calling import Calling
    from sekisho.engine.calls import Call
    from sekisho.engine.events import HostSent, Trouble
    from sekisho.engine.ready import Ready
    from sekisho.engine.results.waiting import Done, Waiting
    from sekisho.engine.sampling.newer import Put
    from sekisho.engine.seal import Sealer
    from sekisho.engine.surface.shelf import Guard, Shelf
    from sekisho.model.rule import Rule
    from sekisho.model.subject import Carrier, Subject, Who
    from sekisho.policy.calls import CallTerms, Mark
    from sekisho.policy.facts import ServerFacts
    from sekisho.wire.jsonrpc import JsonObject, Request
    from sekisho.wire.params import Parameter
    from sekisho.wire.versions import Methods, Revision

__all__ = ["Face", "Patience", "Setup", "Stage", "State", "ticket"]


class Face(StrEnum):
    """How a side is spoken to."""

    STDIO = "stdio"
    HTTP = "http"


class Stage(Enum):
    """Whether the server can be asked."""

    UP = auto()
    """Yes, or it is starting and what is sent to it waits in the shell."""

    DOWN = auto()
    """It is gone; the next request starts it again, after the back-off."""

    REPLAYING = auto()
    """It was started again and is being told what its predecessor knew; requests are parked."""

    CLOSED = auto()
    """It will not be used again in this session: quarantined, or changed behind our back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long things may take, in seconds, and how many may be open."""

    call: float = 600.0
    """A call without an answer and without progress."""

    initialize: float = 120.0
    """The first answer of a server, which may have to be fetched first."""

    cancelled: float = 30.0
    """How long the id of a cancelled call stays reserved for a late answer."""

    ping: float = 30.0
    """How long a server that owes an answer may stay silent after a ping."""

    question: float = 3600.0
    """A question of the server that the host does not answer; a person may be thinking about it."""

    consent: float = 600.0
    """A question of ours that nobody answers; the server waits behind it."""

    restart_first: float = 0.5
    """The first pause before a restart; it doubles up to `restart_most`."""

    restart_most: float = 30.0
    """The longest pause before a restart."""

    steady: float = 60.0
    """How long a server has to live for the pauses to start over."""

    open_calls: int = 1024
    """Calls in flight."""

    open_asked: int = 64
    """Questions of the server that the host has not answered."""

    parked: int = 256
    """Requests that wait for the server's start."""

    subscriptions: int = 512
    """Resources that are subscribed to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What a session is made with."""

    server: str
    """The server's identity in policy and audit: never its own `serverInfo`."""

    who: Who
    """For what happens without a request of the host."""

    host_face: Face
    """How the host talks to us."""

    server_face: Face
    """How we talk to the server."""

    sealer: Sealer
    """Seals `requestState`."""

    salt: bytes
    """Random bytes, for tickets that cannot be guessed."""

    epoch: float
    """The time of day minus the monotonic time of the events, in seconds."""

    asked: int = 0
    """The number before that of the first question: a host may answer late what another session has asked it."""

    policy: Policy = field(default_factory=Policy)
    """What may be used at all."""

    rules: Mapping[Carrier, Sequence[Rule[Subject]]] = field(default_factory=lambda: NO_RULES)
    """Who may object, by carrier."""

    patience: Patience = field(default_factory=Patience)
    """Deadlines and counts."""

    guard: Guard | None = None
    """What definitions are judged with; without it they pass as they come: for replays, tests, and scans, where no
    model listens."""

    calls: Mapping[str, CallTerms] = field(default_factory=lambda: NO_TERMS)
    """What a person wrote about calls, by tool."""

    mark: Mark | None = None
    """What becomes of a text of this server that a rule suspects; None where nothing is written."""

    facts: ServerFacts | None = None
    """What the guards are told about the server; without it no argument is judged: for replays and tests only."""

    ready: dict[tuple[str, str, str, str], Ready] | None = None
    """Definitions made ready for calls; sessions of one server, with the same facts and terms, share them. None makes
    an own table."""

    references: References | None = None
    """What was cut out of the conversation's results; sessions of one conversation share it. None makes an own one."""

    permits: Permits | None = None
    """What the conversation said about requests to its model; sessions of one conversation share it. None makes an own
    one."""

    apart: bool = False
    """Whether a worker parses all queries that have to be parsed, so that nobody waits while the parser loads."""

    lenient: bool = False
    """Whether the shell knows what persons let through; where it does not, nothing is."""


@dataclass(slots=True, eq=False)
class State:
    """Everything that a session remembers."""

    setup: Setup
    """What it was made with."""

    who: Who
    """On whose behalf the last host message came."""

    generation: Generation | None = None
    """Which protocol generation this session speaks; None until it is agreed."""

    revision: Revision | None = None
    """Which revision; None until it is agreed."""

    stage: Stage = Stage.UP
    """Whether the server can be asked."""

    trouble: Trouble | None = None
    """Why not."""

    halted: bool = False
    """Whether a human halted everything."""

    calls: Calls = field(default_factory=Calls)
    """What is in flight."""

    meter: Meter = field(default_factory=Meter)
    """What the server has sent."""

    parked: list[tuple[HostSent, Request]] = field(default_factory=list["tuple[HostSent, Request]"])
    """Requests that wait for an errand."""

    calling: Calling | None = None
    """What calls are judged with."""

    references: References = field(default_factory=lambda: References(b""))
    """What was cut out of results."""

    waiting: dict[int, Waiting] = field(default_factory=dict[int, "Waiting"])
    """What the server said and that waits to be judged, by a number of our own."""

    first: int = 0
    """How many of them come before whatever the server does next."""

    behind: deque[tuple[Done, int]] = field(default_factory=deque["tuple[Done, int]"])
    """What the server did meanwhile, and how many bytes each is."""

    behind_bytes: int = 0
    """How many bytes all of that is."""

    set_aside: int = 0
    """How often something was made to wait."""

    worked: Mapping[str, str | None] | None = None
    """What a worker answered about the message that is judged now; None where none was asked."""

    held: Shelved = field(default_factory=Shelved)
    """Results that were held and that a person may still let pass."""

    permits: Permits = field(default_factory=Permits)
    """What was said about requests to the host's model."""

    put: dict[str, Put] = field(default_factory=dict[str, "Put"])
    """Questions of ours in place of results (2026-07-28), by the state that the host brings back."""

    puts: int = 0
    """How many of them there were."""

    budgets: Budgets = field(default_factory=Budgets)
    """What was spent of what a person allows."""

    unpark: bool = False
    """Whether the errand that parked requests wait for is done."""

    delivering: Call | None = None
    """The call whose answer is being judged: it is owed one, and is not in the table any more."""

    asked_generation: bool = False
    """Whether this server was asked whether it speaks 2026-07-28, which may have settled its own generation."""

    asked_initialize: bool = False
    """Whether this server was asked to `initialize`, which may have settled its own generation."""

    probed: bool = False
    """Whether the server answered `server/discover`."""

    initialize_params: JsonObject | None = None
    """What the server was told in `initialize`, for a restart."""

    initialize_result: JsonObject | None = None
    """What it answered."""

    greeted: JsonObject | None = None
    """What of that the host was told."""

    unopened: bool = False
    """Whether the server answered `initialize` with an error."""

    initialized: bool = False
    """Whether the host sent `notifications/initialized`."""

    host_capabilities: JsonObject = field(default_factory=dict)
    """What the host declared in `initialize`, after the policy."""

    declared: JsonObject = field(default_factory=dict)
    """The same before it: what we may ask ourselves."""

    log_level: str | None = None
    """The level of the last `logging/setLevel`, for a restart."""

    subscriptions: set[str] = field(default_factory=set[str])
    """The URIs that are subscribed to, for a restart."""

    mirrored: dict[str, tuple[Parameter, ...] | None] = field(default_factory=dict[str, "tuple[Parameter, ...] | None"])
    """For each tool seen in a list, which arguments travel as headers."""

    mirrored_size: int = 0
    """How many characters that takes."""

    learned: bool = False
    """Whether we have listed the tools ourselves."""

    pages_read: dict[str, int] = field(default_factory=dict[str, int])
    """How many pages of a list we have read, by method."""

    below_hub: bool = False
    """Whether a hub stands between this session and the host."""

    shelf: Shelf | None = None
    """What is known of the server's definitions; None where they are not judged."""

    restarts: int = 0
    """Restarts in a row."""

    started_at: float = -math.inf
    """When the server was last started."""

    retry_at: float = -math.inf
    """When it may be started again."""

    heard_at: float = -math.inf
    """When the server last said anything."""

    given_up_at: float | None = None
    """When a call was given up, while the server has been silent since."""

    tickets: int = 0
    """Tickets given out."""

    untied: int = 0
    """Log messages that belong to no call and are not on record yet."""

    @property
    def modern(self) -> bool:
        """Whether this session speaks 2026-07-28."""
        return self.generation is Generation.MODERN

    @property
    def methods(self) -> Methods:
        """The methods that exist here; before a revision is agreed, those of the latest one that opens sessions."""
        return METHODS[self.revision or LATEST_LEGACY]

    def ticket(self) -> str:
        """Return a new ticket: short enough to say aloud, not to be guessed by whoever reads the last one."""
        self.tickets += 1
        return ticket(self.setup.salt, self.tickets)


def ticket(salt: bytes, number: int) -> str:
    """Return the ticket with this number."""
    digest = hashlib.sha256(salt + number.to_bytes(8)).digest()
    return base64.b32encode(digest[:5]).decode()[:_TICKET]


_TICKET: Final = 6
