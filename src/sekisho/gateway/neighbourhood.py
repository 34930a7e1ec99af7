"""`Neighbourhood`: the servers of one configuration, as far as each of them has to know of the others."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sekisho.engine.surface.beside import NOBODY, Library, beside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sekisho.engine.surface.beside import Beside
    from sekisho.gateway.desk import Desk
    from sekisho.pin.records import Ledger

__all__ = ["Neighbourhood"]


class Neighbourhood:
    """Tells sessions what is approved of the servers beside theirs, and when that changes.

    One program that is configured several times, for several accounts or folders, is no neighbour of itself: its
    definitions are the same because it is the same.

    Args:
        desk: knows what is approved.
        members: what each server runs, as `code.code_of` names it, by alias.
    """

    def __init__(self, desk: Desk, members: Mapping[str, str]) -> None:
        self._desk = desk
        self._members = dict(members)
        self._known: dict[str, Beside] = {}
        self._library = Library()
        self._sessions: list[tuple[str, Callable[[Beside], None]]] = []
        self._ears: dict[str, Callable[[Ledger | None], None]] = {}

    def become(self, members: Mapping[str, str]) -> None:
        """Consist of other servers from now on."""
        self._hear(())
        self._members = dict(members)
        self._library.keep(self._members)
        if self._sessions:
            self._hear(self._members)
            self._changed("")

    def beside(self, server: str) -> Beside:
        """Return what is approved of the others, the same object as long as it is the same."""
        own = self._members.get(server)
        others = (alias for alias, code in self._members.items() if alias != server and code != own)
        found = ((alias, self._desk.ledger(alias)) for alias in others)
        ledgers = {alias: ledger for alias, ledger in found if ledger is not None}
        known = self._known[server] = beside(ledgers, self._known.get(server, NOBODY), self._library)
        return known

    def join(self, server: str, listener: Callable[[Beside], None]) -> None:
        """Tell `listener`, a session with `server`, of every change beside it."""
        if not self._sessions:
            self._hear(self._members)
        self._sessions.append((server, listener))

    def leave(self, server: str, listener: Callable[[Beside], None]) -> None:
        """Tell `listener` no more."""
        self._sessions = [each for each in self._sessions if each != (server, listener)]
        if not self._sessions:
            self._hear(())

    def _hear(self, servers: Mapping[str, str] | tuple[()]) -> None:
        """Listen to these servers, and to no other ones."""
        for server, ear in self._ears.items():
            self._desk.leave(server, ear)
        self._ears = {server: partial(self._heard, server) for server in servers}
        for server, ear in self._ears.items():
            self._desk.join(server, ear)

    def _heard(self, server: str, _: Ledger | None) -> None:
        self._changed(server)

    def _changed(self, which: str) -> None:
        for server, listener in list(self._sessions):
            if server != which:
                listener(self.beside(server))
