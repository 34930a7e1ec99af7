"""The host's messages: answered here, sent to the one server that they are for, or to all."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, assert_never

from sekisho.engine.effects import CloseStream, SendToHost
from sekisho.engine.from_host import WIRE_CODES
from sekisho.engine.halting import PASSES_A_HALT
from sekisho.engine.hub import answers, catalogue, contact, gate, levels, listening, offers, questions, routing
from sekisho.engine.hub.state import Contact, Open
from sekisho.engine.hub.steps import Renew, ToServer
from sekisho.engine.refusal import known_method
from sekisho.wire.jsonrpc import Failure, Notification, Request, Response, error_body
from sekisho.wire.versions import LIST_ITEMS, SpecCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.engine.events import HostGarbled, HostLeft, HostSent
    from sekisho.engine.hub.state import HubState, Server
    from sekisho.engine.hub.steps import HubEffect
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["advance_all", "garbled", "left", "receive"]


def receive(state: HubState, event: HostSent) -> list[HubEffect]:
    """Handle one message of the host."""
    message = event.message
    match message:
        case Request():
            return _request(state, event, message)
        case Notification():
            return _notification(state, event, message)
        case Response() | Failure():
            return questions.answered(state, event, message)
        case _:
            assert_never(message)


def garbled(state: HubState, event: HostGarbled) -> list[HubEffect]:
    """Answer what could not be read."""
    code = WIRE_CODES.get(event.reason, SpecCode.INVALID_REQUEST)
    fields: JsonObject = {"rule": event.reason, "code": int(code), "verdict": "deny"}
    body = error_body(event.id, code, f"Sekisho: {event.detail}")
    told = answers.record(state, "error", event.who, fields)
    return [told, SendToHost(body, event.channel, event.id, final=True)]


def _request(state: HubState, event: HostSent, message: Request) -> list[HubEffect]:
    before, probed = state.opening, [server for server in state.servers if server.contact is not Contact.NEW]
    objected = gate.objection(state, event, message)
    if objected is not None:
        return objected
    renewed = [] if state.opening is before else [*_forsaken(state), *_renewed(state, probed)]
    # A request for one server waits for that one, whose own deadlines end it.
    until = math.inf if message.method in routing.ROUTED else event.now + state.setup.patience.contact
    entry = Open(event, message, event.now, until)
    state.open[entry.key] = entry
    state.waiting += 1
    if state.halted and message.method not in PASSES_A_HALT:
        # A session refuses it, on record and with a ticket.
        state.waiting -= 1
        entry.waiting = False
        return [*renewed, answers.forward(entry, state.servers[0], message.params or {}, event.now)]
    greeted = contact.greet_all(state, event.who, event.now)
    return [*renewed, *greeted, *advance(state, entry, event.now)]


def _forsaken(state: HubState) -> list[HubEffect]:
    """Refuse the probes of a host that went on with `initialize`: their answer would be one of the other generation."""
    effects: list[HubEffect] = []
    for entry in list(state.open.values()):
        answers.close(state, entry)
        problem = "the client went on with initialize"
        code = SpecCode.INVALID_REQUEST
        effects += answers.forbid(state, entry.event, entry.message, code, problem, "mixed-generations")
    return effects


def _renewed(state: HubState, probed: Sequence[Server]) -> list[HubEffect]:
    """Take new sessions for servers that were asked for the newer generation, before they are asked for the older."""
    state.errands.clear()
    for server in probed:
        server.offer, server.lists, server.recalled = {}, {}, False
    return [Renew(server.place) for server in probed]


def advance(state: HubState, entry: Open, now: float) -> list[HubEffect]:
    """Go on with a request that waits here."""
    method = entry.message.method
    if method in routing.ROUTED:
        return routing.advance(state, entry, now)
    if method in LIST_ITEMS:
        return catalogue.advance(state, entry, now)
    match method:
        case "initialize" | "server/discover":
            return _introduce(state, entry, now)
        case "subscriptions/listen":
            return listening.advance(state, entry, now)
        case "logging/setLevel":
            return levels.advance(state, entry, now)
        case _:
            # What is left of the tables is `ping`.
            return answers.answer(state, entry, {})


def advance_all(state: HubState, now: float) -> list[HubEffect]:
    """Go on with all that wait here: something has come, or time has passed."""
    if not state.waiting:
        return []
    waiting = [entry for entry in state.open.values() if entry.waiting]
    return [effect for entry in waiting for effect in advance(state, entry, now)]


def _introduce(state: HubState, entry: Open, now: float) -> list[HubEffect]:
    """Say who all of them are together, once each has answered or was waited for long enough."""
    late = [server for server in state.servers if server.contact is Contact.ASKED and not server.recalled]
    if now < entry.until and any(not server.slow for server in late):
        return []
    for server in late:
        server.slow = server.missed = True
    if entry.message.method == "initialize":
        state.greeted = True
        return answers.answer(state, entry, offers.greeting(state))
    if any(server.contact is Contact.FAILED and server.answers for server in state.servers):
        # One generation for all: a host that is told "not this one" opens with initialize.
        answers.close(state, entry)
        problem = "not every server of this configuration speaks this revision; open with initialize"
        code = SpecCode.METHOD_NOT_FOUND
        return answers.forbid(state, entry.event, entry.message, code, problem, "older-generation")
    return answers.answer(state, entry, offers.discovery(state))


def _notification(state: HubState, event: HostSent, message: Notification) -> list[HubEffect]:
    match message.method:
        case "notifications/cancelled":
            return _cancelled(state, event, message)
        case "notifications/progress":
            return questions.progressed(state, event, message)
        case "notifications/initialized" if state.opening is not None and not state.initialized:
            state.initialized = True
        case "notifications/roots/list_changed" if state.opening is not None:
            pass
        case _:
            fields: JsonObject = {"method": known_method(message.method), "verdict": "deny", "rule": "unknown-method"}
            return [answers.record(state, "notification", event.who, fields)]
    ready = [server for server in state.servers if server.contact is Contact.READY]
    return [ToServer(server.place, event) for server in ready]


def _cancelled(state: HubState, event: HostSent, message: Notification) -> list[HubEffect]:
    id_ = (message.params or {}).get("requestId")
    if isinstance(id_, bool) or not isinstance(id_, int | str):
        return []
    entry = state.open.get((event.channel, id_))
    if entry is None or entry.message.method == "initialize":
        return []
    if entry.servers:
        # One server is told, or for a subscription all that have it.
        return [ToServer(place, event) for place in sorted(entry.servers)]
    answers.close(state, entry)
    fields: JsonObject = {"method": entry.message.method, "rule": "cancelled"}
    return [answers.record(state, "cancel", event.who, fields), CloseStream(event.channel, id_)]


def left(state: HubState, event: HostLeft) -> list[HubEffect]:
    """The channel closed: nobody waits for what was asked on it."""
    places = {question.server for question in state.asked.values() if question.channel == event.channel}
    for entry in [entry for key, entry in state.open.items() if key[0] == event.channel]:
        places |= entry.servers
        answers.close(state, entry)
    questions.forget(state, channel=event.channel)
    return [ToServer(place, event) for place in sorted(places)]
