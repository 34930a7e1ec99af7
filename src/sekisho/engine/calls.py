"""What is in flight, in both directions.

A `Call` is a request on its way to the server: its `number` is the id that the server sees.
An `Asked` is a server's request on its way to the host: its key is the id that the host sees.
Ids are always ours on the far side, so equal ids of two channels, or of two types, never meet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sekisho.engine.events import HostSent
    from sekisho.engine.ready import Ready
    from sekisho.engine.sampling.gate import Withheld
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import Id, Json, JsonObject, Request

__all__ = ["Asked", "Call", "Calls", "Errand", "HostKey"]

HostKey: TypeAlias = "tuple[int, Id]"


class Errand(StrEnum):
    """A request of our own to the server."""

    PROBE = "probe"
    """`server/discover`, before the first request of a 2026-07-28 host is let through."""

    REPLAY = "replay"
    """`initialize` again, after the server was restarted."""

    LEARN = "learn"
    """A list, to know what may be called, and which arguments travel as headers."""

    PING = "ping"
    """Is anybody there?"""

    RESTORE = "restore"
    """A log level or a subscription, told again to a restarted server."""


@dataclass(slots=True, eq=False)
class Call:
    """One request to the server."""

    number: int
    """Its id on the server's side."""

    method: str
    """The method."""

    params: JsonObject | None
    """The params as the host sent them."""

    who: Who
    """On whose behalf."""

    channel: int
    """The host's channel."""

    id: Id | None
    """Its id on the host's side; None for an errand."""

    since: float
    """When it was sent."""

    deadline: float
    """When it is given up; infinite for a listening stream. Progress moves it."""

    errand: Errand | None = None
    """What it is for, when it is ours."""

    token: Json = None
    """The host's progress token; None where it wants no progress."""

    cancelled: bool = False
    """Whether the host, or a deadline, gave it up."""

    answered: bool = False
    """Whether the host waits no more: answered by us, or its stream closed. A late answer has nowhere to go."""

    capabilities: JsonObject | None = None
    """What the host declared for this request (2026-07-28), after the policy."""

    notes: int = 0
    """How many progress and log messages belong to it."""

    bridged: bool = False
    """Whether its host speaks the other generation."""

    aside: bool = False
    """Whether its answer has come and waits to be judged: what happens to the server then takes nothing away."""

    tool: Ready | None = None
    """The tool that it calls, if it declares what its structured results are."""

    came: tuple[HostSent, Request] | None = None
    """How the host's request came, in case that it has to be judged anew before it was sent; None for an errand."""

    unkept: int = 0
    """How often its answer was judged in vain, because somebody else decided about the same server meanwhile."""


@dataclass(slots=True, eq=False)
class Asked:
    """One request of the server to the host."""

    id: Id
    """Its id on the server's side."""

    method: str
    """The method."""

    channel: int
    """The host's channel."""

    call: int | None
    """The call during which it came, when that is known."""

    deadline: float
    """When the server is told that nobody answered."""

    form: JsonObject | None = None
    """What the answer is judged by, if it is one to a form."""

    withheld: Withheld | None = None
    """What goes on when the person says yes: then the host was not asked this, but whether it may be."""


@dataclass(slots=True, eq=False)
class Calls:
    """The table of both directions."""

    by_number: dict[int, Call] = field(default_factory=dict[int, Call])
    """Requests to the server."""

    asked: dict[int, Asked] = field(default_factory=dict[int, Asked])
    """Requests to the host, by the id that the host sees."""

    last_asked: int = 0
    """The id of the last request to the host; where a session begins is up to whoever makes it."""

    _numbers: dict[HostKey, int] = field(default_factory=dict["HostKey", int])
    _last: int = 0

    def next_number(self) -> int:
        """Return a number that was never used in this session."""
        self._last += 1
        return self._last

    def add(self, call: Call) -> None:
        """Enter a call."""
        self.by_number[call.number] = call
        if call.id is not None:
            self._numbers[call.channel, call.id] = call.number

    def find(self, channel: int, id_: Id) -> Call | None:
        """Return the host's open call with this id, the id's type included."""
        number = self._numbers.get((channel, id_))
        return None if number is None else self.by_number.get(number)

    def remove(self, number: int) -> Call | None:
        """Take a call out; None when there is none."""
        call = self.by_number.pop(number, None)
        if call is not None and call.id is not None:
            self._numbers.pop((call.channel, call.id), None)
        return call

    def take(self, number: int) -> Call | None:
        """Take a call out that still waits for its answer; None when there is none."""
        call = self.by_number.get(number)
        return self.remove(number) if call is not None and not call.aside else None

    def of_host(self) -> Iterable[Call]:
        """Return the host's open calls, oldest first, without errands and given-up ones."""
        return [call for call in self.by_number.values() if call.errand is None and not call.cancelled]

    def on_errand(self, purpose: Errand) -> bool:
        """Tell whether a request of our own with this purpose is under way."""
        return any(call.errand is purpose for call in self.by_number.values())

    def learning(self) -> Iterable[Call]:
        """Return the lists that we are reading ourselves."""
        return [call for call in self.by_number.values() if call.errand is Errand.LEARN]

    def ask(self, asked: Asked) -> int:
        """Enter a server's request and return the id that the host will see."""
        self.last_asked += 1
        self.asked[self.last_asked] = asked
        return self.last_asked

    def asked_by_server(self, id_: Id) -> int | None:
        """Return the host-side id of the server's open request."""
        for ours, asked in self.asked.items():
            if asked.id == id_ and type(asked.id) is type(id_):
                return ours
        return None
