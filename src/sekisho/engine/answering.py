"""A server's answer on its way to the host: judged, held, let pass by a person, or delivered."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sekisho.engine import handshake
from sekisho.engine.effects import Record, SendToHost
from sekisho.engine.from_host import remember
from sekisho.engine.judge import objection
from sekisho.engine.refusal import named, refuse
from sekisho.engine.results import holding
from sekisho.engine.results.asking import wants_context
from sekisho.engine.results.passing import outward
from sekisho.engine.results.waiting import plead, read_first
from sekisho.model.messages import Stage as Came
from sekisho.model.subject import Carrier
from sekisho.policy.evaluate import decide
from sekisho.policy.leniency import NOTHING_HEARD, can_be_released, left
from sekisho.wire.jsonrpc import Response
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.engine.calls import Call
    from sekisho.engine.effects import Effect
    from sekisho.engine.results.passing import Outward
    from sekisho.engine.results.waiting import Answer
    from sekisho.engine.state import State
    from sekisho.guards.objection import Need
    from sekisho.model.finding import Finding
    from sekisho.policy.leniency import Heard
    from sekisho.wire.jsonrpc import Failure, Id, JsonObject

__all__ = ["judge", "late", "refused"]


def late(state: State, call: Call) -> Record:
    """Put an answer on record that has nowhere to go."""
    fields: JsonObject = {"method": call.method, "call": call.number, "rule": "late-answer", "verdict": "deny"}
    return Record("answer", call.who, state.setup.server, fields, {})


def judge(state: State, answer: Answer, now: float) -> list[Effect]:
    """Give the host an answer that can be judged now; let it wait where a worker or a person is to be asked first."""
    call, body = answer.call, answer.body
    if call.answered:
        return [late(state, call)]
    misfit, need = _fitting(state, answer)
    shown = outward(state, call.method, body, more=misfit, tool=_tool(call), worked=answer.worked)
    if shown.unread is not None or need is not None:
        jobs = {job: each for job, each in (("scan", shown.unread), ("schema", need)) if each is not None}
        look = read_first(state, answer, jobs)
        if look is not None:
            return [look]
        answer.worked = dict.fromkeys(jobs)
        return judge(state, answer, now)
    denied = objection(state, call.who, Carrier.SERVER_ANSWER, call.method, body)
    if denied is not None:
        return refused(state, call, answer.about, denied.rule, denied.pointer)
    if shown.because is None:
        return _delivered(state, call, answer.message, shown, now)
    return _held(state, answer, shown, shown.because, now)


def _fitting(state: State, answer: Answer) -> tuple[list[Finding], Need | None]:
    if answer.call.tool is None or not isinstance(answer.message, Response):
        return [], None
    return _fits()(state, answer.call, obj(answer.body.get("result")), answer.worked)


@cache
def _fits() -> Callable[..., tuple[list[Finding], Need | None]]:
    from sekisho.engine.results.fitting import fitting  # noqa: PLC0415 - loads with the first answer of a tool

    return fitting


def _held(state: State, answer: Answer, shown: Outward, because: Finding, now: float) -> list[Effect]:
    """Hold an answer, unless a person let exactly this pass."""
    call, rules = answer.call, sorted({each.rule for each in shown.held})
    left_over: Finding | None = because
    more: JsonObject = {}
    if not shown.unfit and can_be_released(rules):
        answer.binding = answer.binding or holding.binding(state, call, rules, answer.body)
        if answer.heard is None and state.setup.lenient:
            return [plead(state, answer, _tool(call))]
        heard = answer.heard or NOTHING_HEARD
        left_over = None if heard.ticket else decide(left(shown.held, heard.rules)).because
        if left_over is None:
            return [_leniency(state, answer, heard), *_delivered(state, call, answer.message, shown, now)]
        holding.keep(state, call, shown.body, answer.binding, now)
        more = {"rules": [*rules], "binding": answer.binding, "held": "kept"}
    return refused(state, call, answer.about, left_over.rule, left_over.pointer, more)


def _tool(call: Call) -> str:
    return text(obj(call.params).get("name")) or "" if call.method == "tools/call" else ""


def _leniency(state: State, answer: Answer, heard: Heard) -> Record:
    fields: JsonObject = {
        "method": answer.call.method,
        **named(answer.call.method, answer.call.params),
        "ticket": heard.ticket,
        "excepted": [*sorted(heard.rules)],
        "binding": answer.binding,
        "verdict": "allow",
    }
    return Record("leniency", answer.call.who, state.setup.server, fields, {})


def refused(
    state: State, call: Call, about: Id, rule: str, pointer: str = "", more: JsonObject | None = None
) -> list[Effect]:
    """Give the host a refusal in place of an answer.

    Args:
        state: the session.
        call: what it would have answered.
        about: the host's id of that.
        rule: why.
        pointer: where.
        more: for the record alone.
    """
    if call.method == "initialize":
        handshake.unagreed(state)
    return refuse(
        state,
        who=call.who,
        channel=call.channel,
        about=about,
        method=call.method,
        params=call.params,
        rule=rule,
        pointer=pointer,
        stage=Came.ANSWER,
        more=more,
    )


def _delivered(state: State, call: Call, message: Response | Failure, shown: Outward, now: float) -> list[Effect]:
    fields: JsonObject = {
        "method": call.method,
        "call": call.number,
        "verdict": "allow",
        "outcome": "result" if isinstance(message, Response) else "error",
        "ms": round((now - call.since) * 1000, 3),
        **shown.fields,
    }
    if call.id is not None and isinstance(message, Response) and "inputRequests" in message.result:
        from sekisho.engine.sampling.newer import Handing, ask_first  # noqa: PLC0415 - few servers ever ask a model

        context = wants_context(call.method, message.result)
        handing = Handing(shown.body, call.who, call.channel, call.id, call.method, call.params, fields, context)
        first = ask_first(state, handing, now)
        if first is not None:
            return first
    if isinstance(message, Response):
        remember(state, call)
    if call.notes:
        fields["notes"] = call.notes
    values: JsonObject = {"answer": message.result if isinstance(message, Response) else message.error}
    record = Record("answer", call.who, state.setup.server, fields, values)
    return [record, SendToHost(shown.body, call.channel, call.id, final=True)]
