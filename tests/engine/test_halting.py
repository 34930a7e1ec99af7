"""A human halts everything, and ends the halt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play import (
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
    each_face,
    each_generation,
    envelope,
    initialize,
    initialized,
    note,
    refused,
    request,
    result,
    to_host,
    to_server,
)
from sekisho.engine.effects import Record
from sekisho.engine.events import Trouble
from sekisho.wire.jsonrpc import error_body
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.engine.state import Face
    from sekisho.wire.jsonrpc import JsonObject
    from sekisho.wire.versions import Generation

HALTED = "Sekisho: the user halted this connection"


@each_generation
@each_face
def test_a_halt_cancels_and_refuses_what_is_in_flight(generation: Generation, host: Face, server: Face) -> None:
    play = Play(host, server).opened(generation)
    play.host(play.asks("a", "prompts/get", {"name": "t"}))
    told = aborts(2) if generation is MODERN and server is HTTP else to_server(cancelled(2), call=2)
    play.halt().expects(told, refused("a", "halted")).records("lifecycle", event="halted")
    play.server(result(2)).expects_nothing()
    play.halt().expects_nothing()


def test_a_halt_waits_for_the_disk_once() -> None:
    play = Play().opened(LEGACY, {"roots": {}}).server(request("q", "roots/list"))
    for number in range(100):
        play.host(request(number, "tools/list"))
    play.halt()
    assert sum(isinstance(effect, Record) and effect.durable for effect in play.effects) == 1
    assert len([seen for seen in play.seen if seen.what == "refused"]) == 100


@each_generation
def test_while_halted_requests_are_refused(generation: Generation) -> None:
    play = Play().opened(generation)
    play.halt().host(play.asks("a", "tools/call", {"name": "t"})).expects(refused("a", "halted"))
    play.records("refusal", rule="halted", method="tools/call")


def test_while_halted_a_host_can_still_connect_and_ping() -> None:
    play = Play().halt().host(initialize("a")).expects(to_server(initialize(1)))
    play.halt().expects_nothing()
    play.server(initialized(1)).expects(answer(initialized("a")))
    play.host(request("b", "ping")).expects(to_server(request(2, "ping")))
    play.halt().expects_nothing().server(result(2)).expects(answer(result("b")))
    modern = Play().halt().host(request("a", "server/discover", {"_meta": envelope()}))
    modern.expects(to_server(request(1, "server/discover", {"_meta": envelope()})))
    modern.halt().expects_nothing().server(discovered(1)).expects(answer(discovered("a")))


def test_while_halted_a_ping_starts_a_server_that_is_down() -> None:
    play = Play().opened(LEGACY).server_left(Trouble.EXITED).halt().host(request("a", "ping"))
    assert play.seen[0] == STARTS


@each_generation
def test_while_halted_notifications_stop_in_both_directions(generation: Generation) -> None:
    play = Play().opened(generation).halt()
    play.server(note("notifications/prompts/list_changed")).expects_nothing()
    play.records("server-notification", rule="halted")
    play.host(note("notifications/roots/list_changed")).expects_nothing().records("notification", verdict="deny")


def test_while_halted_the_server_asks_nothing() -> None:
    play = Play().opened(LEGACY, {"roots": {}}).halt().server(request("q", "roots/list"))
    play.expects(to_server(error_body("q", -32601, HALTED))).records("server-request", rule="halted")


def test_an_open_question_is_withdrawn_and_the_server_told() -> None:
    play = Play().opened(LEGACY, {"roots": {}}).server(request("q", "roots/list")).halt()
    play.expects(to_host(cancelled(1)), to_server(error_body("q", -32601, HALTED)))
    play.host(result(1)).expects_nothing()


def test_a_call_that_was_cancelled_before_brings_no_answer_into_a_halt() -> None:
    play = Play(HTTP).opened(LEGACY).host(request("a", "tools/list")).host(cancelled("a"))
    play.halt().expects(closes("a"))
    play.server(result(2)).expects_nothing()
    play.tick(after=31)
    assert closes("a") not in play.seen


def test_what_waits_is_refused_and_not_sent_after_the_halt() -> None:
    play = Play().host(request("a", "tools/call", {"name": "t", "_meta": envelope()})).halt()
    play.expects(refused("a", "halted"))
    play.server(discovered(1)).expects_nothing().resume().expects_nothing()


@rows("kind", ["tools", "prompts", "resources"])
@rows("feature", [{"listChanged": True}, {"listChanged": False}, {"listChanged": 1}, {}])
def test_after_a_halt_the_host_is_told_to_read_its_lists_again(kind: str, feature: JsonObject) -> None:
    play = Play().opened(LEGACY, offered={kind: feature}).halt().resume()
    told = [to_host(note(f"notifications/{kind}/list_changed"))] if feature.get("listChanged") is True else []
    play.expects(*told).records("lifecycle", event="resumed")
    play.host(request("a", "tools/list")).expects(to_server(request(2, "tools/list")))


def test_a_halt_that_ends_before_the_handshake_tells_nobody() -> None:
    Play().halt().resume().expects_nothing()
    Play().opened(MODERN, offered={"tools": {"listChanged": True}}).halt().resume().expects_nothing()
