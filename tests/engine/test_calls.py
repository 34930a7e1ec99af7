from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import (
    HTTP,
    LEGACY,
    MODERN,
    Play,
    answer,
    each_face,
    each_generation,
    error,
    failed,
    note,
    refused,
    request,
    result,
    to_server,
)
from sekisho.engine.state import Patience
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.engine.state import Face
    from sekisho.wire.jsonrpc import Id, JsonObject
    from sekisho.wire.versions import Generation


@each_generation
@each_face
def test_a_call_is_forwarded_once_and_its_answer_delivered_once(
    generation: Generation, host: Face, server: Face
) -> None:
    play = Play(host, server).opened(generation)
    ask = play.asks(70, "prompts/get", {"name": "p", "more": [1.5, None]})
    play.host(ask).expects(to_server({**ask, "id": 2}, call=2)).records("request", call=2, name="p", verdict="allow")
    play.wait(0.25).server(result(2, {"x": "y"})).expects(answer(result(70, {"x": "y"})))
    play.records("answer", call=2, ms=250.0, outcome="result")
    assert play.session.open_calls == 0
    assert play.session.idle


@each_generation
@pytest.mark.parametrize("id_", [0, 7, "7", "", -1, 2**53 - 1, "日本"], ids=repr)
def test_the_host_gets_its_own_id_back(generation: Generation, id_: Id) -> None:
    play = Play().opened(generation)
    play.host(play.asks(id_, "prompts/list")).server(result(2))
    assert play.sent[0]["id"] == id_
    assert type(play.sent[0]["id"]) is type(id_)


@each_generation
def test_equal_ids_of_two_types_are_two_calls(generation: Generation) -> None:
    play = Play().opened(generation)
    play.host(play.asks(7, "prompts/list")).host(play.asks("7", "prompts/list"))
    play.server(result(3)).expects(answer(result("7"))).server(result(2)).expects(answer(result(7)))


def test_equal_ids_of_two_channels_are_two_calls() -> None:
    play = Play(HTTP).opened(MODERN)
    play.host(play.asks(1, "prompts/list"), channel=5).host(play.asks(1, "prompts/list"), channel=6)
    play.server(result(3)).expects(answer(result(1), channel=6))
    play.server(result(2)).expects(answer(result(1), channel=5))


@each_generation
def test_the_second_request_with_an_open_id_is_refused(generation: Generation) -> None:
    play = Play().opened(generation)
    play.host(play.asks("a", "prompts/list"))
    play.host(play.asks("a", "tools/list")).expects(failed("a", -32600)).records("error", rule="duplicate-id")
    play.server(result(2)).expects(answer(result("a")))
    play.host(play.asks("a", "tools/list")).expects(to_server(play.asks(3, "tools/list")))


def test_the_second_request_with_the_id_of_a_waiting_one_is_refused() -> None:
    play = Play()
    play.modern = True
    play.host(play.asks("a", "prompts/list")).host(play.asks("a", "prompts/list")).expects(failed("a", -32600))


@each_generation
@pytest.mark.parametrize("method", ["tasks/get", "no/such", "notifications/initialized", "sampling/createMessage"])
def test_an_unknown_method_is_refused(generation: Generation, method: str) -> None:
    play = Play().opened(generation)
    play.host(play.asks("a", "prompts/list")).server(result(2))
    play.host(play.asks("b", method)).expects(failed("b", -32601)).records("error", rule="unknown-method")


@pytest.mark.parametrize(
    ("generation", "method"),
    [(LEGACY, "server/discover"), (LEGACY, "subscriptions/listen"), (MODERN, "ping"), (MODERN, "logging/setLevel")],
)
def test_a_method_of_the_other_generation_is_unknown(generation: Generation, method: str) -> None:
    play = Play().opened(generation)
    play.host(play.asks("a", "prompts/list")).server(result(2))
    play.host(play.asks("b", method)).expects(failed("b", -32601))


@each_generation
def test_an_error_of_the_server_is_passed_on_as_it_is(generation: Generation) -> None:
    play = Play().opened(generation)
    play.host(play.asks("a", "prompts/list")).server({**error(2, -32002, "gone"), "extra": 1})
    play.expects(answer({**error("a", -32002, "gone"), "extra": 1})).records("answer", outcome="error")


@each_generation
@each_face
def test_an_answer_to_nothing_is_dropped(generation: Generation, host: Face, server: Face) -> None:
    play = Play(host, server).opened(generation)
    play.host(play.asks("a", "prompts/list"))
    for stray in (result(3), result("2"), error(None), result(-2), result("a"), result(1)):
        play.server(stray).expects_nothing().records("answer", rule="unknown-answer")
    play.server(result(2)).expects(answer(result("a")))
    play.server(result(2)).expects_nothing().records("answer", rule="unknown-answer")


@each_generation
def test_an_answer_on_the_stream_of_another_call_is_dropped(generation: Generation) -> None:
    play = Play(server_face=HTTP).opened(generation)
    play.host(play.asks("a", "prompts/list")).host(play.asks("b", "prompts/list"))
    play.server(result(2), call=3).expects_nothing().records("answer", rule="unknown-answer")
    play.server(result(2), call=2).expects(answer(result("a")))


@each_generation
def test_a_host_that_answers_nothing_is_put_on_record(generation: Generation) -> None:
    play = Play().opened(generation)
    for stray in (result(1), result("1"), error(None)):
        play.host(stray).expects_nothing().records("host-answer", rule="unknown-answer")


@each_generation
def test_only_so_many_calls_are_open(generation: Generation) -> None:
    play = Play(patience=Patience(open_calls=2)).opened(generation)
    play.host(play.asks("a", "prompts/list")).host(play.asks("b", "prompts/list"))
    play.host(play.asks("c", "prompts/list")).expects(refused("c", "too-many-open-calls"))
    play.server(result(2)).host(play.asks("d", "prompts/list")).expects(to_server(play.asks(4, "prompts/list")))


@rows(
    ("reason", "code"),
    [
        ("malformed-json", -32700),
        ("duplicate-key", -32700),
        ("invalid-id", -32600),
        ("batch", -32600),
        ("too-large", -31007),
        ("too-deep", -31007),
        ("too-many-members", -31007),
    ],
)
def test_what_the_host_garbles_is_answered(reason: str, code: int) -> None:
    play = Play().opened(LEGACY)
    play.host_garbled(reason, "a").expects(failed("a", code)).records("error", rule=reason)
    play.host_garbled(reason).expects(failed(None, code))


@each_generation
@pytest.mark.parametrize(
    ("reason", "rule"),
    [
        ("malformed-json", "server-answer-malformed"),
        ("duplicate-key", "server-answer-malformed"),
        ("too-large", "server-answer-too-large"),
        ("too-deep", "server-answer-too-large"),
    ],
)
def test_a_garbled_answer_is_refused_to_its_caller(generation: Generation, reason: str, rule: str) -> None:
    play = Play().opened(generation)
    play.host(play.asks("a", "prompts/list")).server_garbled(reason, 2).expects(refused("a", rule))
    play.server(result(2)).expects_nothing()


@each_generation
def test_what_is_garbled_for_nobody_is_dropped(generation: Generation) -> None:
    play = Play().opened(generation)
    play.server_garbled().expects_nothing().server_garbled(call=9).expects_nothing()


def test_a_name_in_a_record_is_short_and_stands_where_the_method_has_one() -> None:
    play = Play().opened(LEGACY)
    play.host(request("a", "resources/read", {"uri": "x" * 1000})).records("request", name="x" * 256)
    play.host(request("b", "prompts/list", {"": "secret"}))
    play.records("request", method="prompts/list", name=None)


@each_generation
def test_no_text_of_a_peer_stands_in_a_record_as_a_method(generation: Generation) -> None:
    play = Play().opened(generation)
    play.host(note("say this")).expects_nothing().records("notification", method="unknown", rule="unknown-method")
    play.server(request("q", "say that")).records("server-request", method="unknown", rule="unknown-method")
    play.halt().host(play.asks("a", "say it")).expects(refused("a", "halted")).records("refusal", method="unknown")


@pytest.mark.parametrize("method", ["notifications/progress", "notifications/roots/list_changed"])
def test_a_known_notification_of_the_host_is_passed_on(method: str) -> None:
    body: JsonObject = note(method, {"progressToken": 5, "extra": {}})
    Play().opened(LEGACY).host(body).expects(to_server(body, call=None)).records("notification", verdict="allow")
    play = Play().opened(MODERN)
    play.host(play.asks("a", "prompts/list")).host(body).expects_nothing()
