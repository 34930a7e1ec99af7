"""Which of the two bridges a host needs: what it finally speaks decides, not what it tries first.

A host of both generations asks `server/discover`, and goes on with `initialize` when that is refused or when it takes
too long (basic/versioning). So `server/discover` alone settles nothing, whether its answer comes, comes late or never;
any other request does, and so does `initialize` when it is answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sekisho.engine.bridge.moves import Down, Renew
from sekisho.engine.bridge.newer import NewerServer
from sekisho.engine.bridge.older import OlderServer
from sekisho.wire.jsonrpc import Request
from sekisho.wire.versions import META_PROTOCOL_VERSION
from sekisho.wire.views import meta

if TYPE_CHECKING:
    from sekisho.engine.bridge.moves import Move
    from sekisho.engine.effects import CloseStream, EndSession, SendToHost
    from sekisho.engine.events import HostLeft, HostSent
    from sekisho.wire.versions import Revision

__all__ = ["Either"]


class Either:
    """The bridge for a host whose generation is to be found out.

    Args:
        newer: the bridge for a host up to 2025-11-25.
        older: the bridge for a host of 2026-07-28.
    """

    def __init__(self, newer: NewerServer, older: OlderServer) -> None:
        self._newer = newer
        self._older = older
        self._core: NewerServer | OlderServer | None = None

    @property
    def revision(self) -> Revision | None:
        """The revision that a bridged host of 2025 was told."""
        return self._newer.revision

    @property
    def direct(self) -> bool:
        """Whether host and server turned out to share a generation: no bridge is needed."""
        return self._core is not None and self._core.direct

    @property
    def busy(self) -> bool:
        """Whether time could change anything."""
        return self._core is not None and self._core.busy

    def dropped(self) -> list[int]:
        """Return the sessions that are not needed any more, once."""
        dropped, self._older.dropped = self._older.dropped, []
        return dropped

    def from_host(self, event: HostSent) -> list[Move]:
        """Take a message of the host."""
        message = event.message
        before: list[Move] = []
        if isinstance(message, Request):
            if META_PROTOCOL_VERSION in meta(message.params):
                if self._core is None or (self._core is self._newer and self._newer.undecided):
                    self._core = self._older
            elif message.method == "initialize":
                before = self._greeted()
        return [*before, *([Down(event)] if self._core is None else self._core.from_host(event))]

    def _greeted(self) -> list[Move]:
        """The host speaks 2025: whatever was said for the other generation counts no more."""
        if self._core is None:
            self._core = self._newer
        elif self._core is self._older and self._older.undecided:
            self._core = self._newer
            return [*self._older.forsaken(), Renew()]
        return []

    def left(self, event: HostLeft) -> list[Move]:
        """A channel of the host closed."""
        return self._core.left(event.channel, event.now) if isinstance(self._core, OlderServer) else [Down(event)]

    def from_server(self, number: int, effect: SendToHost | CloseStream | EndSession, now: float) -> list[Move]:
        """Take what a session has for its host."""
        match self._core:
            case None:
                return [effect]
            case NewerServer():
                return self._core.from_server(effect, now)
            case OlderServer():
                return self._core.from_server(number, effect, now)
            case _:
                assert_never(self._core)

    def tick(self, now: float) -> list[Move]:
        """Give up what nobody answers, or comes back for."""
        return [] if self._core is None else self._core.tick(now)
