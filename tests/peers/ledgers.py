"""A `ports.LedgerStore` in memory."""

from __future__ import annotations

from sekisho.adapters.store import StoreUnavailable
from sekisho.pin.records import Ledger
from sekisho.ports import Kept

__all__ = ["MemoryLedgers"]


class MemoryLedgers:
    """Keeps ledgers, and breaks when it is told to."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self.broken = ""
        self._changed = False

    def load(self, server: str) -> Kept:
        self._check()
        return self.kept.get(server) or Kept(ledger=Ledger(server=server), edition=0)

    def edition(self, server: str) -> int:
        return self.load(server).edition

    def servers(self) -> tuple[str, ...]:
        self._check()
        return tuple(sorted(self.kept))

    def save(self, ledger: Ledger, *, before: Kept) -> Kept | None:
        if self.edition(ledger.server) != before.edition:
            return None
        self.kept[ledger.server] = Kept(ledger=ledger, edition=before.edition + 1)
        return self.kept[ledger.server]

    def changed(self) -> bool:
        self._check()
        changed, self._changed = self._changed, False
        return changed

    def decide(self, ledger: Ledger) -> None:
        """Keep a ledger as another process would."""
        assert self.save(ledger, before=self.load(ledger.server)) is not None
        self._changed = True

    def _check(self) -> None:
        if self.broken:
            raise StoreUnavailable(self.broken)
