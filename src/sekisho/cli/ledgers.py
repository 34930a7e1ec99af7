"""What was decided about servers, for the commands that show it and decide: found by name, changed by one decision."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sekisho.adapters.state import state_directory
from sekisho.adapters.store import Store
from sekisho.cli.halt import put_on_record
from sekisho.cli.records import server_name
from sekisho.cli.screen import note
from sekisho.model.message_ids import MessageId
from sekisho.pin.review import StaleError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from sekisho.pin.records import Ledger

__all__ = ["Ledgers", "open_ledgers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledgers:
    """The store, for one command."""

    directory: Path
    """The state directory."""

    store: Store
    """The store."""

    def all(self) -> list[Ledger]:
        """Return the ledger of every server of which anything is known."""
        return [self.store.ledgers.load(server).ledger for server in self.store.ledgers.servers()]

    def named(self, server: str) -> Ledger:
        """Return the ledger of a server, called by its identity or by the part of that which tells it apart.

        Ends this process with 1 when that names none, or several.
        """
        known = self.store.ledgers.servers()
        found = [server] if server in known else [each for each in known if server_name(each) == server]
        if len(found) == 1:
            return self.store.ledgers.load(found[0]).ledger
        if found:
            note(MessageId.REVIEW_SEVERAL, server=server, servers=", ".join(found))
        else:
            note(MessageId.REVIEW_UNKNOWN, server=server)
        sys.exit(1)

    def put_on_record(self, event: str, **fields: str) -> None:
        """Record what a person did, on the disk when this returns."""
        put_on_record(self.directory, event, **fields)

    def decide(self, server: str, event: str, change: Callable[[Ledger], Ledger], **fields: str) -> Ledger:
        """Put a person's decision on record, then let it hold, whatever else is kept at the same moment.

        Ends this process with 1 when what was decided about is not there any more.
        """
        self.put_on_record(event, about=server, **fields)
        while True:
            kept = self.store.ledgers.load(server)
            try:
                after = change(kept.ledger)
            except StaleError:
                note(MessageId.REVIEW_STALE)
                sys.exit(1)
            if self.store.ledgers.save(after, before=kept) is not None:
                return after


@contextmanager
def open_ledgers() -> Generator[Ledgers]:
    """Open the store of this user.

    Raises:
        StateDirectoryError: the state directory can't be used.
        StoreUnavailable: the store can't be used.
    """
    directory = state_directory()
    with Store(directory) as store:
        yield Ledgers(directory=directory, store=store)


def today() -> float:
    """Return the time of day in milliseconds, as the audit counts it."""
    return time.time() * 1000
