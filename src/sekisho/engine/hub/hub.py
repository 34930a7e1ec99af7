"""The hub: events of the host and of the servers' sessions in, effects out."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from sekisho.engine.effects import CloseStream, Record, SendToHost
from sekisho.engine.events import Halted, HostGarbled, HostLeft, HostSent, Resumed, Ticked, Trouble
from sekisho.engine.hub import answers, catalogue, changing, from_host, from_server, listening
from sekisho.engine.hub.state import new_state
from sekisho.engine.hub.steps import (
    Add,
    Configured,
    Drop,
    Faulted,
    FromServer,
    Renew,
    Repinned,
    SessionOver,
    StreamClosed,
    ToServer,
    Unrecorded,
)
from sekisho.engine.refusal import refuse_without_record
from sekisho.wire.jsonrpc import Request
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.engine.hub.setup import HubSetup
    from sekisho.engine.hub.state import Open
    from sekisho.engine.hub.steps import HubEffect, HubEvent
    from sekisho.model.subject import Who
    from sekisho.wire.versions import Revision

__all__ = ["Hub"]


class Hub:
    """A state machine: one face towards the host, many servers behind.

    What it keeps, whatever happens:
    a request of the host is answered exactly once unless the host cancelled it, and is sent to the server that it is
    for at most once, and to no other; what one server does or fails to do holds up nothing that is for another.

    Args:
        setup: aliases, keys and deadlines.
        who: for what happens without a request of the host.
    """

    def __init__(self, setup: HubSetup, who: Who) -> None:
        self._state = new_state(setup)
        self._who = who
        self._broken = False

    @property
    def revision(self) -> Revision | None:
        """The protocol revision in force towards the host; None until it is agreed."""
        return self._state.revision

    @property
    def open_requests(self) -> int:
        """How many requests of the host have no answer yet."""
        return len(self._state.open)

    @property
    def owes(self) -> bool:
        """Whether an answer is outstanding: a listening stream ends when its host leaves, and owes none."""
        return any(entry.message.method != "subscriptions/listen" for entry in self._state.open.values())

    @property
    def wakes_at(self) -> float | None:
        """When time alone will change something; None when it will not."""
        state = self._state
        if self._broken:
            return None
        times = [entry.until for entry in state.open.values() if entry.waiting or _owes_word(entry)]
        reading = [one.fetch.deadline for server in state.servers for one in server.lists.values() if one.fetch]
        soonest = min((*times, *reading), default=math.inf)
        return None if math.isinf(soonest) else soonest

    def receive(self, event: HubEvent) -> list[HubEffect]:
        """Return the effects of `event`, to be performed in order.

        Never raises: a fault of our own refuses everything from then on, and leaves nobody waiting.
        """
        state = self._state
        state.closing.clear()
        try:
            if self._broken:
                return self._refusing(event)
            effects = self._decide(event)
            return [*effects, *changing.drained(state)] if state.leaving else effects
        except Exception:  # noqa: BLE001 - whatever went wrong, the answer is a refusal
            return self._collapsed(event)

    def _collapsed(self, event: HubEvent) -> list[HubEffect]:
        """Refuse what is open, what `event` was about to end, and the request in it."""
        state = self._state
        self._broken = True
        asked = {entry.key: (entry.event, entry.message) for entry in (*state.closing, *state.open.values())}
        state.open, state.waiting = {}, 0
        if isinstance(event, HostSent) and isinstance(event.message, Request):
            asked.setdefault((event.channel, event.message.id), (event, event.message))
        refused = [effect for sent, message in asked.values() for effect in self._refused(sent, message)]
        # The first record is enough to wait for: the disk must not be waited for once for each of a thousand.
        told: list[HubEffect] = [
            replace(one, durable=place == 0) if isinstance(one, Record) else one for place, one in enumerate(refused)
        ]
        return [*self._unrecorded(event.lost), *told] if isinstance(event, Unrecorded) else told

    def _refused(self, sent: HostSent, message: Request) -> list[HubEffect]:
        return answers.refused(self._state, sent, message, Trouble.INTERNAL)

    def _refusing(self, event: HubEvent) -> list[HubEffect]:
        """Behind a fault: a request is refused, a halt and an end still pass, everything else is dropped."""
        state = self._state
        match event:
            case HostSent(message=Request() as message):
                return self._refused(event, message)
            case HostGarbled():
                return from_host.garbled(state, event)
            case Unrecorded():
                return self._unrecorded(event.lost)
            case HostLeft() | Halted() | Resumed():
                return [ToServer(place, event) for place in state.by_place]
            case _:
                return []

    def _decide(self, event: HubEvent) -> list[HubEffect]:  # noqa: C901, PLR0911, PLR0912 - a line for each event
        state = self._state
        match event:
            case HostSent():
                self._who = event.who
                return from_host.receive(state, event)
            case FromServer() | StreamClosed() | SessionOver() if event.server not in state.by_place:
                return []  # said before it knew that it was let go
            case FromServer():
                return from_server.receive(state, event, self._who)
            case StreamClosed():
                return from_server.closed(state, event)
            case SessionOver():
                return from_server.over(state, event, self._who)
            case HostGarbled():
                return from_host.garbled(state, event)
            case HostLeft():
                return from_host.left(state, event)
            case Ticked():
                return self._tick(event.now)
            case Halted() | Resumed():
                state.halted = isinstance(event, Halted)
                return [ToServer(place, event) for place in state.by_place]
            case Configured():
                made = changing.configured(state, event, self._who)
                return [*made, *from_host.advance_all(state, event.now)]
            case Repinned():
                return catalogue.repinned(state, event)
            case Unrecorded():
                return self._unrecorded(event.lost)
            case Faulted():
                return self._collapsed(event)
            case _:
                assert_never(event)

    def _tick(self, now: float) -> list[HubEffect]:
        state = self._state
        read = catalogue.overdue(state, self._who, now)
        return [*read, *from_host.advance_all(state, now), *listening.overdue(state, now)]

    def _unrecorded(self, lost: Sequence[HubEffect]) -> list[HubEffect]:
        """Refuse what could not be recorded; what goes to a session is recorded, or refused, there."""
        effects: list[HubEffect] = []
        for effect in lost:
            match effect:
                case SendToHost() if effect.final and effect.about is not None:
                    # Only a refused call of a tool is answered by a result that says so.
                    method = "tools/call" if "isError" in obj(effect.body.get("result")) else ""
                    state, channel, about = self._state, effect.channel, effect.about
                    effects.append(refuse_without_record(state, channel=channel, about=about, method=method))
                case ToServer() | Renew() | Add() | Drop() | CloseStream():
                    effects.append(effect)
                case SendToHost() | Record():
                    pass
                case _:
                    assert_never(effect)
        return effects


def _owes_word(entry: Open) -> bool:
    """Tell whether the host waits for the acknowledgement of a subscription."""
    return entry.message.method == "subscriptions/listen" and not entry.acknowledged
