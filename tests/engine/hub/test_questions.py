"""The servers' questions: under ids of ours to the host, and each answer back to the server that asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bridgekit import error, note, params, request, result
from hubkit import modern, newer, older
from sekisho.engine.effects import SendToHost
from sekisho.engine.hub.questions import shown_inputs
from sekisho.engine.hub.steps import FromServer
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from hubkit import Company
    from sekisho.wire.jsonrpc import JsonObject

SAMPLE = "sampling/createMessage"


def asked(at: Company, alias: str, id_: int | str) -> int:
    """Let a server ask; return the id that the host sees."""
    (got,) = at.server(alias, request(id_, SAMPLE, {"messages": [], "maxTokens": 1}))
    assert isinstance(got["id"], int)
    return got["id"]


def test_servers_that_count_alike_get_each_its_own_answer() -> None:
    at = older()
    first, second = asked(at, "a", 1), asked(at, "b", 1)
    assert first != second
    ((alias, got),) = at.host(result(second, {"model": "m"}))
    assert (alias, got["id"], got["result"]) == ("b", 1, {"model": "m"})
    ((alias, got),) = at.host(error(first, -1))
    assert (alias, got["id"], obj(got["error"])["code"]) == ("a", 1, -1)


def test_a_question_about_a_request_of_ours_is_one_to_the_host_like_others() -> None:
    at = older()
    listed = dict(at.host(request(1, "tools/list")))["b"]["id"]
    assert isinstance(listed, int)
    wanted: JsonObject = {"messages": [], "maxTokens": 1, "_meta": {"progressToken": "p"}}
    (first,) = at.server("b", request(8, SAMPLE, wanted), call=listed)
    (second,) = at.server("b", request(9, SAMPLE, wanted), call=listed)
    sent = at.to_host[-1]
    assert isinstance(sent, SendToHost)
    assert (sent.channel, sent.about) == (0, None)
    ((alias, _),) = at.host(note("notifications/progress", {"progressToken": first["id"], "progress": 1}))
    assert alias == "b"
    ((alias, told),) = at.host(result(first["id"], {}))
    assert (alias, told["id"]) == ("b", 8)
    (got,) = at.server("b", note("notifications/cancelled", {"requestId": 9}), call=listed)
    assert params(got)["requestId"] == second["id"]


@pytest.mark.parametrize("id_", [7, "x", None])
def test_an_answer_that_nobody_asked_for_reaches_nobody(id_: int | str | None) -> None:
    at = older()
    assert at.host(error(id_, -1)) == []
    assert at.rules() == ["unknown-answer"]


def test_an_answer_counts_once_and_on_its_own_channel() -> None:
    at = older()
    ours = asked(at, "a", 1)
    assert at.host(result(ours, {}), channel=3) == []
    assert len(at.host(result(ours, {}))) == 1
    assert at.host(result(ours, {})) == []
    assert at.rules() == ["unknown-answer"] * 2


def test_a_question_for_the_user_says_who_asks_and_another_does_not() -> None:
    at = older()
    (got,) = at.server("b", request(1, "elicitation/create", {"message": "Why?", "requestedSchema": {}}))
    assert params(got)["message"] == "b: Why?"
    (got,) = at.server("b", request(2, "roots/list"))
    assert "params" not in got


def test_a_server_takes_back_its_own_question_only() -> None:
    at = older()
    first, second = asked(at, "a", 1), asked(at, "b", 1)
    (got,) = at.server("b", note("notifications/cancelled", {"requestId": 1, "reason": "late"}))
    assert params(got)["requestId"] == second
    assert at.server("b", note("notifications/cancelled", {"requestId": 1})) == []
    assert at.host(result(second, {})) == []
    ((alias, _),) = at.host(result(first, {}))
    assert alias == "a"


def test_a_question_that_nobody_knows_is_not_taken_back() -> None:
    at = older()
    ours = asked(at, "a", 1)
    sent = SendToHost(note("notifications/cancelled", {"requestId": 1}), 0, None)
    assert at.hub.receive(FromServer(1, sent, at.now)) == []
    assert len(at.host(result(ours, {}))) == 1


def test_a_host_that_leaves_is_told_to_the_server_that_asks_it() -> None:
    at = older()
    ours = asked(at, "a", 1)
    ((alias, told),) = at.leave(0)
    assert (alias, told["id"]) == ("a", 1)
    assert at.host(result(ours, {})) == []


def test_progress_of_the_host_goes_to_the_server_that_wants_it() -> None:
    at = older()
    (got,) = at.server("b", request(9, SAMPLE, {"messages": [], "maxTokens": 1, "_meta": {"progressToken": "mine"}}))
    token = obj(params(got)["_meta"])["progressToken"]
    assert token == got["id"]
    ((alias, told),) = at.host(note("notifications/progress", {"progressToken": token, "progress": 1}))
    assert (alias, params(told)) == ("b", {"progressToken": "mine", "progress": 1})
    quiet = asked(at, "a", 9)
    for nobody in (quiet, 99, "mine"):
        assert at.host(note("notifications/progress", {"progressToken": nobody, "progress": 1})) == []
    assert at.host(note("notifications/progress", {"progressToken": token, "progress": 2}), channel=3) == []


def test_a_session_that_ends_takes_its_questions_with_it() -> None:
    at = older()
    first, second = asked(at, "a", 1), asked(at, "b", 1)
    at.end("a")
    assert at.host(result(first, {})) == []
    ((alias, _),) = at.host(result(second, {}))
    assert alias == "b"


def test_what_a_server_requires_in_2026_says_who_asks() -> None:
    at = newer()
    ((_, got),) = at.host(modern(1, "resources/read", {"uri": "a+x:y"}), channel=1)
    wanted: JsonObject = {"q": {"method": "elicitation/create", "params": {"message": "Why?"}}}
    (told,) = at.server("a", result(got["id"], {"resultType": "input_required", "inputRequests": wanted}))
    inputs = obj(obj(told["result"])["inputRequests"])
    assert params(obj(inputs["q"]))["message"] == "a: Why?"


def test_what_is_no_question_for_the_user_stays_as_it_is() -> None:
    roots: JsonObject = {"r": {"method": "roots/list"}}
    assert shown_inputs("a", {"inputRequests": roots}) == {"inputRequests": roots}
    sample: JsonObject = {"s": {"method": "sampling/createMessage", "params": {"messages": []}}}
    assert shown_inputs("a", {"inputRequests": sample}) == {"inputRequests": sample}
    odd: JsonObject = {"q": {"method": "elicitation/create", "params": {"message": 3}}}
    assert shown_inputs("a", {"inputRequests": odd}) == {"inputRequests": odd}
    assert shown_inputs("a", {}) == {}
