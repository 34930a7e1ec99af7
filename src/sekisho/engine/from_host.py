"""The host's messages on their way to the server."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from sekisho.engine import calling, handshake, host_answers, mirror, parking, roots, terms, upkeep
from sekisho.engine.calls import Call
from sekisho.engine.capabilities import narrowed
from sekisho.engine.effects import CloseStream, Record, SendToHost, SendToServer
from sekisho.engine.events import HUB_OWN, Trouble
from sekisho.engine.halting import PASSES_A_HALT
from sekisho.engine.judge import objection
from sekisho.engine.refusal import known_method, named, protocol_error, refuse_request
from sekisho.engine.results import holding
from sekisho.engine.results.passing import inward
from sekisho.engine.seal import SealError
from sekisho.engine.state import Stage
from sekisho.engine.surface import access
from sekisho.engine.surface.shelf import GRACE
from sekisho.model.messages import Stage as Came
from sekisho.model.subject import Carrier
from sekisho.wire.jsonrpc import Failure, Notification, Request, Response
from sekisho.wire.versions import (
    INPUT_REQUIRED,
    META_CLIENT_CAPABILITIES,
    META_PROGRESS_TOKEN,
    SekishoCode,
    SpecCode,
)
from sekisho.wire.views import meta, obj, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.engine.effects import Effect
    from sekisho.engine.events import HostGarbled, HostSent
    from sekisho.engine.state import State
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["WIRE_CODES", "left", "receive", "receive_garbled", "remember", "request"]

WIRE_CODES: Final[Mapping[str, int]] = {
    "malformed-json": SpecCode.PARSE_ERROR,
    "duplicate-key": SpecCode.PARSE_ERROR,
    "too-large": SekishoCode.TOO_LARGE,
    "too-deep": SekishoCode.TOO_LARGE,
    "too-many-members": SekishoCode.TOO_LARGE,
}
"""The error code for what could not be read; INVALID_REQUEST for any other reason."""


_CODE: Final = frozenset({Trouble.PACKAGE, Trouble.PROGRAM, Trouble.VARIABLE})

_URI: Final = 8192
"""The longest URI whose subscription a restarted server is told again, in characters."""


def receive(state: State, event: HostSent) -> list[Effect]:
    """Handle one message of the host."""
    state.who = event.who
    state.below_hub = state.below_hub or event.channel == HUB_OWN
    message = event.message
    match message:
        case Request():
            return _asked(state, event, message)
        case Notification():
            return _notification(state, event, message)
        case Response() | Failure():
            return host_answers.take(state, event, message)
        case _:
            assert_never(message)


def _asked(state: State, event: HostSent, message: Request) -> list[Effect]:
    """Put back what was cut out of results, so that everything is judged as the server gets it."""
    put_back = inward(state, message.method, message.params)
    if put_back.because is not None:
        return refuse_request(
            state, event, message, put_back.because.rule, pointer=put_back.because.pointer, stage=Came.REQUEST
        )
    params = obj(put_back.content)
    if "inputResponses" in params:
        objected = host_answers.objection(state, message)
        if objected is not None:
            return refuse_request(state, event, message, objected.rule, pointer=objected.pointer, stage=Came.REQUEST)
        params = roots.answered(state.setup.facts, params)
    given = message
    if params is not message.params and params:
        given = Request(message.id, message.method, params, {**message.body, "params": params})
    whole = given
    if state.setup.calls:
        settled = terms.arranged(state.setup.calls, given)
        if settled.rule:
            where, right = settled.pointer, settled.expected
            return refuse_request(
                state, event, message, settled.rule, pointer=where, stage=Came.REQUEST, expected=right
            )
        whole = settled.message
    if whole is message:
        return request(state, event, message)
    # What is in headers was said with references, and is written anew from what the body says now.
    return request(state, replace(event, message=whole, bridged=True), whole)


def receive_garbled(state: State, event: HostGarbled) -> list[Effect]:
    """Answer what could not be read, with the id when that could be."""
    code = WIRE_CODES.get(event.reason, SpecCode.INVALID_REQUEST)
    return protocol_error(
        state,
        who=event.who,
        channel=event.channel,
        about=event.id,
        code=code,
        message=f"Sekisho: {event.detail}",
        rule=event.reason,
    )


def request(state: State, event: HostSent, message: Request) -> list[Effect]:
    """Refuse, park or forward one request. Parked ones come here a second time."""
    if state.calls.find(event.channel, message.id) or parking.is_parked(state, event.channel, message.id):
        problem = "Sekisho: a request with this id is still open"
        return _forbidden(state, event, message, SpecCode.INVALID_REQUEST, problem, "duplicate-id")
    blocked = _blocked(state, event, message)
    if blocked is not None:
        return blocked
    handled = handshake.agree(state, event, message)
    if handled is not None:
        return handled
    if state.generation is not None and message.method not in state.methods.host_requests:
        problem = f"Sekisho: this method does not exist in {state.revision or 'this protocol'}"
        return _forbidden(state, event, message, SpecCode.METHOD_NOT_FOUND, problem, "unknown-method")
    settled = access.objection(state, event, message)
    if settled is None and state.put:
        settled = _consented(state, event, message)
    if settled is not None:
        return settled
    waiting = mirror.learn_first(state, event, message)
    if waiting is not None:
        return waiting
    stopped = mirror.mismatch(state, event, message) or calling.objection(state, event, message)
    if stopped is None and state.held.results:
        stopped = holding.repeated(state, event, message)
    if stopped is not None:
        return stopped
    return _affordable(state, event, message)


def _consented(state: State, event: HostSent, message: Request) -> list[Effect] | None:
    """Return what follows from the answer to a question of ours; None for a request that brings none."""
    from sekisho.engine.sampling.newer import returned  # noqa: PLC0415 - few servers ever ask a model

    return returned(state, event, message)


def _blocked(state: State, event: HostSent, message: Request) -> list[Effect] | None:
    """Return what happens to a request that can't be forwarded now, whatever it asks."""
    trouble: str | None = access.blocked(state, message) or None
    if trouble is not None:
        pass
    elif state.halted and message.method not in PASSES_A_HALT:
        trouble = Trouble.HALTED
    elif state.stage is Stage.CLOSED:
        trouble = state.trouble or Trouble.EXITED
    elif state.stage is Stage.REPLAYING:
        return parking.park(state, event, message) or []
    elif state.stage is Stage.DOWN:
        if event.now >= state.retry_at:
            return upkeep.restart(state, event, message)
        trouble = Trouble.RESTARTING
    elif len(state.calls.by_number) >= state.setup.patience.open_calls or _subscribes_too_much(state, message):
        trouble = Trouble.OVERLOADED
    if trouble is None:
        return None
    # A ticket about code is for exactly the code that was refused.
    code = state.shelf.code if state.shelf is not None and trouble in _CODE else ""
    return refuse_request(state, event, message, trouble, more={"fingerprint": code} if code else None)


def _subscribes_too_much(state: State, message: Request) -> bool:
    return message.method == "resources/subscribe" and len(state.subscriptions) >= state.setup.patience.subscriptions


def _forbidden(
    state: State, event: HostSent, message: Request, code: SpecCode, problem: str, rule: str
) -> list[Effect]:
    return protocol_error(
        state, who=event.who, channel=event.channel, about=message.id, code=code, message=problem, rule=rule
    )


def _affordable(state: State, event: HostSent, message: Request) -> list[Effect]:
    """Forward a call that is within what a person allows."""
    over = state.budgets.spend(state.setup.calls, message, event.who, event.now)
    if over is not None:
        return refuse_request(state, event, message, over.rule, stage=Came.REQUEST, wait=over.seconds)
    return _forward(state, event, message)


def _forward(state: State, event: HostSent, message: Request) -> list[Effect]:
    number = state.calls.next_number()
    call = Call(
        number,
        message.method,
        message.params,
        event.who,
        event.channel,
        message.id,
        event.now,
        _deadline(state, message.method, event.now),
        bridged=event.bridged,
        came=(event, message),
    )
    body: JsonObject = {**message.body, "id": number}
    if message.params is not None:
        try:
            params = _rewritten(state, call, message.params, event.now)
        except SealError as error:
            return _broken_seal(state, event, message, error)
        if params is not message.params:
            body["params"] = params
    denied = objection(state, event.who, Carrier.HOST_REQUEST, message.method, body)
    if denied is not None:
        return refuse_request(state, event, message, denied.rule, pointer=denied.pointer, stage=Came.REQUEST)
    fresh = upkeep.renew(state, message.method, event.now)
    state.calls.add(call)
    fields: JsonObject = {"method": message.method, "call": number, "verdict": "allow"}
    fields |= named(message.method, message.params)
    if state.calling is not None:
        call.tool = state.calling.structured
        if state.calling.undeclared:
            fields["undeclared"] = state.calling.undeclared
    record = Record("request", event.who, state.setup.server, fields, {"params": message.params})
    return [*fresh, record, SendToServer(body, number, mirror.headers(state, event, message))]


def _rewritten(state: State, call: Call, params: JsonObject, now: float) -> JsonObject:
    """Return what the server is told: our progress token, the capabilities that the policy leaves, its own state."""
    changes: JsonObject = {}
    about = meta(params)
    if about:
        told: JsonObject = {}
        call.token = about.get(META_PROGRESS_TOKEN)
        if call.token is not None:
            told[META_PROGRESS_TOKEN] = call.number
        declared = about.get(META_CLIENT_CAPABILITIES)
        if isinstance(declared, dict):
            call.capabilities = narrowed(declared, state.setup.policy)
            if call.capabilities is not declared:
                told[META_CLIENT_CAPABILITIES] = call.capabilities
        if told:
            changes["_meta"] = {**about, **told}
    if call.method == "initialize":
        changes |= handshake.told(state, params)
    sealed = params.get("requestState") if state.modern and call.method in INPUT_REQUIRED else None
    if sealed is not None:
        if not isinstance(sealed, str):
            raise SealError("malformed")
        binding = handshake.binding(state, call)
        changes["requestState"] = state.setup.sealer.open(sealed, binding=binding, wall=state.setup.epoch + now)
    return {**params, **changes} if changes else params


def _broken_seal(state: State, event: HostSent, message: Request, error: SealError) -> list[Effect]:
    return protocol_error(
        state,
        who=event.who,
        channel=event.channel,
        about=message.id,
        code=SpecCode.INVALID_PARAMS,
        message="Sekisho: requestState was altered, has expired, or belongs to another request; "
        "repeat the request without it",
        rule=f"request-state-{error.reason}",
    )


def _deadline(state: State, method: str, now: float) -> float:
    patience = state.setup.patience
    match method:
        case "subscriptions/listen":
            return math.inf
        case "initialize" | "server/discover":
            return now + patience.initialize
        case _:
            return now + patience.call


def remember(state: State, call: Call) -> None:
    """Keep what a restarted server has to be told again, once the server has agreed to it."""
    params = obj(call.params)
    match call.method:
        case "logging/setLevel":
            state.log_level = text(params.get("level"))
        case "resources/subscribe" if isinstance(uri := params.get("uri"), str) and len(uri) <= _URI:
            state.subscriptions.add(uri)
        case "resources/unsubscribe" if isinstance(uri := params.get("uri"), str):
            state.subscriptions.discard(uri)
        case _:
            pass


def _notification(state: State, event: HostSent, message: Notification) -> list[Effect]:
    if message.method == "notifications/cancelled":
        return _cancel(state, event, message)
    known = state.generation is not None and message.method in state.methods.host_notifications
    dropped = None
    body = message.body
    if not known:
        dropped = "unknown-method"
    elif state.halted:
        dropped = Trouble.HALTED
    elif state.stage is not Stage.UP:
        dropped = state.trouble or Trouble.RESTARTING
    else:
        put_back = inward(state, message.method, message.params)
        if put_back.content is not message.params:
            body = {**message.body, "params": put_back.content}
        denied = put_back.because or objection(state, event.who, Carrier.HOST_NOTIFICATION, message.method, body)
        dropped = denied.rule if denied is not None else None
    fields: JsonObject = {"method": known_method(message.method), "verdict": "allow" if dropped is None else "deny"}
    if dropped is not None:
        fields["rule"] = dropped
    record = Record("notification", event.who, state.setup.server, fields, {"params": message.params})
    if message.method == "notifications/initialized" and known:
        state.initialized = True
        if state.shelf is not None:
            state.shelf.grace = event.now + GRACE
    if dropped is not None:
        return [record]
    return [record, SendToServer(body, None)]


def _cancel(state: State, event: HostSent, message: Notification) -> list[Effect]:
    """Cancel a call. Unknown and answered ones are ignored, as the specification says."""
    params = message.params or {}
    id_ = params.get("requestId")
    if isinstance(id_, bool) or not isinstance(id_, int | str):
        return []
    call = state.calls.find(event.channel, id_)
    if call is None:
        waiting = parking.take(state, event.channel, id_)
        return _unwanted(state, waiting[0], waiting[1]) if waiting is not None else []
    if call.cancelled or call.method == "initialize":
        return []
    put_back = inward(state, message.method, params)
    told: JsonObject | None = {**message.body, "params": {**obj(put_back.content), "requestId": call.number}}
    effects: list[Effect] = []
    denied = put_back.because or objection(state, event.who, Carrier.HOST_NOTIFICATION, message.method, told or {})
    if denied is not None:
        # It is cancelled all the same, without the words that came along.
        fields: JsonObject = {"method": message.method, "verdict": "deny", "rule": denied.rule}
        effects.append(Record("notification", event.who, state.setup.server, fields, {"params": params}))
        told = None
    return [*effects, *upkeep.give_up(state, call, event.now, told=told)]


def _unwanted(state: State, event: HostSent, message: Request) -> list[Effect]:
    """The host took a request back that the server never saw."""
    fields: JsonObject = {"method": known_method(message.method), "rule": "cancelled"}
    record = Record("cancel", event.who, state.setup.server, fields, {})
    return [record, CloseStream(event.channel, message.id)]


def left(state: State, channel: int, now: float) -> list[Effect]:
    """The channel closed: nobody waits for its calls any more (2026-07-28 over HTTP: this is the cancellation)."""
    effects: list[Effect] = []
    for event, message in [parked for parked in state.parked if parked[0].channel == channel]:
        parking.take(state, channel, message.id)
        effects += _unwanted(state, event, message)
    for call in state.calls.by_number.values():
        if call.channel == channel and call.cancelled:
            call.answered = True
    for call in state.calls.of_host():
        if call.channel == channel:
            call.answered = True
            effects += upkeep.abandon(state, call, now)
    for ours, asked in list(state.calls.asked.items()):
        if asked.channel == channel:
            effects += upkeep.withdraw(state, ours, asked, why="the client left")
    return [effect for effect in effects if not isinstance(effect, CloseStream | SendToHost)]
