"""What a hub knows. The modules beside this one read and change it; each change follows one event."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, Final

from sekisho.engine.hub.cursors import Cursors
from sekisho.engine.hub.lists import Listing, Whole
from sekisho.engine.state import ticket
from sekisho.wire.versions import LATEST_LEGACY, METHODS, Generation
from sekisho.wire.views import EMPTY, obj

if TYPE_CHECKING:
    from sekisho.engine.events import HostSent
    from sekisho.engine.hub.setup import HubSetup, Known
    from sekisho.wire.jsonrpc import Id, Json, JsonObject, Request
    from sekisho.wire.versions import Methods, Revision

__all__ = [
    "Asked",
    "Contact",
    "Errand",
    "HubState",
    "Key",
    "Open",
    "Purpose",
    "Server",
    "new_state",
]

Key = tuple[int, "Id"]

_VARIANTS: Final = 8
"""How many sets of declared capabilities are kept apart, for each server and list."""


class Contact(Enum):
    """How far a server is known."""

    NEW = auto()
    """It was never asked."""

    ASKED = auto()
    """It was asked who it is, and has not answered."""

    READY = auto()
    """It has answered."""

    FAILED = auto()
    """It cannot be reached, or does not speak the host's generation."""


class Purpose(StrEnum):
    """What a request of ours is for."""

    CONTACT = "contact"
    PAGE = "page"
    LEVEL = "level"
    SUBSCRIPTION = "subscription"


@dataclass(slots=True, eq=False)
class Server:
    """One server, as far as it is known."""

    place: int
    """Its place in the configuration."""

    alias: str
    """What the user calls it."""

    known: Known | None = None
    """What was approved of it before."""

    contact: Contact = Contact.NEW
    """How far it is known."""

    offer: JsonObject = field(default_factory=dict)
    """Its word about itself."""

    recalled: bool = False
    """Whether that is what it offered last: it has not answered since, and nobody waits for it to do so."""

    rule: str = ""
    """Why it cannot be used."""

    answers: bool = True
    """Whether it answers at all: one that speaks the other generation only does."""

    retry_at: float = -math.inf
    """When it may be asked again."""

    slow: bool = False
    """Whether somebody waited for it in vain, so that nobody does until it answers."""

    missed: bool = False
    """Whether the host was told of the others without it."""

    lists: dict[tuple[str, str], Listing] = field(default_factory=dict[tuple[str, str], Listing])
    """Its lists, by method and what the host declared."""

    subscribed: set[str] = field(default_factory=set[str])
    """Its resources that the host has subscribed to, for another session; its sessions bound how many (2025-11-25)."""

    def offers(self, feature: str) -> JsonObject | None:
        """Return what it says about a feature; None when it does not have it."""
        found = obj(self.offer.get("capabilities")).get(feature)
        return found if isinstance(found, dict) else None

    def listing(self, key: tuple[str, str]) -> Listing:
        """Return one of its lists."""
        found = self.lists.get(key)
        if found is None:
            # One that is being read is kept: whoever waits for it would have it read again and again.
            same = [one for one in self.lists if one[0] == key[0]]
            idle = [one for one in same if self.lists[one].fetch is None]
            if len(same) >= _VARIANTS and idle:
                del self.lists[idle[0]]
            found = self.lists[key] = Listing()
        return found

    def original(self, method: str, shown: str) -> str | None:
        """Return the server's own name for one that is shown in a list."""
        for (listed, _), listing in self.lists.items():
            if listed == method and shown in listing.names:
                return listing.names[shown]
        return None


@dataclass(slots=True, eq=False)
class Errand:
    """A request of ours to a server."""

    purpose: Purpose
    """What for."""

    server: int
    """The server's place."""

    key: tuple[str, str] = ("", "")
    """The list; or the method and the resource."""

    about: Key | None = None
    """The host's request that it is for."""


@dataclass(slots=True, eq=False)
class Open:
    """A request of the host without an answer."""

    event: HostSent
    """How it came."""

    message: Request
    """The request."""

    since: float
    """When it came."""

    until: float
    """When it is answered with what there is."""

    waiting: bool = True
    """Whether it waits here; else it is with `servers`."""

    tried: bool = False
    """Whether a server that could not be reached was asked again for it."""

    servers: set[int] = field(default_factory=set[int])
    """Where it is."""

    numbers: set[int] = field(default_factory=set[int])
    """Our requests that it waits for."""

    started: bool = False
    """Whether those were sent."""

    failure: JsonObject | None = None
    """The first error among their answers."""

    succeeded: bool = False
    """Whether one of them was answered well."""

    unacknowledged: set[int] = field(default_factory=set[int])
    """Servers that have not said what of a subscription they honour."""

    honoured: JsonObject = field(default_factory=dict)
    """What the others honour, as it is shown."""

    acknowledged: bool = False
    """Whether the host was told."""

    @property
    def key(self) -> Key:
        """The channel and the id."""
        return self.event.channel, self.message.id


@dataclass(slots=True, eq=False)
class Asked:
    """A server's request that the host has not answered."""

    server: int
    """The server's place."""

    id: Id
    """Its id in the server's session."""

    channel: int
    """The host's channel."""

    token: Json
    """The progress token that the server wants."""


@dataclass(slots=True, eq=False)
class HubState:
    """Everything that a hub remembers."""

    setup: HubSetup
    """What it was made with."""

    servers: list[Server]
    """In configuration order."""

    by_alias: dict[str, Server]
    """The same by alias."""

    by_place: dict[int, Server]
    """The same by place, and those that go and still owe the host something."""

    places: int
    """How many places were ever given out."""

    cursors: Cursors
    """Our own."""

    generation: Generation | None = None
    """What the host speaks; None until it is agreed."""

    revision: Revision | None = None
    """Which revision of that."""

    opening: JsonObject | None = None
    """The params of the host's `initialize`."""

    envelope: JsonObject = field(default_factory=lambda: EMPTY)
    """What the host last said with a request (2026-07-28): revision, capabilities, its name."""

    greeted: bool = False
    """Whether the host's `initialize` was answered."""

    initialized: bool = False
    """Whether the host said so."""

    halted: bool = False
    """Whether a human halted everything."""

    level: Json = None
    """The last log level."""

    open: dict[Key, Open] = field(default_factory=dict["Key", Open])
    """Requests of the host."""

    closing: list[Open] = field(default_factory=list["Open"])
    """Those that the event at hand took out: should it fail, what it would have told the host is lost."""

    errands: dict[int, Errand] = field(default_factory=dict[int, Errand])
    """Requests of ours."""

    asked: dict[int, Asked] = field(default_factory=dict[int, Asked])
    """Requests of the servers, by the id that the host sees."""

    wholes: dict[tuple[str, str], Whole] = field(default_factory=dict[tuple[str, str], Whole])
    """What the host was shown last."""

    leaving: set[int] = field(default_factory=set[int])
    """Places of servers that are not configured any more and still owe the host something."""

    waiting: int = 0
    """How many requests of the host wait here."""

    tickets: int = 0
    """Tickets given out."""

    _last: int = 0

    @property
    def modern(self) -> bool:
        """Whether the host speaks 2026-07-28."""
        return self.generation is Generation.MODERN

    @property
    def methods(self) -> Methods:
        """The methods that exist here."""
        return METHODS[self.revision or LATEST_LEGACY]

    def may_have(self, feature: str) -> bool:
        """Tell whether a server has a feature, or may turn out to have it."""
        return any(one.contact is not Contact.READY or one.offers(feature) is not None for one in self.servers)

    def number(self) -> int:
        """Return a number that was never used here."""
        self._last += 1
        return self._last

    def ticket(self) -> str:
        """Return a new ticket."""
        self.tickets += 1
        return ticket(self.setup.salt, self.tickets)

    def key_of(self, method: str, declared: JsonObject) -> tuple[str, str]:
        """Return the key of a list: in 2026-07-28 a server may list by what the host declares."""
        return method, repr(declared) if self.modern else ""


def new_state(setup: HubSetup) -> HubState:
    """Return what a hub knows at first."""
    servers = [Server(place, alias, setup.known.get(alias)) for place, alias in enumerate(setup.aliases)]
    cursors = Cursors(sealer=setup.sealer, salt=setup.salt)
    by_alias = {server.alias: server for server in servers}
    by_place = dict(enumerate(servers))
    return HubState(
        setup=setup,
        servers=servers,
        by_alias=by_alias,
        by_place=by_place,
        places=len(servers),
        cursors=cursors,
        halted=setup.halted,
    )
