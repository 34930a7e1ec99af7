"""Who is behind an HTTP face: each principal has sessions, servers and state of its own, and sees no other's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sekisho.gateway.http_knocks import Knocks
from sekisho.gateway.http_sessions import Sessions
from sekisho.model.subject import Who

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sekisho.engine.events import Event
    from sekisho.gateway.http_sessions import Connect
    from sekisho.gateway.http_stream import Stream

__all__ = ["Principals"]


class Principals:
    """The sessions of one HTTP face, by principal; made when a principal first comes in.

    How many there can be is bounded by the gate, which knows each by a credential.

    Args:
        connect: makes what is behind a session.
        owner: who runs us; what belongs to nobody is recorded on their behalf.
    """

    def __init__(self, connect: Connect, owner: str) -> None:
        self._connect = connect
        self._owner = Who(principal=owner, conversation=f"principal:{owner}")
        self._knocks = Knocks(connect.record, connect.server)
        self._sessions: dict[str, Sessions] = {}

    def of(self, principal: str) -> Sessions:
        """Return the sessions of a principal that the gate let in."""
        found = self._sessions.get(principal)
        if found is None:
            found = self._sessions[principal] = Sessions(self._connect, principal)
        return found

    def streams(self) -> Iterator[Stream]:
        """Yield every stream that may have a reader."""
        for sessions in self._sessions.values():
            yield from sessions.streams()

    def expire(self) -> None:
        """End the sessions that nobody uses, and put on record how many knocked meanwhile."""
        self._knocks.settle()
        for sessions in self._sessions.values():
            sessions.expire()

    def turned_away(self, rule: str, uid: int | None, principal: str | None = None) -> None:
        """Put on record that a request did not come in.

        Args:
            rule: the id of the check.
            uid: the user id at the other end of the connection, None when it is unknown.
            principal: who asked, if the gate knows; otherwise it is on record in the owner's name.
        """
        self._knocks.note(rule, self._owner if principal is None else self.of(principal).who, uid)

    def broadcast(self, event: Callable[[float], Event]) -> None:
        """Let every backend receive an event, such as a halt."""
        for sessions in self._sessions.values():
            sessions.broadcast(event)

    async def aclose(self) -> None:
        """End every session and wait, bounded."""
        self._knocks.settle()
        await asyncio.gather(*(sessions.aclose() for sessions in self._sessions.values()))
