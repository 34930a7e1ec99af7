"""Results that were held: kept for a while, so that one that a person lets pass is there when the call is repeated.

A release is for one result of one call. Where the result is still here, the repeated call is answered with it, and the
server is not asked again; where it is not, the call is made again, and its result passes if it is the same one.
What is kept is bounded: by number, by size together, and by time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sekisho.engine import parking
from sekisho.engine.effects import Plead, Record, SendToHost
from sekisho.engine.refusal import known_method, named
from sekisho.engine.seal import request_binding
from sekisho.wire.strict import serialise
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.engine.calls import Call
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import HostSent, Pleaded
    from sekisho.engine.state import State
    from sekisho.model.subject import Who
    from sekisho.policy.leniency import Heard
    from sekisho.wire.jsonrpc import Id, JsonObject, Request

__all__ = ["Held", "Shelved", "awaits", "binding", "keep", "pleaded", "repeated"]

_MOST: Final = 8
"""Results that are kept."""

_MOST_BYTES: Final = 4 * 1024 * 1024
"""What they take as JSON, all together."""

_SECONDS: Final = 1800.0
"""How long one is kept."""


@dataclass(slots=True, eq=False)
class Held:
    """One result."""

    body: JsonObject
    """As the host would get it; its id is that of the first call."""

    binding: str
    """Names this result of this call, and what objects to it."""

    size: int
    """Bytes of its JSON."""

    until: float
    """When it is forgotten."""


@dataclass(slots=True, eq=False)
class _Asking:
    """A repeated call that waits for what a person said."""

    binding: str
    """About which result."""

    heard: Heard | None = None
    """What they said; None while that is on its way."""


@dataclass(slots=True, eq=False)
class Shelved:
    """What a session keeps."""

    results: dict[bytes, Held] = field(default_factory=dict[bytes, Held])
    """By request, oldest first."""

    asking: dict[tuple[int, Id], _Asking] = field(default_factory=dict["tuple[int, Id]", _Asking])
    """Repeated calls that wait."""


def binding(state: State, call: Call, rules: Sequence[str], body: JsonObject) -> str:
    """Return a name for one result of one request and what objects to it; it tells nobody what is in them.

    Args:
        state: the session.
        call: the request.
        rules: what objects, sorted.
        body: the answer, whose id says nothing about it.
    """
    content = serialise({name: value for name, value in body.items() if name != "id"})
    about = b"\0".join((b"result", *(rule.encode() for rule in rules), hashlib.sha256(content).hexdigest().encode()))
    return state.setup.sealer.mark(about + b"\0" + _request(state, call.who, call.method, call.params))


def keep(state: State, call: Call, body: JsonObject, name: str, now: float) -> None:
    """Keep a result that was held; the oldest ones go where there is no room.

    Args:
        state: the session.
        call: what it answers.
        body: the answer as it would be shown.
        name: its `binding`.
        now: when.
    """
    results, size = state.held.results, len(serialise(body))
    request = _request(state, call.who, call.method, call.params)
    results.pop(request, None)
    if size > _MOST_BYTES:
        return
    results[request] = Held(body, name, size, now + _SECONDS)
    while len(results) > _MOST or sum(each.size for each in results.values()) > _MOST_BYTES:
        del results[next(iter(results))]


def repeated(state: State, event: HostSent, message: Request) -> list[Effect] | None:
    """Answer a call whose result was held, if a person let that pass; None for one that goes its way."""
    _forget(state, event.now)
    key = event.channel, message.id
    request = _request(state, event.who, message.method, message.params)
    held, asking = state.held.results.get(request), state.held.asking.pop(key, None)
    if held is None or not state.setup.lenient:
        return None
    if asking is None or asking.heard is None or asking.binding != held.binding:
        refused = parking.park(state, event, message)
        if refused is not None:
            return refused
        state.held.asking[key] = _Asking(held.binding)
        if asking is not None and asking.heard is None:
            return []
        tool = text(obj(message.params).get("name")) or "" if message.method == "tools/call" else ""
        return [Plead(event.channel, message.id, tool, held.binding)]
    if not asking.heard.ticket:
        return None
    del state.held.results[request]
    return _handed_over(state, event, message, held, asking.heard)


def _handed_over(state: State, event: HostSent, message: Request, held: Held, heard: Heard) -> list[Effect]:
    about: JsonObject = {"method": known_method(message.method), **named(message.method, message.params)}
    fields: JsonObject = {**about, "ticket": heard.ticket, "binding": held.binding, "verdict": "allow"}
    body: JsonObject = {**held.body, "id": message.id}
    outcome = "result" if "result" in body else "error"
    answer: JsonObject = {**about, "verdict": "allow", "outcome": outcome, "held": "released"}
    released = Record("leniency", event.who, state.setup.server, fields, {})
    if "inputRequests" in obj(body.get("result")):
        from sekisho.engine.sampling.newer import Handing, ask_first  # noqa: PLC0415 - few servers ever ask a model

        handing = Handing(body, event.who, event.channel, message.id, message.method, message.params, answer)
        first = ask_first(state, handing, event.now)
        if first is not None:
            return [released, *first]
    return [
        released,
        Record("answer", event.who, state.setup.server, answer, {"answer": body.get(outcome)}),
        SendToHost(body, event.channel, message.id, final=True),
    ]


def awaits(state: State, event: Pleaded) -> bool:
    """Tell whether a repeated call waits for this."""
    return (event.channel, event.id) in state.held.asking


def pleaded(state: State, event: Pleaded) -> list[Effect]:
    """Take what a person said, and let the call that waits for it go on."""
    asking = state.held.asking.get((event.channel, event.id))
    if asking is None or not parking.is_parked(state, event.channel, event.id):
        # The host took it back meanwhile.
        state.held.asking.pop((event.channel, event.id), None)
        return []
    asking.heard = event.heard
    state.unpark = True
    return []


def _forget(state: State, now: float) -> None:
    for request in [request for request, each in state.held.results.items() if each.until <= now]:
        del state.held.results[request]


def _request(state: State, who: Who, method: str, params: JsonObject | None) -> bytes:
    return request_binding(state.setup.server, who.principal, method, obj(params))
