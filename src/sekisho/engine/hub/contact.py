"""Who the servers are: each is asked at the host's first word, all at once, and none holds the others up.

Whoever does not answer in time is a latecomer: the host is told with `list_changed` when it has answered.
A server that cannot be reached is asked again when somebody needs it, but not all the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.effects import SendToHost
from sekisho.engine.events import HUB_OWN, HostSent, Trouble
from sekisho.engine.handshake import offers_modern
from sekisho.engine.hub import answers, recalling
from sekisho.engine.hub.state import Contact, Errand, Purpose
from sekisho.engine.hub.steps import ToServer
from sekisho.engine.refusal import REFUSAL_KEY
from sekisho.wire.jsonrpc import Failure, Notification
from sekisho.wire.versions import META_SUBSCRIPTION_ID
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from sekisho.engine.hub.state import HubState, Server
    from sekisho.engine.hub.steps import HubEffect
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import JsonObject, Response

__all__ = ["FLAGS", "announce", "greet", "greet_all", "heard", "note", "retry"]

FLAGS: Final = {"tools": "toolsListChanged", "prompts": "promptsListChanged", "resources": "resourcesListChanged"}
"""What may change, and the member of a `subscriptions/listen` that asks to be told."""


def greet_all(state: HubState, who: Who, now: float) -> list[HubEffect]:
    """Ask every server that was not asked yet."""
    return [
        effect for server in state.servers if server.contact is Contact.NEW for effect in greet(state, server, who, now)
    ]


def greet(state: HubState, server: Server, who: Who, now: float) -> list[HubEffect]:
    """Ask a server who it is, the way the host asked us."""
    recalling.offer(state, server)
    method = "initialize" if state.opening is not None else "server/discover"
    params: JsonObject = state.opening if state.opening is not None else {"_meta": state.envelope}
    _, sent = answers.ask(state, server, method, params, Errand(Purpose.CONTACT, server.place), who, now)
    server.contact = Contact.ASKED
    return [sent]


def retry(state: HubState, server: Server, who: Who, now: float) -> list[HubEffect]:
    """Ask a server again that could not be reached, unless that was a moment ago."""
    if server.contact is not Contact.FAILED or now < server.retry_at:
        return []
    server.slow, server.missed = True, server.missed or not server.recalled
    return greet(state, server, who, now)


def heard(state: HubState, server: Server, message: Response | Failure, who: Who, now: float) -> list[HubEffect]:
    """Take a server's word about itself; tell the host if it has been told of the others already."""
    server.slow = False
    if isinstance(message, Failure):
        return _failed(state, server, _why(message), who, now)
    if state.opening is None and not offers_modern(message.result):
        return _failed(state, server, None, who, now)
    before = server.offer if server.recalled else None
    server.contact, server.offer, server.rule, server.recalled = Contact.READY, message.result, "", False
    fields: JsonObject = {"event": "joined", "alias": server.alias}
    effects: list[HubEffect] = [answers.record(state, "lifecycle", who, fields)]
    if state.opening is not None and state.initialized:
        effects.append(note(server, "notifications/initialized", who, now))
        effects += [*_level(state, server, who, now), *_subscribed(state, server, who, now)]
    for feature in recalling.news(server, before, FLAGS):
        effects += announce(state, feature)
    server.missed = False
    return effects


def _level(state: HubState, server: Server, who: Who, now: float) -> list[HubEffect]:
    if state.level is None or server.offers("logging") is None:
        return []
    params: JsonObject = {"level": state.level}
    return [answers.ask(state, server, "logging/setLevel", params, Errand(Purpose.LEVEL, server.place), who, now)[1]]


def _subscribed(state: HubState, server: Server, who: Who, now: float) -> list[HubEffect]:
    """Subscribe again to what the host had subscribed to in a session that is over: nobody tells the host of that."""
    method = "resources/subscribe"
    return [
        answers.ask(
            state, server, method, {"uri": uri}, Errand(Purpose.SUBSCRIPTION, server.place, (method, uri)), who, now
        )[1]
        for uri in sorted(server.subscribed)
    ]


def note(server: Server, method: str, who: Who, now: float, params: JsonObject | None = None) -> ToServer:
    """Tell a server something that is owed no answer."""
    body: JsonObject = {"jsonrpc": "2.0", "method": method}
    if params is not None:
        body["params"] = params
    return ToServer(server.place, HostSent(Notification(method, params, body), who, HUB_OWN, now))


def _why(failure: Failure) -> str | None:
    """Return the rule of a session's refusal; None when the server answered, but not to this generation."""
    return text(obj(obj(failure.error.get("data")).get(REFUSAL_KEY)).get("rule"))


def _failed(state: HubState, server: Server, rule: str | None, who: Who, now: float) -> list[HubEffect]:
    server.contact, server.rule, server.answers = Contact.FAILED, rule or Trouble.GARBLED, rule is None
    server.retry_at = now + state.setup.patience.retry
    fields: JsonObject = {"event": "unavailable", "alias": server.alias, "rule": server.rule}
    return [answers.record(state, "lifecycle", who, fields)]


def announce(state: HubState, feature: str) -> list[HubEffect]:
    """Tell the host that a list has changed: on its own, or on every stream that asked for it (2026-07-28)."""
    body: JsonObject = {"jsonrpc": "2.0", "method": f"notifications/{feature}/list_changed"}
    if not state.modern:
        return [SendToHost(body, 0, None)] if state.greeted else []
    effects: list[HubEffect] = []
    for entry in state.open.values():
        if entry.acknowledged and entry.honoured.get(FLAGS[feature]) is True:
            params: JsonObject = {"_meta": {META_SUBSCRIPTION_ID: entry.message.id}}
            effects.append(SendToHost({**body, "params": params}, entry.event.channel, entry.message.id))
    return effects
