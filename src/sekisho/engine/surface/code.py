"""The code that runs when the server is started: compared with what was approved before anything is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.effects import Keep, Record, StopServer, Tell
from sekisho.engine.events import Trouble
from sekisho.engine.halting import refuse_open
from sekisho.model.message_ids import MessageId
from sekisho.pin.code import definition, name_of, objection
from sekisho.pin.grade import Why
from sekisho.pin.ledger import Observation, observe
from sekisho.pin.records import State as Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.engine.effects import Effect
    from sekisho.engine.events import CodeRead
    from sekisho.engine.state import State
    from sekisho.engine.surface.shelf import Shelf
    from sekisho.pin.records import Ledger
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["again", "read", "refusal", "stopped"]

_RULES: Final[Mapping[Why, Trouble]] = {
    Why.OTHER_PROGRAM: Trouble.PROGRAM,
    Why.LOADER_VARIABLE: Trouble.VARIABLE,
}


def read(state: State, event: CodeRead) -> list[Effect]:
    """Judge what a server runs; what may not run is stopped before it is asked anything."""
    shelf = state.shelf
    if shelf is None or shelf.ledger is None:
        return []
    shelf.body, shelf.code = event.body, name_of(event.body)
    judged = _judged(state, shelf, shelf.ledger, event.body, event.now)
    fields: JsonObject = {"event": "code-read", "fingerprint": shelf.code}
    passed = _passed(shelf, shelf.ledger)
    if passed is not None:
        fields = {**fields, "noted": passed}
        judged.append(Tell(MessageId.CODE_NOTED, {"server": state.setup.server, "rule": passed}))
    return [Record("lifecycle", state.who, state.setup.server, fields, {}), *judged]


def again(state: State, now: float) -> list[Effect]:
    """Judge it again, because somebody else decided about the same server meanwhile."""
    shelf = state.shelf
    if shelf is None or shelf.ledger is None or shelf.body is None:
        return []
    return _judged(state, shelf, shelf.ledger, shelf.body, now)


def refusal(shelf: Shelf, ledger: Ledger) -> Trouble | None:
    """Return the rule by which the code of this session may not run; None where nothing is said against it."""
    known = shelf.barred
    if known is None or known[0] is not ledger or known[1] != shelf.code:
        why = objection(ledger, shelf.code, noted=shelf.guard.notes_code)
        known = shelf.barred = ledger, shelf.code, _rule(why)
    return known[2]


def _rule(why: Why | None) -> Trouble | None:
    return None if why is None else _RULES.get(why, Trouble.PACKAGE)


def stopped(state: State, trouble: Trouble, now: float) -> list[Effect]:
    """Stop a server for what it runs. It is started again when a person has approved that, or when it is put right."""
    return [*refuse_open(state, trouble, now), StopServer(trouble)]


def _judged(state: State, shelf: Shelf, ledger: Ledger, body: JsonObject, now: float) -> list[Effect]:
    outcome = observe(
        ledger,
        Observation(
            definitions=(definition(ledger, body),),
            listed=frozenset(),
            capabilities="",
            session=shelf.guard.session,
            opening=True,
            version=shelf.guard.version,
        ),
    )
    shelf.ledger = outcome.ledger
    server, is_new = state.setup.server, outcome.ledger is not ledger
    kept: list[Effect] = [Keep(server, ledger, outcome.ledger)] if is_new else []
    trouble = refusal(shelf, outcome.ledger)
    if trouble is not None:
        # What stops it comes first: it is stopped also where that can't be kept.
        told = Tell(MessageId.CODE_HELD, {"server": server, "rule": trouble})
        return [*stopped(state, trouble, now), *kept, told]
    if is_new and outcome.decisions[0].state is Standing.CHANGED:
        kept.append(Tell(MessageId.CODE_CHANGED, {"server": server}))
    return kept


def _passed(shelf: Shelf, ledger: Ledger) -> Trouble | None:
    """Return the rule by which the code would be stopped, were it not for the setting by which that is noted only."""
    return None if refusal(shelf, ledger) is not None else _rule(objection(ledger, shelf.code))
