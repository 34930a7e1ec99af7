"""Requests to the model in an `input_required` result (2026-07-28): ours comes first, in a round of its own.

The host gets a result of ours with one question, under a key that nobody can guess; its state is sealed to the request,
the server and the principal, and good for one answer. What the server asked waits here until then. When it goes on, it
goes on whole: all its questions together, and its own state, as they were judged.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sekisho.engine.capabilities import narrowed, undeclared
from sekisho.engine.effects import Record, SendToHost
from sekisho.engine.refusal import known_method, named, refuse, refuse_request
from sekisho.engine.results.asking import SAMPLING
from sekisho.engine.sampling.form import ELICITATION, question, said_in
from sekisho.engine.sampling.gate import Withheld, obstacle, rule_of, settle, spoken
from sekisho.engine.sampling.wish import inside, wish_of
from sekisho.engine.seal import SealError, request_binding
from sekisho.model.messages import Stage as Came
from sekisho.wire.jsonrpc import result_body
from sekisho.wire.strict import serialise
from sekisho.wire.versions import META_CLIENT_CAPABILITIES
from sekisho.wire.views import meta, obj

if TYPE_CHECKING:
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import HostSent
    from sekisho.engine.state import State
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import Id, JsonObject, Request

__all__ = ["Handing", "Put", "ask_first", "returned"]


@dataclass(slots=True, eq=False)
class Handing:
    """A judged result on its way to the host."""

    body: JsonObject
    """The message."""

    who: Who
    """On whose behalf the host asked."""

    channel: int
    """Where the answer goes."""

    about: Id
    """What it answers."""

    method: str
    """The method of that."""

    params: JsonObject | None
    """Its params as the host sent them."""

    fields: JsonObject
    """What its record says."""

    context: bool = False
    """Whether a model was asked for the conversation's context, before that was taken out."""


@dataclass(slots=True, eq=False)
class Put:
    """A question of ours that was put to a host."""

    key: str
    """Under which it is answered."""

    withheld: Withheld
    """What waits for the answer."""

    binding: bytes
    """What its state is bound to."""

    until: float
    """When it is too late."""


def ask_first(state: State, handing: Handing, now: float) -> list[Effect] | None:
    """Ask the person before a result goes on that asks a model something; None where it may go on."""
    requests = inside(obj(handing.body.get("result")))
    if not requests or not state.setup.policy.asks_sampling:
        return None
    server, who, method, params = state.setup.server, handing.who, handing.method, obj(handing.params)
    wish = wish_of(requests, context=handing.context)
    if state.permits.covers(server, who, wish.kind, now):
        handing.fields["consent"] = "conversation"
        return None
    binding = _binding(server, who, method, params)
    for token, put in list(state.put.items()):
        if put.until <= now or put.binding == binding:
            del state.put[token]
    withheld = Withheld(handing.body, wish.kind, who, len(serialise(handing.body)))
    rule = obstacle(state, who, host=_declared(handing.params), size=withheld.size, now=now)
    if rule:
        refused = refuse(
            state,
            who=who,
            channel=handing.channel,
            about=handing.about,
            method=method,
            params=handing.params,
            rule=rule,
            stage=Came.ANSWER,
        )
        return [*refused, *spoken(state, rule)]
    put = Put(_key(state), withheld, binding, now + state.setup.patience.consent)
    token = state.setup.sealer.seal(put.key, binding=binding, wall=state.setup.epoch + now)
    state.put[token] = put
    result: JsonObject = {
        "resultType": "input_required",
        "inputRequests": {put.key: {"method": ELICITATION, "params": question(server, wish)}},
        "requestState": token,
    }
    fields: JsonObject = {**handing.fields, **named(method, params), "verdict": "ask"}
    return [
        Record("answer", who, server, fields, {"answer": handing.body.get("result")}),
        SendToHost(result_body(handing.about, result), handing.channel, handing.about, final=True),
    ]


def returned(state: State, event: HostSent, message: Request) -> list[Effect] | None:
    """Take a request that brings the person's answer; None for any other, which goes its way."""
    params = obj(message.params)
    token = params.get("requestState")
    put = state.put.get(token) if isinstance(token, str) else None
    if put is None or not isinstance(token, str):
        return None
    server = state.setup.server
    binding = _binding(server, event.who, message.method, params)
    try:
        key = state.setup.sealer.open(token, binding=binding, wall=state.setup.epoch + event.now)
    except SealError:
        return None
    # Gone before anything follows from it: the same answer is good for nothing any more.
    del state.put[token]
    given = obj(params.get("inputResponses")).get(key) if event.now < put.until else None
    said = said_in(given)
    settle(state, put.withheld, said, event.now)
    consent: JsonObject = {"consent": said.name.lower()}
    if not said.allows:
        return refuse_request(state, event, message, rule_of(said), stage=Came.ANSWER, more=consent)
    body: JsonObject = {**put.withheld.body, "id": message.id}
    if undeclared(obj(body.get("result")), narrowed(_declared(message.params), state.setup.policy)):
        return refuse_request(state, event, message, "undeclared-capability", stage=Came.ANSWER, more=consent)
    about: JsonObject = {"method": known_method(message.method), **named(message.method, params)}
    return [
        Record("host-answer", event.who, server, {"method": SAMPLING, **consent, "verdict": "allow"}, {}),
        Record(
            "answer",
            event.who,
            server,
            {**about, "verdict": "allow", "outcome": "result"},
            {"answer": body.get("result")},
        ),
        SendToHost(body, event.channel, message.id, final=True),
    ]


def _declared(params: JsonObject | None) -> JsonObject:
    """Return what a host declared with a request, before the policy."""
    return obj(meta(params).get(META_CLIENT_CAPABILITIES))


def _binding(server: str, who: Who, method: str, params: JsonObject) -> bytes:
    return b"consent\0" + request_binding(server, who.principal, method, params)


def _key(state: State) -> str:
    state.puts += 1
    return hashlib.sha256(b"consent\0" + state.setup.salt + state.puts.to_bytes(8)).hexdigest()[:32]
