"""`logging/setLevel`: one request of the host, one of ours to every server that logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.hub import answers
from sekisho.engine.hub.state import Contact, Errand, Purpose
from sekisho.wire.jsonrpc import Failure
from sekisho.wire.versions import SpecCode
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.engine.hub.state import HubState, Open
    from sekisho.engine.hub.steps import HubEffect
    from sekisho.wire.jsonrpc import Response

__all__ = ["advance", "answered", "gone"]


def advance(state: HubState, entry: Open, now: float) -> list[HubEffect]:
    """Tell every server, and answer when all have answered or were waited for long enough."""
    effects: list[HubEffect] = [] if entry.started else _start(state, entry, now)
    if entry.numbers and now < entry.until:
        return effects
    if entry.succeeded or entry.numbers or any(server.contact is not Contact.READY for server in state.servers):
        return [*effects, *answers.answer(state, entry, {})]
    if entry.failure is not None:
        return [*effects, *answers.fail(state, entry, entry.failure)]
    answers.close(state, entry)
    code, problem = SpecCode.METHOD_NOT_FOUND, "no server of this configuration sends log messages"
    return [*effects, *answers.forbid(state, entry.event, entry.message, code, problem, "unknown-method")]


def _start(state: HubState, entry: Open, now: float) -> list[HubEffect]:
    entry.started = True
    params = obj(entry.message.params)
    state.level = params.get("level")
    effects: list[HubEffect] = []
    who = entry.event.who
    for server in state.servers:
        if server.contact is Contact.READY and server.offers("logging") is not None:
            errand = Errand(Purpose.LEVEL, server.place, about=entry.key)
            number, sent = answers.ask(state, server, entry.message.method, params, errand, who, now)
            entry.numbers.add(number)
            effects.append(sent)
    return effects


def gone(state: HubState, errand: Errand, number: int) -> None:
    """A server will not answer any more: its session is over."""
    entry = state.open.get(errand.about) if errand.about is not None else None
    if entry is not None:
        entry.numbers.discard(number)


def answered(state: HubState, errand: Errand, number: int, message: Response | Failure) -> None:
    """Take one server's answer."""
    entry = state.open.get(errand.about) if errand.about is not None else None
    if entry is None or number not in entry.numbers:
        return
    entry.numbers.discard(number)
    if isinstance(message, Failure):
        entry.failure = entry.failure or message.error
    else:
        entry.succeeded = True
