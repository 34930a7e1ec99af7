"""What the host says: answered once, sent to the server that it is for, and to no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bridgekit import error, note, params, request, result
from hubkit import Company, discovered, introduced, modern, newer, older, rule_of
from sekisho.engine.effects import CloseStream
from sekisho.engine.hub.setup import HubPatience
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

HELLO: JsonObject = {"protocolVersion": "2025-11-25", "capabilities": {}}


def code(body: JsonObject) -> Json:
    return obj(body["error"])["code"]


def read(at: Company, id_: Id, uri: str) -> JsonObject:
    """Let the host read; return what the one server gets."""
    ((alias, got),) = at.host(request(id_, "resources/read", {"uri": uri}))
    assert uri == f"{alias}+{params(got)['uri']}"
    return got


def test_a_ping_is_answered_here() -> None:
    at = older()
    assert at.host(request(1, "ping")) == []
    assert at.last == result(1, {})


def test_a_request_goes_to_its_server_and_to_no_other() -> None:
    at = older()
    first, second = read(at, 1, "a+x:y"), read(at, 2, "b+x:y")
    at.server("b", result(second["id"], {"contents": []}))
    assert at.last == result(2, {"contents": []})
    at.server("a", result(first["id"], {"contents": []}))
    assert at.last == result(1, {"contents": []})
    assert not at.owed


def test_an_answer_of_another_server_answers_nothing() -> None:
    at = older()
    got = read(at, 1, "a+x:y")
    assert at.server("b", result(got["id"], {"contents": []})) == []
    assert at.owed == {(0, 1)}


def test_an_id_that_is_still_open_is_refused_and_the_first_goes_on() -> None:
    at = older()
    got = read(at, 1, "a+x:y")
    at.host(request(2, "ping"))
    before = at.hub.open_requests
    at.owed.add((0, 1))
    at.host(request(1, "ping"))
    assert code(at.last) == -32600
    at.owed.add((0, 1))
    assert at.hub.open_requests == before == 1
    at.server("a", result(got["id"], {"contents": []}))
    assert at.last == result(1, {"contents": []})


def test_a_cancelled_request_is_cancelled_at_its_server_only() -> None:
    at = older()
    got = read(at, 1, "b+x:y")
    ((alias, told),) = at.host(note("notifications/cancelled", {"requestId": 1}))
    assert (alias, params(told)["requestId"]) == ("b", got["id"])


def test_a_request_that_still_waits_is_cancelled_here() -> None:
    at = Company()
    at.host(request(0, "initialize", HELLO))
    at.host(request(1, "resources/read", {"uri": "a+x:y"}))
    assert at.host(note("notifications/cancelled", {"requestId": 1})) == []
    assert at.closed() == [(0, 1)]
    assert at.owed == {(0, 0)}
    assert at.host(note("notifications/cancelled", {"requestId": 0})) == []
    assert at.owed == {(0, 0)}


@pytest.mark.parametrize("about", [True, None, 77, 1.5])
def test_a_cancellation_of_nothing_reaches_nobody(about: Json) -> None:
    at = older()
    read(at, 1, "a+x:y")
    assert at.host(note("notifications/cancelled", {"requestId": about})) == []
    assert at.host(note("notifications/cancelled")) == []


def test_what_is_no_message_is_answered() -> None:
    at = older()
    (told,) = at.garble(5)
    assert (told["id"], code(told)) == (5, -32600)


def test_a_channel_that_closes_is_told_to_those_who_work_for_it() -> None:
    at = newer()
    at.host(modern(1, "resources/read", {"uri": "a+x:y"}), channel=1)
    at.host(modern(1, "resources/read", {"uri": "b+x:y"}), channel=2)
    told = at.leave(1)
    assert [(alias, body["method"]) for alias, body in told] == [("a", "notifications/cancelled")]
    assert at.leave(9) == []
    assert at.hub.open_requests == 1


def test_notifications_go_to_every_server_that_is_there() -> None:
    at = Company("a", "b", "c")
    asked = dict(at.host(request(0, "initialize", HELLO)))
    for alias in ("a", "b"):
        at.server(alias, introduced(asked[alias]))
    told = at.host(note("notifications/initialized"))
    assert [alias for alias, _ in told] == ["a", "b"]
    told = at.host(note("notifications/roots/list_changed"))
    assert [alias for alias, _ in told] == ["a", "b"]
    assert at.host(note("notifications/initialized")) == []
    assert at.host(note("notifications/other")) == []
    assert at.rules() == ["unknown-method"] * 2


def test_a_server_that_comes_late_is_told_what_the_others_were() -> None:
    at = Company()
    asked = dict(at.host(request(0, "initialize", HELLO)))
    at.server("a", introduced(asked["a"]))
    assert at.owed == {(0, 0)}
    (opened,) = at.wait(2.0)
    assert opened["id"] == 0
    at.host(note("notifications/initialized"))
    at.host(request(1, "logging/setLevel", {"level": "info"}))
    at.to_server.clear()
    told = at.server("b", introduced(asked["b"]))
    assert sorted(str(body["method"]) for body in told) == [
        f"notifications/{feature}/list_changed" for feature in ("prompts", "resources", "tools")
    ]
    assert [(alias, body["method"]) for alias, body in at.to_server] == [
        ("b", "notifications/initialized"),
        ("b", "logging/setLevel"),
    ]


def test_a_halt_refuses_requests_and_lets_the_rest_pass() -> None:
    at = older()
    got = read(at, 1, "a+x:y")
    (told,) = at.halt()
    assert (told["id"], rule_of(told)) == (1, "halted")
    at.to_server.clear()
    assert at.host(request(2, "resources/read", {"uri": "b+x:y"})) == []
    assert rule_of(at.last) == "halted"
    assert at.host(request(3, "ping")) == []
    assert at.last == result(3, {})
    assert at.server("a", result(got["id"], {"contents": []})) == []
    at.resume()
    got = read(at, 4, "b+x:y")
    at.server("b", result(got["id"], {"contents": []}))
    assert not at.owed


def test_what_waits_when_a_halt_comes_is_refused_too() -> None:
    at = Company()
    asked = dict(at.host(request(0, "initialize", HELLO)))
    at.host(request(1, "resources/read", {"uri": "a+x:y"}))
    at.halt()
    before = len(at.to_server)
    at.server("a", introduced(asked["a"]))
    at.server("b", introduced(asked["b"]))
    assert [body["method"] for _, body in at.to_server[before:] if "id" in body] == []
    assert not at.owed


def test_a_failed_record_refuses_and_nothing_passes() -> None:
    at = older()
    at.unwritable = True
    for id_, method in enumerate(("ping", "nonsense", "resources/unknown")):
        assert at.host(request(id_, method)) == []
        assert rule_of(at.last) == "audit-unavailable"
    assert rule_of(at.garble(9)[0]) == "audit-unavailable"
    ((alias, got),) = at.host(request(10, "tools/list"))[:1]
    at.server(alias, result(got["id"], {"tools": []}))
    (told,) = at.server("b", result(at.to_server[-1][1]["id"], {"tools": []}))
    assert (told["id"], rule_of(told)) == (10, "audit-unavailable")


def test_a_failed_record_about_a_cancellation_cancels_all_the_same() -> None:
    at = Company()
    at.host(modern(0, "server/discover"), channel=1)
    at.unwritable = True
    at.host(note("notifications/cancelled", {"requestId": 0}), channel=1)
    assert at.closed() == [(1, 0)]


def test_a_failed_record_about_a_call_answers_as_calls_are_answered() -> None:
    at = older()
    at.unwritable = True
    asked = at.host(request(1, "tools/call", {"name": "none__x"}))
    assert asked == []
    assert rule_of(at.last) == "audit-unavailable"


def test_a_failed_record_about_a_server_that_has_come_costs_it_nothing() -> None:
    at = Company("a")
    ((_, got),) = at.host(request(0, "initialize", HELLO))
    at.host(request(1, "resources/read", {"uri": "a+x:y"}))
    at.unwritable = True
    at.server("a", introduced(got))
    ((_, asked),) = at.to_server[1:]
    assert asked["method"] == "resources/read"
    at.server("a", result(asked["id"], {"contents": []}))
    assert not at.owed


def test_too_many_requests_are_refused_and_the_others_go_on() -> None:
    at = older(patience=HubPatience(open=1))
    got = read(at, 1, "a+x:y")
    at.host(request(2, "ping"))
    assert rule_of(at.last) == "too-many-open-calls"
    at.server("a", result(got["id"], {"contents": []}))
    assert not at.owed


def test_a_request_that_waits_for_a_slow_server_wakes_nobody_in_vain() -> None:
    at = Company()
    asked = dict(at.host(request(0, "initialize", HELLO)))
    at.host(request(1, "resources/read", {"uri": "a+x:y"}))
    at.wait(2.0)
    assert at.hub.wakes_at is None
    assert at.owed == {(0, 1)}
    at.server("a", introduced(asked["a"]))
    at.server("a", result(at.to_server[-1][1]["id"], {"contents": []}))
    assert at.last == result(1, {"contents": []})


def test_a_host_of_2026_is_told_of_all_once_each_has_answered() -> None:
    at = Company()
    asked = dict(at.host(modern(0, "server/discover")))
    assert at.server("a", discovered(asked["a"])) == []
    (told,) = at.server("b", discovered(asked["b"]))
    assert told["id"] == 0
    assert obj(told["result"])["supportedVersions"] == ["2026-07-28"]


def test_one_server_of_the_older_generation_makes_it_that_of_all() -> None:
    at = Company()
    asked = dict(at.host(modern(0, "server/discover")))
    at.server("a", discovered(asked["a"]))
    (told,) = at.server("b", error(asked["b"]["id"], -32601))
    assert code(told) == -32601
    asked = dict(at.host(request(1, "initialize", HELLO)))
    assert set(asked) == {"a", "b"}


def test_a_host_of_2026_is_served_while_no_server_has_answered() -> None:
    at = Company()
    at.host(modern(0, "server/discover"))
    (told,) = at.wait(2.0)
    assert "tools" in obj(obj(told["result"])["capabilities"])


def test_a_host_that_goes_back_to_the_older_generation_gets_new_sessions_for_it() -> None:
    at = Company()
    probed = dict(at.host(modern(0, "server/discover")))
    at.server("b", discovered(probed["b"]))
    before = dict(at.sessions)
    asked = dict(at.host(request(1, "initialize", {"protocolVersion": "2025-11-25", "capabilities": {}})))
    assert all(at.sessions[place] is not session for place, session in before.items())
    assert {alias: body["method"] for alias, body in asked.items()} == {"a": "initialize", "b": "initialize"}
    for alias, body in asked.items():
        at.server(alias, introduced(body, {"prompts": {}}))
    assert 1 in [body.get("id") for body in bodies(at)]
    assert "tools" not in obj(obj(at.last["result"])["capabilities"])


def bodies(at: Company) -> list[JsonObject]:
    return [each.body for each in at.to_host if not isinstance(each, CloseStream)]


def test_a_host_that_did_not_wait_for_its_probe_is_one_of_2025_and_what_a_server_said_to_it_is_forgotten() -> None:
    at = Company()
    probes = dict(at.host(modern("probe", "server/discover")))
    assert sorted(probes) == ["a", "b"]
    at.server("a", discovered(probes["a"]))
    greetings = dict(at.host(request(0, "initialize", HELLO)))
    assert (code(at.last), at.last["id"], at.rules()[-1]) == (-32600, "probe", "mixed-generations")
    assert [greetings[alias]["method"] for alias in "ab"] == ["initialize", "initialize"]
    assert at.server("a", introduced(greetings["a"])) == []
    (answer,) = at.server("b", introduced(greetings["b"]))
    assert (answer["id"], obj(answer["result"])["protocolVersion"]) == (0, "2025-11-25")
    assert not at.owed
