"""What a session knows of its server's definitions."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sekisho.engine.capabilities import narrowed
from sekisho.engine.surface.beside import NOBODY
from sekisho.model.place import Kind
from sekisho.pin.canonical import capability_set
from sekisho.wire.versions import META_CLIENT_CAPABILITIES
from sekisho.wire.views import meta

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.engine.events import Trouble
    from sekisho.engine.state import State
    from sekisho.engine.surface.beside import Beside
    from sekisho.model.definition import Definition
    from sekisho.model.finding import Finding
    from sekisho.pin.records import Ledger
    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["GRACE", "KINDS", "Guard", "Listing", "Memo", "Run", "Shelf", "Stand", "declared_by"]

GRACE: Final = 2.0
"""How long after `notifications/initialized` a server's first surface may still grow, in seconds."""

KINDS: Final[Mapping[str, Kind]] = {
    "prompts/list": Kind.PROMPT,
    "resources/list": Kind.RESOURCE,
    "resources/templates/list": Kind.TEMPLATE,
    "tools/list": Kind.TOOL,
}
"""What each list holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What a session is given to judge definitions with."""

    ledger: Ledger | None
    """What was approved of its server; None while nobody can tell."""

    session: str
    """Names this session; no other one is called so."""

    first_use: bool = True
    """Whether what is without a finding at first sight is approved by that; else a person is asked for everything."""

    notes_code: bool = False
    """Whether a server whose code was changed is started all the same, and that is noted."""

    tools: frozenset[str] | None = None
    """The only tools that exist for a host, by the server's own names; None for all."""

    version: str = ""
    """Our own version: what it judged it need not judge again before it is recalled."""

    def lacks(self, definition: Definition) -> bool:
        """Tell whether a definition is of a tool that the configuration leaves out."""
        place = definition.place
        return self.tools is not None and place.kind is Kind.TOOL and place.name not in self.tools


@dataclass(frozen=True, slots=True)
class Stand:
    """What is done about one name."""

    fingerprint: str
    """Of what the server lists."""

    shown: str
    """Of what the host gets; empty where that is nothing."""

    rule: str = ""
    """By which rule it is hidden."""


@dataclass(frozen=True, slots=True, eq=False)
class Memo:
    """A page that was judged, for when the same bytes come again."""

    digest: bytes
    """Of the entries as they came."""

    ledger: Ledger
    """By which they were judged."""

    beside: Beside
    """Beside which they were."""

    shown: list[Json] | None
    """What the host got; None for all of it, as it came."""

    stands: dict[str, Stand]
    """What was done."""

    definitions: tuple[Definition, ...]
    """What they define."""

    findings: tuple[Finding, ...]
    """What the rules say about each of them by itself."""


@dataclass(slots=True, eq=False)
class Run:
    """One reading of a list from its beginning, by the host or by us."""

    began: float
    """When its first page was asked for."""

    cursor: Json = None
    """That of the page that comes next."""

    pages: list[Memo] = field(default_factory=list[Memo])
    """What has come."""

    cursors: list[str | None] = field(default_factory=list["str | None"])
    """With what each was asked for."""

    known: bool = True
    """Whether every page so far is one that was judged before."""


@dataclass(slots=True, eq=False)
class Listing:
    """One list, as it was last read."""

    stands: dict[str, Stand] = field(default_factory=dict[str, Stand])
    """By the server's own name, URI or template."""

    memos: dict[str | None, Memo] = field(default_factory=dict["str | None", Memo])
    """The pages of the last reading, by cursor."""

    run: Run | None = None
    """The reading that is under way."""

    told: bool = False
    """Whether the host was shown any of it."""

    whole: bool = False
    """Whether the last reading came to its end."""

    settled: bool = False
    """Whether the first reading is over, so that what is new from now on is held."""

    began: float = -math.inf
    """When the last reading that told something began."""

    changed_at: float = -math.inf
    """When the server last said that it has changed, or was started anew."""

    good_until: float = math.inf
    """Until when the server says that it is good."""

    read_at: float = -math.inf
    """When a reading of our own ended, well or not."""

    failed: bool = False
    """Whether that one failed."""

    def fresh(self, now: float) -> bool:
        """Tell whether what is known still counts."""
        return self.began > self.changed_at and now < self.good_until


@dataclass(slots=True, eq=False)
class Shelf:
    """Everything about definitions that a session remembers."""

    guard: Guard
    """What it was given."""

    ledger: Ledger | None
    """What is approved, as it stands now; None while nobody can tell."""

    code: str = ""
    """The fingerprint of what the server runs; empty while nobody has read that, and for a remote one."""

    body: JsonObject | None = None
    """What that is."""

    beside: Beside = NOBODY
    """What is approved of the servers beside it."""

    listings: dict[tuple[str, str], Listing] = field(default_factory=dict[tuple[str, str], Listing])
    """By method, and by what the host declared."""

    named: tuple[JsonObject, str] | None = None
    """What the host declared last, and the name of that: each call asks for it."""

    gone: tuple[Ledger, bool] | None = None
    """Whether a generation is held by this ledger: each call asks for it."""

    barred: tuple[Ledger, str, Trouble | None] | None = None
    """By which rule this ledger bars this code: each call asks for it."""

    grace: float = math.inf
    """Until when the first surface may grow; it is not known before the host is initialized."""

    def listing(self, method: str, declared: str) -> Listing:
        """Return one list."""
        found = self.listings.get((method, declared))
        if found is None:
            if len(self.listings) >= _LISTINGS:
                del self.listings[next(iter(self.listings))]
            found = self.listings[method, declared] = Listing()
        return found


def declared_by(state: State, params: JsonObject | None) -> str:
    """Name what the host declares: in 2026-07-28 it says so with each request."""
    told = meta(params).get(META_CLIENT_CAPABILITIES)
    said = told if isinstance(told, dict) else state.host_capabilities
    shelf = state.shelf
    named = shelf.named if shelf is not None else None
    if named is None or named[0] != said:
        named = said, capability_set(narrowed(said, state.setup.policy))
        if shelf is not None:
            shelf.named = named
    return named[1]


_LISTINGS: Final = 64
"""How many lists are kept: four, for each set of capabilities that hosts of one session declare."""
