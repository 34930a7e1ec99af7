"""The server's requests to the host, and which of the host's requests what a server says belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine import handshake, upkeep
from sekisho.engine.calls import Asked
from sekisho.engine.effects import Look, Record, SendToHost, SendToServer
from sekisho.engine.events import Trouble
from sekisho.engine.forms import form_of
from sekisho.engine.judge import objection
from sekisho.engine.refusal import known_method
from sekisho.engine.results.asking import SAMPLING
from sekisho.engine.results.passing import Outward
from sekisho.engine.results.waiting import shown_or_waiting
from sekisho.engine.state import Face
from sekisho.model.subject import Carrier
from sekisho.wire.versions import META_LOG_LEVEL, NEEDED_CAPABILITY
from sekisho.wire.views import EMPTY, meta

if TYPE_CHECKING:
    from sekisho.engine.calls import Call
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import ServerSent
    from sekisho.engine.state import State
    from sekisho.wire.jsonrpc import Id, JsonObject, Request

__all__ = ["asked", "host_request", "only_open", "put"]


def asked(state: State, event: ServerSent, message: Request) -> list[Effect]:
    """Pass a server's request to the host, if this revision has it and the host declared that it answers such."""
    kind = message.method if message.method in NEEDED_CAPABILITY else "ping"
    if state.worked is None and not state.meter.take(kind, event.now):
        return upkeep.quarantine(state, kind)
    if len(state.calls.asked) >= state.setup.patience.open_asked:
        return upkeep.quarantine(state, "open-questions")
    rule, why = _unanswerable(state, message)
    shown = Outward(message.body, None, EMPTY)
    if not rule:
        denied = objection(state, state.who, Carrier.SERVER_REQUEST, message.method, message.body)
        shown = shown_or_waiting(state, event, message.method, message.body)
        if isinstance(shown, Look):
            return [shown]
        denied = denied or shown.because
        rule, why = (denied.rule, "refused") if denied is not None else ("", "")
    fields: JsonObject = {"method": known_method(message.method), "verdict": "deny" if rule else "allow"}
    if rule:
        fields["rule"] = rule
        record = Record("server-request", state.who, state.setup.server, fields, {}, durable=True)
        # In 2026-07-28 a client sends no answers at all, not even this one (basic/index, Messages).
        return [record] if state.modern else [record, SendToServer(handshake.refused_question(message.id, why), None)]
    call = state.calls.by_number.get(event.call) if event.call is not None else only_open(state, message.method)
    if message.method == SAMPLING and state.setup.policy.asks_sampling:
        from sekisho.engine.sampling.older import ask_first  # noqa: PLC0415 - few servers ever ask a model

        first = ask_first(state, message, shown, call, event.now)
        if first is not None:
            return first
        fields["consent"] = "conversation"
    record = Record(
        "server-request", state.who, state.setup.server, {**fields, **shown.fields}, {"params": message.params}
    )
    number, deadline = call.number if call is not None else None, event.now + state.setup.patience.question
    asked = Asked(message.id, message.method, 0, number, deadline, form_of(message, call))
    return [record, put(state, asked, shown.body)]


def put(state: State, asked: Asked, body: JsonObject) -> SendToHost:
    """Ask the host something, under an id of ours, where what it asked itself is answered.

    Args:
        state: the session.
        asked: what is kept of it.
        body: the judged request.
    """
    call = state.calls.by_number.get(asked.call) if asked.call is not None else None
    channel, about = call.channel if call is not None else 0, host_request(state, asked.call)
    return SendToHost({**body, "id": state.calls.ask(asked)}, channel, about, own=asked.withheld is not None)


def _unanswerable(state: State, message: Request) -> tuple[str, str]:
    if state.halted:
        return Trouble.HALTED, "the user halted this connection"
    if message.method not in state.methods.server_requests:
        return "unknown-method", "this request does not exist in the protocol revision in use"
    needed = NEEDED_CAPABILITY.get(message.method)
    if needed is not None and needed not in state.host_capabilities:
        return "undeclared-capability", "the client did not declare the capability that this request needs"
    if state.calls.asked_by_server(message.id) is not None:
        return "duplicate-id", "a request with this id is still open"
    return "", ""


def host_request(state: State, number: int | None) -> Id | None:
    """Return the host's request whose stream a message about call `number` can take."""
    call = state.calls.by_number.get(number) if number is not None else None
    return call.id if call is not None and not call.answered else None


def only_open(state: State, method: str) -> Call | None:
    """Return the one call that an untied message can be about, towards an HTTP host."""
    if state.setup.host_face is Face.STDIO:
        return None
    calls = [call for call in state.calls.of_host() if call.method != "subscriptions/listen"]
    if state.modern and method == "notifications/message":
        calls = [call for call in calls if META_LOG_LEVEL in meta(call.params)]
    return calls[0] if len(calls) == 1 else None
