"""Reading a list ourselves, while a request waits for what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.calls import Errand
from sekisho.engine.handshake import envelope, errand
from sekisho.engine.parking import park
from sekisho.engine.surface.shelf import KINDS, declared_by
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sekisho.engine.calls import Call
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import HostSent
    from sekisho.engine.state import State
    from sekisho.wire.jsonrpc import JsonObject, Request

__all__ = ["PAGES", "ended", "next_page", "outdate", "shown", "wait_for"]

PAGES: Final = 1_000
"""The most pages that are read of one list."""

_SECONDS: Final = 30.0
"""How long all pages of it may take."""


def wait_for(state: State, event: HostSent, message: Request, method: str) -> list[Effect]:
    """Park a request until a list has been read."""
    refused = park(state, event, message)
    if refused is not None:
        return refused
    declared = declared_by(state, message.params)
    if any(each.method == method and declared_by(state, each.params) == declared for each in state.calls.learning()):
        return []
    state.pages_read[method] = 0
    params: JsonObject = {"_meta": envelope(state, message)} if state.modern else {}
    deadline = event.now + min(_SECONDS, state.setup.patience.initialize)
    return errand(state, Errand.LEARN, method, params, event.now, deadline=deadline)


def next_page(state: State, call: Call, result: JsonObject, now: float) -> list[Effect]:
    """Ask for the page behind one that came, or let those who wait go on; all pages share one deadline."""
    cursor, asked = result.get("nextCursor"), obj(call.params)
    state.pages_read[call.method] += 1
    if isinstance(cursor, str) and state.pages_read[call.method] < PAGES and cursor != asked.get("cursor"):
        return errand(state, Errand.LEARN, call.method, {**asked, "cursor": cursor}, now, deadline=call.deadline)
    ended(state, call, now, failed=isinstance(cursor, str))
    return []


def outdate(state: State, now: float, methods: Iterable[str] = KINDS) -> None:
    """Trust no list that was asked for before now."""
    for (method, _), listing in state.shelf.listings.items() if state.shelf is not None else ():
        if method in methods:
            listing.changed_at = now


def shown(state: State, call: Call) -> dict[str, str]:
    """Return what the host was shown of the list that `call` reads: names, and the fingerprints of their texts."""
    if state.shelf is None:
        return {}
    listing = state.shelf.listing(call.method, declared_by(state, call.params))
    return {name: stand.shown for name, stand in listing.stands.items() if stand.shown} if listing.told else {}


def ended(state: State, call: Call, now: float, *, failed: bool) -> None:
    """A reading is over. Of one that failed nothing is known, so what waited for it is refused."""
    state.unpark = True
    if call.method == "tools/list":
        state.learned = True
    if state.shelf is not None:
        listing = state.shelf.listing(call.method, declared_by(state, call.params))
        listing.read_at = now
        if failed:
            listing.stands, listing.whole = {}, False
