"""`input_required` results and the state that they carry (2026-07-28 basic/patterns/mrtr)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import (
    ALICE,
    BOB,
    LEGACY,
    MODERN,
    Play,
    answer,
    each_face,
    failed,
    refused,
    result,
    to_server,
)
from sekisho.wire.views import nested, text
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.engine.state import Face
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import Json, JsonObject

STATE = 'theirs: "exactly" \u00e9\u2028\0'
ALL: JsonObject = {"sampling": {}, "elicitation": {}, "roots": {}}
CALL: JsonObject = {"name": "t", "arguments": {"a": 1, "b": [2.0]}}


def wants(method: str = "elicitation/create", state: Json = STATE) -> JsonObject:
    wanted: JsonObject = {"resultType": "input_required", "inputRequests": {"k": {"method": method, "params": {}}}}
    return wanted if state is None else {**wanted, "requestState": state}


def asked(method: str = "tools/call", params: JsonObject | None = None) -> tuple[Play, str]:
    """Let a server ask for input; return the play and the state as the host got it."""
    play = Play().opened(MODERN)
    play.host(play.asks("a", method, params or CALL, capabilities=ALL)).server(result(2, wants()))
    state = text(nested(play.sent[-1], "result").get("requestState"))
    assert state is not None
    return play, state


def retry(
    play: Play, state: Json, method: str = "tools/call", params: JsonObject | None = None, who: Who = ALICE
) -> Play:
    more: JsonObject = {**(params or CALL), "inputResponses": {"k": {"action": "accept"}}, "requestState": state}
    return play.host(play.asks("b", method, more, capabilities=ALL), who=who)


@each_face
def test_the_server_gets_its_state_back_exactly_and_the_host_never_sees_it(host: Face, server: Face) -> None:
    play = Play(host, server).opened(MODERN)
    play.host(play.asks("a", "prompts/get", CALL, capabilities=ALL)).server(result(2, wants()))
    state = nested(play.sent[-1], "result")["requestState"]
    assert play.seen == [answer(result("a", {**wants(), "requestState": state}))]
    assert "theirs" not in str(state)
    retry(play, state, "prompts/get")
    sent = nested(play.sent[-1], "params")
    assert sent["requestState"] == STATE
    assert sent["inputResponses"] == {"k": {"action": "accept"}}


def test_without_a_state_of_the_server_the_host_gets_none() -> None:
    play = Play().opened(MODERN)
    play.host(play.asks("a", "tools/call", CALL, capabilities=ALL)).server(result(2, wants(state=None)))
    play.expects(answer(result("a", wants(state=None))))


@pytest.mark.parametrize("method", ["tools/call", "prompts/get", "resources/read"])
def test_members_may_come_in_another_order_and_meta_may_change(method: str) -> None:
    play, state = asked(method, {"name": "t", "uri": "u", "arguments": {"a": 1, "b": 2}})
    retry(play, state, method, {"arguments": {"b": 2, "a": 1}, "uri": "u", "name": "t"})
    assert nested(play.sent[-1], "params")["requestState"] == STATE


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("tools/call", {"name": "u", "arguments": {"a": 1, "b": [2.0]}}),
        ("tools/call", {"name": "t", "arguments": {"a": 2, "b": [2.0]}}),
        ("tools/call", {"name": "t"}),
        ("prompts/get", CALL),
    ],
)
def test_a_state_is_not_good_for_another_request(method: str, params: JsonObject) -> None:
    play, state = asked()
    retry(play, state, method, params).expects(failed("b", -32602)).records(
        "error", rule="request-state-altered-or-elsewhere"
    )


def test_a_state_is_not_good_for_another_principal() -> None:
    play, state = asked()
    retry(play, state, who=BOB).expects(failed("b", -32602))


def test_a_state_is_not_good_for_another_server() -> None:
    _, state = asked()
    other = Play(server_name="another").opened(MODERN)
    retry(other, state).expects(failed("b", -32602))


def test_server_and_principal_are_not_run_together() -> None:
    _, state = asked()
    other = Play(server_name="serverali").opened(MODERN)
    retry(other, state, who=type(ALICE)(principal="ce", conversation="c")).expects(failed("b", -32602))


def test_a_state_is_good_in_a_later_session_of_the_same_user() -> None:
    _, state = asked()
    later = retry(Play().opened(MODERN), state)
    assert nested(later.sent[-1], "params")["requestState"] == STATE


def test_a_server_whose_name_is_not_utf_8_can_be_bound_to() -> None:
    play = Play(server_name="/caf\udce9").opened(MODERN)
    play.host(play.asks("a", "tools/call", CALL, capabilities=ALL)).server(result(2, wants()))
    retry(play, nested(play.sent[-1], "result")["requestState"])
    assert nested(play.sent[-1], "params")["requestState"] == STATE


def test_a_state_expires() -> None:
    play, state = asked()
    retry(play.wait(24 * 3600 + 1), state).expects(failed("b", -32602)).records("error", rule="request-state-expired")


@rows("state", ["", "made up", STATE, 5, {}, [], True])
def test_a_state_that_we_did_not_seal_is_refused(state: Json) -> None:
    play, _ = asked()
    retry(play, state).expects(failed("b", -32602)).records("error", rule="request-state-malformed")
    assert play.session.open_calls == 0


def test_an_altered_state_is_refused() -> None:
    play, state = asked()
    middle = len(state) // 2
    other = "A" if state[middle] != "A" else "B"
    retry(play, state[:middle] + other + state[middle + 1 :]).expects(failed("b", -32602))


def test_a_state_in_a_method_that_has_none_is_passed_on_as_it_is() -> None:
    play = Play().opened(MODERN)
    ask = play.asks("a", "prompts/list", {"requestState": "x"})
    play.host(ask).expects(to_server({**ask, "id": 2}))
    play = Play().opened(LEGACY)
    ask = play.asks("a", "tools/call", {"requestState": "x"})
    play.host(ask).expects(to_server({**ask, "id": 2}))


# -- what a server may ask for -------------------------------------------------------------------


@pytest.mark.parametrize("method", ["elicitation/create", "sampling/createMessage", "roots/list"])
def test_a_server_may_ask_for_what_this_request_declared(method: str) -> None:
    play = Play().opened(MODERN, ALL)
    declared: JsonObject = {key: value for key, value in ALL.items() if method.startswith(key)}
    play.host(play.asks("a", "tools/call", CALL, capabilities=declared)).server(result(2, wants(method, None)))
    play.expects(answer(result("a", wants(method, None))))
    rest: JsonObject = {key: value for key, value in ALL.items() if not method.startswith(key)}
    play.host(play.asks("b", "tools/call", CALL, capabilities=rest)).server(result(3, wants(method)))
    play.expects(refused("b", "undeclared-capability"))


@rows("wanted", [{"method": "ping"}, {"method": "no/such"}, {"method": 5}, {}, "x", None, []])
def test_a_server_may_not_ask_for_anything_else(wanted: Json) -> None:
    play = Play().opened(MODERN)
    play.host(play.asks("a", "tools/call", CALL, capabilities=ALL))
    play.server(result(2, {**wants(), "inputRequests": {"k": wanted}}))
    play.expects(refused("a", "undeclared-capability"))


@pytest.mark.parametrize("wanted", [[{"method": "sampling/createMessage"}], "x", 5, None])
def test_input_requests_that_are_no_object_are_malformed(wanted: Json) -> None:
    play = Play().opened(MODERN)
    play.host(play.asks("a", "tools/call", CALL)).server(result(2, {**wants(), "inputRequests": wanted}))
    play.expects(refused("a", "server-answer-malformed"))


def test_a_state_alone_is_a_reason_to_come_back() -> None:
    play = Play().opened(MODERN)
    play.host(play.asks("a", "tools/call", CALL))
    play.server(result(2, {"resultType": "input_required", "requestState": STATE}))
    retry(play, nested(play.sent[-1], "result")["requestState"])
    assert nested(play.sent[-1], "params")["requestState"] == STATE


@pytest.mark.parametrize("state", [5, {}, True, []])
def test_a_state_of_the_server_that_is_no_text_is_malformed(state: Json) -> None:
    play = Play().opened(MODERN)
    play.host(play.asks("a", "tools/call", CALL, capabilities=ALL)).server(result(2, wants(state=state)))
    play.expects(refused("a", "server-answer-malformed"))


@rows("kind", ["task", "", None, 5, {}, ["complete"]])
@rows("method", ["tools/call", "tools/list", "prompts/list", "subscriptions/listen"])
def test_a_kind_of_result_that_we_do_not_know_is_refused(kind: Json, method: str) -> None:
    play = Play().opened(MODERN)
    play.host(play.asks("a", method)).server(result(2, {"resultType": kind}))
    play.expects(refused("a", "unknown-result-type"))


@pytest.mark.parametrize("method", ["tools/list", "completion/complete", "subscriptions/listen"])
def test_input_is_required_by_some_methods_only(method: str) -> None:
    play = Play().opened(MODERN)
    play.host(play.asks("a", method, capabilities=ALL)).server(result(2, wants()))
    play.expects(refused("a", "unknown-result-type"))


def test_a_discovery_has_to_be_complete_too() -> None:
    play = Play()
    play.modern = True
    play.host(play.asks("a", "server/discover")).server(result(1, wants())).expects(refused("a", "unknown-result-type"))


@pytest.mark.parametrize("kind", [{}, {"resultType": "complete"}])
def test_a_complete_result_is_passed_on_as_it_is(kind: JsonObject) -> None:
    play = Play().opened(MODERN)
    play.host(play.asks("a", "tools/call", CALL)).server(result(2, {**kind, "requestState": "x", "content": []}))
    play.expects(answer(result("a", {**kind, "requestState": "x", "content": []})))


def test_in_2025_a_result_asks_nothing() -> None:
    """Hosts of both generations would do what it asks, unseen."""
    play = Play().opened(LEGACY)
    play.host(play.asks("a", "tools/call", CALL)).server(result(2, wants()))
    play.expects(refused("a", "unknown-result-type"))


def test_in_2025_another_result_type_means_nothing() -> None:
    play = Play().opened(LEGACY)
    other: JsonObject = {"resultType": "complete", "content": []}
    play.host(play.asks("a", "tools/call", CALL)).server(result(2, other)).expects(answer(result("a", other)))
