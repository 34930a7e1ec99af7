"""One session of an older server, for all requests of newer hosts that declare the same capabilities."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from sekisho.engine.bridge.changes import Changes
from sekisho.engine.bridge.moves import answered, failed, note_down, refused, request_down, told, untold
from sekisho.engine.bridge.parked import OpenCall, Question
from sekisho.engine.bridge.translate import (
    LEVELS,
    as_discovered,
    error_for_newer_host,
    for_older_server,
    hears,
    level_of,
    result_for_newer_host,
)
from sekisho.engine.effects import CloseStream, Record, SendToHost
from sekisho.engine.events import BRIDGE_OWN
from sekisho.engine.seal import SealError, request_binding
from sekisho.wire.jsonrpc import result_body
from sekisho.wire.versions import (
    INPUT_REQUIRED,
    LATEST_LEGACY,
    LATEST_MODERN,
    METHODS,
    NEEDED_CAPABILITY,
    SpecCode,
)
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from sekisho.engine.bridge.moves import Move
    from sekisho.engine.bridge.parked import Key
    from sekisho.engine.events import HostSent
    from sekisho.engine.seal import Sealer
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import JsonObject, Request

__all__ = ["Side"]

_WAITING: Final = 256
"""How many requests may wait for the server's start."""

_PARKED: Final = 32
"""How many calls may be parked; fewer than the questions for which the session takes a server for a flood."""

_PATIENCE: Final = 3600.0
"""How long a call stays parked, in seconds; a person may be thinking about it."""

_ROUNDS: Final = 16
"""How often a host may come back for one call."""

_OF_BOTH: Final = METHODS[LATEST_LEGACY].host_requests & METHODS[LATEST_MODERN].host_requests
_NOBODY: Final = "no request is open in which the client could be asked"
_AGAIN: Final = "requestState was altered, has expired, or belongs to another request; repeat the request without it"


class _Stage(Enum):
    NEW = auto()
    OPENING = auto()
    UP = auto()


class Side:
    """The bridge for one such session.

    Args:
        number: which session it is.
        who: on whose behalf it is opened.
        server: the server's identity.
        sealer: seals the numbers of parked calls.
        epoch: the time of day minus the monotonic time of the events, in seconds.
        capabilities: what its hosts declared.
        client_info: what the first of them said about itself.
    """

    def __init__(
        self,
        number: int,
        *,
        who: Who,
        server: str,
        sealer: Sealer,
        epoch: float,
        capabilities: JsonObject,
        client_info: JsonObject,
    ) -> None:
        self.number = number
        self.used_at = 0.0
        """When a host last asked for something."""
        self._who = who
        self._server = server
        self._sealer = sealer
        self._epoch = epoch
        self._capabilities = capabilities
        self._client_info = client_info
        self._stage = _Stage.NEW
        self._initialized: JsonObject = {}
        self._waiting: list[tuple[HostSent, Request]] = []
        self._calls: dict[int, OpenCall] = {}
        self._handles: dict[int, OpenCall] = {}
        self._changes = Changes(number)
        self._last = 0
        self._opening = 0
        self._level: int | None = None

    @property
    def waiting(self) -> list[tuple[HostSent, Request]]:
        """The requests of the host that wait for the server's start."""
        return self._waiting

    @property
    def idle(self) -> bool:
        """Whether nothing is open."""
        return not (self._waiting or self._calls or self._changes.open)

    @property
    def busy(self) -> bool:
        """Whether time could change anything."""
        return bool(self._handles)

    def has(self, key: Key) -> bool:
        """Tell whether this request of the host is open here."""
        return (
            self._changes.has(key)
            or any(call.key == key for call in self._calls.values() if not call.parked)
            or any((event.channel, message.id) == key for event, message in self._waiting)
        )

    def request(self, event: HostSent, message: Request) -> list[Move]:
        """Take a request of the host, whose envelope is right."""
        self.used_at = event.now
        if self._stage is _Stage.UP:
            return self._forward(event, message)
        if len(self._waiting) >= _WAITING:
            why = "too many requests wait for the server's start"
            return self._refused(event, message, SpecCode.INTERNAL_ERROR, why, "too-many-open-calls")
        self._waiting.append((event, message))
        return self._open(event) if self._stage is _Stage.NEW else []

    def _open(self, event: HostSent) -> list[Move]:
        self._stage = _Stage.OPENING
        self._last += 1
        self._opening = self._last
        params: JsonObject = {
            "protocolVersion": str(LATEST_LEGACY),
            "capabilities": self._capabilities,
            "clientInfo": self._client_info,
        }
        return [request_down(event.who, BRIDGE_OWN, self._opening, "initialize", params, event.now, self.number)]

    def _opened(self, effect: SendToHost, now: float) -> list[Move]:
        """Take the answer to our `initialize`."""
        waiting, self._waiting = self._waiting, []
        result = effect.body.get("result")
        if not isinstance(result, dict):
            self._stage = _Stage.NEW
            error = obj(effect.body.get("error"))
            return [failed(event.channel, message.id, error_for_newer_host(error)) for event, message in waiting]
        self._stage, self._initialized, self._level = _Stage.UP, result, None
        moves: list[Move] = [note_down(self._who, BRIDGE_OWN, "notifications/initialized", None, now, self.number)]
        for event, message in waiting:
            moves += self._forward(event, message)
        return moves

    @property
    def _offered(self) -> JsonObject:
        return obj(self._initialized.get("capabilities"))

    def _forward(self, event: HostSent, message: Request) -> list[Move]:
        method = message.method
        if method == "server/discover":
            fields: JsonObject = {"method": method, "verdict": "allow", "outcome": "bridge"}
            made = as_discovered(self._initialized)
            return [Record("request", event.who, self._server, fields, {}), answered(event.channel, message.id, made)]
        if method == "subscriptions/listen":
            return self._changes.listen(event, message, self._offered, self._next, self._server)
        if method not in _OF_BOTH:
            why = "the server does not offer this method"
            return self._refused(event, message, SpecCode.METHOD_NOT_FOUND, why, "unknown-method")
        params = message.params or {}
        if method in INPUT_REQUIRED and "requestState" in params:
            return self._resume(event, message, params)
        return [*self._leveled(event, message), *self._sent(event, message)]

    def _sent(self, event: HostSent, message: Request) -> list[Move]:
        number = self._next()
        self._calls[number] = OpenCall(number, event, message, (event.channel, message.id), level_of(message.params))
        params = for_older_server(message.params) or {}
        return [request_down(event.who, BRIDGE_OWN, number, message.method, params, event.now, self.number)]

    def _leveled(self, event: HostSent, message: Request) -> list[Move]:
        """Have the server log as much as the most curious of its hosts wants."""
        level = level_of(message.params)
        if level is None or "logging" not in self._offered:
            return []
        if self._level is not None and self._level <= level:
            return []
        self._level = level
        params: JsonObject = {"level": LEVELS[level]}
        return [request_down(event.who, BRIDGE_OWN, self._next(), "logging/setLevel", params, event.now, self.number)]

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _refused(self, event: HostSent, message: Request, code: SpecCode, why: str, rule: str) -> list[Move]:
        return refused(self._server, event, message.id, code, why, rule)

    def _asked(self, effect: SendToHost, now: float) -> list[Move]:
        """Take a question of the server: the host is told when its request, or another one, can carry it."""
        body = effect.body
        id_, method = body.get("id"), text(body.get("method")) or ""
        assert isinstance(id_, int | str)  # noqa: S101 - the session gave it
        if method == "ping":
            return [told(self._who, id_, {}, now, self.number)]
        call = self._carrier(effect)
        if call is None or method not in NEEDED_CAPABILITY:
            return [untold(self._who, id_, SpecCode.METHOD_NOT_FOUND, _NOBODY, now, self.number)]
        asked: JsonObject = {"method": method}
        if "params" in body:
            asked["params"] = body["params"]
        call.queue.append(Question(id_, asked, effect.own))
        return [] if call.parked else self._park(call, now)

    def _carrier(self, effect: SendToHost) -> OpenCall | None:
        """Return the call that carries a question: its own where that is known, else one whose host still waits."""
        if effect.about is not None:
            call = self._calls.get(effect.about) if isinstance(effect.about, int) else None
            return call if call is not None and call.request.method in INPUT_REQUIRED else None
        able = [call for call in self._calls.values() if call.request.method in INPUT_REQUIRED]
        return next((call for call in able if not call.parked), able[0] if able else None)

    def _park(self, call: OpenCall, now: float) -> list[Move]:
        """Tell the host what is required, and keep the call."""
        if len(self._handles) >= _PARKED:
            return self._unasked(call, "too many requests wait for their client", now)
        call.put()
        call.parked, call.handle, call.deadline = True, self._next(), now + _PATIENCE
        self._handles[call.handle] = call
        asked = call.request
        binding = request_binding(self._server, call.event.who.principal, asked.method, asked.params or {})
        state = f"{self.number}:{call.handle}"
        result: JsonObject = {
            "resultType": "input_required",
            "inputRequests": {key: question.asked for key, question in call.pending.items()},
            "requestState": self._sealer.seal(state, binding=binding, wall=self._epoch + now),
        }
        channel, about = call.key
        return [SendToHost(result_body(about, result), channel, about, final=True)]

    def _unasked(self, call: OpenCall, why: str, now: float) -> list[Move]:
        """Tell the server that all that it asked for a call goes unanswered."""
        questions = [*call.pending.values(), *call.queue]
        call.pending, call.queue = {}, []
        who = call.event.who
        return [untold(who, each.id, SpecCode.INTERNAL_ERROR, why, now, self.number) for each in questions]

    def _resume(self, event: HostSent, message: Request, params: JsonObject) -> list[Move]:
        """The host comes again with answers."""
        call = self._found(event, message, params)
        if call is None:
            return self._refused(event, message, SpecCode.INVALID_PARAMS, _AGAIN, "request-state-unknown")
        del self._handles[call.handle]
        call.parked, call.key = False, (event.channel, message.id)
        responses = obj(params.get("inputResponses"))
        pending, call.pending = call.pending, {}
        moves: list[Move] = []
        missing: list[Question] = []
        for key, question in pending.items():
            given = responses.get(key)
            if isinstance(given, dict):
                moves.append(told(event.who, question.id, given, event.now, self.number))
            else:
                missing.append(question)
        # What was not answered is asked again (basic/patterns/mrtr), but not for ever.
        call.rounds += 1
        call.queue = [*missing, *call.queue]
        if call.rounds >= _ROUNDS:
            moves += self._unasked(call, "the client did not answer", event.now)
        if call.answer is not None:
            return [*moves, *self._finished(call, call.answer)]
        return [*moves, *self._park(call, event.now)] if call.queue else moves

    def _found(self, event: HostSent, message: Request, params: JsonObject) -> OpenCall | None:
        state = params.get("requestState")
        if not isinstance(state, str):
            return None
        binding = request_binding(self._server, event.who.principal, message.method, params)
        try:
            number, _, handle = self._sealer.open(state, binding=binding, wall=self._epoch + event.now).partition(":")
        except SealError:
            return None
        return self._handles.get(int(handle)) if number == str(self.number) else None

    def cancel(self, key: Key, now: float) -> list[Move]:
        """The host gave up a request, or its channel closed."""
        for place, (event, message) in enumerate(self._waiting):
            if (event.channel, message.id) == key:
                del self._waiting[place]
                return [CloseStream(*key)]
        if self._changes.has(key):
            return [*self._changes.end(key, now, self._next), CloseStream(*key)]
        call = next((call for call in self._calls.values() if call.key == key and not call.parked), None)
        return [] if call is None else [*self._abandoned(call, now), CloseStream(*key)]

    def _abandoned(self, call: OpenCall, now: float) -> list[Move]:
        """Tell the server; what it still says to this goes nowhere."""
        del self._calls[call.number]
        unasked = self._unasked(call, "the client gave the request up", now)
        params: JsonObject = {"requestId": call.number}
        return [
            *unasked,
            note_down(call.event.who, BRIDGE_OWN, "notifications/cancelled", params, now, self.number),
        ]

    def left(self, channel: int, now: float) -> list[Move]:
        """A channel of the host closed: what is still open on it is cancelled."""
        keys = [(event.channel, message.id) for event, message in self._waiting if event.channel == channel]
        keys += [call.key for call in self._calls.values() if call.key[0] == channel and not call.parked]
        keys += self._changes.on(channel)
        moves: list[Move] = []
        for key in keys:
            moves += [move for move in self.cancel(key, now) if not isinstance(move, CloseStream)]
        return moves

    def tick(self, now: float) -> list[Move]:
        """Give up calls whose host has not come again."""
        moves: list[Move] = []
        for handle, call in list(self._handles.items()):
            if call.deadline <= now:
                del self._handles[handle]
                moves += self._abandoned(call, now)
        return moves

    def from_server(self, effect: SendToHost, now: float) -> list[Move]:
        """Take a message of the server."""
        if "method" in effect.body:
            return self._asked(effect, now) if "id" in effect.body else self._notified(effect)
        number = effect.about if isinstance(effect.about, int) else 0
        if number == self._opening and self._stage is _Stage.OPENING:
            return self._opened(effect, now)
        call = self._calls.get(number)
        if call is None:
            return self._changes.answered(effect)
        if call.parked:
            call.answer = effect
            return []
        return self._finished(call, effect)

    def _finished(self, call: OpenCall, effect: SendToHost) -> list[Move]:
        """Give the host the server's answer."""
        del self._calls[call.number]
        channel, about = call.key
        error = effect.body.get("error")
        if isinstance(error, dict):
            return [failed(channel, about, error_for_newer_host(error))]
        result = obj(effect.body.get("result"))
        body: JsonObject = {**effect.body, "id": about, "result": result_for_newer_host(call.request.method, result)}
        return [SendToHost(body, channel, about, final=True)]

    def _notified(self, effect: SendToHost) -> list[Move]:
        method = effect.body.get("method")
        match method:
            case "notifications/progress" | "notifications/message":
                return self._placed(effect, text(obj(effect.body.get("params")).get("level")))
            case "notifications/cancelled":
                self._withdrawn(obj(effect.body.get("params")).get("requestId"))
                return []
            case _:
                return self._changes.changed(effect.body)

    def _placed(self, effect: SendToHost, level: str | None) -> list[Move]:
        """Give progress and log messages to the request that they are about."""
        call = self._calls.get(effect.about) if isinstance(effect.about, int) else None
        if call is None and level is not None:
            curious = [each for each in self._calls.values() if each.level is not None and not each.parked]
            call = curious[0] if len(curious) == 1 else None
        if call is None or call.parked or (level is not None and not hears(call.level, level)):
            return []
        channel, about = call.key
        return [SendToHost(effect.body, channel, about)]

    def _withdrawn(self, id_: object) -> None:
        """The server takes a question back; what the host says to it will go nowhere."""
        for call in self._calls.values():
            call.queue = [each for each in call.queue if each.id != id_]
            call.pending = {key: each for key, each in call.pending.items() if each.id != id_}

    def ended(self) -> list[Move]:
        """The session is over; the next request opens another."""
        self._stage = _Stage.NEW
        return self._changes.finish()
