"""A bridge over real sessions, without a process: what the host says, what the servers get, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.bridge.either import Either
from sekisho.engine.bridge.moves import Down, Renew
from sekisho.engine.bridge.newer import NewerServer
from sekisho.engine.bridge.older import OlderServer
from sekisho.engine.effects import CloseStream, EndSession, Record, SendToHost, SendToServer, StartServer
from sekisho.engine.events import CallBroke, Halted, HostLeft, HostSent, ServerLeft, ServerSent, Trouble
from sekisho.engine.sampling.permits import Permits
from sekisho.engine.seal import Sealer
from sekisho.engine.session import Session
from sekisho.engine.state import Face, Setup
from sekisho.model.subject import Who
from sekisho.policy.document import Policy
from sekisho.wire.jsonrpc import read_message
from sekisho.wire.views import obj
from workkit import received

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sekisho.engine.bridge.moves import Move
    from sekisho.engine.effects import Effect
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

__all__ = [
    "ALICE",
    "ELICITS",
    "HELLO",
    "INFO",
    "MODERN",
    "OFFER",
    "TAG",
    "Crossing",
    "acknowledged",
    "asks",
    "behind",
    "crossed",
    "discovered",
    "envelope",
    "error",
    "initialized",
    "listening",
    "modern",
    "note",
    "params",
    "request",
    "result",
    "tagged",
]

ALICE: Final = Who(principal="alice", conversation="first")
MODERN: Final = "2026-07-28"


def request(id_: Id, method: str, params: JsonObject | None = None) -> JsonObject:
    body: JsonObject = {"jsonrpc": "2.0", "id": id_, "method": method}
    return body if params is None else {**body, "params": params}


def note(method: str, params: JsonObject | None = None) -> JsonObject:
    body: JsonObject = {"jsonrpc": "2.0", "method": method}
    return body if params is None else {**body, "params": params}


def result(id_: Json, value: JsonObject) -> JsonObject:
    return {"jsonrpc": "2.0", "id": id_, "result": value}


def error(id_: Json, code: int, message: str = "no") -> JsonObject:
    return {"jsonrpc": "2.0", "id": id_, "error": {"code": code, "message": message}}


def envelope(capabilities: JsonObject | None = None, **more: Json) -> JsonObject:
    """Return the `_meta` that every 2026-07-28 request carries."""
    prefix = "io.modelcontextprotocol/"
    return {
        f"{prefix}protocolVersion": MODERN,
        f"{prefix}clientCapabilities": capabilities or {},
        **{f"{prefix}{key}" if key in ("logLevel", "clientInfo") else key: value for key, value in more.items()},
    }


class Crossing:
    """One bridge.

    Args:
        newer: whether the host is the older one, and the server the newer; None when that is to be found out.
        face: how the host talks to us.
        server_face: how we talk to the server.
        policy: the sessions'.
    """

    def __init__(
        self,
        *,
        newer: bool | None,
        face: Face = Face.STDIO,
        server_face: Face = Face.STDIO,
        policy: Policy | None = None,
    ) -> None:
        self.now = 100.0
        self.older = OlderServer("srv", sealer=Sealer(bytes(32), bytes(16)), epoch=0.0)
        self.newer = NewerServer("srv")
        self.either = Either(self.newer, self.older)
        self.core: NewerServer | OlderServer | Either = (
            self.either if newer is None else self.newer if newer else self.older
        )
        self.sessions: dict[int, Session] = {}
        self.to_host: list[SendToHost | CloseStream | EndSession] = []
        self.to_server: list[tuple[int, JsonObject]] = []
        self.records: list[Record] = []
        self.renewed: dict[int, Session] = {}
        """Sessions that were let go."""
        self.starts = 0
        self._face, self._server_face, self._policy = face, server_face, policy or Policy()
        self._permits = Permits()

    # -- what the peers do ------------------------------------------------------------------------

    def host(self, body: JsonObject, *, channel: int = 0) -> list[JsonObject]:
        """Let the host say something; return what the servers get."""
        return self._during(lambda: self._moves(self.core.from_host(self._sent(body, channel))))

    def leave(self, channel: int) -> list[JsonObject]:
        """Close a channel of the host."""
        if self.core is self.either:
            return self._during(lambda: self._moves(self.either.left(HostLeft(channel, self.now))))
        return self._during(lambda: self._moves(self.older.left(channel, self.now)))

    def server(self, body: JsonObject, *, side: int = 0, call: int | None = None) -> list[JsonObject]:
        """Let a server say something; return what the host gets."""
        event = ServerSent(read_message(body), self.now, call)
        return self._heard(lambda: self._effects(side, received(self._session(side), event)))

    def break_call(self, number: int, trouble: Trouble, *, side: int = 0) -> list[JsonObject]:
        """Let one exchange with a server fail."""
        event = CallBroke(number, trouble, self.now)
        return self._heard(lambda: self._effects(side, received(self._session(side), event)))

    def lose(self, trouble: Trouble = Trouble.EXITED, *, side: int = 0) -> list[JsonObject]:
        """Let a server leave."""
        event = ServerLeft(trouble, self.now)
        return self._heard(lambda: self._effects(side, received(self._session(side), event)))

    def halt(self) -> list[JsonObject]:
        """Let a person halt everything."""
        act = [
            lambda side=side: self._effects(side, received(self._session(side), Halted(self.now)))
            for side in self.sessions
        ]
        return self._heard(lambda: [each() for each in act])

    def wait(self, seconds: float) -> list[JsonObject]:
        """Let time pass; return what the host gets."""
        self.now += seconds
        return self._heard(lambda: self._moves(self.core.tick(self.now)))

    # -- what came of it --------------------------------------------------------------------------

    @property
    def last(self) -> JsonObject:
        """What the host got last."""
        sent = self.to_host[-1]
        assert isinstance(sent, SendToHost)
        return sent.body

    def heard(self, number: int) -> list[JsonObject]:
        """Return the last messages that the host got."""
        return [each.body for each in self.to_host if isinstance(each, SendToHost)][-number:]

    def closed(self) -> list[tuple[int, Id]]:
        """Which streams of the host were closed without an answer."""
        return [(each.channel, each.about) for each in self.to_host if isinstance(each, CloseStream)]

    def rules(self) -> list[Json]:
        """Which rules were put on record."""
        return [record.fields["rule"] for record in self.records if "rule" in record.fields]

    def _halted(self, side: int) -> None:
        self._effects(side, received(self._session(side), Halted(self.now)))

    def _during(self, act: Callable[[], object]) -> list[JsonObject]:
        before = len(self.to_server)
        act()
        return [body for _, body in self.to_server[before:]]

    def _heard(self, act: Callable[[], object]) -> list[JsonObject]:
        before = len(self.to_host)
        act()
        return [each.body for each in self.to_host[before:] if isinstance(each, SendToHost)]

    def _sent(self, body: JsonObject, channel: int) -> HostSent:
        return HostSent(read_message(body), ALICE, channel, self.now)

    def _session(self, side: int) -> Session:
        if side not in self.sessions:
            setup = Setup(
                server="srv",
                who=ALICE,
                host_face=self._face,
                server_face=self._server_face,
                sealer=Sealer(bytes(32), bytes([side + 1] * 16)),
                salt=bytes(16),
                epoch=0.0,
                policy=self._policy,
                permits=self._permits,
            )
            self.sessions[side] = Session(setup)
        return self.sessions[side]

    def _moves(self, moves: Sequence[Move]) -> None:
        for move in moves:
            match move:
                case Down(event=HostSent() | HostLeft()):
                    self._effects(move.side, received(self._session(move.side), move.event))
                case Record():
                    self.records.append(move)
                case Renew():
                    self.renewed.update(self.sessions)
                    self.sessions = {}
                case _:
                    assert isinstance(move, SendToHost | CloseStream | EndSession)
                    self.to_host.append(move)

    def _effects(self, side: int, effects: Sequence[Effect]) -> None:
        for effect in effects:
            match effect:
                case SendToServer():
                    self.to_server.append((side, effect.body))
                case StartServer():
                    self.starts += 1
                case SendToHost() | CloseStream() | EndSession():
                    if isinstance(self.core, NewerServer):
                        self._moves(self.core.from_server(effect, self.now))
                    else:
                        self._moves(self.core.from_server(side, effect, self.now))
                case Record():
                    self.records.append(effect)
                case _:
                    pass


def params(body: JsonObject) -> JsonObject:
    """Return the params of a message."""
    return obj(body.get("params"))


# -- a newer server --------------------------------------------------------------------------------


HELLO: Final[JsonObject] = {
    "protocolVersion": "2025-06-18",
    "capabilities": {"elicitation": {}, "sampling": {}},
    "clientInfo": {"name": "host", "version": "1"},
}
OFFER: Final[JsonObject] = {
    "tools": {"listChanged": True},
    "resources": {"subscribe": True},
    "prompts": {},
    "logging": {},
}
INFO: Final[JsonObject] = {"name": "newer", "version": "9"}
TAG: Final = "io.modelcontextprotocol/subscriptionId"


def discovered(offer: JsonObject | None = None, **more: Json) -> JsonObject:
    versions: list[Json] = ["2026-07-28"]
    return {
        "resultType": "complete",
        "ttlMs": 5,
        "cacheScope": "public",
        "supportedVersions": versions,
        "capabilities": OFFER if offer is None else offer,
        "_meta": {"io.modelcontextprotocol/serverInfo": INFO},
        **more,
    }


def crossed(offer: JsonObject | None = None, *, face: Face = Face.STDIO, policy: Policy | None = None) -> Crossing:
    """Return a bridge behind its opening."""
    at = Crossing(newer=True, face=face, policy=policy)
    (tried,) = at.host(request(0, "initialize", HELLO))
    at.server(error(tried["id"], -32022, "Unsupported protocol version"))
    asked = at.to_server[-1][1]
    assert asked["method"] == "server/discover"
    at.server(result(asked["id"], discovered(offer, instructions="Be kind.")))
    return at


def listening(at: Crossing) -> JsonObject:
    """Let the host say that it is ready; return the stream that the server is asked for, acknowledged."""
    (listen,) = at.host(note("notifications/initialized"))
    at.server(acknowledged(listen))
    return listen


def acknowledged(listen: JsonObject, honoured: JsonObject | None = None) -> JsonObject:
    wanted = obj(params(listen).get("notifications")) if honoured is None else honoured
    return tagged(listen, "notifications/subscriptions/acknowledged", {"notifications": wanted})


def tagged(listen: JsonObject, method: str, more: JsonObject | None = None) -> JsonObject:
    return note(method, {**(more or {}), "_meta": {TAG: listen["id"]}})


def asks(**wanted: str) -> JsonObject:
    """Return a result that requires something of the host for each key."""
    asked: JsonObject = {key: {"method": method, "params": {"message": key}} for key, method in wanted.items()}
    return {"resultType": "input_required", "inputRequests": asked, "requestState": "opaque"}


# -- an older server -----------------------------------------------------------------------------

ELICITS: Final[JsonObject] = {"elicitation": {}}


def modern(
    id_: Id, method: str, more: JsonObject | None = None, *, capabilities: JsonObject | None = None, **about: Json
) -> JsonObject:
    """Return a request of 2026-07-28, whose host answers forms unless it says otherwise."""
    declared = ELICITS if capabilities is None else capabilities
    return request(id_, method, {**(more or {}), "_meta": envelope(declared, **about)})


def initialized(opening: JsonObject, offer: JsonObject | None = None) -> JsonObject:
    """Return an older server's answer to `initialize`."""
    capabilities: JsonObject = {"tools": {"listChanged": True}, "resources": {"subscribe": True}, "logging": {}}
    opened: JsonObject = {
        "protocolVersion": "2025-11-25",
        "capabilities": capabilities if offer is None else offer,
        "serverInfo": {"name": "older", "version": "1"},
        "instructions": "Be kind.",
    }
    return result(opening["id"], opened)


def behind(
    offer: JsonObject | None = None,
    *,
    face: Face = Face.STDIO,
    server_face: Face = Face.STDIO,
    capabilities: JsonObject | None = None,
    policy: Policy | None = None,
) -> Crossing:
    """Return a bridge to an older server, behind its opening."""
    at = Crossing(newer=False, face=face, server_face=server_face, policy=policy)
    (probe,) = at.host(modern(0, "server/discover", capabilities=capabilities))
    at.server(error(probe["id"], -32601))
    at.server(initialized(at.to_server[-1][1], offer))
    return at
