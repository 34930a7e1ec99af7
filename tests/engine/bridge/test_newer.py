"""A host up to 2025-11-25 in front of a server that speaks 2026-07-28 only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridgekit import (
    HELLO,
    INFO,
    OFFER,
    Crossing,
    crossed,
    discovered,
    envelope,
    error,
    note,
    params,
    request,
    result,
)
from sekisho.engine.effects import SendToHost
from sekisho.engine.events import HUB_OWN, Trouble
from sekisho.engine.state import Face
from sekisho.wire.versions import Revision
from sekisho.wire.views import meta, obj
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject

# -- opening -------------------------------------------------------------------------------------


def test_the_answer_to_initialize_is_made_of_that_to_discover() -> None:
    at = crossed()
    answer = obj(at.last["result"])
    assert at.last["id"] == 0
    assert answer == {
        "protocolVersion": "2025-06-18",
        "capabilities": OFFER,
        "serverInfo": INFO,
        "instructions": "Be kind.",
    }
    assert at.newer.revision is Revision.V2025_06_18
    assert at.starts == 1
    about = meta(params(at.to_server[-1][1]))
    assert obj(about["io.modelcontextprotocol/clientCapabilities"]) == HELLO["capabilities"]
    assert about["io.modelcontextprotocol/clientInfo"] == HELLO["clientInfo"]


def test_a_server_that_takes_initialize_needs_no_bridge() -> None:
    at = Crossing(newer=True)
    (tried,) = at.host(request(0, "initialize", HELLO))
    assert not at.newer.direct
    at.server(result(tried["id"], {"protocolVersion": "2025-06-18", "capabilities": {}, "serverInfo": INFO}))
    assert at.newer.direct
    assert at.newer.revision is None
    (passed,) = at.host(request(1, "tools/list"))
    assert "_meta" not in params(passed)


def test_a_server_that_speaks_neither_is_refused_with_its_own_words_and_may_be_tried_again() -> None:
    at = Crossing(newer=True)
    (tried,) = at.host(request(0, "initialize", HELLO))
    at.server(error(tried["id"], -32602, "no such revision"))
    at.server(error(at.to_server[-1][1]["id"], -32601))
    assert obj(at.last["error"])["message"] == "no such revision"
    (again,) = at.host(request(1, "initialize", HELLO))
    assert again["method"] == "initialize"


def test_a_server_that_can_not_be_started_is_no_reason_to_ask_for_another_generation() -> None:
    at = Crossing(newer=True)
    at.host(request(0, "initialize", HELLO))
    before = len(at.to_server)
    at.lose(Trouble.CANNOT_START)
    assert len(at.to_server) == before
    assert "error" in at.last


def test_an_answer_that_can_not_be_read_is_a_reason() -> None:
    at = Crossing(newer=True, server_face=Face.HTTP)
    (tried,) = at.host(request(0, "initialize", HELLO))
    number = tried["id"]
    assert isinstance(number, int)
    at.break_call(number, Trouble.GARBLED)
    assert at.to_server[-1][1]["method"] == "server/discover"
    assert at.starts == 0


def test_what_comes_before_and_during_the_opening_is_the_sessions_or_has_to_wait() -> None:
    at = Crossing(newer=True)
    at.host(request(5, "tools/list"))
    assert obj(at.last["error"])["code"] == -32602
    at.host(note("notifications/initialized"))
    (tried,) = at.host(request(0, "initialize", HELLO))
    at.host(request(6, "ping"))
    at.server(error(tried["id"], -32022))
    assert at.host(note("notifications/initialized")) == []
    at.host(request(7, "tools/list"))
    assert at.rules()[-1] == "not-initialized"
    assert at.host(result(1, {})) == []


# -- requests ------------------------------------------------------------------------------------


def test_each_request_carries_what_the_host_declared_once() -> None:
    at = crossed()
    (sent,) = at.host(request("a", "tools/call", {"name": "t", "arguments": {"x": 1}, "_meta": {"progressToken": 7}}))
    about = meta(params(sent))
    assert about["io.modelcontextprotocol/protocolVersion"] == "2026-07-28"
    assert about["progressToken"] == sent["id"]
    assert params(sent)["arguments"] == {"x": 1}
    (progress,) = at.server(note("notifications/progress", {"progressToken": sent["id"], "progress": 1}))
    assert params(progress)["progressToken"] == 7
    done: JsonObject = {"resultType": "complete", "content": [], "structuredContent": [1], "_meta": {"a": 1}}
    (answer,) = at.server(result(sent["id"], done))
    assert answer == result("a", {"content": [], "_meta": {"a": 1}})


def test_lists_come_without_what_only_2026_knows() -> None:
    at = crossed()
    (sent,) = at.host(request(1, "tools/list"))
    tools: list[Json] = [
        {"name": "a", "inputSchema": {"type": "object"}, "outputSchema": {"type": "array"}},
        {"name": "b", "inputSchema": {"type": "object"}, "outputSchema": {"type": "object"}, "x": 1},
    ]
    listed: JsonObject = {"resultType": "complete", "ttlMs": 0, "cacheScope": "private", "tools": tools}
    about: JsonObject = {"io.modelcontextprotocol/serverInfo": INFO}
    (answer,) = at.server(result(sent["id"], {**listed, "_meta": about}))
    kept = obj(answer["result"])
    assert kept == {"tools": [{"name": "a", "inputSchema": {"type": "object"}}, tools[1]]}


def test_ping_and_the_log_level_are_answered_here() -> None:
    at = crossed()
    assert at.host(request(1, "ping")) == []
    assert at.last == result(1, {})
    assert at.host(request(2, "logging/setLevel", {"level": "warning"})) == []
    assert at.last == result(2, {})
    (sent,) = at.host(request(3, "tools/list"))
    assert meta(params(sent))["io.modelcontextprotocol/logLevel"] == "warning"
    at.host(request(4, "logging/setLevel", {"level": "loud"}))
    assert obj(at.last["error"])["code"] == -32602


@rows(
    ("method", "code"),
    [
        ("logging/setLevel", -32601),
        ("resources/subscribe", -32601),
        ("tasks/list", -32601),
        ("server/discover", -32601),
        ("subscriptions/listen", -32601),
        ("nonsense", -32601),
        ("initialize", -32600),
    ],
)
def test_what_the_server_does_not_offer_is_refused(method: str, code: int) -> None:
    at = crossed({})
    assert at.host(request(1, method, {})) == []
    assert obj(at.last["error"])["code"] == code


def test_an_id_that_is_still_open_is_refused() -> None:
    at = crossed()
    at.host(request(1, "tools/call", {"name": "t"}))
    assert at.host(request(1, "tools/list")) == []
    assert at.rules()[-1] == "duplicate-id"


def test_a_missing_resource_has_the_code_that_older_hosts_know() -> None:
    at = crossed()
    for number, (method, code) in enumerate((("resources/read", -32002), ("tools/call", -32602)), 1):
        (sent,) = at.host(request(number, method, {"uri": "a:b", "name": "t"}))
        at.server(error(sent["id"], -32602))
        assert obj(at.last["error"])["code"] == code


def test_a_cancelled_call_is_cancelled_at_the_server_and_its_stream_closes() -> None:
    at = crossed()
    (sent,) = at.host(request(1, "tools/call", {"name": "t"}))
    (told,) = at.host(note("notifications/cancelled", {"requestId": 1}))
    assert params(told)["requestId"] == sent["id"]
    assert at.closed() == [(0, 1)]
    for unknown in (1, 99, True, None):
        assert at.host(note("notifications/cancelled", {"requestId": unknown})) == []
    assert at.host(note("notifications/roots/list_changed")) == []


def test_logs_of_the_server_reach_the_host() -> None:
    at = crossed()
    (said,) = at.server(note("notifications/message", {"level": "info", "data": "x"}))
    assert said["method"] == "notifications/message"


def test_an_envelope_of_2026_is_not_taken_from_an_older_host() -> None:
    at = crossed()
    (sent,) = at.host(request(1, "tools/list", {"_meta": envelope({"roots": {}})}))
    about = meta(params(sent))
    assert about["io.modelcontextprotocol/clientCapabilities"] == HELLO["capabilities"]


def test_a_host_that_says_nothing_of_itself_is_passed_on_as_it_is() -> None:
    at = Crossing(newer=True)
    (tried,) = at.host(request(0, "initialize", {"protocolVersion": "2025-06-18", "capabilities": {}}))
    at.server(error(tried["id"], -32022))
    about = meta(params(at.to_server[-1][1]))
    assert set(about) == {f"io.modelcontextprotocol/{name}" for name in ("protocolVersion", "clientCapabilities")}


def test_a_halt_refuses_what_is_open_and_every_further_request() -> None:
    at = crossed()
    at.host(request(1, "tools/call", {"name": "t"}))
    (answer,) = at.halt()
    assert obj(answer["result"])["isError"] is True
    assert at.host(request(2, "tools/list")) == []
    assert (at.last["id"], obj(at.last["error"])["code"]) == (2, -31001)


def test_below_a_hub_two_channels_use_the_same_ids_and_each_gets_its_own_answers() -> None:
    at = Crossing(newer=True)
    (tried,) = at.host(request(1, "initialize", HELLO), channel=HUB_OWN)
    at.server(error(tried["id"], -32022))
    at.server(result(at.to_server[-1][1]["id"], discovered()))
    (ours,) = at.host(request(1, "tools/list"), channel=HUB_OWN)
    (theirs,) = at.host(request(1, "tools/call", {"name": "t"}))
    at.server(result(theirs["id"], {"content": []}))
    at.server(result(ours["id"], {"tools": []}))
    assert [each.channel for each in at.to_host if isinstance(each, SendToHost)] == [HUB_OWN, 0, HUB_OWN]
    assert [list(obj(body["result"])) for body in at.heard(2)] == [["content"], ["tools"]]
