"""The configuration changed while hosts are here: servers come, go, or are replaced, and no call is dropped.

A server that goes is not listed and gets nothing new from this moment on.
What was with it goes on to its end; then its session is let go.
One that changed is two: the old one goes, and another of the same alias comes beside it at once.
So nothing waits for the other; a program that may run only once is asked again when its predecessor has gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.hub import answers, contact, levels, listening, questions
from sekisho.engine.hub.setup import distinct
from sekisho.engine.hub.state import Server
from sekisho.engine.hub.steps import Add, Drop

if TYPE_CHECKING:
    from sekisho.engine.hub.state import HubState
    from sekisho.engine.hub.steps import Configured, HubEffect
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["configured", "drained"]


def configured(state: HubState, event: Configured, who: Who) -> list[HubEffect]:
    """Take the servers of the new configuration, and tell the host what changed for it."""
    aliases = distinct(event.aliases)
    kept = {alias for alias in aliases if alias in state.by_alias and alias not in event.fresh}
    going = [server for server in state.servers if server.alias not in kept]
    effects: list[HubEffect] = []
    changed = [feature for feature in contact.FLAGS if any(server.offers(feature) is not None for server in going)]
    for server in going:
        state.leaving.add(server.place)
        effects += _abandon(state, server)
    coming = [_new(state, alias) for alias in aliases if alias not in kept]
    effects += [Add(server.place, server.alias) for server in coming]
    found = {server.alias: server for server in (*state.servers, *coming)}
    state.by_alias = {alias: found[alias] for alias in aliases}
    state.servers = list(state.by_alias.values())
    if state.opening is not None or state.modern:
        effects += contact.greet_all(state, who, event.now)
    for feature in changed:
        effects += contact.announce(state, feature)
    for server in (*going, *coming):
        fields: JsonObject = {"event": "removed" if server in going else "added", "alias": server.alias}
        effects.append(answers.record(state, "lifecycle", who, fields))
    return effects


def _new(state: HubState, alias: str) -> Server:
    server = Server(state.places, alias, missed=True)
    state.places += 1
    state.by_place[server.place] = server
    return server


def _abandon(state: HubState, server: Server) -> list[HubEffect]:
    """Expect nothing more from a session but answers to what the host asked of it."""
    for number, errand in list(state.errands.items()):
        if errand.server == server.place:
            del state.errands[number]
            levels.gone(state, errand, number)
    for listing in server.lists.values():
        listing.fetch = None
    effects: list[HubEffect] = []
    for entry in state.open.values():
        if entry.message.method == "subscriptions/listen" and server.place in entry.servers:
            # The host's stream stays: whoever else is there, or comes, goes on telling on it.
            entry.servers.discard(server.place)
            entry.unacknowledged.discard(server.place)
            if not entry.unacknowledged:
                effects += listening.said(state, entry)
    return effects


def drained(state: HubState) -> list[HubEffect]:
    """Let the sessions go that owe the host nothing any more."""
    busy = {place for entry in state.open.values() for place in entry.servers}
    effects: list[HubEffect] = []
    for place in sorted(state.leaving - busy):
        state.leaving.discard(place)
        del state.by_place[place]
        questions.forget(state, place=place)
        effects.append(Drop(place))
    return effects
