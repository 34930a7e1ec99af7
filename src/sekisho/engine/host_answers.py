"""The host's answers to what a server asked it: put back, narrowed, judged, and handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from sekisho.engine import forms, handshake, judge, roots
from sekisho.engine.effects import Record, SendToServer
from sekisho.engine.results.asking import SAMPLING
from sekisho.engine.results.passing import inward
from sekisho.model.subject import Carrier
from sekisho.wire.jsonrpc import Response
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.engine.calls import Asked
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import HostSent
    from sekisho.engine.state import State
    from sekisho.model.finding import Finding
    from sekisho.wire.jsonrpc import Failure, JsonObject, Request

__all__ = ["objection", "take"]

_OTHERS: Final = frozenset({"action", "roots"})
"""Members of an answer to a form, and to the question for roots."""


def take(state: State, event: HostSent, message: Response | Failure) -> list[Effect]:
    """Hand the host's answer to the server that asked; one to a question of ours stays here."""
    asked = state.calls.asked.get(message.id) if isinstance(message.id, int) else None
    if asked is None or asked.channel != event.channel:
        fields: JsonObject = {"rule": "unknown-answer", "verdict": "deny"}
        return [Record("host-answer", event.who, state.setup.server, fields, {})]
    del state.calls.asked[cast("int", message.id)]
    if asked.withheld is not None:
        from sekisho.engine.sampling.older import answered  # noqa: PLC0415 - few servers ever ask a model

        return answered(state, event, asked, asked.withheld, message)
    part = "result" if isinstance(message, Response) else "error"
    put_back = inward(state, asked.method, message.body.get(part))
    given = put_back.content
    if asked.method == "roots/list" and part == "result":
        given = roots.narrowed(state.setup.facts, given)
    body: JsonObject = {**message.body, "id": asked.id, part: given}
    denied = put_back.because or _secret(state, asked, message)
    denied = denied or judge.objection(state, event.who, Carrier.HOST_ANSWER, asked.method, body)
    fields = {"method": asked.method, "verdict": "allow"}
    rule = denied.rule if denied is not None else forms.denied(state, asked, given)
    if rule:
        fields |= {"verdict": "deny", "rule": rule}
        body = handshake.refused_question(asked.id, f"the answer was withheld by the rule {rule}")
    values: JsonObject = {"answer": message.result if isinstance(message, Response) else message.error}
    return [
        Record("host-answer", event.who, state.setup.server, fields, values),
        SendToServer(body, asked.call),
    ]


def _secret(state: State, asked: Asked, message: Response | Failure) -> Finding | None:
    """Return what objects to a model's answer."""
    if asked.method != SAMPLING or not isinstance(message, Response):
        return None
    from sekisho.engine.sampling.answers import objection_to  # noqa: PLC0415 - few servers ever ask a model

    return objection_to(state.setup.server, {"": message.result})


def objection(state: State, message: Request) -> Finding | None:
    """Return what objects to the answers of a model that come with a request (2026-07-28, basic/patterns/mrtr).

    Which question an answer is to is told by its shape: the state that would say so is the server's.
    """
    responses = obj(obj(message.params).get("inputResponses"))
    said = {key: each for key, each in responses.items() if not obj(each).keys() & _OTHERS}
    if not said:
        return None
    from sekisho.engine.sampling.answers import objection_to  # noqa: PLC0415 - as above

    return objection_to(state.setup.server, said)
