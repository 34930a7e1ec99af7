"""The host's requests that carry arguments: judged by the guards before anything is forwarded.

A guard may need a fact of the world. Then the request is parked, the shell is asked for it (`Look`), and the request
comes here again when it has answered (`Looked`). The shell always answers, within seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.engine import parking
from sekisho.engine.effects import Look
from sekisho.engine.events import Trouble
from sekisho.engine.refusal import refuse, refuse_request
from sekisho.guards.objection import NOTHING_TOLD, Told
from sekisho.model.messages import Stage as Came

if TYPE_CHECKING:
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import HostSent, Looked
    from sekisho.engine.ready import Ready
    from sekisho.engine.state import State
    from sekisho.policy.facts import ServerFacts
    from sekisho.wire.jsonrpc import Id, Request

__all__ = ["Asking", "Calling", "looked", "objection"]

_CARRYING: Final = frozenset(
    {"completion/complete", "prompts/get", "resources/read", "resources/subscribe", "tools/call"}
)
"""Methods whose params hold texts that a server acts on."""

_ROUNDS: Final = 3
"""How often one request may ask for facts: what an answer leads to may need one more."""

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


@dataclass(slots=True, eq=False)
class Calling:
    """What a session remembers for judging calls."""

    facts: ServerFacts
    """What is known about the server."""

    ready: dict[tuple[str, str, str], Ready] = field(default_factory=dict["tuple[str, str, str]", "Ready"])
    """Definitions made ready, by list, name and fingerprints of what is listed and what is shown."""

    asking: dict[Key, Asking] = field(default_factory=dict["Key", Asking])
    """Requests that wait for facts."""


def objection(state: State, event: HostSent, message: Request) -> list[Effect] | None:
    """Refuse or park a request for what its arguments hold; None for one that may pass."""
    calling = state.calling
    if calling is None or message.method not in _CARRYING:
        return None
    from sekisho.engine.arguments import judged  # noqa: PLC0415 - the guards load with the first call, not at the start

    key = event.channel, message.id
    asking = calling.asking.get(key)
    said = judged(state, calling, message, asking.told if asking is not None else NOTHING_TOLD)
    if said.because is None and said.needs:
        return _ask(state, calling, event, message, Look(event.channel, message.id, said.needs))
    calling.asking.pop(key, None)
    if said.because is None:
        return None
    return refuse(
        state,
        who=event.who,
        channel=event.channel,
        about=message.id,
        method=message.method,
        rule=said.because.rule,
        pointer=said.because.pointer,
        stage=Came.REQUEST,
        params=message.params,
        expected=said.expected,
    )


def _ask(state: State, calling: Calling, event: HostSent, message: Request, look: Look) -> list[Effect]:
    asking = calling.asking.setdefault((event.channel, message.id), Asking())
    asking.rounds += not asking.waiting
    if asking.rounds > _ROUNDS:
        refused = refuse_request(state, event, message, Trouble.OVERLOADED)
    else:
        refused = parking.park(state, event, message)
    if refused is not None:
        calling.asking.pop((event.channel, message.id), None)
        return refused
    if asking.waiting:
        return []
    asking.waiting = True
    return [look]


def looked(state: State, event: Looked) -> list[Effect]:
    """Take what the shell found out, and let the request that waits for it go on."""
    calling = state.calling
    asking = calling.asking.get((event.channel, event.id)) if calling is not None else None
    if calling is None or asking is None:
        return []
    if not parking.is_parked(state, event.channel, event.id):
        # The host took it back meanwhile.
        del calling.asking[event.channel, event.id]
        return []
    asking.waiting = False
    asking.told = Told(
        real_paths={**asking.told.real_paths, **event.told.real_paths},
        addresses={**asking.told.addresses, **event.told.addresses},
        worked={**asking.told.worked, **event.told.worked},
    )
    state.unpark = True
    return []
