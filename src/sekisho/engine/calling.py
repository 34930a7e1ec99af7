"""The host's requests that carry arguments: judged by the guards before anything is forwarded.

A guard may need a fact of the world. Then the request is parked, the shell is asked for it (`Look`), and the request
comes here again when it has answered (`Looked`). The shell always answers, within seconds.
What is to be refused is parked once more, while the shell looks whether a person let it pass (`Plead`, `Pleaded`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.engine import parking
from sekisho.engine.effects import Look, Plead, Record
from sekisho.engine.events import Trouble
from sekisho.engine.refusal import known_method, named, refuse_request
from sekisho.engine.seal import request_binding
from sekisho.guards.objection import NOTHING_TOLD
from sekisho.model.messages import Stage as Came
from sekisho.policy.evaluate import decide
from sekisho.policy.leniency import can_be_released, left
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.engine.arguments import Said
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import HostSent, Looked, Pleaded
    from sekisho.engine.ready import Ready
    from sekisho.engine.state import State
    from sekisho.guards.objection import Told
    from sekisho.policy.facts import ServerFacts
    from sekisho.policy.leniency import Heard
    from sekisho.wire.jsonrpc import Id, JsonObject, Request

__all__ = ["Asking", "Calling", "load", "looked", "objection", "pleaded"]

_CARRYING: Final = frozenset(
    {"completion/complete", "prompts/get", "resources/read", "resources/subscribe", "tools/call"}
)
"""Methods whose params hold texts that a server acts on."""

_APART: Final = replace(NOTHING_TOLD, apart=True)
_ROUNDS: Final = 5
"""How often one request may ask for facts: what an answer leads to may need one more, and where a worker judges, it is
asked again after each."""

Key: TypeAlias = "tuple[int, Id]"
"""A request: its channel and its id."""


@dataclass(slots=True, eq=False)
class Asking:
    """A request that waits for facts."""

    rounds: int = 0
    """How often it asked."""

    waiting: bool = False
    """Whether an answer is on its way."""

    told: Told = NOTHING_TOLD
    """What is known by now."""

    binding: str = ""
    """What a release was looked for; empty before that."""

    heard: Heard | None = None
    """What a person let pass, once that is known."""


@dataclass(slots=True, eq=False)
class Calling:
    """What a session remembers for judging calls."""

    facts: ServerFacts
    """What is known about the server."""

    ready: dict[tuple[str, str, str, str], Ready] = field(default_factory=dict["tuple[str, str, str, str]", "Ready"])
    """Definitions made ready, by list, name and fingerprints of what is listed and what is shown: whatever session
    made one ready, it is the same."""

    asking: dict[Key, Asking] = field(default_factory=dict["Key", Asking])
    """Requests that wait for facts."""

    undeclared: int = 0
    """How many members of the request that is judged its schema does not name."""

    structured: Ready | None = None
    """The tool that the request calls, if it declares what its structured results are."""


def objection(state: State, event: HostSent, message: Request) -> list[Effect] | None:
    """Refuse or park a request for what its arguments hold; None for one that may pass."""
    calling = state.calling
    if calling is None:
        return None
    calling.undeclared, calling.structured = 0, None
    if message.method not in _CARRYING:
        return None
    key = event.channel, message.id
    asking = calling.asking.get(key)
    if asking is not None and asking.waiting:
        return _wait(state, calling, event, message)
    heard = asking.heard if asking is not None else None
    told = asking.told if asking is not None else _nothing(state)
    said = load()(state, calling, message, told, further=heard is not None)
    calling.undeclared = said.undeclared
    if said.findings:
        return _refuse_or_plead(state, calling, event, message, said)
    if said.needs:
        return _ask(state, calling, event, message, Look(event.channel, message.id, said.needs))
    calling.asking.pop(key, None)
    return None


def _nothing(state: State) -> Told:
    return _APART if state.setup.apart else NOTHING_TOLD


@cache
def load() -> Callable[..., Said]:
    """Return what judges a request; it loads with the first one, if not before."""
    from sekisho.engine.arguments import judged  # noqa: PLC0415 - the guards load with the first call, not at the start

    return judged


def _refuse_or_plead(
    state: State, calling: Calling, event: HostSent, message: Request, said: Said
) -> list[Effect] | None:
    """Refuse a request, unless a person let exactly this pass; None for one that may."""
    key = event.channel, message.id
    asking = calling.asking.get(key)
    findings = said.findings
    rules = tuple(sorted({each.rule for each in findings}))
    binding = _binding(state, event, message, rules)
    if state.setup.lenient and (asking is None or asking.heard is None):
        asking = calling.asking.setdefault(key, Asking(told=_nothing(state)))
        asking.binding = binding
        tool = text(obj(message.params).get("name")) or "" if message.method == "tools/call" else ""
        return _wait(state, calling, event, message, Plead(event.channel, message.id, tool, binding))
    heard = asking.heard if asking is not None else None
    if asking is not None and heard is not None:
        released = heard.ticket and asking.binding == binding and can_be_released(rules)
        # What a person let pass is judged to its end: by what is not known yet, and by the schema.
        findings = left((*(() if released else findings), *said.further), heard.rules)
        if not findings and said.needs:
            return _ask(state, calling, event, message, Look(event.channel, message.id, said.needs))
    calling.asking.pop(key, None)
    because = decide(findings).because
    if because is None:
        return None
    return refuse_request(
        state,
        event,
        message,
        because.rule,
        pointer=because.pointer,
        stage=Came.REQUEST,
        more={"rules": [*rules], "binding": binding},
        expected=said.expected.get(because.pointer, ""),
    )


def _binding(state: State, event: HostSent, message: Request, rules: tuple[str, ...]) -> str:
    """Return a name for this request of this principal and what objects to it. It tells nobody its arguments."""
    about = request_binding(state.setup.server, event.who.principal, message.method, obj(message.params))
    return state.setup.sealer.mark("\0".join(rules).encode() + b"\0" + about)


def _ask(state: State, calling: Calling, event: HostSent, message: Request, look: Look) -> list[Effect]:
    asking = calling.asking.setdefault((event.channel, message.id), Asking(told=_nothing(state)))
    asking.rounds += 1
    if asking.rounds > _ROUNDS:
        calling.asking.pop((event.channel, message.id), None)
        return refuse_request(state, event, message, Trouble.OVERLOADED)
    return _wait(state, calling, event, message, look)


def _wait(
    state: State, calling: Calling, event: HostSent, message: Request, question: Look | Plead | None = None
) -> list[Effect]:
    """Park a request and put its question; without one, its answer is on its way."""
    refused = parking.park(state, event, message)
    if refused is not None:
        calling.asking.pop((event.channel, message.id), None)
        return refused
    if question is None:
        return []
    calling.asking[event.channel, message.id].waiting = True
    return [question]


def looked(state: State, event: Looked) -> list[Effect]:
    """Take what the shell found out, and let the request that waits for it go on."""
    asking = _answered(state, event.channel, event.id)
    if asking is not None:
        asking.told = replace(
            asking.told,
            real_paths={**asking.told.real_paths, **event.told.real_paths},
            addresses={**asking.told.addresses, **event.told.addresses},
            worked={**asking.told.worked, **event.told.worked},
        )
    return []


def pleaded(state: State, event: Pleaded) -> list[Effect]:
    """Take what a person let pass, put it on record, and let the request that waits for it go on to be judged by it."""
    asking = _answered(state, event.channel, event.id)
    waiting = parking.find(state, event.channel, event.id)
    heard = event.heard
    if asking is None or waiting is None:
        return []
    asking.heard = heard
    if not (heard.ticket or heard.rules):
        return []
    came, message = waiting
    fields: JsonObject = {
        "method": known_method(message.method),
        **named(message.method, message.params),
        "ticket": heard.ticket,
        "excepted": [*sorted(heard.rules)],
        "binding": asking.binding,
        "verdict": "allow",
    }
    return [Record("leniency", came.who, state.setup.server, fields, {})]


def _answered(state: State, channel: int, id_: Id) -> Asking | None:
    """Return who waits for an answer that came; None where nobody does any more."""
    calling = state.calling
    asking = calling.asking.get((channel, id_)) if calling is not None else None
    if calling is None or asking is None:
        return None
    if not parking.is_parked(state, channel, id_):
        # The host took it back meanwhile.
        del calling.asking[channel, id_]
        return None
    asking.waiting = False
    state.unpark = True
    return asking
