"""The server's messages on their way to the host."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from sekisho.engine import handshake, questions, unrecorded, upkeep
from sekisho.engine.answering import judge, late, refused
from sekisho.engine.calls import Errand
from sekisho.engine.capabilities import undeclared
from sekisho.engine.effects import AbortCall, CloseStream, Look, Record, SendToHost, SendToServer
from sekisho.engine.events import CallBroke, RecordFailed, Trouble
from sekisho.engine.handshake import offers_modern
from sekisho.engine.judge import objection
from sekisho.engine.results import waiting
from sekisho.engine.results.passing import outward
from sekisho.engine.results.waiting import Answer, shown_or_waiting
from sekisho.engine.state import Face, Stage
from sekisho.engine.surface import code, decisions, greeting, passing, reading
from sekisho.model.subject import Carrier
from sekisho.wire.jsonrpc import Failure, Notification, Request, Response
from sekisho.wire.versions import (
    INPUT_REQUIRED,
    LIST_ITEMS,
    META_SUBSCRIPTION_ID,
)
from sekisho.wire.views import meta

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sekisho.engine.calls import Call
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import Looked, Pleaded, ServerGarbled, ServerSent, Unkept
    from sekisho.engine.results.passing import Outward
    from sekisho.engine.state import State
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

__all__ = ["receive", "receive_garbled", "rejudge"]

_GREETINGS: Final = frozenset({"initialize", "server/discover"})

_TRIES: Final = 3
"""How often an answer is judged again before it is refused."""

_UNRECORDED: Final = frozenset({"notifications/progress", "notifications/message"})
"""Counted in the record of their call instead: a record each would let a server fill the disk."""


def receive(state: State, event: ServerSent) -> list[Effect]:
    """Handle one message of the server; what still comes from one that is cut off is nobody's business."""
    if state.stage is Stage.CLOSED or state.stage is Stage.DOWN:
        return []
    state.heard_at, state.given_up_at = event.now, None
    message = event.message
    match message:
        case Response() | Failure():
            return _answer(state, event, message)
        case Notification():
            return _notification(state, event, message)
        case Request():
            return questions.asked(state, event, message)
        case _:
            assert_never(message)


def receive_garbled(state: State, event: ServerGarbled) -> list[Effect]:
    """Drop what can't be read; if it would have answered a call, the caller is told."""
    if state.stage is Stage.CLOSED or state.stage is Stage.DOWN:
        return []
    state.heard_at = event.now
    if event.call is not None and event.call in state.calls.by_number:
        trouble = Trouble.TOO_LARGE if event.reason.startswith("too-") else Trouble.GARBLED
        return upkeep.broke(state, CallBroke(event.call, trouble, event.now))
    if not state.meter.take("garbled", event.now):
        return upkeep.quarantine(state, "garbled")
    return []


def _answer(state: State, event: ServerSent, message: Response | Failure) -> list[Effect]:
    number = message.id if isinstance(message.id, int) else None
    belongs = number is not None and (event.call is None or event.call == number)
    call = state.calls.take(number) if number is not None and belongs else None
    state.delivering = call
    if call is None:
        if not state.meter.take("unknown-answer", event.now):
            return upkeep.quarantine(state, "unknown-answer")
        fields: JsonObject = {"rule": "unknown-answer", "verdict": "deny"}
        return [Record("answer", state.who, state.setup.server, fields, {})]
    if call.id is None:
        return _errand_done(state, call, message, event.now)
    if call.answered:
        return [late(state, call)]
    return _passed_on(state, call, call.id, message, event.now)


def _passed_on(state: State, call: Call, about: Id, message: Response | Failure, now: float) -> list[Effect]:
    """Give the host its answer, or a refusal in its place."""
    rule = ""
    extra: list[Effect] = []
    body: JsonObject = {**message.body, "id": about}
    if isinstance(message, Response):
        result, rule, extra = _result(state, call, message, now)
        if result is not message.result:
            body["result"] = result
    elif call.method == "initialize":
        handshake.unagreed(state)
        state.unopened = True
    if not rule:
        return [*extra, *judge(state, Answer(call, about, message, body), now)]
    return [*extra, *refused(state, call, about, rule)]


def _result(state: State, call: Call, message: Response, now: float) -> tuple[JsonObject | None, str, list[Effect]]:
    """Return the result for the host, or the rule that it breaks."""
    result = greeting.labelled(state.shelf, message.result) if call.method not in _GREETINGS else message.result
    if _unknown_kind(state, call, result):
        return None, "unknown-result-type", []
    match call.method:
        case "initialize" | "server/discover":
            return passing.greeted(state, call, message)
        case _ if call.method in LIST_ITEMS:
            return passing.listed(state, call, message, now)
        case "subscriptions/listen":
            return _retagged(result, call.id), "", []
        case _ if state.modern and result.get("resultType") == "input_required":
            answer, rule = _input_required(state, call, result, now)
            return answer, rule, []
        case _:
            return result, "", []


def _unknown_kind(state: State, call: Call, result: JsonObject) -> bool:
    """Tell whether a result is of a kind that this method does not have (2026-07-28 basic/index, Results).

    Hosts of both generations take one for `input_required` by its questions alone, whatever was agreed (seen in the
    official SDK): what is asked of a host in any other result would be asked without a look.
    """
    kind = result.get("resultType", "complete")
    asks = kind == "input_required" or (call.method in INPUT_REQUIRED and result.get("inputRequests") is not None)
    if state.modern and kind == "input_required":
        return call.method not in INPUT_REQUIRED
    return asks or ((state.modern or call.method == "server/discover") and kind != "complete")


def _input_required(state: State, call: Call, result: JsonObject, now: float) -> tuple[JsonObject | None, str]:
    """Check what the server asks for, and seal its state (specification, basic/patterns/mrtr)."""
    wanted = result.get("inputRequests", {})
    if not isinstance(wanted, dict):
        return None, Trouble.GARBLED
    if undeclared(result, call.capabilities or {}):
        return None, "undeclared-capability"
    sealed = result.get("requestState")
    if sealed is None:
        return result, ""
    if not isinstance(sealed, str):
        return None, Trouble.GARBLED
    wall = state.setup.epoch + now
    token = state.setup.sealer.seal(sealed, binding=handshake.binding(state, call), wall=wall)
    return {**result, "requestState": token}, ""


def _errand_done(state: State, call: Call, message: Response | Failure, now: float) -> list[Effect]:
    if isinstance(message, Failure):
        return upkeep.broken_errand(state, call, Trouble.GARBLED, now)
    match call.errand:
        case Errand.PROBE if offers_modern(message.result):
            state.probed = True
            state.unpark = True
            return greeting.judged(state, call, message, message.result)[1]
        case Errand.PROBE:
            return upkeep.broken_errand(state, call, Trouble.GARBLED, now)
        case Errand.REPLAY:
            return upkeep.replayed(state, message.result, now)
        case Errand.LEARN:
            return passing.learned(state, call, message, now)
        case _:
            return []


def _again(state: State, event: ServerSent, worked: Mapping[str, str | None]) -> list[Effect]:
    state.worked = worked
    effects = receive(state, event)
    state.worked = None
    return effects


def looked(state: State, event: Looked) -> list[Effect]:
    """Go on with what waited for a worker."""
    found = waiting.looked(state, event)
    if found is None:
        return []
    what, worked = found
    if isinstance(what, Answer):
        state.delivering = what.call
        what.worked = worked
        return judge(state, what, event.now)
    return _again(state, replace(what, now=event.now), worked)


def pleaded(state: State, event: Pleaded) -> list[Effect]:
    """Go on with an answer about which a person may have said something."""
    answer = waiting.pleaded(state, event)
    if answer is None:
        return []
    state.delivering = answer.call
    return judge(state, answer, event.now)


def rejudge(state: State, event: Unkept) -> list[Effect]:
    """Judge an answer again, because somebody else decided about the same server between judging and keeping."""
    call, message = event.keep.call, event.keep.message
    adopted = decisions.pinned(state, event.ledger, event.now)
    if call is None or message is None:
        return [*adopted, *decisions.compared(state, event.now), *code.again(state, event.now)]
    again = event.ledger is not None and call.unkept < _TRIES
    call.unkept += 1
    lost = _taken_back(state, event.lost) if again else event.lost
    if again:
        lost = [each for each in lost if not (isinstance(each, SendToHost) and each.about == call.id)]
    elif call.id is None:
        reading.ended(state, call, event.now, failed=True)
    fields: JsonObject = {"event": "unkept", "rule": Trouble.PINS}
    told = Record("lifecycle", call.who, state.setup.server, fields, {})
    effects = [told, *adopted, *unrecorded.record_failed(state, RecordFailed(event.now, lost, Trouble.PINS))]
    if not again:
        return effects
    if call.id is not None:
        return [*effects, *_passed_on(state, call, call.id, message, event.now)]
    if call.errand is Errand.LEARN:
        state.pages_read[call.method] -= 1
    return [*effects, *_errand_done(state, call, message, event.now)]


def _taken_back(state: State, lost: Sequence[Effect]) -> list[Effect]:
    """Let requests wait again that were to be sent behind what was not kept; return what else was lost."""
    left: list[Effect] = []
    for effect in lost:
        number = effect.body.get("id") if isinstance(effect, SendToServer) and "method" in effect.body else None
        call = state.calls.by_number.get(number) if isinstance(number, int) else None
        if call is None or call.method == "initialize" or (call.came is None and call.errand is not Errand.LEARN):
            left.append(effect)
            continue
        state.calls.remove(call.number)
        state.unpark = True
        if call.came is not None and not call.answered:
            state.parked.append(call.came)
    return left


def _notification(state: State, event: ServerSent, message: Notification) -> list[Effect]:
    method = message.method
    known = method in state.methods.server_notifications
    kind = method if known else "unknown-method"
    if state.worked is None and not state.meter.take(kind, event.now):
        return upkeep.quarantine(state, kind)
    if not known or state.halted:
        fields: JsonObject = {"rule": Trouble.HALTED if known else "unknown-method", "verdict": "deny"}
        return [Record("server-notification", state.who, state.setup.server, fields, {})]
    if method == "notifications/cancelled":
        return _cancelled(state, message)
    if method in passing.CHANGED:
        passing.outdated(state, method, event.now)
    place = _progress if method == "notifications/progress" else _placed
    placed = place(state, event, message)
    if placed is None:
        return []
    call, body = placed
    shown = shown_or_waiting(state, event, method, body)
    return [shown] if isinstance(shown, Look) else _told(state, message, call, body, shown)


def _told(state: State, message: Notification, call: Call | None, body: JsonObject, shown: Outward) -> list[Effect]:
    """Tell the host what the server tells it, unless something objects."""
    method, who = message.method, call.who if call is not None else state.who
    denied = objection(state, who, Carrier.SERVER_NOTIFICATION, method, body) or shown.because
    if call is not None and method in _UNRECORDED:
        call.notes += 1
    effects: list[Effect] = []
    if denied is not None or shown.fields or method not in _UNRECORDED:
        fields = {"method": method, "verdict": "deny" if denied is not None else "allow", **shown.fields}
        if denied is not None:
            fields["rule"] = denied.rule
        values: JsonObject = {"params": message.params}
        effects.append(Record("server-notification", who, state.setup.server, fields, values))
    if denied is None:
        state.untied += call is None and method in _UNRECORDED
        channel, about = (call.channel, call.id) if call is not None else (0, None)
        effects.append(SendToHost(shown.body, channel, about))
    return effects


def _progress(state: State, event: ServerSent, message: Notification) -> tuple[Call, JsonObject] | None:
    """Give progress back the host's own token; unknown tokens and late progress are dropped."""
    params = message.params or {}
    token = params.get("progressToken")
    call = _call(state, token)
    if call is None or call.token is None or call.cancelled:
        return None
    call.deadline = max(call.deadline, event.now + state.setup.patience.call)
    return call, {**message.body, "params": {**params, "progressToken": call.token}}


def _placed(state: State, event: ServerSent, message: Notification) -> tuple[Call | None, JsonObject] | None:
    """Find the stream that a notification belongs to; None when there is nobody to tell."""
    tag = meta(message.params).get(META_SUBSCRIPTION_ID)
    if tag is not None and state.modern:
        call = _call(state, tag)
        if call is None or call.method != "subscriptions/listen" or call.cancelled:
            return None
        return call, {**message.body, "params": _retagged(message.params or {}, call.id)}
    if event.call is not None:
        call = state.calls.by_number.get(event.call)
        return None if call is None or call.cancelled or call.id is None else (call, message.body)
    call = questions.only_open(state, message.method)
    if call is None and state.modern:
        # Without a session there is no stream beside those of the requests.
        return None if state.setup.host_face is Face.HTTP else (None, message.body)
    return call, message.body


def _call(state: State, number: Json) -> Call | None:
    return state.calls.by_number.get(number) if isinstance(number, int) and not isinstance(number, bool) else None


def _retagged(value: JsonObject, id_: Id | None) -> JsonObject:
    about = meta(value)
    if META_SUBSCRIPTION_ID not in about:
        return value
    return {**value, "_meta": {**about, META_SUBSCRIPTION_ID: id_}}


def _cancelled(state: State, message: Notification) -> list[Effect]:
    """The server withdraws a question, or (2026-07-28 on stdio) ends a listening stream."""
    params = message.params or {}
    id_ = params.get("requestId")
    if isinstance(id_, bool) or not isinstance(id_, int | str):
        return []
    if state.modern:
        call = _call(state, id_)
        if call is None or call.method != "subscriptions/listen" or call.cancelled or call.id is None:
            return []
        state.calls.remove(call.number)
        closing = [AbortCall(call.number), CloseStream(call.channel, call.id)]
        return [*_cancelled_for_host(state, message, call.id, call.channel, call.id), *closing]
    ours = state.calls.asked_by_server(id_)
    if ours is None:
        return []
    asked = state.calls.asked.pop(ours)
    return _cancelled_for_host(state, message, ours, asked.channel, questions.host_request(state, asked.call))


def _cancelled_for_host(state: State, message: Notification, id_: Id, channel: int, about: Id | None) -> list[Effect]:
    """Pass a cancellation on, under the host's own id; without the server's words when a rule objects to them."""
    body: JsonObject = {**message.body, "params": {**(message.params or {}), "requestId": id_}}
    shown = outward(state, message.method, body)
    if shown.unread is not None:  # what it is about may be over before a worker has read a word
        shown = outward(state, message.method, body, worked={"scan": None})
    denied = objection(state, state.who, Carrier.SERVER_NOTIFICATION, message.method, body) or shown.because
    fields: JsonObject = {"method": message.method, "verdict": "allow", **shown.fields}
    body = shown.body
    if denied is not None:
        fields |= {"verdict": "deny", "rule": denied.rule}
        body = {"jsonrpc": "2.0", "method": message.method, "params": {"requestId": id_}}
    record = Record("server-notification", state.who, state.setup.server, fields, {"params": message.params})
    return [record, SendToHost(body, channel, about)]
