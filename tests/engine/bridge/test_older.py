"""A 2026-07-28 host in front of a server up to 2025-11-25: opening, sessions by capabilities, and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bridgekit import ALICE, Crossing, behind, envelope, error, initialized, modern, note, params, request, result
from sekisho.engine.effects import CloseStream, EndSession
from sekisho.engine.events import BRIDGE_OWN, Trouble
from sekisho.engine.state import Face
from sekisho.wire.views import meta, obj

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject


# -- opening -------------------------------------------------------------------------------------


def test_a_server_that_answers_discover_needs_no_bridge() -> None:
    at = Crossing(newer=False)
    (probe,) = at.host(modern(1, "server/discover"))
    versions: list[Json] = ["2026-07-28"]
    answer = at.server(result(probe["id"], {"supportedVersions": versions, "capabilities": {}}))
    assert answer[0]["id"] == 1
    assert not at.older.direct
    (passed,) = at.host(modern(2, "tools/list"))
    assert passed["method"] == "tools/list"
    assert at.older.direct
    assert at.host(note("notifications/cancelled", {"requestId": 2}))[0]["method"] == "notifications/cancelled"


def test_a_call_before_discover_waits_for_our_own_and_goes_on_untouched_when_it_is_answered() -> None:
    at = Crossing(newer=False)
    (probe,) = at.host(modern("a", "tools/call", {"name": "t"}))
    assert probe["method"] == "server/discover"
    assert at.host(modern("b", "tools/list")) == []
    versions: list[Json] = ["2026-07-28"]
    assert at.server(result(probe["id"], {"supportedVersions": versions, "capabilities": {}})) == []
    sent = [body["method"] for _, body in at.to_server[-2:]]
    assert sent == ["tools/call", "tools/list"]
    assert at.older.direct


def test_discover_is_answered_from_initialize() -> None:
    at = behind()
    answer = obj(at.last["result"])
    assert at.last["id"] == 0
    assert answer["supportedVersions"] == ["2026-07-28"]
    assert answer["capabilities"] == {"tools": {"listChanged": True}, "resources": {"subscribe": True}, "logging": {}}
    assert (answer["instructions"], answer["ttlMs"], answer["cacheScope"]) == ("Be kind.", 0, "private")
    assert meta(answer)["io.modelcontextprotocol/serverInfo"] == {"name": "older", "version": "1"}
    assert at.starts == 1
    opened = next(body for _, body in at.to_server if body["method"] == "initialize")
    assert params(opened)["capabilities"] == {"elicitation": {}}
    assert at.to_server[-1][1]["method"] == "notifications/initialized"


def test_a_server_that_can_not_be_started_is_no_reason_for_another_generation() -> None:
    at = Crossing(newer=False)
    at.host(modern(1, "tools/list"))
    (answer,) = at.lose(Trouble.CANNOT_START)
    assert (answer["id"], obj(answer["error"])["code"]) == (1, -31002)
    at.now += 60
    assert at.host(modern(2, "server/discover"))[0]["method"] == "server/discover"
    (answer,) = at.lose(Trouble.EXITED)
    assert answer["id"] == 2


def test_a_server_that_answers_neither_is_refused_and_may_be_tried_again() -> None:
    at = Crossing(newer=False)
    (probe,) = at.host(modern(1, "tools/list"))
    at.server(error(probe["id"], -32601))
    opening = at.to_server[-1][1]
    (answer,) = at.server(error(opening["id"], -32002, "out of order"))
    assert (answer["id"], obj(answer["error"])["code"]) == (1, -32602)
    (again,) = at.host(modern(2, "tools/list"))
    assert again["method"] == "initialize"


@pytest.mark.parametrize(
    ("about", "code"),
    [
        (None, -32602),
        ({"io.modelcontextprotocol/protocolVersion": "2026-07-28"}, -32602),
        ({**envelope(), "io.modelcontextprotocol/protocolVersion": "2030-01-01"}, -32022),
    ],
)
def test_an_envelope_that_is_not_right_is_refused(about: JsonObject | None, code: int) -> None:
    for at in (Crossing(newer=False), behind()):
        more: JsonObject = {} if about is None else {"_meta": about}
        assert at.host(request("x", "tools/list", more)) == []
        assert obj(at.last["error"])["code"] == code


def test_what_waits_is_bounded_and_may_be_taken_back() -> None:
    at = Crossing(newer=False)
    for number in range(257):
        at.host(modern(number, "tools/list"))
    assert at.rules()[-1] == "too-many-open-calls"
    at.host(note("notifications/cancelled", {"requestId": 3}))
    assert at.closed() == [(0, 3)]
    for unknown in (3, True, None):
        at.host(note("notifications/cancelled", {"requestId": unknown}))
    assert at.host(note("notifications/roots/list_changed")) == []
    assert len(at.closed()) == 1
    assert at.host(result(1, {})) == []
    assert at.rules()[-1] == "unknown-answer"


def test_a_host_that_leaves_before_the_opening_is_done_is_not_answered() -> None:
    at = Crossing(newer=False, face=Face.HTTP)
    (probe,) = at.host(modern(1, "tools/list"), channel=5)
    assert at.leave(5) == []
    assert at.server(error(probe["id"], -32601)) == []
    assert len(at.to_server) == 1


# -- sessions by capabilities --------------------------------------------------------------------


def test_each_set_of_capabilities_has_a_session_that_is_told_of_no_other() -> None:
    at = behind()
    (opening,) = at.host(modern(1, "tools/list", capabilities={"sampling": {}}))
    assert params(opening)["capabilities"] == {"sampling": {}}
    at.server(initialized(opening), side=1)
    assert at.to_server[-1][0] == 1
    (same,) = at.host(modern(2, "tools/list"))
    assert at.to_server[-1][0] == 0
    assert same["method"] == "tools/list"


def test_sessions_are_bounded_and_the_idlest_goes_first() -> None:
    at = behind()
    for number in range(1, 9):
        capabilities: JsonObject = {"experimental": {str(number): {}}}
        at.now += 1
        (opening,) = at.host(modern(f"c{number}", "tools/call", {"name": "t"}, capabilities=capabilities))
        at.server(initialized(opening), side=number)
    assert at.older.dropped == [0]
    at.host(modern("more", "tools/list", capabilities={"experimental": {"9": {}}}))
    assert at.rules()[-1] == "too-many-open-calls"
    assert at.server(note("notifications/tools/list_changed"), side=0) == []


def test_a_session_that_the_server_ended_is_opened_again_by_the_next_request() -> None:
    at = behind(face=Face.HTTP, server_face=Face.HTTP)
    (sent,) = at.host(modern(1, "tools/list"), channel=1)
    number = sent["id"]
    assert isinstance(number, int)
    at.break_call(number, Trouble.SESSION_ENDED)
    assert "error" in at.last
    assert not any(isinstance(each, EndSession) for each in at.to_host)
    at.now += 60
    again = at.host(modern(2, "tools/list"), channel=2)
    assert [body["method"] for body in again] == ["initialize"]


def test_an_id_that_is_open_is_refused_whatever_session_it_is_in() -> None:
    at = behind()
    at.host(modern(1, "tools/call", {"name": "t"}))
    at.host(modern(1, "tools/list", capabilities={"sampling": {}}))
    assert at.rules()[-1] == "duplicate-id"
    assert at.records[-1].who == ALICE


def test_a_halt_refuses_what_is_open_in_every_session() -> None:
    at = behind()
    at.host(modern(1, "tools/call", {"name": "t"}))
    (opening,) = at.host(modern(2, "tools/list", capabilities={"sampling": {}}))
    at.server(initialized(opening), side=1)
    answers = at.halt()
    assert sorted(str(answer["id"]) for answer in answers) == ["1", "2"]


def test_what_a_session_closes_after_the_host_took_it_back_is_nobodys() -> None:
    at = behind()
    assert at.older.from_server(0, CloseStream(BRIDGE_OWN, 99), at.now) == []


def test_an_error_that_only_newer_servers_know_is_the_hosts_to_act_on() -> None:
    at = Crossing(newer=False)
    (probe,) = at.host(modern(1, "server/discover"))
    (answer,) = at.server(error(probe["id"], -32022))
    assert obj(answer["error"])["code"] == -32022
    assert len(at.to_server) == 1
    assert at.host(modern(2, "server/discover"))[0]["method"] == "server/discover"
