"""`Desk`: where the sessions of a process find what was approved of their servers, and leave what is new.

It looks twice a second whether another process decided something, a person's `sekisho review` above all, and tells the
sessions of that server. Where the store can't be used it says so once, and no ledger is to be had.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sekisho.adapters.store import StoreUnavailable
from sekisho.policy.leniency import NOTHING_HEARD, Heard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sekisho.engine.effects import Keep, Plead
    from sekisho.model.message_ids import MessageId
    from sekisho.pin.records import Ledger
    from sekisho.ports import Kept, LedgerStore, Pardons, Tells

__all__ = ["Desk"]

_EVERY: Final = 0.5


def _quiet(message: MessageId, values: Mapping[str, str | int]) -> None:
    """Say nothing."""


class Desk:
    """The ledgers of the servers in use.

    Args:
        store: keeps them; None where there is none to be had.
        say: tells the person who runs us what is wrong.
        tell: tells them what was decided.
        pardons: what persons let through; None where nothing is.
    """

    def __init__(
        self,
        store: LedgerStore | None,
        *,
        say: Callable[[str], None],
        tell: Tells = _quiet,
        pardons: Pardons | None = None,
    ) -> None:
        self._store = store
        self._pardons = pardons
        self._say = say
        self.tell = tell
        """Tells the person who runs us what was decided."""
        self._said = ""
        self._kept: dict[str, Kept | None] = {}
        self._listeners: dict[str, list[Callable[[Ledger | None], None]]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def ledger(self, server: str) -> Ledger | None:
        """Return the ledger of a server, None while nobody can tell."""
        if server not in self._kept:
            self._kept[server] = self._loaded(server)
        kept = self._kept[server]
        return kept.ledger if kept is not None else None

    def adopt(self, server: str, before: str) -> None:
        """Go on with what was kept of a server under another name, where nothing is kept under its own."""
        if self._store is None:
            return
        try:
            unseen, known = self._store.load(server), self._store.load(before)
            if not unseen.edition and known.edition:
                self._store.save(replace(known.ledger, server=server), before=unseen)
        except StoreUnavailable as error:
            self._complain(error)

    def join(self, server: str, listener: Callable[[Ledger | None], None]) -> None:
        """Tell `listener` of every other ledger that takes the place of a server's."""
        self._listeners.setdefault(server, []).append(listener)

    def leave(self, server: str, listener: Callable[[Ledger | None], None]) -> None:
        """Tell `listener` no more."""
        left = [each for each in self._listeners.get(server, ()) if each != listener]
        if left:
            self._listeners[server] = left
        else:
            self._listeners.pop(server, None)
            self._kept.pop(server, None)

    def keep(self, keep: Keep, origin: Callable[[Ledger | None], None]) -> Ledger | None:
        """Keep what a session decided; return the ledger that is in force from now on.

        It is another one than `keep.after` when somebody was faster, and None when nothing can be kept.
        """
        kept = self._kept.get(keep.server)
        if kept is None or self._store is None:
            return None
        if kept.ledger is not keep.before:
            return kept.ledger
        try:
            saved = self._store.save(keep.after, before=kept)
        except StoreUnavailable as error:
            self._complain(error)
            self._take(keep.server, None, origin)
            return None
        self._take(keep.server, saved if saved is not None else self._loaded(keep.server), origin)
        return self.ledger(keep.server)

    def hear(self, server: str, plea: Plead) -> Heard:
        """Return what a person let pass of a request to a server; where nobody can tell, nothing."""
        if self._pardons is None:
            return NOTHING_HEARD
        now = int(time.time())
        try:
            rules = self._pardons.allowances.rules(server, plea.tool, now=now) if plea.tool else frozenset[str]()
            return Heard(ticket=self._pardons.releases.consume(plea.binding, now=now), rules=rules)
        except StoreUnavailable as error:
            self._complain(error)
            return NOTHING_HEARD

    def start(self) -> None:
        """Look now, and from now on."""
        self._timer = asyncio.get_running_loop().call_later(_EVERY, self.start)
        self.look()

    def stop(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()

    def look(self) -> None:
        """Look whether another process decided something, or the store can be used again."""
        if self._store is None:
            return
        try:
            changed = self._store.changed()
            servers = [
                name for name, kept in self._kept.items() if kept is None or (changed and self._is_old(name, kept))
            ]
        except StoreUnavailable as error:
            self._complain(error)
            for server in [name for name, kept in self._kept.items() if kept is not None]:
                self._take(server, None)
            return
        for server in servers:
            self._take(server, self._loaded(server))

    def _is_old(self, server: str, kept: Kept) -> bool:
        return self._store is not None and self._store.edition(server) != kept.edition

    def _loaded(self, server: str) -> Kept | None:
        if self._store is None:
            return None
        try:
            kept = self._store.load(server)
        except StoreUnavailable as error:
            self._complain(error)
            return None
        self._said = ""
        return kept

    def _take(self, server: str, kept: Kept | None, origin: Callable[[Ledger | None], None] | None = None) -> None:
        before = self._kept.get(server)
        if before is None and kept is None:
            return
        self._kept[server] = kept
        for listener in list(self._listeners.get(server, ())):
            if listener != origin:
                listener(self.ledger(server))

    def _complain(self, error: StoreUnavailable) -> None:
        """Say what is wrong, once."""
        if str(error) != self._said:
            self._said = str(error)
            self._say(self._said)
