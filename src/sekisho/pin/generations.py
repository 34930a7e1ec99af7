"""The generations of the protocol in which a server answers, as a fact that is pinned: a smaller set is a held change.

Which those are is found out one by one: when a server is greeted, it answers in one; when it had to be bridged, it has
not answered in the other.
Limits: a generation in which nobody has asked is not known, so nobody misses it; a server that fails to answer once,
and answers in the other generation, is taken for one that has left it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.definition import Definition
from sekisho.model.place import Kind, Place
from sekisho.pin.records import Key, State
from sekisho.wire.versions import Generation
from sekisho.wire.views import items

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.pin.records import Ledger
    from sekisho.wire.strict import Json

__all__ = ["are_held", "spoken"]

_KEY: Final = Key(Kind.GENERATIONS, "")
_NAMES: Final[Mapping[Generation, str]] = {Generation.LEGACY: "2025", Generation.MODERN: "2026"}


def spoken(ledger: Ledger, generation: Generation, *, missed: Generation | None = None) -> Definition:
    """Return the set as it is known now.

    Args:
        ledger: what is kept of the server.
        generation: the one in which it has answered.
        missed: one in which it was asked before, and has not.
    """
    pin = ledger.pins.get(_KEY)
    last = None if pin is None else pin.waiting or pin.approved
    known = {name for name in items(last.body if last is not None else None) if isinstance(name, str)}
    if missed is not None:
        known.discard(_NAMES[missed])
    body: list[Json] = [*sorted({*known, _NAMES[generation]})]
    return Definition(place=Place(ledger.server, Kind.GENERATIONS, ""), pointer="", body=body)


def are_held(ledger: Ledger) -> bool:
    """Tell whether the set is smaller than the approved one, and no person has agreed."""
    pin = ledger.pins.get(_KEY)
    return pin is not None and pin.state is State.HELD
