"""The `subscriptions/listen` streams of newer hosts, fed by what an older server says of its own accord."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sekisho.engine.bridge.moves import answered, request_down
from sekisho.engine.effects import Record, SendToHost
from sekisho.engine.events import BRIDGE_OWN
from sekisho.wire.versions import META_SUBSCRIPTION_ID
from sekisho.wire.views import items, meta, nested, obj, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.engine.bridge.moves import Move
    from sekisho.engine.bridge.parked import Key
    from sekisho.engine.events import HostSent
    from sekisho.wire.jsonrpc import Json, JsonObject, Request

__all__ = ["Changes"]

_STREAMS: Final = 64
"""How many streams are served; a further one is acknowledged for nothing."""

_URIS: Final = 512
"""How many resources are subscribed to."""

_KINDS: Final = ("tools", "prompts", "resources")


@dataclass(slots=True, eq=False)
class _Stream:
    """One stream of a host."""

    event: HostSent
    """The request that opened it."""

    key: Key
    """Its channel and its id."""

    lists: frozenset[str]
    """The kinds of list whose changes it hears of."""

    uris: dict[str, None]
    """The resources whose changes it hears of; those that the server refused are taken out."""

    awaited: dict[int, str] = field(default_factory=dict[int, str])
    """Subscriptions that the server has not answered; the stream is acknowledged behind them."""


class Changes:
    """The streams of one side.

    Args:
        side: which session.
    """

    __slots__ = ("_side", "_streams")

    def __init__(self, side: int) -> None:
        self._side = side
        self._streams: dict[Key, _Stream] = {}

    @property
    def open(self) -> bool:
        """Whether anybody listens."""
        return bool(self._streams)

    def has(self, key: Key) -> bool:
        """Tell whether this request is a stream."""
        return key in self._streams

    def on(self, channel: int) -> list[Key]:
        """Return the streams on a channel."""
        return [key for key in self._streams if key[0] == channel]

    def listen(
        self, event: HostSent, message: Request, offered: JsonObject, number: Callable[[], int], server: str
    ) -> list[Move]:
        """Open a stream: subscribe first to what nobody else has subscribed to."""
        wanted = nested(message.params or {}, "notifications")
        full = len(self._streams) >= _STREAMS
        lists = frozenset(
            kind
            for kind in _KINDS
            if not full and wanted.get(f"{kind}ListChanged") is True and obj(offered.get(kind)).get("listChanged")
        )
        key = (event.channel, message.id)
        stream = self._streams[key] = _Stream(event, key, lists, {})
        fields: JsonObject = {"method": message.method, "verdict": "allow", "outcome": "bridge"}
        moves: list[Move] = [Record("request", event.who, server, fields, {})]
        if not full and obj(offered.get("resources")).get("subscribe") is True:
            moves += self._subscribed(stream, items(wanted.get("resourceSubscriptions")), number)
        return moves if stream.awaited else [*moves, self._acknowledged(stream)]

    def _subscribed(self, stream: _Stream, wanted: list[Json], number: Callable[[], int]) -> list[Move]:
        moves: list[Move] = []
        held = {uri for each in self._streams.values() for uri in each.uris}
        for uri in wanted:
            if not isinstance(uri, str) or len(held | {uri}) > _URIS:
                continue
            stream.uris[uri] = None
            if uri in held:
                continue
            held.add(uri)
            errand = number()
            stream.awaited[errand] = uri
            moves.append(self._errand(stream, errand, "resources/subscribe", uri, stream.event.now))
        return moves

    def _errand(self, stream: _Stream, errand: int, method: str, uri: str, now: float) -> Move:
        return request_down(stream.event.who, BRIDGE_OWN, errand, method, {"uri": uri}, now, self._side)

    def _acknowledged(self, stream: _Stream) -> SendToHost:
        honoured: JsonObject = {f"{kind}ListChanged": True for kind in _KINDS if kind in stream.lists}
        if stream.uris:
            listed: list[Json] = list(stream.uris)
            honoured["resourceSubscriptions"] = listed
        params: JsonObject = {"notifications": honoured}
        return self._tagged(stream, {"method": "notifications/subscriptions/acknowledged", "params": params})

    def _tagged(self, stream: _Stream, body: JsonObject) -> SendToHost:
        channel, about = stream.key
        params = obj(body.get("params"))
        tagged: JsonObject = {**params, "_meta": {**meta(params), META_SUBSCRIPTION_ID: about}}
        return SendToHost({"jsonrpc": "2.0", **body, "params": tagged}, channel, about)

    def answered(self, effect: SendToHost) -> list[Move]:
        """Take the server's answer to a subscription; anything else was nobody's question."""
        for stream in self._streams.values():
            uri = stream.awaited.pop(effect.about, None) if isinstance(effect.about, int) else None
            if uri is None:
                continue
            if "result" not in effect.body:
                for each in self._streams.values():
                    each.uris.pop(uri, None)
            return [] if stream.awaited else [self._acknowledged(stream)]
        return []

    def changed(self, body: JsonObject) -> list[Move]:
        """Tell the streams that want to know."""
        method = text(body.get("method")) or ""
        if method == "notifications/resources/updated":
            uri = obj(body.get("params")).get("uri")
            wanted = [each for each in self._streams.values() if uri in each.uris and not each.awaited]
        else:
            kind = method.removeprefix("notifications/").removesuffix("/list_changed")
            wanted = [each for each in self._streams.values() if kind in each.lists and not each.awaited]
        return [self._tagged(stream, body) for stream in wanted]

    def end(self, key: Key, now: float, number: Callable[[], int]) -> list[Move]:
        """A stream is over: give up the subscriptions that only it had."""
        stream = self._streams.pop(key)
        held = {uri for each in self._streams.values() for uri in each.uris}
        alone = [uri for uri in stream.uris if uri not in held]
        return [self._errand(stream, number(), "resources/unsubscribe", uri, now) for uri in alone]

    def finish(self) -> list[Move]:
        """The session is over: every stream ends with its result."""
        streams, self._streams = self._streams, {}
        moves: list[Move] = []
        for channel, about in streams:
            result: JsonObject = {"resultType": "complete", "_meta": {META_SUBSCRIPTION_ID: about}}
            moves.append(answered(channel, about, result))
        return moves
