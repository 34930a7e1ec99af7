"""What the servers' sessions have to say: answers, notifications, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from sekisho.engine.effects import CloseStream, SendToHost
from sekisho.engine.events import HUB_OWN, Trouble
from sekisho.engine.hub import answers, catalogue, contact, levels, listening, questions, routing, uris
from sekisho.engine.hub.from_host import advance_all
from sekisho.engine.hub.state import Contact, Purpose
from sekisho.engine.hub.steps import Renew
from sekisho.wire.jsonrpc import Failure, Response
from sekisho.wire.versions import META_SUBSCRIPTION_ID
from sekisho.wire.views import meta, obj

if TYPE_CHECKING:
    from sekisho.engine.hub.state import HubState, Server
    from sekisho.engine.hub.steps import FromServer, HubEffect, SessionOver, StreamClosed
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import Id, JsonObject

__all__ = ["closed", "over", "receive"]

_LISTS: Final = {f"notifications/{feature}/list_changed": feature for feature in contact.FLAGS}


def receive(state: HubState, event: FromServer, who: Who) -> list[HubEffect]:
    """Handle one message of a server's session."""
    server, sent = state.by_place[event.server], event.sent
    if sent.final and sent.about is not None:
        message = _message(sent, sent.about)
        if sent.channel == HUB_OWN:
            return _errand_done(state, server, sent.about, message, who, event.now)
        return _answer(state, server, message, sent)
    about = _still_open(state, server, sent)
    if about is None and sent.about is not None and server.place in state.leaving:
        return []  # the host's stream goes on without it
    id_ = sent.body.get("id")
    if isinstance(id_, int | str):
        return questions.asked(state, server, sent, id_, about)
    return _notification(state, server, sent, about)


def _message(sent: SendToHost, about: Id) -> Response | Failure:
    if "result" in sent.body:
        return Response(about, obj(sent.body["result"]), sent.body)
    return Failure(about, obj(sent.body.get("error")), sent.body)


def _still_open(state: HubState, server: Server, sent: SendToHost) -> Id | None:
    """Return the host's request that a message is about; None also for one of ours."""
    if sent.about is None:
        return None
    entry = state.open.get((sent.channel, sent.about))
    return sent.about if entry is not None and server.place in entry.servers else None


def _errand_done(
    state: HubState, server: Server, about: Id, message: Response | Failure, who: Who, now: float
) -> list[HubEffect]:
    errand = state.errands.get(about) if isinstance(about, int) else None
    if errand is None or not isinstance(about, int) or errand.server != server.place:
        return []
    del state.errands[about]
    effects: list[HubEffect] = []
    match errand.purpose:
        case Purpose.CONTACT:
            effects = contact.heard(state, server, message, who, now)
            if server.contact is Contact.READY:
                effects += catalogue.reread(state, server, who, now)
            if state.modern and server.contact is Contact.READY:
                effects += listening.joined(state, server, now)
        case Purpose.PAGE:
            effects = catalogue.page_came(state, errand, about, message, who, now)
        case Purpose.LEVEL:
            levels.answered(state, errand, about, message)
        case Purpose.SUBSCRIPTION:
            if isinstance(message, Failure):
                server.subscribed.discard(errand.key[1])
        case _:
            assert_never(errand.purpose)
    return [*effects, *advance_all(state, now)]


def _answer(state: HubState, server: Server, message: Response | Failure, sent: SendToHost) -> list[HubEffect]:
    entry = state.open.get((sent.channel, message.id)) if message.id is not None else None
    if entry is None or server.place not in entry.servers:
        return []
    if entry.message.method == "subscriptions/listen":
        return listening.ended(state, entry, server, message, sent)
    return routing.answered(state, entry, server, sent)


def _notification(state: HubState, server: Server, sent: SendToHost, about: Id | None) -> list[HubEffect]:
    method, params = sent.body.get("method"), obj(sent.body.get("params"))
    before: list[HubEffect] = []
    entry = state.open.get((sent.channel, about)) if about is not None else None
    if entry is not None and META_SUBSCRIPTION_ID in meta(params):
        if method == "notifications/subscriptions/acknowledged":
            return listening.acknowledged(state, entry, server, params)
        before = listening.said(state, entry)
    match method:
        case "notifications/progress" if sent.channel == HUB_OWN:
            return []
        case "notifications/cancelled":
            if entry is not None and state.modern:
                # The last server to end its stream ends the host's; the stream closes with what follows.
                return [*before, sent] if entry.servers == {server.place} else []
            return questions.withdrawn(state, server, sent, params.get("requestId"), about)
        case "notifications/resources/updated":
            params = uris.with_text(server.alias, params, "uri")
        case str() if method in _LISTS:
            catalogue.changed(server, _LISTS[method])
        case _:
            pass
    if sent.channel == HUB_OWN and state.modern:
        return contact.announce(state, _LISTS[method]) if isinstance(method, str) and method in _LISTS else []
    body: JsonObject = {**sent.body, "params": params} if "params" in sent.body else sent.body
    return [*before, SendToHost(body, max(sent.channel, 0), about)]


def closed(state: HubState, event: StreamClosed) -> list[HubEffect]:
    """A session ended the stream of a request without an answer."""
    entry = state.open.get((event.channel, event.about))
    server = state.by_place[event.server]
    if entry is None or server.place not in entry.servers:
        return []
    if entry.message.method == "subscriptions/listen":
        return listening.closed(state, entry, server)
    answers.close(state, entry)
    return [CloseStream(event.channel, event.about)]


def over(state: HubState, event: SessionOver, who: Who) -> list[HubEffect]:
    """A session has ended: what is needed next opens another one, and its lists are read again."""
    server = state.by_place[event.server]
    server.contact = Contact.NEW
    for feature in contact.FLAGS:
        catalogue.changed(server, feature)
    for listing in server.lists.values():
        listing.fetch = None
    for number, errand in list(state.errands.items()):
        if errand.server == server.place:
            del state.errands[number]
            levels.gone(state, errand, number)
    questions.forget(state, place=server.place)
    effects: list[HubEffect] = [] if server.place in state.leaving else [Renew(server.place)]
    for entry in [entry for entry in state.open.values() if server.place in entry.servers]:
        entry.servers.discard(server.place)
        entry.unacknowledged.discard(server.place)
        if not entry.servers:
            answers.close(state, entry)
            effects += answers.refused(state, entry.event, entry.message, Trouble.SESSION_ENDED)
        elif not entry.unacknowledged:
            effects += listening.said(state, entry)
    server.missed = True
    return [*effects, *contact.greet_all(state, who, event.now), *advance_all(state, event.now)]
