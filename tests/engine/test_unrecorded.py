"""When the audit takes no record, nothing passes and nobody is left hanging."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import (
    ENDS_SESSION,
    HTTP,
    LEGACY,
    MODERN,
    STARTS,
    Play,
    aborts,
    answer,
    cancelled,
    closes,
    discovered,
    each_generation,
    envelope,
    initialize,
    initialized,
    note,
    refused,
    request,
    result,
    stops,
    to_host,
    to_server,
)
from sekisho.engine.effects import SendToHost
from sekisho.engine.events import Trouble
from sekisho.engine.state import Stage
from sekisho.wire.jsonrpc import error_body
from sekisho.wire.views import nested

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject
    from sekisho.wire.versions import Generation

LOST = "audit-unavailable"
ASK: JsonObject = {"sampling": {}, "roots": {}}


def no(id_: str) -> JsonObject:
    return error_body(id_, -32601, "Sekisho: the client cannot record its decisions")


@each_generation
def test_a_request_that_was_not_recorded_is_refused(generation: Generation) -> None:
    play = Play().opened(generation)
    play.host(play.asks("a", "prompts/list")).record_fails().expects(refused("a", LOST))
    assert play.session.idle
    play.server(result(2)).expects_nothing()
    play.host(play.asks("a", "prompts/list")).expects(to_server(play.asks(3, "prompts/list")))


def test_a_refused_tool_call_is_a_result_that_a_model_can_read() -> None:
    play = Play().opened(MODERN)
    play.host(play.asks("a", "tools/call", {"name": "t"})).record_fails().expects(refused("a", LOST))
    said = nested(play.sent[0], "result")
    assert (said["isError"], said["resultType"]) == (True, "complete")
    assert "ticket" not in str(said)


@each_generation
def test_an_answer_that_was_not_recorded_is_withheld(generation: Generation) -> None:
    play = Play().opened(generation)
    play.host(play.asks("a", "prompts/list")).server(result(2, {"secret": 1})).record_fails()
    play.expects(refused("a", LOST))
    assert "secret" not in str(play.sent)


def test_an_initialize_that_was_not_recorded_can_be_tried_again() -> None:
    play = Play().host(initialize("a")).record_fails().expects(refused("a", LOST))
    play.host(initialize("b")).expects(to_server(initialize(2)))


def test_a_handshake_whose_answer_was_not_recorded_starts_over_with_a_fresh_server() -> None:
    play = Play().host(initialize("a")).server(initialized(1)).record_fails()
    play.expects(refused("a", LOST), stops(Trouble.AUDIT))
    assert play.session.revision is None
    play.server_left(Trouble.AUDIT).host(initialize("b")).expects(STARTS, to_server(initialize(2)))


def test_a_server_that_was_not_told_initialized_is_started_anew() -> None:
    play = Play().host(initialize("a")).server(initialized(1)).host(note("notifications/initialized"))
    play.record_fails().expects(stops(Trouble.AUDIT)).server_left(Trouble.AUDIT)
    play.host(request("b", "tools/list")).server(result(2, nested(initialized(2), "result")))
    play.expects(to_server(note("notifications/initialized")), to_server(request(3, "tools/list")))


def test_any_other_notification_that_was_not_recorded_is_dropped() -> None:
    play = Play().opened(LEGACY).host(note("notifications/roots/list_changed")).record_fails().expects_nothing()
    play.server(note("notifications/tools/list_changed")).record_fails().expects_nothing()


def test_a_cancellation_is_passed_on_without_the_words_that_came_along() -> None:
    play = Play(HTTP).opened(LEGACY, ASK).host(request("a", "tools/list")).host(cancelled("a", reason="words"))
    play.record_fails().expects(to_server(cancelled(2), call=2))
    play.server(request("q", "roots/list")).server(cancelled("q", reason="words"))
    play.record_fails().expects(to_host(cancelled(1)))
    modern = Play().opened(MODERN)
    modern.host(modern.asks("l", "subscriptions/listen")).server(cancelled(2, reason="words")).record_fails()
    modern.expects(to_host(cancelled("l"), about="l"), aborts(2), closes("l"))


def test_a_question_that_was_not_recorded_is_answered_for_the_host() -> None:
    play = Play().opened(LEGACY, ASK).server(request("q", "roots/list")).record_fails().expects(to_server(no("q")))
    play.host(result(1)).expects_nothing()
    assert play.session.idle


def test_an_answer_of_the_host_that_was_not_recorded_is_withheld() -> None:
    play = Play().opened(LEGACY, ASK).host(request("a", "tools/list")).server(request("q", "roots/list"))
    play.host(result(1, {"secret": 1})).record_fails().expects(to_server(no("q")))
    play.server(result(2)).expects(answer(result("a")))


def test_a_question_that_we_refused_is_still_refused() -> None:
    Play().opened(LEGACY).server(request("q", "roots/list")).record_fails().expects(to_server(no("q")))


def test_a_probe_that_was_not_recorded_refuses_what_waits() -> None:
    play = Play().host(request("a", "prompts/list", {"_meta": envelope()})).record_fails()
    play.expects(refused("a", LOST))
    assert play.session.idle
    again = request("b", "prompts/list", {"_meta": envelope()})
    play.host(again).server(discovered(2)).expects(to_server({**again, "id": 3}))


def test_a_listing_that_was_not_recorded_refuses_what_waits() -> None:
    play = Play(server_face=HTTP).opened(MODERN)
    play.host(play.asks("a", "tools/call", {"name": "t"})).record_fails().expects(refused("a", LOST))
    assert play.session.idle


def test_a_ping_of_ours_that_was_not_recorded_is_dropped() -> None:
    play = Play().opened(LEGACY).host(request("a", "tools/list")).host(cancelled("a")).tick(after=5)
    play.record_fails().expects_nothing()
    play.tick(after=5).expects(to_server(request(4, "ping", {})))


@each_generation
def test_a_start_that_was_not_recorded_did_not_happen(generation: Generation) -> None:
    play = Play().opened(generation).server_left(Trouble.EXITED)
    play.host(play.asks("a", "prompts/list")).record_fails()
    assert refused("a", LOST) in play.seen
    assert play.session.stage is Stage.DOWN
    play.host(play.asks("b", "prompts/list"))
    assert play.seen[0] == STARTS


def test_a_replay_that_was_not_recorded_stops_the_server_that_was_started() -> None:
    play = Play().opened(LEGACY).server_left(Trouble.EXITED).host(request("a", "tools/list"))
    play.record_fails(at=1).expects(refused("a", LOST), stops(Trouble.AUDIT))
    play.host(request("b", "tools/list")).expects_nothing().server_left(Trouble.AUDIT)
    play.expects(refused("b", LOST))


def test_what_a_restarted_server_was_not_told_is_told_after_another_restart() -> None:
    play = Play().opened(LEGACY).host(request("s", "resources/subscribe", {"uri": "u"})).server(result(2))
    play.server_left(Trouble.EXITED).host(request("a", "tools/list"))
    play.server(result(3, nested(initialized(3), "result"))).record_fails(at=1)
    play.expects(stops(Trouble.AUDIT), refused("a", LOST))


@each_generation
def test_a_halt_stops_everything_all_the_same(generation: Generation) -> None:
    play = Play().opened(generation)
    play.host(play.asks("a", "prompts/list")).halt().record_fails()
    play.expects(to_server(cancelled(2), call=2), refused("a", LOST))
    play.server(result(2)).expects_nothing()
    play.host(play.asks("b", "prompts/list")).expects(refused("b", "halted"))


def test_a_quarantine_stops_the_server_all_the_same() -> None:
    play = Play().opened(LEGACY).host(request("a", "tools/list"))
    while play.session.stage is not Stage.CLOSED:
        play.server(result(99))
    play.record_fails().expects(aborts(2), refused("a", LOST), stops(Trouble.FLOOD))


def test_a_session_that_ended_ends_all_the_same() -> None:
    play = Play(HTTP, HTTP).opened(LEGACY).host(request("a", "tools/list")).broke(2, Trouble.SESSION_ENDED)
    play.record_fails().expects(aborts(2), refused("a", LOST), ENDS_SESSION)


def test_an_error_that_answers_nobody_is_dropped() -> None:
    Play().host_garbled("malformed-json").record_fails().expects_nothing()


def test_progress_behind_a_failed_record_is_dropped() -> None:
    play = Play().opened(LEGACY)
    lost = SendToHost(note("notifications/progress", {"progressToken": "t"}), 0, "a")
    play.effects = [*play.effects[:1], lost]
    play.record_fails().expects_nothing()


def test_a_call_that_the_host_cancelled_while_the_disk_was_waited_for_is_not_answered() -> None:
    play = Play().opened(MODERN)
    play.host(play.asks("a", "prompts/list"))
    waiting = play.effects
    play.host(cancelled("a"))
    play.effects = waiting
    play.record_fails().expects_nothing()


@pytest.mark.parametrize("how", ["refusal", "error"])
def test_a_refusal_that_was_not_recorded_is_one_without_a_ticket(how: str) -> None:
    play = Play().opened(LEGACY)
    if how == "refusal":
        play.halt().host(request("a", "tools/call", {"name": "t"}))
    else:
        play.host(request("a", "no/such"))
    play.record_fails().expects(refused("a", LOST))
    assert "ticket" not in str(play.sent)
