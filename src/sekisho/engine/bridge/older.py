"""A 2026-07-28 host in front of a server up to 2025-11-25.

The first request is preceded by `server/discover`, the host's own or ours; a server that answers it needs no bridge.
Else a session is opened for each set of capabilities that hosts declare, because an older server is told once, for
all requests, what it may ask for: nobody is asked what they did not offer to answer.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final, assert_never

import orjson

from sekisho.engine.bridge.moves import NOT_THE_SERVERS, Down, refused, request_down
from sekisho.engine.bridge.side import Side
from sekisho.engine.effects import CloseStream, EndSession, Record, SendToHost
from sekisho.engine.events import BRIDGE_OWN, HostLeft
from sekisho.engine.handshake import offers_modern
from sekisho.wire.jsonrpc import Failure, Notification, Request, Response, error_body
from sekisho.wire.versions import (
    META_CLIENT_CAPABILITIES,
    META_CLIENT_INFO,
    META_PROTOCOL_VERSION,
    MODERN,
    SpecCode,
    revision_of,
)
from sekisho.wire.views import meta, obj, text

if TYPE_CHECKING:
    from sekisho.engine.bridge.moves import Move
    from sekisho.engine.bridge.parked import Key
    from sekisho.engine.events import HostSent
    from sekisho.engine.seal import Sealer
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["OlderServer"]

_SIDES: Final = 8
"""How many sets of capabilities are served at a time."""

_WAITING: Final = 256
"""How many requests may wait for the first answer."""

_OF_NEWER_SERVERS: Final = frozenset(
    {SpecCode.HEADER_MISMATCH, SpecCode.MISSING_CAPABILITY, SpecCode.UNSUPPORTED_VERSION}
)
"""Errors that only a server of 2026-07-28 knows (basic/versioning): the host may try again in its own generation."""

_OURS: Final = 1
"""The id of our own probe, on our own channel."""


class _Stage(Enum):
    NEW = auto()
    PROBING = auto()
    BRIDGED = auto()
    DIRECT = auto()


class OlderServer:
    """The bridge for all such hosts of one principal.

    Args:
        server: the server's identity, for records and seals.
        sealer: seals the numbers of parked calls.
        epoch: the time of day minus the monotonic time of the events, in seconds.
    """

    def __init__(self, server: str, *, sealer: Sealer, epoch: float) -> None:
        self._server = server
        self._sealer = sealer
        self._epoch = epoch
        self._stage = _Stage.NEW
        self._spoken = False
        self._asked: Key = (BRIDGE_OWN, _OURS)
        self._probe: tuple[HostSent, Request] | None = None
        self._waiting: list[HostSent] = []
        self._sides: dict[bytes, Side] = {}
        self._last = -1
        self.dropped: list[int] = []
        """Sessions that are not needed any more; the shell closes them and empties this."""

    @property
    def direct(self) -> bool:
        """Whether host and server turned out to share a generation: this bridge is not needed."""
        return self._stage is _Stage.DIRECT and self._spoken

    @property
    def undecided(self) -> bool:
        """Whether the host has said nothing but `server/discover`: it may go on with `initialize` instead."""
        return not self._spoken

    def forsaken(self) -> list[Move]:
        """The host went on with `initialize`: refuse what is open, and forget everything."""
        asked = [self._probe] if self._probe is not None else []
        asked += [(event, event.message) for event in self._waiting if isinstance(event.message, Request)]
        asked += [each for side in self._sides.values() for each in side.waiting]
        self._stage, self._probe, self._waiting, self._sides, self._last = _Stage.NEW, None, [], {}, -1
        why = "the client went on with initialize"
        code, rule = SpecCode.INVALID_REQUEST, "mixed-generations"
        return [move for event, message in asked for move in refused(self._server, event, message.id, code, why, rule)]

    @property
    def busy(self) -> bool:
        """Whether time could change anything."""
        return any(side.busy for side in self._sides.values())

    def from_host(self, event: HostSent) -> list[Move]:
        """Take a message of a host."""
        message = event.message
        match message:
            case Request():
                return self._request(event, message)
            case Notification():
                return self._notification(event, message)
            case Response() | Failure():
                # In 2026-07-28 a client sends no answers (basic/index, Messages).
                fields: JsonObject = {"rule": "unknown-answer", "verdict": "deny"}
                return [Record("host-answer", event.who, self._server, fields, {})]
            case _:
                assert_never(message)

    def _request(self, event: HostSent, message: Request) -> list[Move]:
        discovers = message.method == "server/discover"
        if not discovers and revision_of(text(meta(message.params).get(META_PROTOCOL_VERSION)) or "") in MODERN:
            self._spoken = True
        match self._stage:
            case _Stage.NEW if discovers:
                self._stage, self._probe, self._asked = _Stage.PROBING, (event, message), (event.channel, message.id)
                return [Down(event)]
            case _Stage.NEW | _Stage.PROBING:
                return self._wait(event, message)
            case _Stage.BRIDGED:
                return self._bridged(event, message)
            case _Stage.DIRECT:
                return [Down(event)]
            case _:
                assert_never(self._stage)

    def _wait(self, event: HostSent, message: Request) -> list[Move]:
        """Let a request wait until it is known what the server speaks."""
        broken = self._broken(event, message)
        if broken is not None:
            return broken
        if len(self._waiting) >= _WAITING:
            why = "too many requests wait for the server's start"
            return refused(self._server, event, message.id, SpecCode.INTERNAL_ERROR, why, "too-many-open-calls")
        self._waiting.append(event)
        if self._stage is _Stage.PROBING:
            return []
        self._stage, self._asked = _Stage.PROBING, (BRIDGE_OWN, _OURS)
        about = meta(message.params)
        told: JsonObject = {key: about[key] for key in (META_PROTOCOL_VERSION, META_CLIENT_CAPABILITIES)}
        return [request_down(event.who, BRIDGE_OWN, _OURS, "server/discover", {"_meta": told}, event.now)]

    def _broken(self, event: HostSent, message: Request) -> list[Move] | None:
        """Check the two required `_meta` members (basic/index, Per-request protocol fields), as the session does."""
        about = meta(message.params)
        version = about.get(META_PROTOCOL_VERSION)
        if not isinstance(version, str) or not isinstance(about.get(META_CLIENT_CAPABILITIES), dict):
            why = f"params._meta needs {META_PROTOCOL_VERSION} and {META_CLIENT_CAPABILITIES}"
            return refused(self._server, event, message.id, SpecCode.INVALID_PARAMS, why, "missing-envelope")
        if revision_of(version) in MODERN:
            return None
        code = SpecCode.UNSUPPORTED_VERSION
        record: JsonObject = {"rule": "unsupported-version", "code": int(code), "verdict": "deny"}
        data: JsonObject = {"supported": [str(item) for item in MODERN], "requested": version}
        body = error_body(message.id, code, "Unsupported protocol version", data)
        return [
            Record("error", event.who, self._server, record, {}),
            SendToHost(body, event.channel, message.id, final=True),
        ]

    # -- what the server speaks -------------------------------------------------------------------

    def _probed(self, effect: SendToHost) -> list[Move]:
        """Take the answer to `server/discover`, the host's own or ours."""
        result, code = effect.body.get("result"), obj(effect.body.get("error")).get("code")
        own, self._probe = self._probe, None
        waiting, self._waiting = self._waiting, []
        if isinstance(result, dict) and offers_modern(result):
            self._stage = _Stage.DIRECT
            return [*([effect] if own is not None else []), *(Down(event) for event in waiting)]
        if code in NOT_THE_SERVERS or code in _OF_NEWER_SERVERS:
            # Not the word of an older server: it can't be started, everything is halted, or it is a newer one.
            self._stage = _Stage.NEW
            error = obj(effect.body.get("error"))
            return [*([effect] if own is not None else []), *(_same(event, error) for event in waiting)]
        self._stage = _Stage.BRIDGED
        moves: list[Move] = self._bridged(*own) if own is not None else []
        for event in waiting:
            assert isinstance(event.message, Request)  # noqa: S101 - only requests wait
            moves += self._bridged(event, event.message)
        return moves

    def _bridged(self, event: HostSent, message: Request) -> list[Move]:
        broken = self._broken(event, message)
        if broken is not None:
            return broken
        key = (event.channel, message.id)
        if any(side.has(key) for side in self._sides.values()):
            why = "a request with this id is still open"
            return refused(self._server, event, message.id, SpecCode.INVALID_REQUEST, why, "duplicate-id")
        side = self._side(event, message)
        if side is None:
            why = "too many clients with different capabilities are served; try later"
            return refused(self._server, event, message.id, SpecCode.INTERNAL_ERROR, why, "too-many-open-calls")
        return side.request(event, message)

    def _side(self, event: HostSent, message: Request) -> Side | None:
        """Find the session for what this request declares, or make one; None when there are too many in use."""
        about = meta(message.params)
        declared = obj(about.get(META_CLIENT_CAPABILITIES))
        key = orjson.dumps(declared, option=orjson.OPT_SORT_KEYS)
        side = self._sides.get(key)
        if side is not None:
            return side
        if len(self._sides) >= _SIDES:
            idle = [(each.used_at, name) for name, each in self._sides.items() if each.idle]
            if not idle:
                return None
            self.dropped.append(self._sides.pop(min(idle)[1]).number)
        self._last += 1
        info = obj(about.get(META_CLIENT_INFO)) or {"name": "unknown", "version": "unknown"}
        side = self._sides[key] = Side(
            self._last,
            who=event.who,
            server=self._server,
            sealer=self._sealer,
            epoch=self._epoch,
            capabilities=declared,
            client_info=info,
        )
        return side

    # -- notifications, time, and what the sessions say -------------------------------------------

    def _notification(self, event: HostSent, message: Notification) -> list[Move]:
        if self._stage is _Stage.DIRECT:
            return [Down(event)]
        id_ = obj(message.params).get("requestId")
        if message.method != "notifications/cancelled" or isinstance(id_, bool) or not isinstance(id_, int | str):
            return []
        key = (event.channel, id_)
        if self._probe is not None and key == self._asked:
            # The server goes on being asked; what it answers is for those who come next.
            self._probe = None
            return [CloseStream(*key)]
        for place, waiting in enumerate(self._waiting):
            if isinstance(waiting.message, Request) and (waiting.channel, waiting.message.id) == key:
                del self._waiting[place]
                return [CloseStream(*key)]
        return [move for side in self._sides.values() if side.has(key) for move in side.cancel(key, event.now)]

    def left(self, channel: int, now: float) -> list[Move]:
        """A channel of a host closed."""
        if self._stage is _Stage.DIRECT:
            return [Down(HostLeft(channel, now))]
        self._waiting = [event for event in self._waiting if event.channel != channel]
        return [move for side in self._sides.values() for move in side.left(channel, now)]

    def from_server(self, number: int, effect: SendToHost | CloseStream | EndSession, now: float) -> list[Move]:
        """Take what a session has for its host."""
        if self._stage is not _Stage.BRIDGED:
            if self._stage is _Stage.PROBING and isinstance(effect, SendToHost) and effect.final:
                return self._probed(effect) if (effect.channel, effect.about) == self._asked else [effect]
            return [effect]
        side = next((each for each in self._sides.values() if each.number == number), None)
        if side is None:
            return []
        match effect:
            case SendToHost():
                return side.from_server(effect, now)
            case CloseStream():
                # What a host took back is forgotten before the session is told.
                return []
            case EndSession():
                return side.ended()
            case _:
                assert_never(effect)

    def tick(self, now: float) -> list[Move]:
        """Give up what nobody came back for."""
        return [move for side in self._sides.values() for move in side.tick(now)]


def _same(event: HostSent, error: JsonObject) -> SendToHost:
    message = event.message
    assert isinstance(message, Request)  # noqa: S101 - only requests wait
    body: JsonObject = {"jsonrpc": "2.0", "id": message.id, "error": error}
    return SendToHost(body, event.channel, message.id, final=True)
