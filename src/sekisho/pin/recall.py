"""What a server showed last, out of its ledger: what a host is told before the server itself has said anything.

Nothing is approved here, and nothing called: whatever is recalled was approved and judged by this very version, and is
judged again as soon as the server has answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.place import Kind
from sekisho.pin.neutral import stricter
from sekisho.pin.records import Key, Listed, State
from sekisho.wire.views import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sekisho.model.place import Place
    from sekisho.pin.records import Ledger, Offer, Pin
    from sekisho.wire.strict import Json, JsonObject
    from sekisho.wire.versions import Generation

__all__ = ["instructions", "last_listed", "last_offered", "lists_after", "offers_after"]

_KEPT: Final = 32
"""How many lists, and how many offers, are kept of one server: hosts that declare other things see other ones."""


def lists_after(
    ledger: Ledger, capabilities: str, listed: Iterable[Kind], shown: Iterable[Place], version: str
) -> tuple[Listed, ...]:
    """Return what is known of lists when some were read to their end; the same where nothing else is in them.

    A server that lists in another order every time causes nothing to be written.
    """
    names: dict[Kind, list[str]] = {kind: [] for kind in sorted(listed)}
    for place in shown:
        if place.kind in names:
            names[place.kind].append(place.name)
    known = {it.kind: it for it in ledger.lists if it.capabilities == capabilities}
    fresh = [
        Listed(capabilities=capabilities, kind=kind, names=tuple(each), version=version)
        for kind, each in names.items()
        if kind not in known or known[kind].version != version or set(known[kind].names) != set(each)
    ]
    if not fresh:
        return ledger.lists
    gone = {(it.capabilities, it.kind) for it in fresh}
    return (*(it for it in ledger.lists if (it.capabilities, it.kind) not in gone), *fresh)[-_KEPT:]


def offers_after(ledger: Ledger, offer: Offer | None) -> tuple[Offer, ...]:
    """Return what is known of offers after this one; the same where it was known."""
    if offer is None or offer in ledger.offers:
        return ledger.offers
    key = offer.capabilities, offer.generation
    return (*(it for it in ledger.offers if (it.capabilities, it.generation) != key), offer)[-_KEPT:]


def last_listed(ledger: Ledger, capabilities: str, kind: Kind, version: str) -> list[Json] | None:
    """Return what a host was last shown of a list, as far as it is still approved; None where nobody can tell.

    Args:
        ledger: of the server.
        capabilities: what the host declares.
        kind: which list.
        version: ours; what another one judged is not recalled.
    """
    for it in ledger.lists:
        if (it.capabilities, it.kind, it.version) == (capabilities, kind, version):
            bodies = (_shown(ledger.pins.get(Key(kind, name))) for name in it.names)
            return [body for body in bodies if body is not None]
    return None


def last_offered(ledger: Ledger, capabilities: str, generation: Generation) -> JsonObject | None:
    """Return what a server offered last to hosts like this one; asked in the other generation, if never in this."""
    known = {it.generation: it.offered for it in ledger.offers if it.capabilities == capabilities}
    return known.get(generation, next(iter(known.values()), None))


def instructions(ledger: Ledger, capabilities: str, version: str) -> str | None:
    """Return the instructions that a host was last shown, as far as they are still approved."""
    found = last_listed(ledger, capabilities, Kind.INSTRUCTIONS, version)
    return text(found[0]) if found else None


def _shown(pin: Pin | None) -> Json:
    if pin is None or pin.approved is None:
        return None
    if pin.state is State.CHANGED and pin.waiting is not None:
        return stricter(pin.approved.body, pin.waiting.body)
    return pin.approved.body if pin.state is State.APPROVED else None
