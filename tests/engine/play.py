"""Conversations as tests: an event, the effects that must follow, an event, the effects that must follow.

`Play` feeds a session and remembers what it did; `expects` compares everything but the records, `records` the records.
Whatever the test is about, `Play` also checks at each step that nothing is sent without a record before it.
Server-side ids are ours and count from 1, so a test can write them down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self, TypeAlias
from unittest.mock import ANY

import pytest

from sekisho.engine.effects import (
    AbortCall,
    CloseStream,
    EndSession,
    Keep,
    Look,
    Plead,
    Record,
    SendToHost,
    SendToServer,
    StartServer,
    StopServer,
    Tell,
)
from sekisho.engine.events import (
    CallBroke,
    Halted,
    HostGarbled,
    HostLeft,
    HostSent,
    Looked,
    RecordFailed,
    Resumed,
    ServerGarbled,
    ServerLeft,
    ServerSent,
    Ticked,
)
from sekisho.engine.refusal import REFUSAL_KEY
from sekisho.engine.seal import Sealer
from sekisho.engine.session import Session
from sekisho.engine.state import Face, Patience, Setup
from sekisho.model.subject import Who
from sekisho.policy.document import Policy
from sekisho.wire.jsonrpc import Failure, Response, read_message
from sekisho.wire.versions import META_CLIENT_CAPABILITIES, META_PROTOCOL_VERSION, Generation
from sekisho.wire.views import meta, obj
from workkit import received

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sekisho.engine.effects import Effect
    from sekisho.engine.events import Event, Trouble
    from sekisho.engine.state import State
    from sekisho.engine.surface.shelf import Guard
    from sekisho.guards.objection import Told
    from sekisho.model.rule import Rule
    from sekisho.model.subject import Carrier, Subject
    from sekisho.policy.calls import CallTerms
    from sekisho.policy.facts import ServerFacts
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

LEGACY: Final = Generation.LEGACY
MODERN: Final = Generation.MODERN
STDIO: Final = Face.STDIO
HTTP: Final = Face.HTTP
MODERN_REVISION: Final = "2026-07-28"
ALICE: Final = Who(principal="alice", conversation="first")
BOB: Final = Who(principal="bob", conversation="second")
KEY: Final = bytes(range(32))
_UNRECORDED: Final = ("notifications/progress", "notifications/message")

Headers: TypeAlias = tuple[tuple[bytes, bytes], ...]


def request(id_: Id, method: str, params: JsonObject | None = None) -> JsonObject:
    return {"jsonrpc": "2.0", "id": id_, "method": method, **({} if params is None else {"params": params})}


def note(method: str, params: JsonObject | None = None) -> JsonObject:
    body: JsonObject = {"jsonrpc": "2.0", "method": method}
    return body if params is None else {**body, "params": params}


def result(id_: Id, value: JsonObject | None = None) -> JsonObject:
    return {"jsonrpc": "2.0", "id": id_, "result": value if value is not None else {}}


def error(id_: Id | None, code: int = -32000, message: str = "no") -> JsonObject:
    return {"jsonrpc": "2.0", "id": id_, "error": {"code": code, "message": message}}


def cancelled(id_: Json, **more: Json) -> JsonObject:
    return note("notifications/cancelled", {"requestId": id_, **more})


def envelope(capabilities: JsonObject | None = None, **more: Json) -> JsonObject:
    """Return the `_meta` that every 2026-07-28 request carries."""
    return {META_PROTOCOL_VERSION: MODERN_REVISION, META_CLIENT_CAPABILITIES: capabilities or {}, **more}


def initialize(id_: Id, version: str = "2025-11-25", capabilities: JsonObject | None = None) -> JsonObject:
    return request(id_, "initialize", {"protocolVersion": version, "capabilities": capabilities or {}})


def initialized(id_: Id, version: str = "2025-11-25", **more: Json) -> JsonObject:
    """Return a server's answer to `initialize`."""
    return result(id_, {"protocolVersion": version, "capabilities": {}, "serverInfo": {"name": "s"}, **more})


def discovered(id_: Id, **more: Json) -> JsonObject:
    """Return a server's answer to `server/discover`."""
    versions: list[Json] = [MODERN_REVISION]
    return result(id_, {"supportedVersions": versions, "capabilities": {}, **more})


# -- what the session does -----------------------------------------------------------------------


ANYTHING: Final[object] = ANY


@dataclass(frozen=True)
class Seen:
    """One effect, with the values in it that a test can foretell."""

    what: str
    body: object = None
    place: object = None
    final: bool = False
    headers: Headers = ()


def to_server(body: JsonObject, call: object = ANYTHING, headers: Headers = ()) -> Seen:
    return Seen("to server", body, call, headers=headers)


def to_host(body: JsonObject, *, channel: int = 0, about: Id | None = None) -> Seen:
    """Expect a message that answers nothing."""
    return Seen("to host", body, (channel, about))


def answer(body: JsonObject, *, channel: int = 0) -> Seen:
    """Expect the final answer to a request."""
    return Seen("to host", body, (channel, body["id"]), final=True)


def refused(id_: Id, rule: str, *, channel: int = 0) -> Seen:
    """Expect a refusal of ours; its words are the business of `model.messages`."""
    return Seen("refused", rule, (channel, id_), final=True)


def failed(id_: Id | None, code: int, *, channel: int = 0) -> Seen:
    """Expect an error that the specification asks for."""
    return Seen("failed", code, (channel, id_), final=True)


def closes(id_: Id, *, channel: int = 0) -> Seen:
    return Seen("closes stream", None, (channel, id_))


def aborts(call: int) -> Seen:
    return Seen("aborts", None, call)


def stops(trouble: Trouble) -> Seen:
    return Seen("stops server", trouble)


def looks(id_: Id, *needs: str, channel: int = 0) -> Seen:
    """Expect a question about the world."""
    return Seen("looks", needs, (channel, id_))


STARTS: Final = Seen("starts server")
ENDS_SESSION: Final = Seen("ends session")


def _seen(effect: Effect) -> Seen:  # noqa: C901, PLR0911 - one line for each kind of effect
    match effect:
        case SendToServer(body, call, headers):
            return Seen("to server", body, call, headers=headers)
        case SendToHost(body, channel, about, final):
            return _seen_by_host(body, (channel, about), final=final)
        case CloseStream(channel, about):
            return Seen("closes stream", None, (channel, about))
        case AbortCall(call):
            return Seen("aborts", None, call)
        case StopServer(trouble):
            return Seen("stops server", trouble)
        case StartServer():
            return STARTS
        case EndSession():
            return ENDS_SESSION
        case Look(channel, id_, needs):
            return Seen("looks", tuple(f"{need.wanted} {need.subject}" for need in needs), (channel, id_))
        case Plead(channel, id_, tool, _):
            return Seen("pleads", tool, (channel, id_))
        case Record() | Keep() | Tell():
            raise AssertionError("these are compared by themselves")


def _seen_by_host(body: JsonObject, place: object, *, final: bool) -> Seen:
    trouble = obj(body.get("error"))
    details = obj(trouble.get("data")), meta(obj(body.get("result")))
    for detail in details:
        if REFUSAL_KEY in detail:
            return Seen("refused", obj(detail[REFUSAL_KEY])["rule"], place, final=final)
    said = trouble.get("message")
    if final and isinstance(said, str) and said.startswith(("Sekisho: ", "Unsupported protocol version")):
        return Seen("failed", trouble["code"], place, final=final)
    return Seen("to host", body, place, final=final)


def key(effect: Effect) -> object:
    """Return what makes two effects the same one."""
    return _seen(effect)


# -- the play ------------------------------------------------------------------------------------


@dataclass
class Play:
    """A session, fed by a test."""

    host_face: Face = STDIO
    server_face: Face = STDIO
    rules: Mapping[Carrier, Sequence[Rule[Subject]]] = field(default_factory=dict["Carrier", "Sequence[Rule[Subject]]"])
    policy: Policy = field(default_factory=Policy)
    patience: Patience = field(default_factory=Patience)
    guard: Guard | None = None
    facts: ServerFacts | None = None
    calls: Mapping[str, CallTerms] = field(default_factory=dict[str, "CallTerms"])
    server_name: str = "server"
    now: float = 100.0
    effects: list[Effect] = field(default_factory=list["Effect"])
    modern: bool = False
    lenient: bool = False
    apart: bool = False
    works: bool = True  # a worker reads at once what the server said

    def __post_init__(self) -> None:
        setup = Setup(
            server=self.server_name,
            who=ALICE,
            host_face=self.host_face,
            server_face=self.server_face,
            sealer=Sealer(KEY, b"s" * 16),
            salt=b"salt",
            epoch=1_000_000.0,
            policy=self.policy,
            rules=self.rules,
            patience=self.patience,
            guard=self.guard,
            facts=self.facts,
            lenient=self.lenient,
            apart=self.apart,
            calls=self.calls,
        )
        self.session = Session(setup)

    def opened(
        self, generation: Generation, capabilities: JsonObject | None = None, offered: JsonObject | None = None
    ) -> Self:
        """Go through the handshake; the next call has number 2."""
        kept: JsonObject = {"capabilities": offered or {}}
        if generation is LEGACY:
            self.host(initialize("open", capabilities=capabilities))
            self.server(result(1, {"protocolVersion": "2025-11-25", **kept}))
            return self.host(note("notifications/initialized"))
        self.modern = True
        self.host(request("open", "server/discover", {"_meta": envelope(capabilities)}))
        return self.server(result(1, {"supportedVersions": [MODERN_REVISION], **kept}))

    def asks(
        self,
        id_: Id,
        method: str,
        params: JsonObject | None = None,
        *,
        capabilities: JsonObject | None = None,
        about: JsonObject | None = None,
    ) -> JsonObject:
        """Return a request of the host in the session's generation; `about` goes into `_meta`."""
        params = params or {}
        if self.modern:
            return request(id_, method, {**params, "_meta": {**envelope(capabilities), **(about or {})}})
        return request(id_, method, {**params, "_meta": about} if about else params)

    def receive(self, event: Event) -> Self:
        self.effects = received(self.session, event) if self.works else self.session.receive(event)
        _check_records(self.effects)
        return self

    def host(self, body: JsonObject, *, channel: int = 0, who: Who = ALICE, headers: Headers = ()) -> Self:
        return self.receive(HostSent(read_message(body), who, channel, self.now, headers))

    def host_garbled(self, reason: str, id_: Id | None = None, *, channel: int = 0) -> Self:
        return self.receive(HostGarbled(reason, "it was wrong", id_, ALICE, channel, self.now))

    def host_left(self, channel: int = 0) -> Self:
        return self.receive(HostLeft(channel, self.now))

    def server(self, body: JsonObject, *, call: int | None = None) -> Self:
        """Let the server speak; over HTTP an answer comes on the stream of its call unless `call` says otherwise."""
        message = read_message(body)
        if call is None and self.server_face is HTTP and isinstance(message, Response | Failure):
            call = message.id if isinstance(message.id, int) else None
        return self.receive(ServerSent(message, self.now, call))

    def server_garbled(self, reason: str = "malformed-json", call: int | None = None) -> Self:
        return self.receive(ServerGarbled(reason, call, self.now))

    def server_left(self, trouble: Trouble) -> Self:
        return self.receive(ServerLeft(trouble, self.now))

    def broke(self, call: int, trouble: Trouble) -> Self:
        return self.receive(CallBroke(call, trouble, self.now))

    def tick(self, after: float = 0.0) -> Self:
        self.now += after
        return self.receive(Ticked(self.now))

    def wait(self, seconds: float) -> Self:
        """Let time pass without an event."""
        self.now += seconds
        return self

    def halt(self) -> Self:
        return self.receive(Halted(self.now))

    def resume(self) -> Self:
        return self.receive(Resumed(self.now))

    def record_fails(self, at: int = 0) -> Self:
        """Let the audit fail at the record with this place among the last effects; those behind it are lost."""
        places = [place for place, effect in enumerate(self.effects) if isinstance(effect, Record)]
        lost = self.effects[places[at] + 1 :]
        self.effects = self.session.receive(RecordFailed(self.now, lost))
        assert not any(isinstance(effect, Record) for effect in self.effects)
        return self

    def looked(self, id_: Id, told: Told, *, channel: int = 0) -> Self:
        return self.receive(Looked(channel, id_, told, self.now))

    def expects(self, *expected: Seen) -> Self:
        """Compare all effects of the last event that either side notices, in order."""
        assert self.seen == list(expected)
        return self

    def expects_nothing(self) -> Self:
        return self.expects()

    def records(self, kind: str, /, **fields: object) -> Self:
        """Find a record of the last event that has these fields."""
        found = [effect for effect in self.effects if isinstance(effect, Record) and effect.kind == kind]
        assert any(all(record.fields.get(name) == value for name, value in fields.items()) for record in found), found
        return self

    @property
    def state(self) -> State:
        """What the session remembers, for tests of its bounds only."""
        return self.session._state  # pyright: ignore[reportPrivateUsage] - bounds are not visible from outside

    @property
    def seen(self) -> list[Seen]:
        """The effects of the last event that either side notices."""
        return [_seen(effect) for effect in self.effects if not isinstance(effect, Record | Keep | Tell)]

    @property
    def recorded(self) -> list[Record]:
        """The records of the last event."""
        return [effect for effect in self.effects if isinstance(effect, Record)]

    @property
    def sent(self) -> list[JsonObject]:
        """The bodies that the last event sent to either side."""
        return [effect.body for effect in self.effects if isinstance(effect, SendToHost | SendToServer)]


def _check_records(effects: Sequence[Effect]) -> None:
    recorded = False
    for effect in effects:
        recorded = recorded or isinstance(effect, Record)
        if isinstance(effect, SendToHost | SendToServer):
            assert recorded or effect.body.get("method") in _UNRECORDED, f"sent without a record: {effect}"


each_generation = pytest.mark.parametrize("generation", [LEGACY, MODERN], ids=["legacy", "modern"])

_FACES: Final = [(STDIO, STDIO), (STDIO, HTTP), (HTTP, STDIO), (HTTP, HTTP)]
each_face = pytest.mark.parametrize(("host", "server"), _FACES, ids=["-".join(pair) for pair in _FACES])
