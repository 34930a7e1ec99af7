"""The hub as a whole: a fault of our own refuses, and leaves nobody waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.effects import Record, SendToHost
from sekisho.engine.events import HUB_OWN, Halted, HostGarbled, HostLeft, HostSent, Ticked
from sekisho.engine.hub import from_host, from_server, uris
from sekisho.engine.hub.hub import Hub
from sekisho.engine.hub.setup import HubSetup
from sekisho.engine.hub.steps import Faulted, FromServer, ToServer, Unrecorded
from sekisho.engine.seal import Sealer
from sekisho.model.subject import Who
from sekisho.wire.jsonrpc import read_message
from sekisho.wire.views import obj

if TYPE_CHECKING:
    import pytest

    from sekisho.engine.hub.steps import HubEffect
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

ALICE = Who(principal="alice", conversation="first")


def hub() -> Hub:
    sealer = Sealer(bytes(32), bytes(16))
    return Hub(HubSetup(aliases=("a", "b"), version="1", sealer=sealer, salt=bytes(16), epoch=0.0), ALICE)


def said(body: JsonObject) -> HostSent:
    return HostSent(read_message(body), ALICE, 0, 1.0)


def asked(id_: Id, method: str, params: JsonObject | None = None) -> HostSent:
    return said({"jsonrpc": "2.0", "id": id_, "method": method, "params": params or {}})


def broke(*_: object) -> list[HubEffect]:
    raise LookupError("a mistake of ours")


def heard(server: int, id_: Id, result: JsonObject, channel: int = HUB_OWN) -> FromServer:
    return FromServer(
        server, SendToHost({"jsonrpc": "2.0", "id": id_, "result": result}, channel, id_, final=True), 1.0
    )


def opening(id_: Id) -> HostSent:
    return asked(id_, "initialize", {"protocolVersion": "2025-11-25", "capabilities": {}})


def answers(effects: list[HubEffect]) -> list[Json]:
    return [effect.body["id"] for effect in effects if isinstance(effect, SendToHost) and effect.final]


def test_a_fault_refuses_what_is_open_and_everything_that_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    at = hub()
    assert answers(at.receive(opening(0))) == []
    assert at.open_requests == 1
    monkeypatch.setattr(from_host, "receive", broke)
    effects = at.receive(asked(1, "tools/call", {"name": "a__t"}))
    assert sorted(map(str, answers(effects))) == ["0", "1"]
    assert sum(isinstance(effect, Record) and effect.durable for effect in effects) == 1
    last = effects[-1]
    assert isinstance(last, SendToHost)
    assert obj(last.body["result"])["isError"] is True
    monkeypatch.undo()
    assert answers(at.receive(asked(2, "ping"))) == [2]
    assert at.receive(Ticked(9.0)) == []
    assert at.open_requests == 0


def test_a_fault_without_a_request_answers_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    at = hub()
    monkeypatch.setattr(from_host, "receive", broke)
    assert at.receive(said({"jsonrpc": "2.0", "method": "notifications/initialized"})) == []


def test_a_fault_in_an_answer_refuses_what_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    at = hub()
    at.receive(opening(0))
    for server in (0, 1):
        at.receive(heard(server, server + 1, {"capabilities": {}}))
    assert answers(at.receive(asked("r", "resources/read", {"uri": "a+x:y"}))) == []
    monkeypatch.setattr(uris, "shown_result", broke)
    assert answers(at.receive(heard(0, "r", {}, channel=0))) == ["r"]


def test_behind_a_fault_time_wakes_nobody_and_nothing_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    at = hub()
    at.receive(opening(0))
    assert at.wakes_at is not None
    monkeypatch.setattr(from_server, "receive", broke)
    assert answers(at.receive(heard(0, 1, {}))) == [0]
    assert at.wakes_at is None
    assert at.receive(heard(1, 2, {})) == []


def test_behind_a_fault_a_halt_and_an_end_still_pass_and_what_cannot_be_read_is_answered() -> None:
    at = hub()
    assert at.receive(Faulted()) == []
    for event in (Halted(2.0), HostLeft(0, 2.0)):
        passed = at.receive(event)
        assert [each.server for each in passed if isinstance(each, ToServer)] == [0, 1]
    assert answers(at.receive(HostGarbled("invalid-message", "a message is an object", 4, ALICE, 0, 2.0))) == [4]


def test_behind_a_fault_a_failed_record_still_answers() -> None:
    at = hub()
    at.receive(opening(0))
    refused = at.receive(Faulted())
    assert answers(refused) == [0]
    told = at.receive(Unrecorded(refused[1:]))
    assert answers(told) == [0]
    assert not any(isinstance(effect, Record) for effect in told)


def test_a_fault_at_a_failed_record_answers_what_was_lost_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    at = hub()
    lost = at.receive(asked(1, "ping"))[1:]
    monkeypatch.setattr(at, "_decide", broke)
    assert answers(at.receive(Unrecorded(lost))) == [1]
