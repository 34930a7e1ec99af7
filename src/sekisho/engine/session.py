"""The session: one host conversation, one server, and everything between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sekisho.engine import calling, from_host, from_server, halting, unrecorded, upkeep
from sekisho.engine.calls import Calls
from sekisho.engine.effects import Record
from sekisho.engine.events import (
    SERVER_OWN,
    CallBroke,
    CodeRead,
    Halted,
    HostGarbled,
    HostLeft,
    HostSent,
    Looked,
    OthersPinned,
    Pinned,
    Pleaded,
    RecordFailed,
    Resumed,
    ServerGarbled,
    ServerLeft,
    ServerSent,
    Ticked,
    Unkept,
)
from sekisho.engine.results import holding
from sekisho.engine.results.references import References
from sekisho.engine.results.waiting import comes_later, next_up
from sekisho.engine.sampling.permits import Permits
from sekisho.engine.state import Stage, State
from sekisho.engine.surface import code, decisions
from sekisho.engine.surface.shelf import Shelf
from sekisho.pin.code import is_known

if TYPE_CHECKING:
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import (
        Event,
    )
    from sekisho.engine.state import Setup
    from sekisho.wire.versions import Revision

__all__ = ["Session"]


class Session:
    """A state machine: events in, effects out.

    What it keeps, whatever happens:
    a message is forwarded at most once; a request of the host is answered exactly once unless the host cancelled it;
    nothing is sent that was not put on record first; ids never meet across channels or sides.

    Args:
        setup: identity, faces, policy, rules, keys and deadlines.
    """

    def __init__(self, setup: Setup) -> None:
        references = setup.references or References(setup.salt)
        permits, calls = setup.permits or Permits(), Calls(last_asked=setup.asked)
        self._state = State(setup=setup, who=setup.who, references=references, permits=permits, calls=calls)
        if setup.facts is not None:
            self._state.calling = calling.Calling(setup.facts, setup.ready if setup.ready is not None else {})
        if setup.guard is not None:
            ledger = setup.guard.ledger
            self._state.shelf = Shelf(setup.guard, ledger)
            if ledger is not None and ledger.quarantine is not None:
                # It is not started before a person has let it back in.
                self._state.stage = Stage.DOWN

    @property
    def server(self) -> str:
        """The server's identity."""
        return self._state.setup.server

    @property
    def revision(self) -> Revision | None:
        """The protocol revision in force; None until it is agreed."""
        return self._state.revision

    @property
    def open_calls(self) -> int:
        """How many requests are on their way to the server."""
        return len(self._state.calls.by_number)

    @property
    def owes(self) -> bool:
        """Whether an answer is outstanding: a listening stream ends when its host leaves, and owes none."""
        return any(call.method != "subscriptions/listen" for call in self._state.calls.by_number.values())

    @property
    def idle(self) -> bool:
        """Whether nothing is open that time could change."""
        state = self._state
        calls = state.calls
        waits = calls.by_number or calls.asked or state.parked or state.behind
        return not (waits or state.untied or state.given_up_at is not None)

    @property
    def waits_in_order(self) -> bool:
        """Whether what the server does next waits for what it said before; as long, nothing more is to be read."""
        return self._state.first > 0

    @property
    def stage(self) -> Stage:
        """Whether the server can be asked."""
        return self._state.stage

    @property
    def knows_code(self) -> bool:
        """Whether there is anything that the server's code can be compared with."""
        shelf = self._state.shelf
        return shelf is not None and shelf.ledger is not None and is_known(shelf.ledger)

    @property
    def refuses_code(self) -> bool:
        """Whether the code that was read last may not run."""
        shelf = self._state.shelf
        return shelf is not None and shelf.ledger is not None and code.refusal(shelf, shelf.ledger) is not None

    def receive(self, event: Event) -> list[Effect]:
        """Return the effects of `event`, to be performed in order.

        Never raises: a fault of our own refuses everything from then on, and leaves nobody waiting.
        """
        effects = [] if comes_later(self._state, event) else self._received(event)
        if isinstance(event, RecordFailed):
            return effects  # no record stands in them; what waits goes on with the next event, a tick at the latest
        while (behind := next_up(self._state, event.now)) is not None:
            effects += self._received(behind)
        return effects

    def _received(self, event: Event) -> list[Effect]:
        state = self._state
        try:
            effects = self._handle(event)
            state.delivering = None
            return self._with_unparked(effects) if state.unpark else effects
        except Exception:  # noqa: BLE001 - whatever went wrong, the answer is a refusal
            return upkeep.collapse(state, event)

    def _with_unparked(self, before: list[Effect]) -> list[Effect]:
        """Let what waited go on. What is refused comes last: it waits for the disk, and a cancellation would not."""
        state = self._state
        state.unpark = False
        waiting, state.parked = state.parked, []
        sent: list[Effect] = []
        refused: list[Effect] = []
        for event, message in waiting:
            state.who = event.who
            effects = from_host.request(state, event, message)
            (refused if _is_durable(effects) else sent).extend(effects)
        if _is_durable(before):
            return sent + upkeep.synced_once(before + refused)
        return before + sent + upkeep.synced_once(refused)

    def _pleaded(self, event: Pleaded) -> list[Effect]:
        """Tell who asked what a person let pass."""
        state = self._state
        if event.channel == SERVER_OWN:
            return from_server.pleaded(state, event)
        return (holding if holding.awaits(state, event) else calling).pleaded(state, event)

    def _handle(self, event: Event) -> list[Effect]:  # noqa: C901, PLR0911, PLR0912 - one line for each kind of event
        state = self._state
        match event:
            case HostSent():
                return from_host.receive(state, event)
            case ServerSent():
                return from_server.receive(state, event)
            case Ticked():
                return upkeep.tick(state, event.now)
            case HostLeft():
                return from_host.left(state, event.channel, event.now)
            case HostGarbled():
                return from_host.receive_garbled(state, event)
            case ServerGarbled():
                return from_server.receive_garbled(state, event)
            case ServerLeft():
                return upkeep.server_left(state, event.trouble, event.now)
            case CodeRead():
                return code.read(state, event)
            case CallBroke():
                return upkeep.broke(state, event)
            case RecordFailed():
                return unrecorded.record_failed(state, event)
            case Pinned():
                return decisions.pinned(state, event.ledger, event.now)
            case OthersPinned():
                return decisions.others_pinned(state, event.beside, event.now)
            case Looked():
                return (from_server if event.channel == SERVER_OWN else calling).looked(state, event)
            case Pleaded():
                return self._pleaded(event)
            case Unkept():
                return from_server.rejudge(state, event)
            case Halted():
                return halting.halt(state, event.now)
            case Resumed():
                return halting.resume(state)
            case _:
                assert_never(event)


def _is_durable(effects: list[Effect]) -> bool:
    return any(isinstance(effect, Record) and effect.durable for effect in effects)
