"""What both generations look at before they ask a person, and what they remember of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.engine.effects import Tell
from sekisho.engine.sampling.form import Said, can_show
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from sekisho.engine.effects import Effect
    from sekisho.engine.sampling.wish import Kind
    from sekisho.engine.state import State
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["Withheld", "obstacle", "rule_of", "settle", "spoken"]

_OPEN: Final = 5
"""Questions of ours that may be open in a session."""

_BYTES: Final = 4 * 1024 * 1024
"""What waits behind them, as JSON, all together."""


@dataclass(slots=True, eq=False)
class Withheld:
    """What waits for a person's word: a request of the server, or a result with such requests."""

    body: JsonObject
    """As it was judged, and as it goes on."""

    kind: Kind
    """What the yes would be for."""

    who: Who
    """On whose behalf."""

    size: int
    """Bytes of its JSON."""


def obstacle(state: State, who: Who, *, host: JsonObject, size: int, now: float) -> str:
    """Return the rule for which nobody is asked and the server is refused; empty where the question can be put.

    Args:
        state: the session.
        who: on whose behalf.
        host: the capabilities that the host declared, before the policy: the question is ours.
        size: of what would wait.
        now: when.
    """
    if state.permits.is_silenced(state.setup.server, who, now):
        return "sampling-silenced"
    if not can_show(host):
        return "sampling-no-channel"
    waiting = [asked.withheld.size for asked in state.calls.asked.values() if asked.withheld is not None]
    waiting += [each.withheld.size for each in state.put.values()]
    if len(waiting) >= _OPEN or sum(waiting) + size > _BYTES:
        return "sampling-too-many"
    return ""


def spoken(state: State, rule: str) -> list[Effect]:
    """Tell the person who runs us, once, that it is their host that cannot show a question."""
    server = state.setup.server
    if rule != "sampling-no-channel" or not state.permits.is_news(server):
        return []
    return [Tell(MessageId.SAMPLING_NO_CHANNEL, {"server": server})]


def settle(state: State, withheld: Withheld, said: Said, now: float) -> None:
    """Remember what the conversation said, for what comes next."""
    if said is Said.CONVERSATION:
        state.permits.allow(state.setup.server, withheld.who, withheld.kind, now)
    elif not said.allows and said is not Said.UNSHOWN:
        state.permits.refuse(state.setup.server, withheld.who, now)


def rule_of(said: Said) -> str:
    """Return the rule for which a server is refused after a question."""
    match said:
        case Said.NOTHING:
            return "sampling-unanswered"
        case Said.UNSHOWN:
            return "sampling-no-channel"
        case _:
            return "sampling-refused"
