"""A host up to 2025-11-25 in front of a server that speaks 2026-07-28 only.

`initialize` is tried as it came; when the server refuses it, `server/discover` is asked, and its answer becomes that
of `initialize`. From then on each request carries what the host declared once, `ping` and the log level are answered
here, subscriptions become one `subscriptions/listen`, and what a server requires of the host (`input_required`)
becomes real questions to it; when all are answered, the request goes out again with the answers.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final, assert_never

from sekisho.engine.bridge.asking import Asking
from sekisho.engine.bridge.asking import Request as Asked
from sekisho.engine.bridge.listening import Listening
from sekisho.engine.bridge.moves import NOT_THE_SERVERS, Down, answered, failed, note_down, refused, request_down
from sekisho.engine.bridge.translate import (
    LEVELS,
    as_initialized,
    error_for_older_host,
    for_newer_server,
    result_for_older_host,
    untagged,
)
from sekisho.engine.effects import CloseStream, EndSession, Record, SendToHost
from sekisho.engine.events import BRIDGE_OWN
from sekisho.engine.handshake import offers_modern
from sekisho.wire.jsonrpc import Failure, Notification, Request, Response
from sekisho.wire.versions import (
    INPUT_REQUIRED,
    LATEST_MODERN,
    META_CLIENT_CAPABILITIES,
    META_CLIENT_INFO,
    META_LOG_LEVEL,
    META_PROTOCOL_VERSION,
    METHODS,
    SpecCode,
    revision_of,
)
from sekisho.wire.views import nested, obj, text

if TYPE_CHECKING:
    from sekisho.engine.bridge.moves import Move
    from sekisho.engine.bridge.parked import Key
    from sekisho.engine.events import HostSent
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import JsonObject
    from sekisho.wire.versions import Revision

__all__ = ["NewerServer"]

_ELSEWHERE: Final = frozenset({"server/discover", "subscriptions/listen"})


class _Stage(Enum):
    NEW = auto()
    TRIED = auto()
    ASKED = auto()
    BRIDGED = auto()
    DIRECT = auto()


class NewerServer:
    """The bridge for one such host.

    Args:
        server: the server's identity, for records.
        first: the number before that of the first question to the host, which may answer late what another has asked.
    """

    def __init__(self, server: str, *, first: int = 0) -> None:
        self.revision: Revision | None = None
        """The revision that the host was told."""
        self._server = server
        self._stage = _Stage.NEW
        self._who: Who | None = None
        self._first: HostSent | None = None
        self._error: JsonObject = {}
        self._envelope: JsonObject = {}
        self._offered: JsonObject = {}
        self._asking = Asking(server, self._number)
        self._last = first
        self._listening = Listening()

    @property
    def direct(self) -> bool:
        """Whether host and server turned out to share a generation: this bridge is not needed."""
        return self._stage is _Stage.DIRECT

    @property
    def undecided(self) -> bool:
        """Whether no `initialize` of the host is open or was answered well: it may try the other generation."""
        return self._stage is _Stage.NEW

    @property
    def busy(self) -> bool:
        """Whether time could change anything."""
        return self._asking.busy or self._listening.waits

    def from_host(self, event: HostSent) -> list[Move]:
        """Take a message of the host."""
        self._who = event.who
        message = event.message
        match message:
            case Request():
                return self._request(event, message)
            case Notification():
                return self._notification(event, message)
            case Response() | Failure():
                return self._answer(event, message)
            case _:
                assert_never(message)

    # -- opening ----------------------------------------------------------------------------------

    def _request(self, event: HostSent, message: Request) -> list[Move]:
        match self._stage:
            case _Stage.NEW if message.method == "initialize":
                self._stage, self._first = _Stage.TRIED, event
                return [Down(event)]
            case _Stage.ASKED:
                why = "this session is being initialized; wait for its answer"
                return refused(self._server, event, message.id, SpecCode.INVALID_REQUEST, why, "not-initialized")
            case _Stage.BRIDGED:
                return self._bridged(event, message)
            case _Stage.NEW | _Stage.TRIED | _Stage.DIRECT:
                return [Down(event)]
            case _:
                assert_never(self._stage)

    def _initialized(self, effect: SendToHost, now: float) -> list[Move]:
        """Take the answer to the host's own `initialize`."""
        error = effect.body.get("error")
        if not isinstance(error, dict):
            self._stage = _Stage.DIRECT
            return [effect]
        if error.get("code") in NOT_THE_SERVERS:
            # Not the server's word: it can't be started, or everything is halted.
            self._stage = _Stage.NEW
            return [effect]
        self._stage, self._error = _Stage.ASKED, error
        first = self._opening
        declared = obj(first.params)
        self._envelope = {
            META_PROTOCOL_VERSION: str(LATEST_MODERN),
            META_CLIENT_CAPABILITIES: obj(declared.get("capabilities")),
        }
        if "clientInfo" in declared:
            self._envelope[META_CLIENT_INFO] = declared["clientInfo"]
        return [self._own("server/discover", {}, now)]

    def _discovered(self, body: JsonObject) -> list[Move]:
        """Take the answer to our `server/discover`."""
        result = body.get("result")
        first = self._opened_by
        if not isinstance(result, dict) or not offers_modern(result):
            self._stage = _Stage.NEW
            return [failed(*first, self._error)]
        self._stage = _Stage.BRIDGED
        made = as_initialized(result, obj(self._opening.params).get("protocolVersion"))
        self.revision = revision_of(text(made["protocolVersion"]) or "")
        self._offered = obj(made["capabilities"])
        return [answered(*first, made)]

    @property
    def _opening(self) -> Request:
        message = self._first.message if self._first is not None else None
        assert isinstance(message, Request)  # noqa: S101 - only `initialize` is kept there
        return message

    @property
    def _opened_by(self) -> Key:
        assert self._first is not None  # noqa: S101 - it was sent
        return self._first.channel, self._opening.id

    def _number(self) -> int:
        self._last += 1
        return self._last

    def _own(self, method: str, params: JsonObject, now: float, id_: int | None = None) -> Down:
        assert self._who is not None  # noqa: S101 - the host has spoken before us
        number = self._number() if id_ is None else id_
        return request_down(self._who, BRIDGE_OWN, number, method, for_newer_server(params, self._envelope), now)

    # -- requests ---------------------------------------------------------------------------------

    def _bridged(self, event: HostSent, message: Request) -> list[Move]:
        key = (event.channel, message.id)
        if key in self._asking.calls or self._listening.owes(key):
            why = "a request with this id is still open"
            return refused(self._server, event, message.id, SpecCode.INVALID_REQUEST, why, "duplicate-id")
        match message.method:
            case "ping":
                return self._here(event, message)
            case "logging/setLevel" if "logging" in self._offered:
                return self._level(event, message)
            case "resources/subscribe" | "resources/unsubscribe" if self._may_subscribe:
                return self._subscription(event, message)
            case "initialize":
                why = "this session is initialized already; open a new one"
                return refused(self._server, event, message.id, SpecCode.INVALID_REQUEST, why, "initialized-twice")
            case _ if message.method in METHODS[LATEST_MODERN].host_requests - _ELSEWHERE:
                params = for_newer_server(message.params, self._envelope)
                self._asking.calls[key] = Asked(event, message.method, params)
                return [request_down(event.who, *key, message.method, params, event.now)]
            case _:
                why = "the server does not offer this method"
                return refused(self._server, event, message.id, SpecCode.METHOD_NOT_FOUND, why, "unknown-method")

    def _here(self, event: HostSent, message: Request) -> list[Move]:
        """Answer what only the host's generation knows, and what asks nothing of the server."""
        fields: JsonObject = {"method": message.method, "verdict": "allow", "outcome": "bridge"}
        return [Record("request", event.who, self._server, fields, {}), answered(event.channel, message.id, {})]

    def _level(self, event: HostSent, message: Request) -> list[Move]:
        level = text(obj(message.params).get("level"))
        if level not in LEVELS:
            why = f"level has to be one of {', '.join(LEVELS)}"
            return refused(self._server, event, message.id, SpecCode.INVALID_PARAMS, why, "invalid-params")
        self._envelope = {**self._envelope, META_LOG_LEVEL: level}
        return self._here(event, message)

    @property
    def _may_subscribe(self) -> bool:
        return nested(self._offered, "resources").get("subscribe") is True

    def _subscription(self, event: HostSent, message: Request) -> list[Move]:
        uri = text(obj(message.params).get("uri"))
        if uri is None:
            why = "params.uri has to be a string"
            return refused(self._server, event, message.id, SpecCode.INVALID_PARAMS, why, "invalid-params")
        wanted = message.method == "resources/subscribe"
        if not self._listening.want(uri, wanted=wanted, asker=(event.channel, message.id)):
            why = "too many resources are subscribed to"
            return refused(self._server, event, message.id, SpecCode.INVALID_REQUEST, why, "too-many-open-calls")
        return self._listen(event.now)

    # -- what changes -----------------------------------------------------------------------------

    def _listen(self, now: float) -> list[Move]:
        """Open the stream for what is wanted now, unless one is being opened."""
        moves: list[Move] = [answered(*asker, {}) for asker in self._listening.settle()]
        wanted = self._listening.next_filter(self._offered, now)
        if wanted is None:
            return moves
        number = self._number()
        self._listening.opening(number)
        return [*moves, self._own("subscriptions/listen", {"notifications": wanted}, now, number)]

    def _heard(self, effect: SendToHost, now: float) -> list[Move]:
        """Take what comes on our own stream."""
        body = effect.body
        if effect.final:
            asked = self._listening.ended(effect.about, now)
            gone = [failed(*asker, self._listening_error(body)) for asker in asked]
            return [*gone, *self._listen(now)]
        if body.get("method") != "notifications/subscriptions/acknowledged":
            return [SendToHost(untagged(body), 0, None)]
        assert self._who is not None  # noqa: S101 - the host has spoken before us
        honoured = nested(body, "params", "notifications").get("resourceSubscriptions")
        known = {uri for uri in honoured if isinstance(uri, str)} if isinstance(honoured, list) else set[str]()
        before, granted, denied = self._listening.acknowledged(effect.about, known)
        moves: list[Move] = [answered(*asker, {}) for asker in granted]
        error: JsonObject = {"code": int(SpecCode.INVALID_PARAMS), "message": "Sekisho: the server did not subscribe"}
        moves += [failed(*asker, error) for asker in denied]
        if before is not None:
            moves.append(note_down(self._who, BRIDGE_OWN, "notifications/cancelled", {"requestId": before}, now))
        return [*moves, *self._listen(now)]

    def _listening_error(self, body: JsonObject) -> JsonObject:
        error = body.get("error")
        if isinstance(error, dict):
            return error
        return {"code": int(SpecCode.INTERNAL_ERROR), "message": "Sekisho: the server ended its stream of changes"}

    # -- notifications and answers of the host ----------------------------------------------------

    def _notification(self, event: HostSent, message: Notification) -> list[Move]:
        if self._stage is not _Stage.BRIDGED:
            return [Down(event)] if self._stage is not _Stage.ASKED else []
        match message.method:
            case "notifications/initialized":
                self._listening.begin()
                return self._listen(event.now)
            case "notifications/cancelled":
                return self._cancelled(event, message)
            case _:
                # Progress on a question and changed roots: 2026-07-28 has no way to say so.
                return []

    def _cancelled(self, event: HostSent, message: Notification) -> list[Move]:
        id_ = obj(message.params).get("requestId")
        if isinstance(id_, bool) or not isinstance(id_, int | str):
            return []
        key = (event.channel, id_)
        call = self._asking.calls.get(key)
        if call is None:
            return []
        if not call.questions:
            return [Down(event)]
        return [*self._asking.cancel(call, key), CloseStream(*key)]

    def _answer(self, event: HostSent, message: Response | Failure) -> list[Move]:
        moves = self._asking.answer(event, message)
        if moves is not None:
            return moves
        if self._stage is not _Stage.BRIDGED:
            return [Down(event)]
        fields: JsonObject = {"rule": "unknown-answer", "verdict": "deny"}
        return [Record("host-answer", event.who, self._server, fields, {})]

    # -- what the session says --------------------------------------------------------------------

    def from_server(self, effect: SendToHost | CloseStream | EndSession, now: float) -> list[Move]:
        """Take what the session has for its host."""
        match effect:
            case SendToHost() if effect.channel == BRIDGE_OWN:
                return self._discovered(effect.body) if self._stage is _Stage.ASKED else self._heard(effect, now)
            case SendToHost(channel=channel, about=int() | str() as about, final=True):
                return self._answered(effect, (channel, about), now)
            case CloseStream() if effect.channel == BRIDGE_OWN:
                self._listening.ended(effect.about, now)
                return []
            case CloseStream():
                self._asking.calls.pop((effect.channel, effect.about), None)
                return [effect]
            case SendToHost() | EndSession():
                return [effect]
            case _:
                assert_never(effect)

    def _answered(self, effect: SendToHost, about: Key, now: float) -> list[Move]:
        """Take an answer to a request of the host; what was asked before it greeted is answered as it is."""
        if self._stage is _Stage.TRIED and about == self._opened_by:
            return self._initialized(effect, now)
        call = self._asking.calls.pop(about, None)
        if call is None:
            return [effect]
        error = effect.body.get("error")
        if isinstance(error, dict):
            return [failed(*about, error_for_older_host(call.method, error))]
        result = obj(effect.body.get("result"))
        if result.get("resultType") == "input_required" and call.method in INPUT_REQUIRED:
            self._asking.calls[about] = call
            return self._asking.asked(call, about, result, now)
        body: JsonObject = {**effect.body, "result": result_for_older_host(call.method, result)}
        return [SendToHost(body, *about, final=True)]

    def tick(self, now: float) -> list[Move]:
        """Give up questions that nobody answers, and open the stream of changes again when it broke."""
        moves = self._asking.tick(now)
        return [*moves, *self._listen(now)] if self._stage is _Stage.BRIDGED else moves
