"""`subscriptions/listen` (2026-07-28): one stream of the host, one of ours to each server, all under the host's id.

The host gets one acknowledgement, with all that any of the servers honours, before anything else on that stream.
A server that joins later gets the subscription when it does; the stream ends when every server has ended its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.effects import CloseStream, SendToHost
from sekisho.engine.hub import answers, uris
from sekisho.engine.hub.contact import FLAGS
from sekisho.engine.hub.state import Contact
from sekisho.wire.jsonrpc import Failure
from sekisho.wire.versions import META_SUBSCRIPTION_ID
from sekisho.wire.views import items, obj

if TYPE_CHECKING:
    from sekisho.engine.hub.state import HubState, Open, Server
    from sekisho.engine.hub.steps import HubEffect
    from sekisho.wire.jsonrpc import Json, JsonObject, Response

__all__ = ["acknowledged", "advance", "closed", "ended", "joined", "overdue", "said"]

_URIS: Final = "resourceSubscriptions"
_WANTED: Final = "notifications"


def advance(state: HubState, entry: Open, now: float) -> list[HubEffect]:
    """Open the stream at every server that is there, once all have been waited for."""
    if now < entry.until and any(_is_awaited(entry, server) for server in state.servers):
        return []
    state.waiting -= 1
    entry.waiting = False
    entry.until = now + state.setup.patience.contact
    effects: list[HubEffect] = []
    for server in state.servers:
        if server.contact is Contact.READY:
            effects += _listen(entry, server, now)
        else:
            server.missed = server.missed or not server.recalled
    return effects if entry.unacknowledged else [*effects, *_acknowledge(state, entry)]


def _is_awaited(entry: Open, server: Server) -> bool:
    """Tell whether a server may come in time; one that is recalled is worth it for a resource of its own only."""
    if server.contact is not Contact.ASKED or server.slow:
        return False
    return not server.recalled or bool(_own(server, obj(obj(entry.message.params).get(_WANTED))))


def _listen(entry: Open, server: Server, now: float) -> list[HubEffect]:
    params = obj(entry.message.params)
    wanted = obj(params.get(_WANTED))
    own: list[Json] = list(_own(server, wanted))
    told: JsonObject = {key: value for key, value in wanted.items() if key != _URIS}
    if own:
        told[_URIS] = own
    if not told:
        return []
    entry.unacknowledged.add(server.place)
    return [answers.forward(entry, server, {**params, _WANTED: told}, now)]


def _own(server: Server, wanted: JsonObject) -> list[str]:
    found = [uris.parsed(uri) for uri in items(wanted.get(_URIS)) if isinstance(uri, str)]
    return [place[1] for place in found if place is not None and place[0] == server.alias]


def joined(state: HubState, server: Server, now: float) -> list[HubEffect]:
    """A server has come: it gets the subscriptions that are open."""
    effects: list[HubEffect] = []
    for entry in state.open.values():
        if entry.message.method == "subscriptions/listen" and not entry.waiting:
            effects += _listen(entry, server, now)
    return effects


def acknowledged(state: HubState, entry: Open, server: Server, params: JsonObject) -> list[HubEffect]:
    """A server says what it honours; the last one to say so lets the host know."""
    honoured = obj(params.get(_WANTED))
    told = entry.honoured
    for key, value in honoured.items():
        if key == _URIS:
            shown: list[Json] = [uris.shown(server.alias, uri) for uri in items(value) if isinstance(uri, str)]
            told[_URIS] = [*items(told.get(_URIS)), *shown]
        elif value is True or key not in told:
            told[key] = value
    entry.unacknowledged.discard(server.place)
    if entry.acknowledged or entry.unacknowledged:
        return []
    return _acknowledge(state, entry)


def _acknowledge(state: HubState, entry: Open) -> list[HubEffect]:
    entry.acknowledged = True
    wanted = obj(obj(entry.message.params).get(_WANTED))
    # Who comes late or comes back is announced, so this much is honoured whatever the servers say.
    entry.honoured |= {
        flag: True for feature, flag in FLAGS.items() if wanted.get(flag) is True and state.may_have(feature)
    }
    params: JsonObject = {_WANTED: entry.honoured, "_meta": {META_SUBSCRIPTION_ID: entry.message.id}}
    body: JsonObject = {"jsonrpc": "2.0", "method": "notifications/subscriptions/acknowledged", "params": params}
    return [SendToHost(body, entry.event.channel, entry.message.id)]


def said(state: HubState, entry: Open) -> list[HubEffect]:
    """Something else is about to be said on the stream: the acknowledgement goes first."""
    return [] if entry.acknowledged or entry.waiting else _acknowledge(state, entry)


def overdue(state: HubState, now: float) -> list[HubEffect]:
    """Acknowledge without those that take too long."""
    effects: list[HubEffect] = []
    for entry in state.open.values():
        if entry.message.method == "subscriptions/listen" and now >= entry.until:
            effects += said(state, entry)
    return effects


def ended(
    state: HubState, entry: Open, server: Server, message: Response | Failure, sent: SendToHost
) -> list[HubEffect]:
    """A server ended its stream, or never opened one; the last one to do so ends the host's."""
    entry.servers.discard(server.place)
    entry.unacknowledged.discard(server.place)
    if entry.servers:
        return _acknowledge(state, entry) if not entry.unacknowledged and not entry.acknowledged else []
    if isinstance(message, Failure) and not entry.acknowledged:
        return answers.fail(state, entry, message.error)
    answers.close(state, entry)
    return [*said(state, entry), sent]


def closed(state: HubState, entry: Open, server: Server) -> list[HubEffect]:
    """A server's stream was closed: the host cancelled, or the server ended it without an answer."""
    entry.servers.discard(server.place)
    entry.unacknowledged.discard(server.place)
    if entry.servers:
        return []
    answers.close(state, entry)
    return [CloseStream(entry.event.channel, entry.message.id)]
