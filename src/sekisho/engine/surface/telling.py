"""What the person who runs us is told of a list: what first use approved, what is held, what has changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sekisho.engine.effects import Tell
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.engine.effects import Effect
    from sekisho.engine.surface.shelf import Stand

__all__ = ["LEFT_OUT", "told"]

LEFT_OUT: Final = "tool-not-allowed"
"""The rule by which a tool is hidden that the configuration does not name."""


def told(server: str, known: Mapping[str, Stand], now: Mapping[str, Stand], pinned: int) -> list[Effect]:
    """Tell what is new about a list; each thing once in a session.

    Args:
        server: whose it is.
        known: how its definitions stood before.
        now: how they stand.
        pinned: how many of them first use approved.
    """
    effects: list[Effect] = []
    if pinned:
        effects.append(Tell(MessageId.PINS_FIRST_USE, {"server": server, "count": pinned}))
    fresh = [each for name, each in now.items() if known.get(name) != each]
    waits = Counter(each.rule for each in fresh if each.rule not in {"", LEFT_OUT})
    effects += [
        Tell(MessageId.PINS_HELD, {"server": server, "count": count, "rule": rule})
        for rule, count in sorted(waits.items())
    ]
    changed = sum(not each.rule and each.shown != each.fingerprint for each in fresh)
    if changed:
        effects.append(Tell(MessageId.PINS_CHANGED, {"server": server, "count": changed}))
    return effects
