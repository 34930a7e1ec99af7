"""The two ends of a link in memory: who takes events, and who is told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from peers.loops import until
from sekisho.engine.events import CallBroke, CodeRead, ServerGarbled, ServerLeft, ServerSent

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.engine.events import Event
    from sekisho.wire.jsonrpc import JsonObject
    from sekisho.wire.versions import Revision

__all__ = ["Ear"]

_E = TypeVar("_E", CallBroke, CodeRead, ServerGarbled, ServerLeft, ServerSent)


class Ear:
    """Takes the place of a link under an upstream: collects its events."""

    def __init__(self, revision: Revision | None = None) -> None:
        self.events: list[Event] = []
        self.session = self
        self.revision = revision
        """What the session agreed on."""
        self.owes = True
        self.knows_code = False
        self.refuses_code = False
        """What the session makes of code."""
        self.said: list[str] = []
        """What was said to the person who runs us."""
        self.on_event: Callable[[Event], None] | None = None
        self._changed = asyncio.Event()

    def clock(self) -> float:
        return 0.0

    def receive(self, event: Event) -> None:
        self.events.append(event)
        self._changed.set()
        if self.on_event is not None:
            self.on_event(event)

    def say(self, text: str) -> None:
        self.said.append(text)
        self._changed.set()

    async def until(self, condition: Callable[[], object]) -> None:
        await until(self._changed, condition)

    def of(self, kind: type[_E]) -> list[_E]:
        """Return the events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]

    async def first(self, kind: type[_E], number: int = 1) -> list[_E]:
        """Wait for so many events of one kind."""
        await self.until(lambda: len(self.of(kind)) >= number)
        return self.of(kind)

    def bodies(self) -> list[JsonObject]:
        """Return what the server said."""
        return [event.message.body for event in self.of(ServerSent)]
