"""The hub as a whole: a fault of our own refuses, and leaves nobody waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.effects import Record, SendToHost
from sekisho.engine.events import HostSent, Ticked
from sekisho.engine.hub import from_host
from sekisho.engine.hub.hub import Hub
from sekisho.engine.hub.state import HubSetup
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


def opening(id_: Id) -> HostSent:
    return asked(id_, "initialize", {"protocolVersion": "2025-11-25", "capabilities": {}})


def answers(effects: list[HubEffect]) -> list[Json]:
    return [effect.body["id"] for effect in effects if isinstance(effect, SendToHost) and effect.final]


def test_a_fault_refuses_what_is_open_and_everything_that_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    at = hub()
    assert answers(at.receive(opening(0))) == []
    assert at.open_requests == 1

    def fail(*_: object) -> list[HubEffect]:
        raise LookupError("a mistake of ours")

    monkeypatch.setattr(from_host, "receive", fail)
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

    def fail(*_: object) -> list[HubEffect]:
        raise LookupError("a mistake of ours")

    monkeypatch.setattr(from_host, "receive", fail)
    assert at.receive(said({"jsonrpc": "2.0", "method": "notifications/initialized"})) == []
