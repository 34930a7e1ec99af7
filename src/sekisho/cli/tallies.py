"""How many definitions of each server stand where, and what the servers open together."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from sekisho.cli.screen import words
from sekisho.model.escape import printable
from sekisho.model.message_ids import MessageId
from sekisho.model.place import Kind
from sekisho.pin.records import Origin, State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sekisho.pin.records import Ledger

__all__ = ["Tally", "kept", "tallied", "way_out"]

_WIDEST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One server's counts."""

    server: str
    """Its identity."""

    approved: int
    """What is shown as it came."""

    changed: int
    """What is shown as it was approved, while another text waits."""

    held: int
    """What is hidden for what it says now."""

    new: int
    """What nobody has approved."""

    unvetted: int
    """Tools that first use approved, at which nobody has looked."""

    @property
    def row(self) -> tuple[str, str]:
        """The server, and its counts in words."""
        counts = {name: count for name, count in asdict(self).items() if name != "server"}
        return printable(self.server, width=30), words(MessageId.STATUS_PINS_OF, **counts)


def kept(directory: Path) -> list[Ledger]:
    """Return the ledgers of all servers that were used; nothing is made where there is no store.

    Raises:
        StoreUnavailable: the store can't be used.
    """
    from sekisho.adapters.store.store import FILE, Store  # noqa: PLC0415 - brings SQLite

    if not (directory / FILE).exists():
        return []
    with Store(directory) as store:
        return [store.ledgers.load(server).ledger for server in store.ledgers.servers()]


def tallied(ledger: Ledger) -> Tally:
    """Count a server's definitions; what it does not list any more is not counted."""
    states = Counter(pin.state for pin in ledger.pins.values())
    unvetted = sum(
        pin.key.kind is Kind.TOOL
        and pin.state is not State.REMOVED
        and pin.approved is not None
        and pin.approved.by is Origin.FIRST_USE
        for pin in ledger.pins.values()
    )
    return Tally(
        server=ledger.server,
        approved=states[State.APPROVED],
        changed=states[State.CHANGED],
        held=states[State.HELD],
        new=states[State.NEW],
        unvetted=unvetted,
    )


def way_out(ledgers: Sequence[Ledger]) -> str:
    """Return the way from private data to the outside that the approved tools open together; empty for none."""
    from sekisho.engine.surface.beside import beside  # noqa: PLC0415 - brings the rules
    from sekisho.rules.namespace.toxic_combination import RULE  # noqa: PLC0415 - as above

    found = beside({ledger.server: ledger for ledger in ledgers})
    return next((each.excerpt[:_WIDEST] for each in RULE.check(tuple(found.readings.values()))), "")
