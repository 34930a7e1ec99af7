"""Anything may happen in any order: the promises of `Session`, checked against a model that only counts.

The model plays both peers, the shell and the disk: durable records hold back what is behind them, records fail, servers
stop and come back.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, TypeAlias, assert_never

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from engine.play import ALICE, BOB, HTTP, LEGACY, MODERN, STDIO, Play, envelope, note, request, result
from engine.play import initialize as opening
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
    RecordFailed,
    Resumed,
    ServerGarbled,
    ServerLeft,
    ServerSent,
    Ticked,
    Trouble,
)
from sekisho.engine.state import Patience, Stage
from sekisho.wire.jsonrpc import Failure, Request, Response, error_body, read_message
from sekisho.wire.versions import META_SUBSCRIPTION_ID, METHODS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.engine.effects import Effect
    from sekisho.engine.events import Event
    from sekisho.engine.state import Face, State
    from sekisho.wire.jsonrpc import Id, Json, JsonObject
    from sekisho.wire.versions import Generation

Key: TypeAlias = "tuple[int, type, Id]"
PATIENCE = Patience(
    call=50,
    initialize=40,
    cancelled=10,
    ping=10,
    question=60,
    restart_most=4,
    open_calls=6,
    open_asked=3,
    parked=3,
    subscriptions=2,
)
ENOUGH = 200.0
"""After so many seconds of silence nothing but subscriptions may be open."""

HOST_METHODS = sorted({method for table in METHODS.values() for method in table.host_requests} | {"no/such"})
USUAL_METHODS = ["tools/call", "tools/list", "prompts/list", "resources/subscribe", "subscriptions/listen"]
HOST_NOTES = ["notifications/initialized", "notifications/roots/list_changed", "notifications/progress", "no/such"]
SERVER_METHODS = ["ping", "roots/list", "sampling/createMessage", "no/such"]
SERVER_NOTES = sorted({method for table in METHODS.values() for method in table.server_notifications} | {"no/such"})
DECLARED: JsonObject = {"roots": {}, "sampling": {}}

LOSSES = [Trouble.EXITED, Trouble.BROKEN, Trouble.SESSION_ENDED, Trouble.CANNOT_START]

ids = st.sampled_from([1, 2, 3, "1", "2", "a"])
channels = st.integers(0, 2)
methods = st.one_of(st.sampled_from(USUAL_METHODS), st.sampled_from(HOST_METHODS))
tokens = st.sampled_from([None, "t", 1])
numbers = st.integers(1, 20)
perhaps = st.one_of(st.none(), st.none(), numbers)
rarely = st.sampled_from([False] * 7 + [True])
pauses = st.sampled_from([0.0, 0.4, 5.0, 11.0, 41.0, 51.0])


class Anything(RuleBasedStateMachine):
    """Both peers, the shell and the disk."""

    works = True

    def __init__(self) -> None:
        super().__init__()
        self.play = Play(patience=PATIENCE)
        self.marks = 0
        self.asked: Counter[Key] = Counter()
        self.ended: Counter[Key] = Counter()
        self.listens: Counter[Key] = Counter()
        self.gone: Counter[Key] = Counter()
        self.forwarded: Counter[int] = Counter()
        self.questions: Counter[Id] = Counter()
        self.replied: Counter[Id] = Counter()
        self.excused: Counter[Id] = Counter()
        self.calls: dict[int, JsonObject] = {}
        self.held: list[Sequence[Effect]] = []
        self.soon: list[Event] = []
        self.fails = False

    @initialize(
        host=st.sampled_from([STDIO, HTTP]),
        server=st.sampled_from([STDIO, HTTP]),
        generation=st.sampled_from([None, LEGACY, MODERN]),
    )
    def begin(self, host: Face, server: Face, generation: Generation | None) -> None:
        self.play = Play(host, server, patience=PATIENCE, works=self.works)
        if generation is not None:
            self.play.opened(generation, DECLARED)

    # The shell

    def receive(self, event: Event) -> None:
        self.perform(self.play.receive(event).effects)
        while self.soon:
            self.perform(self.play.receive(self.soon.pop()).effects)
        if self.play.session.stage in (Stage.DOWN, Stage.CLOSED):
            self.is_gone()

    def perform(self, effects: Sequence[Effect]) -> None:
        for place, effect in enumerate(effects):
            if not isinstance(effect, Record):
                self.act(effect)
            elif self.fails:
                self.fails = False
                self.lose(effects[place + 1 :])
                return
            elif effect.durable:
                self.held.append(effects[place + 1 :])
                return

    def lose(self, effects: Sequence[Effect]) -> None:
        lost = self.play.session.receive(RecordFailed(self.play.now, effects))
        assert not any(isinstance(effect, Record) for effect in lost)
        self.perform(lost)

    def act(self, effect: Effect) -> None:
        match effect:
            case SendToServer(body, _):
                self.to_server(body)
            case SendToHost():
                self.to_host(effect)
            case CloseStream(channel, about):
                self.ended[channel, type(about), about] += 1
            case AbortCall(call):
                self.calls.pop(call, None)
            case StopServer(trouble):
                self.is_gone()
                self.soon.append(ServerLeft(trouble, self.play.now))
            case StartServer():
                self.calls.clear()
            case EndSession() | Keep() | Look() | Plead() | Tell() | Record():
                pass
            case _:
                assert_never(effect)

    def to_server(self, body: JsonObject) -> None:
        message = read_message(body)
        if isinstance(message, Request):
            assert isinstance(message.id, int)
            assert message.id not in self.calls
            self.calls[message.id] = body
        elif isinstance(message, Response | Failure):
            assert message.id is not None
            self.replied[message.id] += 1
        self.once(body)

    def to_host(self, sent: SendToHost) -> None:
        message = read_message(sent.body)
        if isinstance(message, Response | Failure):
            assert sent.final
            assert message.id == sent.about
            if sent.about is not None:
                self.ended[sent.channel, type(message.id), sent.about] += 1
        else:
            assert not sent.final
        self.once(sent.body)

    def is_gone(self) -> None:
        """Nobody can be answered at a server that is gone."""
        self.calls.clear()
        self.excused = self.questions.copy()

    def once(self, body: JsonObject) -> None:
        """Count the mark of a message: nothing is forwarded twice, but a restarted server is initialized again."""
        if body.get("method") == "initialize":
            return
        for part in (body, body.get("params"), body.get("result"), body.get("error")):
            mark = part.get("mark") if isinstance(part, dict) else None
            if isinstance(mark, int):
                self.forwarded[mark] += 1
                assert self.forwarded[mark] == 1

    def mark(self) -> JsonObject:
        self.marks += 1
        return {"mark": self.marks}

    # The host

    def host(self, body: JsonObject, channel: int, *, bob: bool = False) -> None:
        message = read_message(body)
        if isinstance(message, Request):
            key = (channel, type(message.id), message.id)
            self.asked[key] += 1
            self.listens[key] += message.method == "subscriptions/listen"
        self.receive(HostSent(message, BOB if bob else ALICE, channel, self.play.now))

    @rule(asked=st.lists(st.tuples(ids, channels, methods), min_size=1, max_size=3), token=tokens, strange=rarely)
    def asks(self, asked: list[tuple[Id, int, str]], token: Json, strange: bool) -> None:  # noqa: FBT001 - drawn
        """Ask in the generation that was agreed on, or in the other one."""
        modern = self.play.modern is not strange
        about: JsonObject = {"progressToken": token} if token is not None else {}
        for id_, channel, method in asked:
            told: JsonObject = {**envelope(DECLARED), **about} if modern else about
            params: JsonObject = {**self.mark(), "name": "t", "uri": method, "_meta": told}
            self.host(request(id_, method, params), channel, bob=strange)

    @precondition(lambda self: self.play.session.revision is None)
    @rule(id_=ids, version=st.sampled_from(["2025-11-25", "2025-03-26", "x"]))
    def opens(self, id_: Id, version: str) -> None:
        self.host(opening(id_, version, DECLARED), 0)

    @rule(id_=ids, channel=channels)
    def cancels(self, id_: Id, channel: int) -> None:
        self.host(note("notifications/cancelled", {"requestId": id_, **self.mark()}), channel)

    @rule(number=st.integers(1, 8), channel=channels, ok=st.booleans())
    def answers(self, number: int, channel: int, ok: bool) -> None:  # noqa: FBT001 - drawn
        self.host({**(result(number) if ok else error_body(number, 1, "no")), **self.mark()}, channel)

    # The server

    def server(self, body: JsonObject, call: int | None = None) -> None:
        message = read_message(body)
        if isinstance(message, Request):
            self.questions[message.id] += 1
            self.excused[message.id] += self.play.state.modern
        self.receive(ServerSent(message, self.play.now, call))

    @precondition(lambda self: self.calls)
    @rule(data=st.data(), kind=st.integers(0, 4))
    def replies(self, data: st.DataObject, kind: int) -> None:
        number = data.draw(st.sampled_from(sorted(self.calls)))
        ask = read_message(self.calls.pop(number))
        assert isinstance(ask, Request)
        if kind == 0:
            self.server({**error_body(number, -1, "no"), **self.mark()})
        else:
            self.server(result(number, {**self.mark(), **_reply(ask.method, kind)}))

    @rule(method=st.sampled_from(SERVER_NOTES), about=numbers, call=perhaps)
    def tells(self, method: str, about: int, call: int | None) -> None:
        params: JsonObject = {**self.mark(), "progressToken": about, "requestId": about}
        self.server(note(method, params), call)
        self.server(note(method, {**params, **self.mark(), "_meta": {META_SUBSCRIPTION_ID: about}}), call)
        if method == "notifications/cancelled":
            self.excused[about] += 2  # each takes a question back

    @rule(id_=ids, method=st.sampled_from(SERVER_METHODS), call=perhaps)
    def inquires(self, id_: Id, method: str, call: int | None) -> None:
        self.server(request(id_, method, self.mark()), call)

    @rule(id_=ids)
    def withdraws(self, id_: Id) -> None:
        self.server(note("notifications/cancelled", {"requestId": id_, **self.mark()}))
        self.excused[id_] += 1

    # Everything else

    @rule(kind=st.integers(0, 4), id_=ids, number=numbers, channel=channels, call=perhaps)
    def strays(self, kind: int, id_: Id, number: int, channel: int, call: int | None) -> None:
        match kind:
            case 0:
                self.asked[channel, type(id_), id_] += 1
                self.receive(HostGarbled("duplicate-key", "it was wrong", id_, ALICE, channel, self.play.now))
            case 1:
                self.receive(HostGarbled("malformed-json", "it was wrong", None, ALICE, channel, self.play.now))
            case 2:
                self.receive(ServerGarbled("malformed-json", call, self.play.now))
            case 3:
                self.host(note(HOST_NOTES[number % len(HOST_NOTES)], self.mark()), channel)
            case _:
                answered = id_ if call is None else number
                if isinstance(answered, int) and call in (None, answered):
                    self.calls.pop(answered, None)
                self.server(result(answered, self.mark()), call)

    @rule(pause=pauses)
    def ticks(self, pause: float) -> None:
        self.play.now += pause
        self.receive(Ticked(self.play.now))

    @rule(kind=st.integers(0, 5), call=numbers, trouble=st.sampled_from(LOSSES), channel=channels)
    def has_bad_luck(self, kind: int, call: int, trouble: Trouble, channel: int) -> None:
        now = self.play.now
        match kind:
            case 0:
                self.receive(ServerLeft(trouble, now))
            case 1 | 2:
                self.receive(CallBroke(call, trouble, now))
            case 3:
                for key, times in self.asked.items():
                    if key[0] == channel:
                        self.gone[key] = times - self.ended[key]
                self.receive(HostLeft(channel, now))
            case 4:
                self.receive(Halted(now))
            case _:
                self.receive(Resumed(now))

    @rule()
    def cannot_record_the_next(self) -> None:
        self.fails = True

    @precondition(lambda self: self.play.state.halted)
    @rule()
    def goes_on(self) -> None:
        self.receive(Resumed(self.play.now))

    @precondition(lambda self: self.held)
    @rule(ok=st.booleans())
    def waited_for_the_disk(self, ok: bool) -> None:  # noqa: FBT001 - drawn
        waiting = self.held.pop(0)
        if ok:
            self.perform(waiting)
        else:
            self.lose(waiting)
        while self.soon:
            self.receive(self.soon.pop())

    # The promises

    @invariant()
    def the_promises_are_kept(self) -> None:
        for key, times in self.ended.items():
            assert times <= self.asked[key], f"answered more often than asked: {key}"
        for id_, times in self.replied.items():
            assert times <= self.questions[id_], f"the server's question was answered more often than asked: {id_}"
        _check_bounds(self.play.state)

    def teardown(self) -> None:
        self.fails = False
        for _ in range(10):
            while self.held:
                self.perform(self.held.pop(0))
            self.ticks(ENOUGH)
        for key, times in self.asked.items():
            assert times - self.ended[key] - self.gone[key] <= self.listens[key], key
        for id_, times in self.questions.items():
            assert times <= self.replied[id_] + self.excused[id_], id_
        listening = self.play.session.open_calls
        assert listening <= sum(self.listens.values())
        assert self.play.session.idle or listening


def _reply(method: str, kind: int) -> JsonObject:
    """Return what a server may answer, sensible or not."""
    match kind, method:
        case _, "initialize":
            return {"protocolVersion": "2025-11-25", "capabilities": {"x": {}} if kind == 1 else {}}
        case _, "server/discover":
            return {"supportedVersions": ["2026-07-28"], "capabilities": {}}
        case 1, _:
            return {"resultType": "input_required", "requestState": "s", "inputRequests": {}}
        case 2, "tools/list":
            return {"tools": [{"name": "t"}], "nextCursor": "more"}
        case _:
            return {}


def _check_bounds(state: State) -> None:
    calls = state.calls
    assert len(state.parked) <= PATIENCE.parked
    assert len(calls.asked) <= PATIENCE.open_asked
    assert len(calls.by_number) <= PATIENCE.open_calls + PATIENCE.subscriptions + 2
    assert set(calls._numbers.values()) <= set(calls.by_number)  # pyright: ignore[reportPrivateUsage] - as `Play.state`
    for call in calls.by_number.values():
        assert call.deadline < math.inf or call.method == "subscriptions/listen"


# Explaining a failure takes longer than a test may.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
Anything.TestCase.settings = settings(stateful_step_count=40, deadline=None, phases=_PHASES)
TestAnything = Anything.TestCase
