"""Requests of the server to the host: sampling, elicitation, roots, ping."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import (
    BOB,
    HTTP,
    LEGACY,
    MODERN,
    STDIO,
    Play,
    answer,
    cancelled,
    error,
    initialize,
    note,
    request,
    result,
    stops,
    to_host,
    to_server,
)
from sekisho.engine.events import Trouble
from sekisho.engine.state import Patience
from sekisho.wire.jsonrpc import error_body
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.engine.state import Face
    from sekisho.wire.jsonrpc import Id, JsonObject

DECLARED: JsonObject = {"sampling": {}, "elicitation": {}, "roots": {}}
QUESTIONS = ["sampling/createMessage", "elicitation/create", "roots/list", "ping"]


def no(id_: Id, why: str) -> JsonObject:
    return error_body(id_, -32601, f"Sekisho: {why}")


@rows("method", QUESTIONS)
@rows("id_", [0, "q", 2**53 - 1])
def test_a_question_reaches_the_host_under_our_id_and_its_answer_the_server_under_its_own(method: str, id_: Id) -> None:
    play = Play().opened(LEGACY, DECLARED)
    play.server(request(id_, method, {"x": 1})).expects(to_host(request(1, method, {"x": 1})))
    play.records("server-request", method=method, verdict="allow")
    play.host(result(1, {"y": 2})).expects(to_server(result(id_, {"y": 2}), call=None))
    play.records("host-answer", method=method, verdict="allow")
    play.host(result(1)).expects_nothing().records("host-answer", rule="unknown-answer")
    assert play.session.idle


def test_an_error_of_the_host_reaches_the_server() -> None:
    play = Play().opened(LEGACY, DECLARED).server(request("q", "roots/list"))
    play.host(error(1, -1, "no roots")).expects(to_server(error("q", -1, "no roots")))


@pytest.mark.parametrize("method", QUESTIONS[:3])
@pytest.mark.parametrize("declared", [{}, {"experimental": {"sampling": {}}}], ids=["nothing", "elsewhere"])
def test_what_the_host_did_not_declare_is_not_asked_of_it(method: str, declared: JsonObject) -> None:
    play = Play().opened(LEGACY, declared).server(request("q", method))
    play.expects(to_server(no("q", "the client did not declare the capability that this request needs")))
    play.records("server-request", method=method, rule="undeclared-capability")


@pytest.mark.parametrize("method", ["tasks/get", "tools/call", "server/discover", "no/such"])
def test_a_question_that_the_revision_does_not_have_is_answered_by_us(method: str) -> None:
    play = Play().opened(LEGACY, DECLARED).server(request("q", method))
    play.expects(to_server(no("q", "this request does not exist in the protocol revision in use")))


def test_elicitation_does_not_exist_before_2025_06_18() -> None:
    play = Play().host(initialize("a", "2025-03-26", DECLARED))
    play.server(result(1, {"protocolVersion": "2025-03-26", "capabilities": {}}))
    play.server(request("q", "elicitation/create")).records("server-request", rule="unknown-method")
    play.server(request("r", "roots/list")).expects(to_host(request(1, "roots/list")))


def test_before_initialize_only_a_ping_passes() -> None:
    play = Play().server(request("q", "roots/list")).records("server-request", rule="undeclared-capability")
    play.server(request("r", "ping")).expects(to_host(request(1, "ping")))


@pytest.mark.parametrize("method", QUESTIONS)
def test_in_2026_the_server_asks_nothing_and_gets_no_answer(method: str) -> None:
    play = Play().opened(MODERN, DECLARED)
    play.host(play.asks("a", "prompts/list")).server(result(2))
    play.server(request("q", method)).expects_nothing().records("server-request", rule="unknown-method")


def test_two_questions_with_one_id_are_not_confused() -> None:
    play = Play().opened(LEGACY, DECLARED).server(request("q", "roots/list"))
    play.server(request("q", "ping")).expects(to_server(no("q", "a request with this id is still open")))
    play.records("server-request", rule="duplicate-id")
    play.host(result(1)).expects(to_server(result("q")))


def test_questions_with_ids_of_two_types_are_two_questions() -> None:
    play = Play().opened(LEGACY, DECLARED).server(request(7, "ping")).server(request("7", "ping"))
    play.host(result(2)).expects(to_server(result("7"))).host(result(1)).expects(to_server(result(7)))


def test_a_question_that_the_server_withdraws_is_withdrawn_under_our_id() -> None:
    play = Play().opened(LEGACY, DECLARED).server(request("q", "roots/list"))
    play.server(cancelled("q", reason="r")).expects(to_host(cancelled(1, reason="r")))
    play.host(result(1)).expects_nothing()
    play.server(cancelled("q")).expects_nothing()


@pytest.mark.parametrize("id_", [1, "1", "r", True, None], ids=repr)
def test_withdrawing_what_was_not_asked_does_nothing(id_: Id | None) -> None:
    play = Play().opened(LEGACY, DECLARED).server(request("q", "roots/list")).server(cancelled(id_))
    play.expects_nothing().host(result(1)).expects(to_server(result("q")))


def test_a_question_nobody_answers_ends_after_a_while() -> None:
    play = Play(patience=Patience(question=90)).opened(LEGACY, DECLARED).server(request("q", "elicitation/create"))
    assert not play.session.idle
    play.tick(after=89).expects_nothing()
    play.tick(after=1).expects(to_host(cancelled(1)), to_server(no("q", "nobody answered in time")))
    play.host(result(1)).expects_nothing()
    assert play.session.idle


def test_a_server_that_asks_on_and_on_without_an_answer_is_cut_off() -> None:
    play = Play(patience=Patience(open_asked=2)).opened(LEGACY, DECLARED)
    play.server(request(1, "roots/list")).server(request(2, "roots/list")).server(request(3, "roots/list"))
    play.expects(to_host(cancelled(1)), to_host(cancelled(2)), stops(Trouble.FLOOD))


@pytest.mark.parametrize("server", [STDIO, HTTP])
def test_towards_an_http_host_a_question_comes_on_the_stream_of_its_call(server: Face) -> None:
    play = Play(HTTP, server).opened(LEGACY, DECLARED)
    play.host(request("a", "tools/call", {"name": "t"}))
    call = 2 if server is HTTP else None
    play.server(request("q", "elicitation/create"), call=call)
    play.expects(to_host(request(1, "elicitation/create"), about="a"))
    play.host(result(1)).expects(to_server(result("q"), call=2))
    play.server(request("r", "roots/list"), call=call).expects(to_host(request(2, "roots/list"), about="a"))
    play.server(cancelled("r"), call=call).expects(to_host(cancelled(2), about="a"))


def test_a_question_without_a_call_comes_on_the_standalone_stream() -> None:
    play = Play(HTTP, HTTP).opened(LEGACY, DECLARED).host(request("a", "tools/list"))
    play.server(request("q", "ping"), call=9).expects(to_host(request(1, "ping")))
    play.server(request("r", "roots/list"), call=2).expects(to_host(request(2, "roots/list"), about="a"))
    play.server(result(2)).expects(answer(result("a")))
    play.server(cancelled("r")).expects(to_host(cancelled(2)))


def test_with_two_open_calls_an_untied_question_belongs_to_neither() -> None:
    play = Play(HTTP).opened(LEGACY, DECLARED).host(request("a", "tools/list")).host(request("b", "tools/list"))
    play.server(request("q", "ping")).expects(to_host(request(1, "ping")))


def test_another_channel_cannot_answer_a_question_nor_spoil_it() -> None:
    play = Play(HTTP).opened(LEGACY, DECLARED).server(request("q", "roots/list"))
    play.host(result(1, {"roots": []}), channel=4, who=BOB).expects_nothing()
    play.records("host-answer", rule="unknown-answer")
    play.host(result(1)).expects(to_server(result("q")))


def test_a_question_on_the_stream_of_a_call_that_is_over_for_the_host_goes_elsewhere() -> None:
    play = Play(HTTP, HTTP).opened(LEGACY, DECLARED).host(request("a", "tools/list"))
    play.tick(after=600).server(request("q", "roots/list"), call=2).expects(to_host(request(1, "roots/list")))


def test_the_server_is_told_when_the_host_that_it_asked_has_left() -> None:
    play = Play().opened(LEGACY, DECLARED).server(request("q", "roots/list")).host_left(3).expects_nothing()
    play.host_left().expects(to_server(no("q", "the client left")))
    assert play.session.idle


def test_the_progress_of_an_answer_passes_with_the_token_of_the_server() -> None:
    play = Play().opened(LEGACY, DECLARED)
    play.server(request("q", "sampling/createMessage", {"_meta": {"progressToken": "t"}}))
    said = note("notifications/progress", {"progressToken": "t", "progress": 1})
    play.host(said).expects(to_server(said, call=None))
