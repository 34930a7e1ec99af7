"""What a host has said once and relies on: kept for the broker that comes after this one, which says it again.

A host of 2025 greets once, sets its log level once and subscribes once, however many brokers it has; a stream of a host
of 2026 (`subscriptions/listen`) stays open as long as the host wants it. Each of these stands in the ledger from the
moment in which the host has the answer, or the acknowledgement of its stream. A broker that is given some says them to
the fresh server before anything that the host says next, and at once if there is more than a greeting, because a host
that waits for changes says nothing. The second answers are not the host's. What the server does not grant again is
forgotten, but for a stream, which ends with the server's answer. A host that greets anew is taken at its word.

Limits: what changed while there was no broker is not told. What does not fit into the ledger beside the greeting is not
said again.
"""

from __future__ import annotations

import secrets
from collections import deque
from itertools import chain
from typing import TYPE_CHECKING, Final

from sekisho.engine.events import HostSent
from sekisho.gateway.broker.ledger import LONGEST_STANDING
from sekisho.gateway.broker.refusals import key_of
from sekisho.gateway.host_lines import HostLines
from sekisho.wire.jsonrpc import Notification, Request, serialise
from sekisho.wire.versions import META_PROTOCOL_VERSION
from sekisho.wire.views import meta, obj, text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from sekisho.engine.effects import SendToHost
    from sekisho.engine.events import HostGarbled
    from sekisho.model.subject import Who
    from sekisho.ports import Backend
    from sekisho.wire.jsonrpc import Id, JsonObject
    from sekisho.wire.strict import Limits

__all__ = ["Standing"]

_OF_2025: Final = frozenset({"initialize", "logging/setLevel", "resources/subscribe", "resources/unsubscribe"})
_LISTEN: Final = "subscriptions/listen"


class Standing:
    """What one host relies on.

    Args:
        who: the user and the conversation.
        limits: what one message may cost.
        keep: puts it where another broker finds it.
        known: what a broker before this one had, a line each; empty when there was none.
    """

    def __init__(self, who: Who, limits: Limits, keep: Callable[[bytes], None], known: bytes = b"") -> None:
        self._who = who
        self._limits = limits
        self._keep = keep
        self._known = known
        self._greeting: Request | None = None
        self._level: Request | None = None
        self._subscribed: dict[str, Request] = {}
        self._streams: dict[bytes, Request] = {}
        self._asked: dict[Id, Request] = {}
        self._answered: deque[tuple[int, Request]] = deque()
        self._again: dict[Id, Request] = {}
        self._unheard = False

    # -- what the host says -----------------------------------------------------------------------

    def heard(self, events: Iterable[HostSent | HostGarbled]) -> None:
        """Look for requests that count for longer than their answer."""
        for event in events:
            message = event.message if isinstance(event, HostSent) else None
            if not isinstance(message, Request):
                continue
            if message.method in _OF_2025:
                if META_PROTOCOL_VERSION not in meta(message.params):
                    self._asked[message.id] = message
                    self._unheard = self._unheard and message.method != "initialize"
            elif message.method == _LISTEN:
                self._asked[message.id] = message

    def said(self, sent: SendToHost, end: int) -> None:
        """Look for the answers, each of which ends at byte `end` of all that is written."""
        if sent.about is None or not (self._asked or self._streams):
            return
        message = self._asked.get(sent.about)
        if not sent.final:
            if message is not None and message.method == _LISTEN and _acknowledges(sent):
                self._answered.append((end, self._asked.pop(sent.about)))
            return
        if message is not None:
            del self._asked[sent.about]
            if message.method != _LISTEN and "result" in sent.body:
                self._answered.append((end, message))
        else:
            self.closed(sent.about)

    def closed(self, about: Id) -> None:
        """A request is over without an answer, or a stream with one."""
        self._asked.pop(about, None)
        if self._streams.pop(key_of(about), None) is not None:
            self._keep(self._lines())

    def written(self, count: int) -> None:
        """So many bytes are written: the host has the answers up to there."""
        if not self._answered or self._answered[0][0] > count:
            return
        while self._answered and self._answered[0][0] <= count:
            self._apply(self._answered.popleft()[1])
        self._keep(self._lines())

    @property
    def streams(self) -> Collection[bytes]:
        """The requests that stay open for good, as the ledger names them: they owe nothing."""
        return self._streams

    def _apply(self, message: Request) -> None:
        params = obj(message.params)
        uri = text(params.get("uri")) or ""
        match message.method:
            case "initialize":
                self._greeting, self._level, self._subscribed = message, None, {}
            case "logging/setLevel":
                self._level = _short(message, {"level": params.get("level")})
            case "resources/subscribe":
                self._subscribed[uri] = _short(message, {"uri": uri})
            case "resources/unsubscribe":
                self._subscribed.pop(uri, None)
            case _:
                self._streams[key_of(message.id)] = message

    def _lines(self) -> bytes:
        """Return it as lines, as many as there is room for."""
        greeted = [] if self._greeting is None else [self._greeting, *([self._level] if self._level else [])]
        kept, room = bytearray(), LONGEST_STANDING
        for message in chain(greeted, self._subscribed.values() if greeted else (), self._streams.values()):
            line = serialise(message.body) + b"\n"
            if len(line) > room:
                if message is self._greeting:
                    return b""  # without it nothing else can be said
                continue
            kept += line
            room -= len(line)
        return bytes(kept)

    # -- what a broker before this one knew -------------------------------------------------------

    def recall(self, backend: Backend) -> bool:
        """Read what is known; return whether it has to be said before the host says anything."""
        known, self._known = self._known, b""
        for event in HostLines(self._who, self._limits).events(known + b"\n", backend):
            message = event.message if isinstance(event, HostSent) else None
            if isinstance(message, Request) and (message.method == _LISTEN or message.method in _OF_2025):
                self._apply(message)
        self._unheard = self._greeting is not None
        return bool(self._streams or self._level or self._subscribed)

    def before(self, events: Iterable[HostSent | HostGarbled], now: float) -> HostSent | None:
        """Return the greeting if the server has to hear it before these, and will not hear it from the host."""
        if not self._unheard:
            return None
        said = (event.message for event in events if isinstance(event, HostSent))
        first = next((message for message in said if isinstance(message, Request | Notification)), None)
        if first is None or (isinstance(first, Request) and first.method == "initialize"):
            return None
        return self.greeting(now)

    def greeting(self, now: float) -> HostSent | None:
        """Return how the host has greeted; None when it needs no greeting."""
        if self._greeting is None:
            return None
        self._again[self._greeting.id] = self._greeting
        return HostSent(self._greeting, self._who, 0, now)

    def rest(self, now: float) -> list[HostSent]:
        """Return what is to be said behind the greeting, if there is one; the server is on its own from here on."""
        self._unheard = False
        self._keep(self._lines())
        again = [*([self._level] if self._level else []), *self._subscribed.values()] if self._greeting else []
        renamed = [_short(message, obj(message.params), f"sekisho:{secrets.token_hex(8)}") for message in again]
        self._again = {message.id: message for message in (*renamed, *self._streams.values())}
        first: list[HostSent] = []
        if self._greeting is not None:
            method = "notifications/initialized"
            body: JsonObject = {"jsonrpc": "2.0", "method": method}
            first = [HostSent(Notification(method, None, body), self._who, 0, now)]
        return [*first, *(HostSent(message, self._who, 0, now) for message in self._again.values())]

    def takes(self, sent: SendToHost) -> Request | None:
        """Return which request was said again and is answered here; its answer is not the host's."""
        message = self._again.get(sent.about) if self._again and sent.about is not None else None
        if message is None or sent.about is None:
            return None
        if message.method == _LISTEN:
            del self._again[sent.about]
            return message if _acknowledges(sent) else None
        if not sent.final:
            return None
        del self._again[sent.about]
        if message.method == "initialize":
            return message
        if "result" not in sent.body:
            self._refused(message)
        return message

    def _refused(self, message: Request) -> None:
        if message.method == "logging/setLevel":
            self._level = None
        else:
            self._subscribed.pop(text(obj(message.params).get("uri")) or "", None)
        self._keep(self._lines())


def _acknowledges(sent: SendToHost) -> bool:
    return sent.body.get("method") == "notifications/subscriptions/acknowledged"


def _short(message: Request, params: JsonObject, id_: Id = 0) -> Request:
    """Return a request without what only its first time needed."""
    return Request(
        id_, message.method, params, {"jsonrpc": "2.0", "id": id_, "method": message.method, "params": params}
    )
