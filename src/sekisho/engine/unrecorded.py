"""When the audit takes no record: nothing passes unrecorded, and nobody is left hanging.

What was to be done behind the record was not done.
What stops something is done now; what would have passed something on is refused instead, in fixed words.
No effect from here is a record, because that one would fail too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sekisho.engine import parking
from sekisho.engine.calls import Errand
from sekisho.engine.effects import (
    AbortCall,
    CloseStream,
    EndSession,
    Keep,
    Look,
    Plead,
    Record,
    SendToHost,
    SendToServer,
    StartServer,
    StopServer,
    Tell,
)
from sekisho.engine.events import SERVER_OWN, ServerSent, Trouble
from sekisho.engine.handshake import refused_question, unagreed
from sekisho.engine.refusal import refuse_without_record
from sekisho.engine.results.waiting import taken
from sekisho.engine.state import Stage
from sekisho.wire.jsonrpc import Request

if TYPE_CHECKING:
    from sekisho.engine.calls import Call
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import RecordFailed
    from sekisho.engine.state import State
    from sekisho.wire.jsonrpc import Json, JsonObject, Message

__all__ = ["record_failed"]

_WHY = "the client cannot record its decisions"
_CANCELLED = "notifications/cancelled"


def record_failed(state: State, event: RecordFailed) -> list[Effect]:
    """Return what is done in place of the effects that were lost."""
    effects: list[Effect] = []
    for lost in event.lost:
        match lost:
            case SendToServer():
                effects += _to_server(state, lost, event.trouble)
            case SendToHost():
                effects += _to_host(state, lost, event.trouble)
            case StartServer():
                state.stage, state.trouble, state.retry_at = Stage.DOWN, Trouble.AUDIT, event.now
            case AbortCall() | CloseStream() | StopServer() | EndSession():
                effects.append(lost)
            case Look() | Plead():
                effects += _looked_at_nothing(state, lost, event.trouble)
            case Record() | Keep() | Tell():
                pass
            case _:
                assert_never(lost)
    return effects


def _looked_at_nothing(state: State, lost: Look | Plead, trouble: Trouble) -> list[Effect]:
    """Refuse the request whose question never left: nothing would answer it."""
    if state.calling is not None:
        state.calling.asking.pop((lost.channel, lost.id), None)
    state.held.asking.pop((lost.channel, lost.id), None)
    aside = taken(state, lost.id) if lost.channel == SERVER_OWN else None
    what = aside.what if aside is not None else None
    if isinstance(what, ServerSent):
        return _question_lost(state, what.message)
    if what is not None:
        call = state.calls.remove(what.call.number)
        if call is None or call.id is None or call.answered:
            return []
        return [refuse_without_record(state, channel=call.channel, about=call.id, method=call.method, trouble=trouble)]
    waiting = parking.take(state, lost.channel, lost.id)
    if waiting is None:
        return []
    method = waiting[1].method
    return [refuse_without_record(state, channel=lost.channel, about=lost.id, method=method, trouble=trouble)]


def _question_lost(state: State, message: Message) -> list[Effect]:
    """Refuse what the server asked and nobody has read; other things that it said are lost."""
    if not isinstance(message, Request) or state.modern:  # there, a client sends no answers at all
        return []
    return [SendToServer(refused_question(message.id, _WHY), None)]


def _to_server(state: State, lost: SendToServer, trouble: Trouble) -> list[Effect]:
    method, id_ = lost.body.get("method"), lost.body.get("id")
    if method == _CANCELLED:
        return [SendToServer(_bare(lost.body), lost.call)]
    if method is None and isinstance(id_, int | str):
        return [SendToServer(refused_question(id_, _WHY), lost.call)]
    if method == "notifications/initialized":
        # Without it the server would refuse everything; it is told again after a restart.
        return [StopServer(Trouble.AUDIT)]
    call = state.calls.remove(id_) if isinstance(id_, int) else None
    if call is None or call.answered:
        return []
    if call.id is None:
        return _errand_lost(state, call, trouble)
    if call.method == "initialize":
        unagreed(state)
    return [refuse_without_record(state, channel=call.channel, about=call.id, method=call.method, trouble=trouble)]


def _to_host(state: State, lost: SendToHost, trouble: Trouble) -> list[Effect]:
    body = lost.body
    if lost.final:
        if state.greeted is not None and body.get("result") is state.greeted:
            # The host knows no session, so it will initialize again, and the server has to be a fresh one.
            unagreed(state)
            return [*_answered(state, lost, "initialize", trouble), StopServer(Trouble.AUDIT)]
        return _answered(state, lost, "", trouble)
    if body.get("method") == _CANCELLED:
        return [SendToHost(_bare(body), lost.channel, lost.about)]
    id_ = body.get("id")
    asked = state.calls.asked.pop(id_, None) if isinstance(id_, int) else None
    return [SendToServer(refused_question(asked.id, _WHY), asked.call)] if asked is not None else []


def _answered(state: State, lost: SendToHost, method: str, trouble: Trouble) -> list[Effect]:
    if lost.about is None:
        return []
    return [refuse_without_record(state, channel=lost.channel, about=lost.about, method=method, trouble=trouble)]


def _errand_lost(state: State, call: Call, trouble: Trouble) -> list[Effect]:
    """Refuse what waited for an errand that was never sent."""
    if call.errand is Errand.PING:
        return []
    waiting, state.parked = state.parked, []
    effects: list[Effect] = [
        refuse_without_record(state, channel=event.channel, about=message.id, method=message.method, trouble=trouble)
        for event, message in waiting
    ]
    if call.errand is Errand.PROBE or call.errand is Errand.LEARN:
        return effects
    # Half told, the restarted server is not what its predecessor was.
    return [*effects, StopServer(Trouble.AUDIT)]


def _bare(body: JsonObject) -> JsonObject:
    """Return a cancellation without the peer's words."""
    params = body.get("params")
    about: Json = params.get("requestId") if isinstance(params, dict) else None
    return {"jsonrpc": "2.0", "method": _CANCELLED, "params": {"requestId": about}}
