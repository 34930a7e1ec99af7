"""What was shown of a server last stands for its word until it has answered: no host waits for what is approved.

Nothing is called by it. A request for the server waits for the server, and its list is read before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.capabilities import narrowed
from sekisho.engine.hub.lists import Fetch, is_same
from sekisho.engine.surface.shelf import KINDS
from sekisho.engine.terms import shown
from sekisho.model.place import Kind
from sekisho.pin.canonical import capability_set
from sekisho.pin.code import is_held
from sekisho.pin.generations import are_held
from sekisho.pin.recall import instructions, last_listed, last_offered
from sekisho.wire.versions import META_CLIENT_CAPABILITIES, Generation
from sekisho.wire.views import meta, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sekisho.engine.hub.lists import Listing
    from sekisho.engine.hub.setup import Known
    from sekisho.engine.hub.state import HubState, Server
    from sekisho.wire.jsonrpc import Json, JsonObject, Request

__all__ = ["again", "listing", "news", "offer"]


def offer(state: HubState, server: Server) -> None:
    """Take what a server offered last for its word about itself, until it answers."""
    known = server.known
    if known is None or _is_out(known) or server.offer:
        return
    told = obj(state.envelope.get(META_CLIENT_CAPABILITIES))
    generation = Generation.MODERN
    if state.opening is not None:
        told, generation = obj(state.opening.get("capabilities")), Generation.LEGACY
    declared = _named(state, known, told)
    offered = last_offered(known.ledger, declared, generation)
    if offered is None:
        return
    words = instructions(known.ledger, declared, state.setup.version)
    server.offer = {"capabilities": offered, **({"instructions": words} if words is not None else {})}
    server.recalled = True


def listing(state: HubState, server: Server, key: tuple[str, str], asked: Request) -> None:
    """Take what was shown of a list last for the list, until it is read."""
    if server.known is None or key in server.lists:
        return
    told = obj(meta(asked.params).get(META_CLIENT_CAPABILITIES))
    if state.opening is not None:
        told = obj(state.opening.get("capabilities"))
    declared = _named(state, server.known, told)
    entries = _entries(state, server.known, key[0], declared)
    if entries is not None:
        found = server.listing(key)
        found.recalled, found.declared = True, declared
        _take(server, key[0], found, entries)


def again(state: HubState, server: Server, key: tuple[str, str]) -> bool:
    """Recall a list once more, as something else is approved; tell whether the host sees another one because of it."""
    found, known = server.lists[key], server.known
    if known is None or not found.recalled:
        return False
    before = found.entries
    _take(server, key[0], found, _entries(state, known, key[0], found.declared) or [])
    return not is_same(before, found.entries)


def _entries(state: HubState, known: Known, method: str, declared: str) -> list[Json] | None:
    if _is_out(known):
        return None
    entries = last_listed(known.ledger, declared, KINDS[method], state.setup.version)
    if entries is None or KINDS[method] is not Kind.TOOL:
        return entries
    named = known.tools
    entries = [entry for entry in entries if named is None or text(obj(entry).get("name")) in named]
    return shown(known.calls, entries)


def _is_out(known: Known) -> bool:
    """Tell whether nothing of a server passes now."""
    ledger = known.ledger
    return ledger.quarantine is not None or are_held(ledger) or is_held(ledger, noted=known.notes_code)


def _take(server: Server, method: str, listing: Listing, entries: Iterable[Json]) -> None:
    read = Fetch(0, 0.0, {})
    for entry in entries:
        read.keep(server.alias, method, obj(entry))
    listing.entries, listing.sizes, listing.names = read.entries, read.sizes, read.names


def news(server: Server, before: JsonObject | None, features: Iterable[str]) -> list[str]:
    """Return which lists the host has to read again, now that a server has answered.

    Args:
        server: it.
        before: what it offered last, where the host was told that; None where it was told nothing of it.
        features: whatever has lists.
    """
    was = obj((before or {}).get("capabilities"))
    found: list[str] = []
    for feature in features:
        has = server.offers(feature) is not None
        if (server.missed and has) or (before is not None and has != isinstance(was.get(feature), dict)):
            found.append(feature)
    return found


def _named(state: HubState, known: Known, declared: JsonObject) -> str:
    return capability_set(narrowed(declared, state.setup.policy.without(known.withheld)))
