"""Requests that wait: for the probe, for the list of tools, or for a restarted server.

Each of them waits for an errand, and each errand has a deadline, so nothing waits here for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.events import Trouble
from sekisho.engine.refusal import refuse_request

if TYPE_CHECKING:
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import HostSent
    from sekisho.engine.state import State
    from sekisho.wire.jsonrpc import Id, Request

__all__ = ["find", "is_parked", "park", "refuse_parked", "take"]


def park(state: State, event: HostSent, message: Request) -> list[Effect] | None:
    """Let `message` wait; None when it does, its refusal when too many wait already."""
    if len(state.parked) < state.setup.patience.parked:
        state.parked.append((event, message))
        return None
    return refuse_request(state, event, message, Trouble.OVERLOADED)


def is_parked(state: State, channel: int, id_: Id) -> bool:
    """Tell whether the host's request with this id waits."""
    return bool(state.parked) and find(state, channel, id_) is not None


def find(state: State, channel: int, id_: Id) -> tuple[HostSent, Request] | None:
    """Return the request with this id; it goes on waiting."""
    return next(((event, message) for event, message in state.parked if _is(event, message, channel, id_)), None)


def take(state: State, channel: int, id_: Id) -> tuple[HostSent, Request] | None:
    """Take out the request with this id, because the host wants it no more."""
    for place, (event, message) in enumerate(state.parked):
        if _is(event, message, channel, id_):
            return state.parked.pop(place)
    return None


def refuse_parked(state: State, trouble: Trouble) -> list[Effect]:
    """Answer everything that waits: what it waited for will not come."""
    waiting, state.parked = state.parked, []
    return [effect for event, message in waiting for effect in refuse_request(state, event, message, trouble)]


def _is(event: HostSent, message: Request, channel: int, id_: Id) -> bool:
    return event.channel == channel and message.id == id_ and type(message.id) is type(id_)
