"""What the servers say: to the host that they work for, under the host's ids, and nothing of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridgekit import error, note, params, request, result
from hubkit import Company, discovered, introduced, modern, newer, older, rule_of
from sekisho.engine.effects import CloseStream, SendToHost
from sekisho.engine.events import HUB_OWN, Trouble
from sekisho.engine.hub.steps import FromServer, StreamClosed
from sekisho.wire.views import items, obj

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

CHANGED = "notifications/tools/list_changed"
UPDATED = "notifications/resources/updated"
PROGRESS = "notifications/progress"
TOOLS: JsonObject = {"tools": [{"name": "t", "inputSchema": {"type": "object"}}]}


def tools(at: Company, id_: Id, *, to: str = "ab") -> dict[str, Id]:
    """Let the host list; return the ids of what the servers get."""
    asked = at.host(request(id_, "tools/list"))
    assert [alias for alias, _ in asked] == list(to)
    return {alias: body["id"] for alias, body in asked if isinstance(body["id"], int)}


def read(at: Company, id_: Id, uri: str, **about: Json) -> JsonObject:
    ((alias, got),) = at.host(request(id_, "resources/read", {"uri": uri, "_meta": about}))
    assert uri.startswith(alias)
    return got


def test_a_list_that_has_changed_is_read_again_from_that_server_only() -> None:
    at = older()
    for alias, id_ in tools(at, 1).items():
        at.server(alias, result(id_, TOOLS))
    assert at.host(request(2, "tools/list")) == []
    (told,) = at.server("b", note(CHANGED))
    assert told == note(CHANGED)
    again = tools(at, 3, to="b")
    at.server("b", result(again["b"], TOOLS))
    assert not at.owed


def test_an_update_names_the_resource_as_the_host_knows_it() -> None:
    at = older()
    (told,) = at.server("b", note(UPDATED, {"uri": "x:y"}))
    assert params(told)["uri"] == "b+x:y"


def test_log_messages_pass_as_they_are() -> None:
    at = older()
    said = note("notifications/message", {"level": "info", "data": "x"})
    assert at.server("a", said) == [said]


def test_a_ping_of_a_server_is_one_to_the_host_or_answered_before_it() -> None:
    at = older()
    at.server("b", request(1, "ping"))
    answers = [body for alias, body in at.to_server if alias == "b"]
    asked = [each.body for each in at.to_host if isinstance(each, SendToHost)]
    assert len(answers) + len(asked) == 1


def test_progress_comes_with_the_hosts_token_from_the_server_that_works() -> None:
    at = older()
    got = read(at, 1, "a+x:y", progressToken="mine")
    token = obj(params(got)["_meta"])["progressToken"]
    (told,) = at.server("a", note(PROGRESS, {"progressToken": token, "progress": 1}))
    assert params(told)["progressToken"] == "mine"
    assert at.server("b", note(PROGRESS, {"progressToken": token, "progress": 1})) == []


def test_progress_and_words_about_requests_of_ours_stay_here() -> None:
    at = newer()
    at.host(modern(1, "tools/list"), channel=1)
    for method, more in ((PROGRESS, {"progressToken": 1, "progress": 1}), ("notifications/message", {"data": "x"})):
        about: JsonObject = {**more}
        sent = SendToHost(note(method, about), HUB_OWN, 1)
        assert at.hub.receive(FromServer(0, sent, at.now)) == []


def test_an_answer_to_nothing_and_one_of_the_wrong_server_are_dropped() -> None:
    at = older()
    got = tools(at, 1)
    reading = read(at, 2, "a+x:y")
    for channel, id_, place in (
        (HUB_OWN, 99, 0),
        (HUB_OWN, "x", 0),
        (0, 99, 0),
        (0, 2, 1),
        (HUB_OWN, got_number(at, "a"), 1),
    ):
        sent = SendToHost(result(id_, {}), channel, id_, final=True)
        assert at.hub.receive(FromServer(place, sent, at.now)) == []
    for alias, id_ in got.items():
        at.server(alias, result(id_, TOOLS))
    at.server("a", result(reading["id"], {"contents": []}))
    assert not at.owed


def got_number(at: Company, alias: str) -> int:
    """Return the hub's own number of what it asked a server last: those of its requests follow each other."""
    assert [each for each, body in at.to_server if body["method"] == "tools/list"] == ["a", "b"]
    opened = len(at.aliases)
    return opened + 1 + at.aliases.index(alias)


def test_a_stream_that_is_closed_by_another_server_stays_open() -> None:
    at = older()
    read(at, 1, "a+x:y")
    assert at.hub.receive(StreamClosed(1, 0, 1, at.now)) == []
    assert at.hub.receive(StreamClosed(0, 0, 9, at.now)) == []
    (closed,) = at.hub.receive(StreamClosed(0, 0, 1, at.now))
    assert isinstance(closed, CloseStream)
    assert at.hub.open_requests == 0


def test_a_request_that_the_host_cancels_closes_once_and_a_late_answer_is_dropped() -> None:
    at = newer()
    ((alias, got),) = at.host(modern(1, "resources/read", {"uri": "b+x:y"}), channel=4)
    at.host(note("notifications/cancelled", {"requestId": 1}), channel=4)
    at.server(alias, result(got["id"], {"resultType": "complete", "contents": []}))
    assert not at.owed


def test_a_session_that_ends_answers_what_it_had_and_leaves_the_others_alone() -> None:
    at = older()
    read(at, 1, "a+x:1")
    other = read(at, 2, "b+x:2")
    (told,) = at.end("a")
    assert (told["id"], rule_of(told)) == (1, "server-session-ended")
    at.server("b", result(other["id"], {"contents": []}))
    assert not at.owed


def test_a_session_that_ends_while_its_list_is_read_holds_nobody_up() -> None:
    at = older()
    first = tools(at, 1)
    at.server("b", result(first["b"], TOOLS))
    at.to_server.clear()
    assert at.end("a") == []
    ((alias, hello),) = at.to_server
    at.server(alias, introduced(hello))
    assert [body["method"] for _, body in at.to_server[1:]] == ["notifications/initialized", "tools/list"]
    (*_, told) = at.server("a", result(at.to_server[-1][1]["id"], TOOLS))
    assert told["id"] == 1
    assert not at.owed


def test_a_session_that_ends_leaves_the_lists_of_the_others_to_be_read() -> None:
    at = older()
    first = tools(at, 1)
    at.end("a")
    assert at.server("b", result(first["b"], TOOLS)) == []
    (told,) = at.wait(2.0)
    assert [obj(tool)["name"] for tool in items(obj(told["result"])["tools"])] == ["b__t"]


def test_a_server_that_exits_with_calls_open_costs_its_own_only() -> None:
    at = older()
    read(at, 1, "a+x:1")
    other = read(at, 2, "b+x:2")
    (told,) = at.lose("a", Trouble.EXITED)
    assert (told["id"], rule_of(told)) == (1, "server-exited")
    at.server("b", result(other["id"], {"contents": []}))
    assert not at.owed


def test_a_server_of_2026_that_ends_a_call_itself_tells_the_host_nothing_else() -> None:
    at = newer()
    ((_, got),) = at.host(modern(1, "resources/read", {"uri": "a+x:y"}), channel=4)
    at.server("a", error(got["id"], -32002))
    assert obj(at.last["error"])["code"] == -32002
    assert not at.owed


def test_a_host_that_is_told_of_nobody_hears_of_no_change() -> None:
    at = Company()
    asked = dict(at.host(modern("open", "server/discover")))
    at.server("a", discovered(asked["a"]))
    at.wait(2.0)
    assert at.server("b", discovered(asked["b"])) == []
