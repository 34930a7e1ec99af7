"""Requests of the servers to the host, under ids of ours: two servers count alike.

A question for the user opens with the alias of the server that asks, because the host shows only us.
What a server wants a model to read names its resources as the host knows them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.effects import SendToHost
from sekisho.engine.events import HostSent
from sekisho.engine.hub import answers, uris
from sekisho.engine.hub.state import Asked
from sekisho.engine.hub.steps import ToServer
from sekisho.wire.jsonrpc import Failure, Notification, Response
from sekisho.wire.versions import META_PROGRESS_TOKEN
from sekisho.wire.views import meta, obj, text

if TYPE_CHECKING:
    from sekisho.engine.hub.state import HubState, Server
    from sekisho.engine.hub.steps import HubEffect
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

__all__ = ["answered", "asked", "forget", "progressed", "shown_inputs", "withdrawn"]

_ELICIT: Final = "elicitation/create"


def asked(state: HubState, server: Server, sent: SendToHost, id_: Id, about: Id | None) -> list[HubEffect]:
    """Pass a server's request on to the host."""
    ours = state.number()
    body: JsonObject = {**sent.body, "id": ours}
    params: JsonObject = obj(body.get("params"))
    token = meta(params).get(META_PROGRESS_TOKEN)
    if token is not None:
        about_it: JsonObject = {**meta(params), META_PROGRESS_TOKEN: ours}
        params = {**params, "_meta": about_it}
    if "params" in body:
        body["params"] = _shown(server.alias, text(body.get("method")) or "", params)
    # One that comes with a request of ours is a question to the host like any other.
    channel = max(sent.channel, 0)
    state.asked[ours] = Asked(server.place, id_, channel, token)
    return [SendToHost(body, channel, about)]


def _shown(alias: str, method: str, params: JsonObject) -> JsonObject:
    message = params.get("message")
    if method == _ELICIT and isinstance(message, str):
        # A question of ours opens with it already; one of the server that does says no more than that.
        return params if message.startswith(f"{alias}: ") else {**params, "message": f"{alias}: {message}"}
    return uris.shown_question(alias, method, params)


def shown_inputs(alias: str, result: JsonObject) -> JsonObject:
    """Return a result with what it asks the host as that is shown (2026-07-28, `input_required`)."""
    wanted = result.get("inputRequests")
    if not isinstance(wanted, dict):
        return result
    told: JsonObject = {key: _shown_input(alias, obj(asked)) for key, asked in wanted.items()}
    return {**result, "inputRequests": told}


def _shown_input(alias: str, wanted: JsonObject) -> JsonObject:
    if not isinstance(wanted.get("params"), dict):
        return wanted
    return {**wanted, "params": _shown(alias, text(wanted.get("method")) or "", obj(wanted["params"]))}


def answered(state: HubState, event: HostSent, message: Response | Failure) -> list[HubEffect]:
    """Hand the host's answer to the server that asked."""
    asked = state.asked.get(message.id) if isinstance(message.id, int) else None
    if asked is None or asked.channel != event.channel or not isinstance(message.id, int):
        fields: JsonObject = {"rule": "unknown-answer", "verdict": "deny"}
        return [answers.record(state, "host-answer", event.who, fields)]
    del state.asked[message.id]
    body: JsonObject = {**message.body, "id": asked.id}
    if isinstance(message, Response):
        told = Response(asked.id, message.result, body)
    else:
        told = Failure(asked.id, message.error, body)
    return [ToServer(asked.server, HostSent(told, event.who, event.channel, event.now, event.headers))]


def withdrawn(state: HubState, server: Server, sent: SendToHost, id_: Json, about: Id | None) -> list[HubEffect]:
    """A server takes its request back."""
    for ours, question in state.asked.items():
        if question.server == server.place and question.id == id_:
            del state.asked[ours]
            params: JsonObject = {**obj(sent.body.get("params")), "requestId": ours}
            return [SendToHost({**sent.body, "params": params}, question.channel, about)]
    return []


def progressed(state: HubState, event: HostSent, message: Notification) -> list[HubEffect]:
    """Hand the host's progress with a question to the server that asked."""
    params = message.params or {}
    ours = params.get(META_PROGRESS_TOKEN)
    question = state.asked.get(ours) if isinstance(ours, int) else None
    if question is None or question.token is None or question.channel != event.channel:
        return []
    told: JsonObject = {**params, META_PROGRESS_TOKEN: question.token}
    note = Notification(message.method, told, {**message.body, "params": told})
    return [ToServer(question.server, HostSent(note, event.who, event.channel, event.now))]


def forget(state: HubState, place: int | None = None, channel: int | None = None) -> None:
    """Nobody waits any more for what a server asked, or for what was asked on a channel."""
    for ours, question in list(state.asked.items()):
        if question.server == place or question.channel == channel:
            del state.asked[ours]
