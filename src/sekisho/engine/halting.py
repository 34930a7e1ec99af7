"""A halt and its end: a human stops everything, and lets it go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.effects import Record, SendToHost
from sekisho.engine.events import Trouble
from sekisho.engine.parking import refuse_parked
from sekisho.engine.upkeep import abandon, closing, refuse_call, synced_once, withdraw

if TYPE_CHECKING:
    from sekisho.engine.effects import Effect
    from sekisho.engine.state import State
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["PASSES_A_HALT", "halt", "refuse_open", "resume"]

PASSES_A_HALT: Final = frozenset({"initialize", "ping", "server/discover"})
"""Without these a host would drop the server for good, and a resume would find nobody."""


def halt(state: State, now: float) -> list[Effect]:
    """A human stopped everything: what is in flight is cancelled and refused."""
    state.halted = True
    return refuse_open(state, Trouble.HALTED, now)


def refuse_open(state: State, trouble: Trouble, now: float) -> list[Effect]:
    """Cancel and refuse what is in flight, because a human said so."""
    event: JsonObject = {"event": str(trouble)}
    effects: list[Effect] = [Record("lifecycle", state.who, state.setup.server, event, {}, durable=True)]
    for call in state.calls.of_host():
        if call.method not in PASSES_A_HALT:
            effects += [*abandon(state, call, now), *refuse_call(state, call, trouble)]
    for call in state.calls.by_number.values():
        if call.cancelled and not call.answered:
            # Its answer would still have been passed on.
            effects += closing(call)
            call.answered = True
    for ours, asked in list(state.calls.asked.items()):
        effects += withdraw(state, ours, asked, why="the user halted this connection")
    return synced_once([*effects, *refuse_parked(state, trouble)])


def resume(state: State) -> list[Effect]:
    """The halt is over. A host that saw its lists refused is told to read them again."""
    state.halted = False
    effects: list[Effect] = [Record("lifecycle", state.who, state.setup.server, {"event": "resumed"}, {}, durable=True)]
    offered = (state.initialize_result or {}).get("capabilities")
    for kind in ("tools", "prompts", "resources"):
        feature = offered.get(kind) if isinstance(offered, dict) else None
        if isinstance(feature, dict) and feature.get("listChanged") is True:
            body: JsonObject = {"jsonrpc": "2.0", "method": f"notifications/{kind}/list_changed"}
            effects.append(SendToHost(body, 0, None))
    return effects
