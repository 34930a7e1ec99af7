"""Time, loss and restarts: what happens without a message."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sekisho.engine.calls import Errand
from sekisho.engine.effects import (
    AbortCall,
    CloseStream,
    EndSession,
    Record,
    SendToHost,
    SendToServer,
    StartServer,
    StopServer,
)
from sekisho.engine.events import HostSent, Trouble
from sekisho.engine.handshake import errand, narrowed_offer, probe_failed, refused_question, unagreed
from sekisho.engine.parking import park, refuse_parked
from sekisho.engine.refusal import refuse, refuse_request
from sekisho.engine.results.waiting import forget
from sekisho.engine.sampling.permits import rejected
from sekisho.engine.state import Face, Stage
from sekisho.engine.surface import reading
from sekisho.wire.jsonrpc import Request
from sekisho.wire.versions import (
    LATEST_MODERN,
    META_CLIENT_CAPABILITIES,
    META_PROTOCOL_VERSION,
    Generation,
)
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.engine.calls import Asked, Call
    from sekisho.engine.effects import (
        Effect,
    )
    from sekisho.engine.events import CallBroke, Event
    from sekisho.engine.state import State
    from sekisho.wire.jsonrpc import JsonObject

__all__ = [
    "abandon",
    "broke",
    "broken_errand",
    "closing",
    "collapse",
    "give_up",
    "quarantine",
    "refuse_call",
    "renew",
    "replayed",
    "restart",
    "server_left",
    "synced_once",
    "tick",
    "withdraw",
]

_QUIET: Final = 5.0
"""How long a server may stay silent behind a call that was given up, in seconds, before it is asked."""


def give_up(state: State, call: Call, now: float, *, told: JsonObject | None) -> list[Effect]:
    """The host cancelled `call`: tell the server, and close the stream where the revision says so.

    Args:
        state: the session.
        call: an open call.
        now: the time.
        told: the cancellation to send; None makes one.
    """
    effects = abandon(state, call, now, told=told)
    if call.id is not None and state.modern:
        call.answered = True
        effects.append(CloseStream(call.channel, call.id))
    return effects


def abandon(state: State, call: Call, now: float, *, told: JsonObject | None = None) -> list[Effect]:
    """Stop waiting for `call`, and tell the server in the way of its transport.

    Its number stays reserved for a while, for a late answer. `initialize` must not be cancelled (basic/lifecycle).
    """
    call.cancelled = True
    call.deadline = now + state.setup.patience.cancelled
    if state.setup.server_face is Face.STDIO and state.generation is not None and state.given_up_at is None:
        state.given_up_at = now
    fields: JsonObject = {"method": call.method, "call": call.number, "rule": "cancelled"}
    values: JsonObject = {"params": told.get("params")} if told is not None else {}
    effects: list[Effect] = [Record("cancel", call.who, state.setup.server, fields, values)]
    for ours, asked in list(state.calls.asked.items()):
        if asked.withheld is not None and asked.call == call.number:
            effects += withdraw(state, ours, asked, why="the client gave up what this was for")
    closing_cancels = state.modern and state.setup.server_face is Face.HTTP
    if not closing_cancels and call.method != "initialize":
        effects.append(SendToServer(told or _cancelled(call.number), call.number))
    if closing_cancels or call.errand is not None:
        state.calls.remove(call.number)
        effects.append(AbortCall(call.number))
    return effects


def _cancelled(id_: int) -> JsonObject:
    return {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": id_}}


def tick(state: State, now: float) -> list[Effect]:
    """Give up what is overdue, and look after a server that has gone silent."""
    effects: list[Effect] = []
    if state.untied:
        fields: JsonObject = {"method": "notifications/message", "verdict": "allow", "count": state.untied}
        effects.append(Record("server-notification", state.who, state.setup.server, fields, {}))
        state.untied = 0
    for call in [call for call in state.calls.by_number.values() if call.deadline <= now]:
        effects += _overdue(state, call, now)
    for ours, asked in [item for item in state.calls.asked.items() if item[1].deadline <= now]:
        effects += withdraw(state, ours, asked, why="nobody answered in time", overdue=now)
    if _is_silent(state, now):
        state.given_up_at = now
        told: JsonObject = {META_PROTOCOL_VERSION: str(LATEST_MODERN), META_CLIENT_CAPABILITIES: {}}
        params: JsonObject = {"_meta": told} if state.modern else {}
        effects += errand(state, Errand.PING, "server/discover" if state.modern else "ping", params, now)
    return synced_once(effects)


def _is_silent(state: State, now: float) -> bool:
    """Tell whether a stdio server owes something, says nothing, and has not been asked yet."""
    overdue = state.given_up_at is not None and now - state.given_up_at >= _QUIET
    return overdue and not state.calls.on_errand(Errand.PING)


def _overdue(state: State, call: Call, now: float) -> list[Effect]:
    if call.cancelled:
        state.calls.remove(call.number)
        return [AbortCall(call.number), *closing(call)]
    if call.errand is Errand.PING and state.first:
        call.deadline = now + state.setup.patience.ping  # nobody listens to it until that is read
        return []
    if call.errand is Errand.PING:
        state.calls.remove(call.number)
        return _stopped(state, Trouble.HUNG) if state.heard_at <= call.since else []
    if call.errand is not None:
        return [*abandon(state, call, now), *broken_errand(state, call, Trouble.TIMED_OUT, now)]
    if call.method == "initialize":
        unagreed(state)
    return [*abandon(state, call, now), *refuse_call(state, call, Trouble.TIMED_OUT)]


def _stopped(state: State, trouble: Trouble) -> list[Effect]:
    """Stop the server; that it left follows as an event of its own."""
    state.given_up_at = None
    fields: JsonObject = {"event": "stopped", "rule": trouble}
    return [Record("lifecycle", state.who, state.setup.server, fields, {}), StopServer(trouble)]


def broken_errand(state: State, call: Call, trouble: Trouble, now: float) -> list[Effect]:
    """An errand failed: what waited for it goes on without, or is refused.

    Args:
        state: the session.
        call: the errand, not in the table any more.
        trouble: why; `GARBLED` for an answer that is an error, which is how an older server takes the probe.
        now: when.
    """
    match call.errand:
        case Errand.PROBE if trouble in (Trouble.GARBLED, Trouble.TIMED_OUT):
            return probe_failed(state)
        case Errand.PROBE:
            return refuse_parked(state, trouble)
        case Errand.REPLAY:
            return [*refuse_parked(state, Trouble.CANNOT_START), *_stopped(state, Trouble.CANNOT_START)]
        case Errand.LEARN:
            reading.ended(state, call, now, failed=True)
            return []
        case _:
            return []


def closing(call: Call) -> list[Effect]:
    """End the stream of a cancelled call, unless its host waits no more."""
    return [CloseStream(call.channel, call.id)] if call.id is not None and not call.answered else []


def refuse_call(state: State, call: Call, trouble: Trouble) -> list[Effect]:
    """Answer the host for a call that the server will not answer."""
    if call.id is None or call.answered:
        return []
    call.answered = True
    return refuse(
        state, who=call.who, channel=call.channel, about=call.id, method=call.method, rule=trouble, params=call.params
    )


def broke(state: State, event: CallBroke) -> list[Effect]:
    """One exchange failed. The host is told; nothing is sent twice."""
    if event.trouble is Trouble.SESSION_ENDED and event.call in state.calls.by_number:
        return server_left(state, Trouble.SESSION_ENDED, event.now)
    call = state.calls.take(event.call)
    if call is None:
        return []
    if call.errand is not None:
        return broken_errand(state, call, event.trouble, event.now)
    if call.method == "initialize" and not call.answered:
        unagreed(state)
    return closing(call) if call.cancelled else refuse_call(state, call, event.trouble)


def server_left(state: State, trouble: Trouble, now: float) -> list[Effect]:
    """Everything in flight is answered, the host's open questions are withdrawn, and the back-off begins."""
    if state.stage is Stage.CLOSED or state.stage is Stage.DOWN:
        return []
    _back_off(state, now)
    state.stage, state.trouble = Stage.DOWN, trouble
    return _all_answered(state, trouble)


def _all_answered(state: State, trouble: Trouble) -> list[Effect]:
    fields: JsonObject = {"event": "left", "rule": trouble}
    effects: list[Effect] = [Record("lifecycle", state.who, state.setup.server, fields, {})]
    for call in [call for call in state.calls.by_number.values() if not call.aside or state.stage is Stage.CLOSED]:
        state.calls.remove(call.number)
        effects.append(AbortCall(call.number))
        if call.method == "initialize" and call.errand is None and not call.answered:
            unagreed(state)
        effects += closing(call) if call.cancelled else refuse_call(state, call, trouble)
    for ours, asked in list(state.calls.asked.items()):
        effects += withdraw(state, ours, asked, why=None)
    effects += refuse_parked(state, trouble)
    state.given_up_at = None
    state.asked_generation = state.asked_initialize = False
    if trouble is Trouble.SESSION_ENDED and state.setup.host_face is Face.HTTP and not state.modern:
        effects.append(EndSession())
    return synced_once(effects)


def withdraw(state: State, ours: int, asked: Asked, *, why: str | None, overdue: float | None = None) -> list[Effect]:
    """Take a question back from the host, `overdue` by when; tell the server `why`, or nothing when it is gone."""
    del state.calls.asked[ours]
    fields: JsonObject = {"method": asked.method, "rule": "cancelled"}
    if asked.withheld is not None and overdue is not None:
        state.permits.refuse(state.setup.server, asked.withheld.who, overdue)
        fields |= {"rule": "sampling-unanswered", "verdict": "deny"}
    effects: list[Effect] = [
        Record("server-request", state.who, state.setup.server, fields, {}),
        SendToHost(_cancelled(ours), asked.channel, None),
    ]
    if why is not None:
        told = rejected if asked.withheld is not None else refused_question
        effects.append(SendToServer(told(asked.id, why), asked.call))
    return effects


def synced_once(effects: Sequence[Effect]) -> list[Effect]:
    """Put the records in front and make the last of them durable, if one was.

    The effects behind a durable record wait for the disk: with one wait for each of a thousand refusals, a halt would
    take seconds. A record is written behind those before it, so the last one vouches for all.
    """
    records = [effect for effect in effects if isinstance(effect, Record)]
    if any(record.durable for record in records):
        records = [replace(record, durable=False) for record in records]
        records[-1] = replace(records[-1], durable=True)
    return [*records, *(effect for effect in effects if not isinstance(effect, Record))]


def _back_off(state: State, now: float) -> None:
    patience = state.setup.patience
    if state.stage is Stage.UP and now - state.started_at > patience.steady:
        state.restarts = 0
    pause = patience.restart_first * 2 ** (state.restarts - 1) if state.restarts else 0.0
    state.retry_at = now + min(patience.restart_most, pause)
    state.restarts = min(state.restarts + 1, 16)


def restart(state: State, event: HostSent, message: Request) -> list[Effect]:
    """Start the server again for `message`, and tell it what its predecessor knew."""
    refused = park(state, event, message)
    if refused is not None:
        return refused
    state.started_at = event.now
    state.stage, state.trouble = Stage.UP, None
    reading.outdate(state, event.now)
    effects: list[Effect] = [
        Record("lifecycle", event.who, state.setup.server, {"event": "restart"}, {}),
        StartServer(),
    ]
    if state.generation is Generation.LEGACY and state.initialize_params is not None and state.initialize_result:
        state.stage = Stage.REPLAYING
        return effects + errand(state, Errand.REPLAY, "initialize", state.initialize_params, event.now)
    state.unpark = True
    return effects


def renew(state: State, method: str, now: float) -> list[Effect]:
    """Replace a child that was asked for one generation before it is asked for the other.

    A stdio server settles its generation with the first request that it sees, whatever it answers to it
    (seen in the official SDK: behind a probe, `initialize` gets -32022).

    Args:
        state: the session.
        method: what the server is about to be asked.
        now: the time.
    """
    match method:
        case "initialize":
            settled, state.asked_generation, state.asked_initialize = state.asked_generation, False, True
        case "server/discover":
            settled = state.asked_initialize and state.generation is None
            state.asked_generation, state.asked_initialize = True, state.asked_initialize and not settled
        case _:
            return []
    if not settled or state.setup.server_face is not Face.STDIO:
        return []
    state.probed = False
    state.started_at = now
    forget(state)
    reading.outdate(state, now)
    effects: list[Effect] = [
        Record("lifecycle", state.who, state.setup.server, {"event": "fresh-child"}, {}),
    ]
    for call in list(state.calls.by_number.values()):
        state.calls.remove(call.number)
        effects += closing(call) if call.cancelled else refuse_call(state, call, Trouble.RESTARTING)
    return synced_once([*effects, *refuse_parked(state, Trouble.RESTARTING), StartServer()])


def replayed(state: State, result: JsonObject, now: float) -> list[Effect]:
    """Take a restarted server's answer to `initialize`: it has to be the one that the host relies on."""
    before, after = obj(state.initialize_result), narrowed_offer(state, result)
    if any(after.get(key) != before.get(key) for key in ("protocolVersion", "capabilities", "instructions")):
        state.stage, state.trouble = Stage.CLOSED, Trouble.CHANGED
        return [*refuse_parked(state, Trouble.CHANGED), *_stopped(state, Trouble.CHANGED)]
    state.stage = Stage.UP
    state.unpark = True
    effects: list[Effect] = [Record("lifecycle", state.who, state.setup.server, {"event": "replayed"}, {})]
    if state.initialized:
        effects.append(SendToServer({"jsonrpc": "2.0", "method": "notifications/initialized"}, None))
    if state.log_level is not None:
        effects += errand(state, Errand.RESTORE, "logging/setLevel", {"level": state.log_level}, now)
    for uri in sorted(state.subscriptions):
        effects += errand(state, Errand.RESTORE, "resources/subscribe", {"uri": uri}, now)
    return effects


def quarantine(state: State, kind: str) -> list[Effect]:
    """Cut off a server that sends more than any honest one: it alone, at once, and on record."""
    fields: JsonObject = {"event": "quarantined", "rule": Trouble.FLOOD, "kind": kind}
    record = Record("lifecycle", state.who, state.setup.server, fields, {}, durable=True)
    state.stage, state.trouble = Stage.CLOSED, Trouble.FLOOD
    return synced_once([record, *_all_answered(state, Trouble.FLOOD), StopServer(Trouble.FLOOD)])


def collapse(state: State, event: Event) -> list[Effect]:
    """A fault of our own: what is open is refused, the request in `event` too, and nothing passes any more."""
    effects: list[Effect] = []
    if isinstance(event, HostSent) and isinstance(event.message, Request):
        message = event.message
        if state.calls.find(event.channel, message.id) is None:
            effects += refuse_request(state, event, message, Trouble.INTERNAL)
    if state.delivering is not None:
        effects += refuse_call(state, state.delivering, Trouble.INTERNAL)
    if state.stage is not Stage.CLOSED:
        state.stage, state.trouble = Stage.CLOSED, Trouble.INTERNAL
        effects += [*_all_answered(state, Trouble.INTERNAL), StopServer(Trouble.INTERNAL)]
    return synced_once(effects)
