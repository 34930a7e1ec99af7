"""What a session's messages hold on their way, from the session's side: shown to the host, put back for the server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sekisho.engine.inspect import inspect
from sekisho.engine.results.references import TooManyError
from sekisho.engine.results.unveil import unveil
from sekisho.model.verdict import Verdict
from sekisho.rules.carried import Carried, Noticed
from sekisho.rules.registry import result_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.engine.state import State
    from sekisho.model.finding import Finding
    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["Inward", "Outward", "inward", "outward"]

_PARTS: Final = ("result", "error", "params")
"""Where a message has its content."""


@dataclass(frozen=True, slots=True)
class Outward:
    """A server's message on its way to the host."""

    body: JsonObject
    """The message as it is shown."""

    because: Finding | None = None
    """Why it is not shown."""

    fields: JsonObject = field(default_factory=dict["str", "Json"])
    """What its record says about it: how often which rule reported something."""


@dataclass(frozen=True, slots=True)
class Inward:
    """A host's message on its way to the server."""

    content: Json
    """Its content as the server gets it."""

    because: Finding | None = None
    """Why it does not get it."""

    expanded: int = 0
    """References that were expanded."""


def outward(state: State, method: str, body: JsonObject) -> Outward:
    """Write a server's message so that it can be shown."""
    part = next((part for part in _PARTS if part in body), None)
    if part is None:
        return Outward(body)
    from sekisho.engine.results.veil import veil  # noqa: PLC0415 - the patterns load with the first answer

    try:
        veiled = veil(body[part], state.references, state.setup.server)
    except TooManyError:
        return Outward(body, _objection(state, method, [Noticed("result-too-many", f"/{part}")]))
    if veiled is None:
        return Outward(body)
    because = _objection(state, method, veiled.noticed)
    return Outward({**body, part: veiled.content}, because, {"found": {**veiled.counts}} if veiled.counts else {})


def inward(state: State, method: str, content: Json) -> Inward:
    """Put back what was cut out, for the server that it came from."""
    unveiled = unveil(content, state.references, state.setup.server)
    if unveiled is None:
        return Inward(content)
    return Inward(unveiled.content, _objection(state, method, unveiled.noticed), unveiled.expanded)


def _objection(state: State, method: str, noticed: Sequence[Noticed]) -> Finding | None:
    """Return the finding for which a message may not pass. Nobody can be asked yet, so a verdict of `ask` refuses."""
    if not noticed:
        return None
    subject = Carried(server=state.setup.server, method=method, noticed=tuple(noticed))
    decision = inspect(subject, result_rules())
    return decision.because if decision.verdict >= Verdict.ASK else None
