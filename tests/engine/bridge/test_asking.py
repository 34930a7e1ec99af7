"""What a newer server requires of an older host."""

from __future__ import annotations

from bridgekit import (
    asks,
    crossed,
    error,
    note,
    params,
    request,
    result,
)
from sekisho.wire.views import obj


def test_what_is_required_becomes_questions_and_the_answers_go_out_with_the_request_again() -> None:
    at = crossed()
    (sent,) = at.host(request(1, "tools/call", {"name": "t", "arguments": {"x": 1}}))
    first, second = at.server(result(sent["id"], asks(who="elicitation/create", what="sampling/createMessage")))
    assert (first["method"], params(first)) == ("elicitation/create", {"message": "who"})
    assert at.host(result(second["id"], {"role": "assistant"})) == []
    (again,) = at.host(result(first["id"], {"action": "accept"}))
    assert params(again)["inputResponses"] == {"who": {"action": "accept"}, "what": {"role": "assistant"}}
    assert params(again)["requestState"] == "opaque"
    assert again["id"] != sent["id"]
    (answer,) = at.server(result(again["id"], {"resultType": "complete", "content": []}))
    assert answer == result(1, {"content": []})
    assert not at.newer.busy


def test_a_server_may_ask_for_another_round_without_a_question_but_not_for_ever() -> None:
    at = crossed()
    (sent,) = at.host(request(1, "tools/call", {"name": "t"}))
    for _ in range(16):
        at.server(result(sent["id"], {"resultType": "input_required"}))
        sent = at.to_server[-1][1]
        assert "requestState" not in params(sent)
    at.server(result(sent["id"], {"resultType": "input_required"}))
    assert "did not answer" in str(obj(at.last["error"])["message"])
    assert at.rules()[-1] == "question-unanswered"


def test_a_question_that_the_host_fails_fails_the_request_and_takes_the_others_back() -> None:
    at = crossed()
    (sent,) = at.host(request(1, "tools/call", {"name": "t"}))
    first, second = at.server(result(sent["id"], asks(a="elicitation/create", b="elicitation/create")))
    at.host(error(first["id"], -1, "User rejected"))
    withdrawn, answer = at.heard(2)
    assert params(withdrawn)["requestId"] == second["id"]
    assert answer["id"] == 1
    assert at.host(result(second["id"], {})) == []
    assert at.rules()[-1] == "unknown-answer"


def test_a_request_that_is_cancelled_while_the_host_is_asked_is_not_sent_again() -> None:
    at = crossed()
    (sent,) = at.host(request(1, "prompts/get", {"name": "p"}))
    (asked,) = at.server(result(sent["id"], asks(a="elicitation/create")))
    assert at.host(note("notifications/cancelled", {"requestId": 1})) == []
    assert at.closed() == [(0, 1)]
    assert at.host(result(asked["id"], {"action": "accept"})) == []


def test_questions_that_nobody_answers_end_by_and_by() -> None:
    at = crossed()
    (sent,) = at.host(request(1, "tools/call", {"name": "t"}))
    at.server(result(sent["id"], asks(a="elicitation/create")))
    assert at.newer.busy
    assert at.wait(3000) == []
    withdrawn, answer = at.wait(601)
    assert withdrawn["method"] == "notifications/cancelled"
    assert "error" in answer


def test_more_questions_than_a_host_can_have_open_fail_the_request() -> None:
    at = crossed()
    (sent,) = at.host(request(1, "tools/call", {"name": "t"}))
    at.server(result(sent["id"], asks(**{f"k{number}": "elicitation/create" for number in range(65)})))
    assert "error" in at.last
