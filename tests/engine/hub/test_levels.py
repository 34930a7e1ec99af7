"""Log levels: one request of the host, one to every server that logs, one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridgekit import error, note, params, request, result
from hubkit import Company, introduced, older
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject

MUTE: JsonObject = {"tools": {}}


def level(at: Company, id_: int = 1) -> dict[str, JsonObject]:
    """Let the host set a level; return what each server gets."""
    told = at.host(request(id_, "logging/setLevel", {"level": "debug"}))
    assert all(params(body) == {"level": "debug"} for _, body in told)
    return dict(told)


def test_every_server_that_logs_is_told_and_the_host_is_answered_once() -> None:
    at = older("a", "b", "c", b=MUTE)
    told = level(at)
    assert set(told) == {"a", "c"}
    assert at.server("a", result(told["a"]["id"], {})) == []
    assert at.server("c", result(told["c"]["id"], {})) == [result(1, {})]


def test_one_that_can_is_enough() -> None:
    at = older()
    told = level(at)
    at.server("a", error(told["a"]["id"], -1))
    assert at.server("b", result(told["b"]["id"], {})) == [result(1, {})]


def test_the_first_error_is_passed_on_when_none_can() -> None:
    at = older()
    told = level(at)
    at.server("b", error(told["b"]["id"], -1, "first"))
    (got,) = at.server("a", error(told["a"]["id"], -2, "second"))
    assert (got["id"], obj(got["error"])["code"]) == (1, -1)


def test_a_server_that_does_not_answer_holds_nobody_up() -> None:
    at = older()
    told = level(at)
    at.server("a", result(told["a"]["id"], {}))
    assert at.wait(2.0) == [result(1, {})]
    assert at.server("b", result(told["b"]["id"], {})) == []


def test_where_nobody_logs_the_method_does_not_exist() -> None:
    at = older(a=MUTE, b=MUTE)
    assert level(at) == {}
    assert obj(at.last["error"])["code"] == -32601


def test_where_somebody_may_still_come_the_level_is_kept_for_them() -> None:
    at = Company()
    asked = dict(at.host(request(0, "initialize", {"protocolVersion": "2025-11-25", "capabilities": {}})))
    at.server("a", introduced(asked["a"], MUTE))
    at.wait(2.0)
    at.host(note("notifications/initialized"))
    assert level(at) == {}
    assert at.last == result(1, {})
    at.server("b", introduced(asked["b"]))
    alias, body = at.to_server[-1]
    assert (alias, body["method"]) == ("b", "logging/setLevel")
    assert at.server("b", result(body["id"], {})) == []


def test_a_server_that_leaves_while_it_is_told_costs_nobody_an_answer() -> None:
    at = older()
    told = level(at)
    at.server("b", result(told["b"]["id"], {}))
    (got,) = at.end("a")
    assert got == result(1, {})
    assert not at.owed


def test_a_server_that_is_told_after_the_others_may_leave_too() -> None:
    at = Company()
    asked = dict(at.host(request(0, "initialize", {"protocolVersion": "2025-11-25", "capabilities": {}})))
    at.server("a", introduced(asked["a"]))
    at.wait(2.0)
    at.host(note("notifications/initialized"))
    told = level(at)
    at.server("a", result(told["a"]["id"], {}))
    at.server("b", introduced(asked["b"]))
    assert at.end("b") == []
    assert not at.owed
