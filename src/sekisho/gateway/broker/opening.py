"""The handshake of a 2025 host: kept for the broker that comes after this one, and said by that to a fresh server.

A host greets once, however many brokers it has. So its `initialize` stands in the ledger from the moment in which it
has the answer, and a broker that is given one says it again before anything that the host says next; the second answer
is not the host's. A host that greets anew is taken at its word.

Limits: what the host had subscribed to, and its log level, are not said again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.events import HostSent
from sekisho.gateway.host_lines import HostLines
from sekisho.wire.jsonrpc import Notification, Request, serialise
from sekisho.wire.versions import META_PROTOCOL_VERSION
from sekisho.wire.views import meta

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sekisho.engine.effects import SendToHost
    from sekisho.engine.events import HostGarbled
    from sekisho.model.subject import Who
    from sekisho.ports import Backend
    from sekisho.wire.jsonrpc import Id
    from sekisho.wire.strict import Limits

__all__ = ["Opening"]


class Opening:
    """One host's handshake.

    Args:
        who: the user and the conversation.
        limits: what one message may cost.
        keep: puts a handshake that is complete where another broker finds it.
        known: the one that a broker before this one had; empty when there was none.
    """

    def __init__(self, who: Who, limits: Limits, keep: Callable[[bytes], None], known: bytes = b"") -> None:
        self._who = who
        self._limits = limits
        self._keep = keep
        self._known = known
        self._line = b""
        self._id: Id | None = None
        self._replayed: Id | None = None
        self._end: int | None = None
        self.done = False
        """Whether there is nothing left to look at."""
        self.agreed = False
        """Whether the server agreed to what was said again."""

    # -- a host that greets -----------------------------------------------------------------------

    def heard(self, events: Iterable[HostSent | HostGarbled]) -> None:
        """Look for the host's `initialize`."""
        for event in events:
            message = event.message if isinstance(event, HostSent) else None
            if not isinstance(message, Request):
                continue
            if message.method == "initialize":
                self._line, self._id, self._known = serialise(message.body), message.id, b""
            elif message.method != "server/discover" and META_PROTOCOL_VERSION in meta(message.params):
                # A host of 2026 says with every request what it is; one of both generations may only have looked.
                self.done = True

    def answered(self, sent: SendToHost, end: int) -> None:
        """Look for its answer, which ends at byte `end` of all that is written."""
        if self._id is not None and sent.about == self._id:
            self._id = None
            self._end = end if "result" in sent.body else None

    def written(self, count: int) -> None:
        """So many bytes are written: the host has the answer, or not yet."""
        if self._end is not None and count >= self._end:
            self._keep(self._line)
            self._end, self.done = None, True

    # -- a host that has greeted another broker ---------------------------------------------------

    def missing(self, events: Iterable[HostSent | HostGarbled], backend: Backend) -> HostSent | None:
        """Return what the server has to hear before these; None when it has heard it, or will hear it from the host."""
        if not self._known:
            return None
        said = (event.message for event in events if isinstance(event, HostSent))
        first = next((message for message in said if isinstance(message, Request | Notification)), None)
        if first is None or (isinstance(first, Request) and first.method == "initialize"):
            return None
        for event in HostLines(self._who, self._limits).events(self._known + b"\n", backend):
            if isinstance(event, HostSent) and isinstance(event.message, Request):
                self._replayed = event.message.id
                return event
        return None

    def ends(self, sent: SendToHost) -> bool:
        """Tell whether this answers what was said again: it is not the host's."""
        if self._replayed is None or not sent.final or sent.about != self._replayed:
            return False
        self._replayed = None
        self.agreed = "result" in sent.body
        if self.agreed:
            self._keep(self._known)
            self._known, self.done = b"", True
        return True

    def confirmation(self, now: float) -> HostSent:
        """Return what a host says when it has the answer."""
        method = "notifications/initialized"
        return HostSent(Notification(method, None, {"jsonrpc": "2.0", "method": method}), self._who, 0, now)
