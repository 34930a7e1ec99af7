"""Conversations: which host process, of which principal, has which, across restarts of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.adapters.store.errors import StoreUnavailable
from sekisho.ports import Conversation

if TYPE_CHECKING:
    from sekisho.adapters.store.database import Database

__all__ = ["Conversations"]


class Conversations:
    """The `ports.ConversationStore` of this machine.

    Args:
        database: the file.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def enter(self, conversation: Conversation) -> Conversation:
        """Return the conversation of a principal's host process: the known one, or this one, kept from now on.

        Of several relays of one host that start at once, all get the same.

        Raises:
            StoreUnavailable: nobody can tell.
        """
        entered = (conversation.principal, conversation.process)
        with self._database.writing() as write:
            write(
                "INSERT INTO conversations (id, principal, process, since, seen) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (principal, process) DO UPDATE SET seen = excluded.seen",
                (conversation.id, *entered, conversation.since, conversation.seen),
            )
        rows = self._database.rows(
            "SELECT id, since, seen FROM conversations WHERE principal = ? AND process = ?", entered
        )
        match rows:
            case [(str(id_), int(since), int(seen))]:
                principal, process = entered
                return Conversation(id=id_, principal=principal, process=process, since=since, seen=seen)
            case _:
                raise StoreUnavailable(f"The store {self._database.path} lost a conversation. Look at its disk.")

    def forget(self, *, before: int) -> int:
        """Forget the conversations that nobody has entered since a time; return how many.

        Raises:
            StoreUnavailable: they are still there.
        """
        with self._database.writing() as write:
            return write("DELETE FROM conversations WHERE seen < ?", (before,))
