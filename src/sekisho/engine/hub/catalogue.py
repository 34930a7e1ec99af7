"""One list out of the lists of all servers.

A request without a cursor gets the first page of what is known, after what is not known any more was read again.
Of a server that has not answered yet stands what was shown of it last, and is read again when it has.
One that was never asked is left out if it takes too long, and announced by `list_changed` when it has answered.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sekisho.engine.hub import answers, contact, recalling
from sekisho.engine.hub.cursors import Place
from sekisho.engine.hub.lists import Fetch, Listing, Whole, is_same
from sekisho.engine.hub.state import Contact, Errand, Purpose
from sekisho.pin.records import Ledger
from sekisho.wire.jsonrpc import Failure
from sekisho.wire.versions import LIST_ITEMS, META_CLIENT_CAPABILITIES, SpecCode
from sekisho.wire.views import meta, obj, text

if TYPE_CHECKING:
    from sekisho.engine.hub.state import HubState, Open, Server
    from sekisho.engine.hub.steps import HubEffect, Repinned
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import JsonObject, Response

__all__ = ["FEATURE", "advance", "changed", "fetch", "key_for", "overdue", "page_came", "repinned", "reread"]

FEATURE: Final = {
    "prompts/list": "prompts",
    "resources/list": "resources",
    "resources/templates/list": "resources",
    "tools/list": "tools",
}
"""The capability that a list belongs to."""

_WHOLES: Final = 32
"""How many lists are kept for cursors; a host asks for four, and in 2026-07-28 for each set of capabilities."""


def key_for(state: HubState, method: str, entry: Open) -> tuple[str, str]:
    """Return which list a request asks for, or needs."""
    return state.key_of(method, obj(meta(entry.message.params).get(META_CLIENT_CAPABILITIES)))


def advance(state: HubState, entry: Open, now: float) -> list[HubEffect]:
    """Answer a list request, or go on reading for it."""
    cursor = obj(entry.message.params).get("cursor")
    if cursor is not None:
        return _next(state, entry, text(cursor) or "", now)
    effects: list[HubEffect] = []
    waits = False
    key = key_for(state, entry.message.method, entry)
    for server in state.servers:
        effects += contact.retry(state, server, entry.event.who, now)
        waits = _needs(state, server, key, entry, effects, now) or waits
    if waits and now < entry.until:
        return effects
    return [*effects, *_first(state, entry, key, now)]


def _needs(
    state: HubState, server: Server, key: tuple[str, str], entry: Open, effects: list[HubEffect], now: float
) -> bool:
    """Start reading a server's list where that is needed; tell whether it is worth waiting for."""
    late = now >= entry.until
    offered = server.offers(FEATURE[key[0]]) is not None
    if offered:
        recalling.listing(state, server, key, entry.message)
    if server.recalled and (key in server.lists or not offered):
        return False
    if server.contact is Contact.ASKED:
        server.slow = server.slow or late
        server.missed = server.missed or server.slow
        return not server.slow
    if server.contact is not Contact.READY or not offered:
        return False
    listing = server.listing(key)
    if listing.good_until > now or (listing.read and listing.read_at >= entry.since):
        return False
    if listing.fetch is None:
        effects += fetch(state, server, key, entry.event.who, now)
    server.slow = server.slow or late
    listing.missed = listing.missed or server.slow
    return not server.slow


def fetch(state: HubState, server: Server, key: tuple[str, str], who: Who, now: float) -> list[HubEffect]:
    """Read a server's list from its beginning."""
    params: JsonObject = {"_meta": state.envelope} if state.modern else {}
    number, sent = answers.ask(state, server, key[0], params, Errand(Purpose.PAGE, server.place, key), who, now)
    server.listing(key).fetch = Fetch(number, now, params)
    return [sent]


def page_came(
    state: HubState, errand: Errand, number: int, message: Response | Failure, who: Who, now: float
) -> list[HubEffect]:
    """Take a page, and ask for the next one."""
    server = state.by_place[errand.server]
    listing = server.lists.get(errand.key, Listing())
    reading = listing.fetch
    if reading is None or reading.number != number:
        return []
    if isinstance(message, Failure):
        # A server that has no such list may still say that it has the feature: templates are often left out.
        return _ended(state, server, errand.key, reading, "list-failed", who, now)
    rule = reading.take(server.alias, errand.key[0], message.result)
    if rule is not None or reading.done:
        return _ended(state, server, errand.key, reading, rule or "", who, now)
    method, params = errand.key[0], reading.params
    number, sent = answers.ask(state, server, method, params, errand, who, now)
    reading.number = number
    return [sent]


def _ended(
    state: HubState, server: Server, key: tuple[str, str], reading: Fetch, rule: str, who: Who, now: float
) -> list[HubEffect]:
    """Keep what was read; of a reading that broke a rule nothing is kept, and what was known before stays."""
    listing = server.listing(key)
    listing.fetch, listing.read, listing.read_at, listing.refused = None, True, now, rule
    # Who was waited for in vain once is not waited for again before it is quick.
    server.slow = now - reading.since >= state.setup.patience.contact
    listing.recalled = False
    if rule:
        listing.missed, listing.good_until = False, 0.0
        fields: JsonObject = {"event": "list-left-out", "alias": server.alias, "method": key[0], "rule": rule}
        return [answers.record(state, "lifecycle", who, fields)]
    # A host that lists again at each announcement must not be told of what it knows: it would never end.
    news = listing.missed and not is_same(listing.entries, reading.entries)
    listing.missed = False
    listing.entries, listing.sizes, listing.names = reading.entries, reading.sizes, reading.names
    listing.public = reading.public
    listing.good_until = 0.0 if reading.stale else _good_until(state, server, key, reading, now)
    return contact.announce(state, FEATURE[key[0]]) if news else []


def _good_until(state: HubState, server: Server, key: tuple[str, str], reading: Fetch, now: float) -> float:
    if state.modern:
        return now + (reading.ttl or 0) / 1000
    tells = obj(server.offers(FEATURE[key[0]])).get("listChanged") is True
    return math.inf if tells else 0.0


def reread(state: HubState, server: Server, who: Who, now: float) -> list[HubEffect]:
    """A server has answered: read those of its lists of which the host was told what they were last."""
    effects: list[HubEffect] = []
    for key, listing in list(server.lists.items()):
        if not listing.recalled:
            continue
        if server.offers(FEATURE[key[0]]) is None:
            del server.lists[key]
        else:
            effects += fetch(state, server, key, who, now)
    return effects


def repinned(state: HubState, event: Repinned) -> list[HubEffect]:
    """Something else is approved of a server: what stands for it until it answers is what still is."""
    server = state.by_alias.get(event.alias)
    if server is None or server.known is None:
        return []
    server.known = replace(server.known, ledger=event.ledger or Ledger(server=event.alias))
    changed = {FEATURE[key[0]]: None for key in list(server.lists) if recalling.again(state, server, key)}
    return [effect for feature in changed for effect in contact.announce(state, feature)]


def overdue(state: HubState, who: Who, now: float) -> list[HubEffect]:
    """End the readings that take too long."""
    effects: list[HubEffect] = []
    for server in state.servers:
        for key, listing in list(server.lists.items()):
            reading = listing.fetch
            if reading is not None and now >= reading.deadline:
                state.errands.pop(reading.number, None)
                effects.append(contact.note(server, "notifications/cancelled", who, now, {"requestId": reading.number}))
                effects += _ended(state, server, key, reading, "list-too-slow", who, now)
    return effects


def changed(server: Server, feature: str) -> None:
    """A server said that its list has changed: what is known of it is read again when it is asked for."""
    for key, listing in server.lists.items():
        if FEATURE[key[0]] == feature:
            listing.good_until, listing.read_at = 0.0, -math.inf
            if listing.fetch is not None:
                listing.fetch.stale = True


def _listings(state: HubState, key: tuple[str, str]) -> list[Listing]:
    return [server.lists[key] for server in state.servers if key in server.lists]


def _first(state: HubState, entry: Open, key: tuple[str, str], now: float) -> list[HubEffect]:
    whole = state.wholes.pop(key, None) or Whole()
    listings = _listings(state, key)
    for listing in listings:
        listing.missed = listing.missed or listing.recalled
    whole.become(listings, state.number())
    # The one that was asked for last is the last to be dropped.
    state.wholes[key] = whole
    if len(state.wholes) > _WHOLES:
        del state.wholes[next(iter(state.wholes))]
    return _page(state, entry, key, whole, 0, now)


def _next(state: HubState, entry: Open, cursor: str, now: float) -> list[HubEffect]:
    key = key_for(state, entry.message.method, entry)
    wall, principal = state.setup.epoch + now, entry.event.who.principal
    place = state.cursors.read(cursor, method=key[0], principal=principal, wall=wall)
    whole = state.wholes.get(key)
    if place is None or whole is None or whole.edition != place.edition:
        answers.close(state, entry)
        problem = "this cursor is not for this list, or the list has changed since; list again without a cursor"
        return answers.forbid(state, entry.event, entry.message, SpecCode.INVALID_PARAMS, problem, "cursor-not-valid")
    return _page(state, entry, key, whole, place.page, now)


def _page(state: HubState, entry: Open, key: tuple[str, str], whole: Whole, number: int, now: float) -> list[HubEffect]:
    entries = whole.page(number)
    result: JsonObject = {LIST_ITEMS[key[0]]: entries}
    if number + 1 < len(whole.starts):
        wall, principal = state.setup.epoch + now, entry.event.who.principal
        place = Place(whole.edition, number + 1)
        result["nextCursor"] = state.cursors.write(place, method=key[0], principal=principal, wall=wall)
    if state.modern:
        scope = _scope(state, key, cut=len(whole.starts) > 1)
        result |= {"resultType": "complete", "ttlMs": _ttl(state, key, now), "cacheScope": scope}
    return answers.answer(state, entry, result, len(entries))


def _ttl(state: HubState, key: tuple[str, str], now: float) -> int:
    """Return for how long all of it is good, in milliseconds: not at all while somebody is missing."""
    known = [server.lists[key].good_until - now for server in state.servers if key in server.lists]
    missing = any(server.contact in (Contact.ASKED, Contact.NEW) for server in state.servers)
    return 0 if missing or not known else max(0, int(min(known) * 1000))


def _scope(state: HubState, key: tuple[str, str], *, cut: bool) -> str:
    """Return for whom a page may be kept: one of several is for one principal, as its cursor is."""
    listings = _listings(state, key)
    return "public" if listings and not cut and all(listing.public for listing in listings) else "private"
