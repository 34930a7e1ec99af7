from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play import LEGACY, MODERN, Play, refused, request, result
from sekisho.engine.results.asking import asked, narrowed
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject

SAMPLING: JsonObject = {"messages": [], "maxTokens": 1, "includeContext": "allServers"}
FORM: JsonObject = {
    "message": "Log in.",
    "requestedSchema": {"type": "object", "properties": {"user": {"type": "string"}, "apiKey": {"type": "string"}}},
}


def test_context_is_taken_out_of_requests_of_both_generations() -> None:
    kept: JsonObject = {"messages": [], "maxTokens": 1}
    assert narrowed("sampling/createMessage", SAMPLING) == kept
    assert narrowed("sampling/createMessage", {**kept, "includeContext": "none"}) == {**kept, "includeContext": "none"}
    both: JsonObject = {
        "inputRequests": {"a": {"method": "sampling/createMessage", "params": SAMPLING}, "b": 1},
        "c": 2,
    }
    changed: JsonObject = {"inputRequests": {"a": {"method": "sampling/createMessage", "params": kept}, "b": 1}, "c": 2}
    assert narrowed("tools/call", both) == changed
    assert narrowed("tools/call", changed) is changed


def test_forms_that_ask_for_secrets_have_a_place() -> None:
    assert [each.pointer for each in asked("elicitation/create", FORM)] == ["/requestedSchema/properties/apiKey"]
    url: JsonObject = {"mode": "url", "message": "Enter your password there.", "url": "https://a.test"}
    assert list(asked("elicitation/create", url)) == []
    choice: JsonObject = {"type": "string", "enum": ["a"]}
    chosen: JsonObject = {"message": "Which password?", "requestedSchema": {"properties": {"which": choice}}}
    assert list(asked("elicitation/create", chosen)) == []


def test_a_session_takes_out_the_context_and_refuses_the_form() -> None:
    play = Play().opened(LEGACY, {"sampling": {}, "elicitation": {}})
    play.server(request("s", "sampling/createMessage", SAMPLING))
    assert "includeContext" not in obj(play.sent[-1]["params"])
    play.records("server-request", found={"question-context": 1})
    play.server(request("f", "elicitation/create", FORM))
    play.records("server-request", verdict="deny", rule="question-secret")
    modern = Play().opened(MODERN)
    modern.host(modern.asks("r", "tools/call", {"name": "x"}, capabilities={"elicitation": {}}))
    wanted: JsonObject = {"k": {"method": "elicitation/create", "params": FORM}}
    modern.server(result(2, {"resultType": "input_required", "inputRequests": wanted}))
    modern.expects(refused("r", "question-secret"))
