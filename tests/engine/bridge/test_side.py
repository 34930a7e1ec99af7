"""One session of an older server, for newer hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bridgekit import Crossing, behind, error, initialized, modern, note, params, request, result
from sekisho.engine.events import Trouble
from sekisho.engine.state import Face
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Id, JsonObject


def called(at: Crossing, id_: Id = 1) -> JsonObject:
    """Let the host call a tool; return what the server gets."""
    return at.host(modern(id_, "tools/call", {"name": "t", "arguments": {"x": 1}}))[-1]


def asks(at: Crossing, id_: Id = "s1", method: str = "elicitation/create", call: int | None = None) -> JsonObject:
    """Let the server ask something; return what the host gets."""
    return at.server(request(id_, method, {"message": "who?"}), call=call)[-1]


def again(id_: Id, required: JsonObject, *, given: JsonObject | None = None, name: str = "t") -> JsonObject:
    """Return the host's second request, with answers to all that was required unless it says otherwise."""
    wanted = obj(obj(required["result"])["inputRequests"])
    answers: JsonObject = {key: {"action": "accept"} for key in wanted} if given is None else given
    more: JsonObject = {"inputResponses": answers, "requestState": obj(required["result"])["requestState"]}
    return modern(id_, "tools/call", {"name": name, "arguments": {"x": 1}, **more})


# -- requests ------------------------------------------------------------------------------------


def test_a_request_goes_without_its_envelope_and_its_result_gets_what_2026_requires() -> None:
    at = behind()
    (sent,) = at.host(modern(7, "tools/list", {"cursor": "c"}, clientInfo={"name": "x"}, progressToken="p"))
    assert params(sent) == {"cursor": "c", "_meta": {"progressToken": sent["id"]}}
    (progress,) = at.server(note("notifications/progress", {"progressToken": sent["id"], "progress": 1}))
    assert params(progress)["progressToken"] == "p"
    (answer,) = at.server(result(sent["id"], {"tools": [], "x": 1}))
    assert answer == result(7, {"resultType": "complete", "ttlMs": 0, "cacheScope": "private", "tools": [], "x": 1})


@pytest.mark.parametrize(("code", "told"), [(-32002, -32602), (-32042, -32602), (-32601, -32601), (5, 5)])
def test_codes_that_2026_does_not_have_are_replaced(code: int, told: int) -> None:
    at = behind()
    (sent,) = at.host(modern(1, "resources/read", {"uri": "a:b"}))
    (answer,) = at.server(error(sent["id"], code))
    assert obj(answer["error"])["code"] == told


@pytest.mark.parametrize("method", ["initialize", "ping", "logging/setLevel", "resources/subscribe", "nonsense"])
def test_what_2026_does_not_have_is_refused(method: str) -> None:
    at = behind()
    assert at.host(modern(1, method)) == []
    assert obj(at.last["error"])["code"] == -32601


def test_requests_that_wait_for_the_server_are_bounded_taken_back_and_sent_in_order() -> None:
    at = Crossing(newer=False)
    (probe,) = at.host(modern(0, "server/discover"))
    at.server(error(probe["id"], -32601))
    for number in range(1, 258):
        at.host(modern(number, "tools/list"))
    assert at.rules()[-1] == "too-many-open-calls"
    at.host(note("notifications/cancelled", {"requestId": 5}))
    assert at.closed() == [(0, 5)]
    opening = at.to_server[1][1]
    assert opening["method"] == "initialize"
    at.server(initialized(opening))
    assert [body["method"] for _, body in at.to_server[2:5]] == [
        "notifications/initialized",
        "tools/list",
        "tools/list",
    ]
    assert len(at.to_server) == 3 + 254


def test_a_cancelled_call_is_cancelled_at_the_server() -> None:
    at = behind()
    sent = called(at)
    (told,) = at.host(note("notifications/cancelled", {"requestId": 1}))
    assert params(told)["requestId"] == sent["id"]
    assert at.closed() == [(0, 1)]
    assert at.server(result(sent["id"], {"content": []})) == []
    assert at.host(note("notifications/cancelled", {"requestId": 1})) == []


def test_a_channel_that_closes_cancels_what_is_open_on_it_and_nothing_else() -> None:
    at = behind(face=Face.HTTP)
    one = at.host(modern(1, "tools/call", {"name": "a"}), channel=1)[-1]
    two = at.host(modern(1, "tools/call", {"name": "b"}), channel=2)[-1]
    (told,) = at.leave(1)
    assert params(told)["requestId"] == one["id"]
    assert at.closed() == []
    (answer,) = at.server(result(two["id"], {"content": []}))
    assert answer["id"] == 1


def test_a_server_that_leaves_fails_its_calls() -> None:
    at = behind()
    called(at)
    (answer,) = at.lose()
    assert obj(answer["result"])["isError"] is True
    assert obj(answer["result"])["resultType"] == "complete"


# -- log -----------------------------------------------------------------------------------------


def test_the_server_logs_for_who_wants_it_and_others_hear_nothing() -> None:
    at = behind()
    first = at.host(modern(1, "tools/call", {"name": "a"}, logLevel="warning"))
    assert [body["method"] for body in first] == ["logging/setLevel", "tools/call"]
    assert params(first[0]) == {"level": "warning"}
    assert at.server(note("notifications/message", {"level": "info", "data": 1})) == []
    (heard,) = at.server(note("notifications/message", {"level": "error", "data": 1}))
    assert params(heard)["data"] == 1
    assert at.server(note("notifications/message", {"level": "odd", "data": 1})) == []
    quiet = at.host(modern(2, "tools/call", {"name": "b"}))
    assert [body["method"] for body in quiet] == ["tools/call"]
    more = at.host(modern(3, "tools/call", {"name": "c"}, logLevel="debug"))
    assert params(more[0]) == {"level": "debug"}
    # Two are curious now, so it can't be known whose message this is.
    assert at.server(note("notifications/message", {"level": "error", "data": 1})) == []
    same = at.host(modern(4, "tools/call", {"name": "d"}, logLevel="error"))
    assert [body["method"] for body in same] == ["tools/call"]


def test_a_server_without_a_log_is_not_asked_for_one() -> None:
    at = behind({})
    assert [body["method"] for body in at.host(modern(1, "tools/list", logLevel="info"))] == ["tools/list"]
    assert [body["method"] for body in at.host(modern(2, "tools/list", logLevel="loud"))] == ["tools/list"]


def test_progress_of_no_call_is_dropped() -> None:
    at = behind()
    assert at.server(note("notifications/progress", {"progressToken": 99, "progress": 1})) == []


# -- what the server asks ------------------------------------------------------------------------


def test_a_question_ends_the_request_and_the_next_one_brings_the_answer_to_the_same_call() -> None:
    at = behind()
    sent = called(at)
    required = asks(at)
    assert required["id"] == 1
    assert obj(required["result"])["resultType"] == "input_required"
    wanted = obj(obj(required["result"])["inputRequests"])
    assert wanted == {"q1": {"method": "elicitation/create", "params": {"message": "who?"}}}
    (told,) = at.host(again(2, required))
    assert told == result("s1", {"action": "accept"})
    (answer,) = at.server(result(sent["id"], {"content": []}))
    assert (answer["id"], obj(answer["result"])["resultType"]) == (2, "complete")
    assert sum(body.get("method") == "tools/call" for _, body in at.to_server) == 1


def test_an_answer_that_comes_while_the_host_is_away_waits_for_it() -> None:
    at = behind()
    sent = called(at)
    required = asks(at)
    assert at.server(result(sent["id"], {"content": [], "late": True})) == []
    at.host(again(2, required))
    assert (at.last["id"], obj(at.last["result"])["late"]) == (2, True)


def test_questions_that_come_while_the_host_is_away_are_asked_next() -> None:
    at = behind()
    called(at)
    required = asks(at, "s1")
    assert at.server(request("s2", "elicitation/create", {"message": "and?"})) == []
    (told,) = at.host(again(2, required))
    assert told["id"] == "s1"
    assert obj(obj(at.last["result"])["inputRequests"])["q1"] == {
        "method": "elicitation/create",
        "params": {"message": "and?"},
    }
    (told,) = at.host(again(3, at.last))
    assert told["id"] == "s2"


def test_what_was_not_answered_is_asked_again_but_not_for_ever() -> None:
    at = behind()
    called(at)
    required = asks(at)
    for number in range(2, 17):
        assert at.host(again(number, required, given={"other": {}})) == []
        required = at.last
        assert obj(required["result"])["resultType"] == "input_required"
    (told,) = at.host(again(17, required, given={}))
    assert obj(told["error"])["code"] == -32603


def test_a_state_is_good_for_one_return_of_the_same_request() -> None:
    at = behind()
    called(at)
    required = asks(at)
    for wrong in (
        again(2, required, name="another"),
        modern(3, "tools/call", {"name": "t", "arguments": {"x": 1}, "requestState": "made up"}),
        modern(4, "tools/call", {"name": "t", "arguments": {"x": 1}, "requestState": 7}),
    ):
        assert at.host(wrong) == []
        assert at.rules()[-1] == "request-state-unknown"
    assert len(at.host(again(5, required))) == 1
    assert at.host(again(6, required)) == []
    assert at.rules()[-1] == "request-state-unknown"


def test_answers_without_a_state_belong_to_a_new_call() -> None:
    at = behind()
    more: JsonObject = {"name": "t", "inputResponses": {"x": {}}}
    (sent,) = at.host(modern(1, "tools/call", more))
    assert params(sent) == {"name": "t"}


def test_a_question_without_a_request_to_carry_it_is_answered_at_once() -> None:
    at = behind()
    at.host(modern(1, "tools/list"))
    assert at.server(request("s1", "elicitation/create", {})) == []
    assert obj(at.to_server[-1][1]["error"])["code"] == -32601
    assert at.server(request("s2", "ping")) == []
    assert at.to_server[-1][1] == result("s2", {})


def test_a_question_is_carried_by_its_own_call_where_that_is_known() -> None:
    at = behind(face=Face.HTTP, server_face=Face.HTTP)
    at.host(modern(1, "tools/call", {"name": "a"}), channel=1)
    second = at.host(modern(1, "tools/call", {"name": "b"}), channel=2)[-1]
    number = second["id"]
    assert isinstance(number, int)
    asks(at, call=number)
    assert (at.to_host[-1].channel, at.to_host[-1].about) == (2, 1)  # type: ignore[union-attr]
    third = at.host(modern(1, "tools/list"), channel=3)[-1]
    number = third["id"]
    assert isinstance(number, int)
    assert at.server(request("s9", "elicitation/create", {}), call=number) == []
    assert "error" in at.to_server[-1][1]


def test_what_the_host_did_not_declare_is_never_asked() -> None:
    at = behind()
    called(at)
    assert at.server(request("s1", "sampling/createMessage", {})) == []
    assert "error" in at.to_server[-1][1]


def test_a_question_that_is_withdrawn_is_not_answered() -> None:
    at = behind()
    called(at)
    required = asks(at)
    assert at.server(note("notifications/cancelled", {"requestId": "s1"})) == []
    assert at.host(again(2, required)) == []


def test_a_call_whose_host_never_comes_again_is_given_up() -> None:
    at = behind()
    sent = called(at)
    asks(at)
    assert at.older.busy
    at.now += 3599
    assert at.wait(0) == []
    at.wait(1)
    untold, told = (body for _, body in at.to_server[-2:])
    assert "error" in untold
    assert params(told)["requestId"] == sent["id"]
    assert not at.older.busy


def test_a_parked_call_whose_server_leaves_is_over_when_the_host_comes_again() -> None:
    at = behind()
    called(at)
    required = asks(at)
    assert at.lose() == []
    at.host(again(2, required))
    assert at.last["id"] == 2


def test_a_second_request_that_is_cancelled_cancels_the_call() -> None:
    at = behind()
    sent = called(at)
    at.host(again(2, asks(at)))
    told = at.host(note("notifications/cancelled", {"requestId": 2}))
    assert params(told[-1])["requestId"] == sent["id"]
    assert at.closed() == [(0, 2)]


def test_parked_calls_are_bounded() -> None:
    at = behind(face=Face.HTTP, server_face=Face.HTTP)
    for number in range(1, 34):
        sent = at.host(modern(number, "tools/call", {"name": "t"}), channel=number)[-1]
        id_ = sent["id"]
        assert isinstance(id_, int)
        at.now += 60
        at.server(request(f"s{number}", "elicitation/create", {}), call=id_)
    assert "too many requests wait" in str(at.to_server[-1][1])


def test_a_host_that_gives_up_a_call_gives_up_its_questions() -> None:
    at = behind(face=Face.HTTP)
    at.host(modern(1, "tools/call", {"name": "t"}), channel=1)
    at.server(request("s1", "elicitation/create", {}))
    required = at.last
    at.server(request("s2", "elicitation/create", {}))
    state = obj(required["result"])["requestState"]
    more: JsonObject = {"name": "t", "requestState": state, "inputResponses": {"q1": {}}}
    at.host(modern(2, "tools/call", more), channel=2)
    assert obj(at.last["result"])["resultType"] == "input_required"
    assert at.leave(2) == []


@pytest.mark.parametrize("trouble", [Trouble.BROKEN, Trouble.TOO_LARGE])
def test_a_call_that_breaks_is_told(trouble: Trouble) -> None:
    at = behind(server_face=Face.HTTP)
    sent = called(at)
    number = sent["id"]
    assert isinstance(number, int)
    (answer,) = at.break_call(number, trouble)
    assert (answer["id"], obj(answer["result"])["isError"]) == (1, True)


def test_the_server_may_take_a_question_back_that_was_never_asked() -> None:
    at = behind()
    called(at)
    asks(at, "s1")
    at.server(request("s2", "elicitation/create", {}))
    at.server(note("notifications/cancelled", {"requestId": "s2"}))
    assert at.server(note("notifications/cancelled", {"requestId": "s9"})) == []


def test_a_question_without_params_is_asked_without() -> None:
    at = behind(capabilities={"roots": {}})
    at.host(modern(1, "tools/call", {"name": "t"}, capabilities={"roots": {}}))
    (required,) = at.server(request("s1", "roots/list"))
    assert obj(obj(required["result"])["inputRequests"])["q1"] == {"method": "roots/list"}
