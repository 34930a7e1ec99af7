"""A server's answers with definitions in them, from the session's side: what passes, and what that brings about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine import handshake, mirror, terms
from sekisho.engine.surface import decisions, greeting, judging, reading
from sekisho.wire.views import items

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.engine.calls import Call
    from sekisho.engine.effects import Effect
    from sekisho.engine.state import State
    from sekisho.wire.jsonrpc import JsonObject, Response

__all__ = ["CHANGED", "greeted", "learned", "listed", "outdated"]

CHANGED: Final[Mapping[str, tuple[str, ...]]] = {
    "notifications/prompts/list_changed": ("prompts/list",),
    "notifications/resources/list_changed": ("resources/list", "resources/templates/list"),
    "notifications/tools/list_changed": ("tools/list",),
}
"""Which lists a server says have changed."""


def greeted(state: State, call: Call, message: Response) -> tuple[JsonObject | None, str, list[Effect]]:
    """Take the answer to the host's greeting; return it as it is shown."""
    if call.method == "server/discover":
        shown, effects = greeting.judged(state, call, message, handshake.discovered(state, message))
        return shown, "", effects
    answer, rule = handshake.initialized(state, message)
    if answer is None:
        return None, rule, []
    state.greeted, effects = greeting.judged(state, call, message, answer)
    return state.greeted, "", effects


def listed(state: State, call: Call, message: Response, now: float) -> tuple[JsonObject | None, str, list[Effect]]:
    """Return a page of a list with what may be shown of it."""
    result, rule, effects = judging.page(state, call, message, now)
    if result is None:
        return None, rule, effects
    result = greeting.labelled(state.shelf, result)
    if call.method != "tools/list":
        return result, "", effects
    kept, dropped = mirror.listed(state, result)
    if state.setup.calls:
        seen: JsonObject = {**kept, "tools": terms.shown(state.setup.calls, items(kept.get("tools")))}
        kept = seen
    return kept, "", [*effects, mirror.dropped_record(state, dropped)] if dropped else effects


def learned(state: State, call: Call, message: Response, now: float) -> list[Effect]:
    """Take one page of a list that we read ourselves; a host that was shown another one is told."""
    before = reading.shown(state, call)
    result, _, effects = listed(state, call, message, now)
    if result is None:
        reading.ended(state, call, now, failed=True)
        return effects
    effects += reading.next_page(state, call, message.result, now)
    after = reading.shown(state, call)
    gone = before and any(after.get(name, "") != shown for name, shown in before.items())
    return [*effects, *decisions.announced(state, [call.method])] if gone and state.unpark else effects


def outdated(state: State, method: str, now: float) -> None:
    """A list has changed: what we know of it is not what counts any more."""
    if method == "notifications/tools/list_changed":
        # What we have learned about headers may be wrong now.
        state.learned = False
    reading.outdate(state, now, CHANGED[method])
