"""A request to the model in the middle of a call (up to 2025-11-25): it waits until the person has answered.

Our question stands in the table of questions in its place, under the server's id. So whatever takes a question of the
server back, its own word, a halt, a host that left, a restart, takes ours back too, and with it what waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.calls import Asked
from sekisho.engine.effects import Record, SendToServer
from sekisho.engine.questions import put
from sekisho.engine.results.asking import SAMPLING, wants_context
from sekisho.engine.sampling.form import ELICITATION, Said, question, said_in
from sekisho.engine.sampling.gate import Withheld, obstacle, rule_of, settle, spoken
from sekisho.engine.sampling.permits import rejected
from sekisho.engine.sampling.wish import wish_of
from sekisho.wire.jsonrpc import Response
from sekisho.wire.strict import serialise
from sekisho.wire.versions import SpecCode
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.engine.calls import Call
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import HostSent
    from sekisho.engine.results.passing import Outward
    from sekisho.engine.state import State
    from sekisho.wire.jsonrpc import Failure, JsonObject, Request

__all__ = ["answered", "ask_first"]

_WHY: Final = {
    "cancelled": "the client gave up what this was for",
    "sampling-no-channel": "the client cannot ask the user",
    "sampling-refused": "the user was asked and said no",
    "sampling-silenced": "the user said no before, and is not asked again",
    "sampling-too-many": "too many questions are open",
    "sampling-unanswered": "the user was asked and did not answer",
}


def ask_first(state: State, message: Request, shown: Outward, call: Call | None, now: float) -> list[Effect] | None:
    """Ask the person before a server's request to a model goes on; None where it may.

    Args:
        state: the session.
        message: the request as it came.
        shown: the request as it was judged.
        call: the host's request during which it came, if that is known.
        now: when.
    """
    who, number = (call.who, call.number) if call is not None else (state.who, None)
    context = wants_context(message.method, message.params)
    wish = wish_of([obj(shown.body.get("params"))], context=context)
    server = state.setup.server
    if state.permits.covers(server, who, wish.kind, now):
        return None
    withheld = Withheld(shown.body, wish.kind, who, len(serialise(shown.body)))
    over = call is not None and call.cancelled
    rule = "cancelled" if over else obstacle(state, who, host=state.declared, size=withheld.size, now=now)
    if rule:
        fields: JsonObject = {"method": SAMPLING, "verdict": "deny", "rule": rule, **shown.fields}
        record = Record("server-request", who, server, fields, {"params": message.params}, durable=True)
        told = SendToServer(rejected(message.id, _WHY[rule]), number)
        return [record, *spoken(state, rule), told]
    asked = Asked(message.id, SAMPLING, 0, number, now + state.setup.patience.consent, withheld=withheld)
    body: JsonObject = {"jsonrpc": "2.0", "method": ELICITATION, "params": question(server, wish)}
    fields = {"method": SAMPLING, "verdict": "ask", **shown.fields}
    return [Record("server-request", who, server, fields, {"params": message.params}), put(state, asked, body)]


def answered(
    state: State, event: HostSent, asked: Asked, withheld: Withheld, message: Response | Failure
) -> list[Effect]:
    """Take the person's answer: the request goes on as it was judged, or the server is told no."""
    if isinstance(message, Response):
        said = said_in(message.result)
    else:
        said = Said.UNSHOWN if message.error.get("code") == SpecCode.METHOD_NOT_FOUND else Said.NOTHING
    settle(state, withheld, said, event.now)
    call = state.calls.by_number.get(asked.call) if asked.call is not None else None
    if call is not None:
        # The server was not the one to be waited for.
        call.deadline = max(call.deadline, event.now + state.setup.patience.call)
    fields: JsonObject = {"method": SAMPLING, "consent": said.name.lower()}
    server = state.setup.server
    if not said.allows:
        rule = rule_of(said)
        fields |= {"verdict": "deny", "rule": rule}
        record = Record("host-answer", event.who, server, fields, {}, durable=True)
        return [record, *spoken(state, rule), SendToServer(rejected(asked.id, _WHY[rule]), asked.call)]
    goes_on = Asked(asked.id, SAMPLING, 0, asked.call, event.now + state.setup.patience.question)
    params: JsonObject = {"params": withheld.body.get("params")}
    return [
        Record("host-answer", event.who, server, {**fields, "verdict": "allow"}, {}),
        Record("server-request", withheld.who, server, {"method": SAMPLING, "verdict": "allow"}, params),
        put(state, goes_on, withheld.body),
    ]
