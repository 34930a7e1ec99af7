"""Where a session asks the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.inspect import inspect
from sekisho.model.subject import Subject
from sekisho.model.verdict import Verdict

if TYPE_CHECKING:
    from sekisho.engine.state import State
    from sekisho.model.finding import Finding
    from sekisho.model.subject import Carrier, Who
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["objection"]


def objection(state: State, who: Who, carrier: Carrier, method: str, body: JsonObject) -> Finding | None:
    """Return the finding for which `body` may not pass, or None.

    Nobody can be asked through a session yet, so a verdict of `ask` refuses.
    """
    every = state.setup.rules
    rules = every.get(carrier) if every else None
    if not rules:
        return None
    subject = Subject(
        carrier=carrier,
        who=who,
        server=state.setup.server,
        method=method,
        revision=state.revision,
        body=body,
    )
    decision = inspect(subject, rules)
    return decision.because if decision.verdict >= Verdict.ASK else None
