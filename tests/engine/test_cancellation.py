"""Cancellation, deadlines and late answers, in every order: the host gets one answer at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import (
    HTTP,
    LEGACY,
    MODERN,
    STDIO,
    Play,
    aborts,
    answer,
    cancelled,
    closes,
    each_face,
    each_generation,
    initialize,
    refused,
    request,
    result,
    to_server,
)
from sekisho.engine.events import Trouble
from sekisho.engine.state import Patience

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.engine.state import Face
    from sekisho.wire.jsonrpc import Json
    from sekisho.wire.versions import Generation


@each_face
def test_in_2025_the_server_is_told_its_own_id_and_the_host_still_gets_a_late_answer(host: Face, server: Face) -> None:
    play = Play(host, server).opened(LEGACY)
    play.host(play.asks("a", "prompts/list")).host(cancelled("a", reason="r"))
    play.expects(to_server(cancelled(2, reason="r"), call=2)).records("cancel", call=2)
    play.server(result(2)).expects(answer(result("a")))


def test_in_2025_the_stream_of_a_cancelled_call_ends_when_no_answer_comes() -> None:
    play = Play(HTTP).opened(LEGACY)
    play.host(play.asks("a", "prompts/list")).host(cancelled("a"))
    play.tick(after=30)
    assert play.seen[:2] == [aborts(2), closes("a")]
    play.server(result(2)).expects_nothing()


@pytest.mark.parametrize("host", [STDIO, HTTP])
def test_in_2026_on_stdio_the_server_is_told_and_the_late_answer_is_dropped(host: Face) -> None:
    play = Play(host).opened(MODERN)
    play.host(play.asks("a", "prompts/list")).host(cancelled("a", reason="r"))
    play.expects(to_server(cancelled(2, reason="r"), call=2), closes("a"))
    play.server(result(2)).expects_nothing().records("answer", rule="late-answer")


@pytest.mark.parametrize("host", [STDIO, HTTP])
def test_in_2026_over_http_closing_the_stream_is_the_cancellation(host: Face) -> None:
    play = Play(host, HTTP).opened(MODERN)
    play.host(play.asks("a", "prompts/list")).host(cancelled("a")).expects(aborts(2), closes("a"))
    assert play.session.open_calls == 0
    play.server(result(2)).expects_nothing()


@each_generation
@each_face
def test_a_channel_that_closes_cancels_its_calls_and_hears_no_more(
    generation: Generation, host: Face, server: Face
) -> None:
    play = Play(host, server).opened(generation)
    play.host(play.asks("a", "prompts/list")).host_left()
    told = aborts(2) if generation is MODERN and server is HTTP else to_server(cancelled(2), call=2)
    play.expects(told)
    play.server(result(2)).expects_nothing()
    play.tick(after=30)
    assert not [seen for seen in play.seen if seen.what in ("to host", "closes stream")]
    assert play.session.open_calls == 0


def test_a_channel_that_closes_after_a_cancellation_gets_no_late_answer_either() -> None:
    play = Play(HTTP).opened(LEGACY)
    play.host(play.asks("a", "prompts/list")).host(cancelled("a")).host_left().expects_nothing()
    play.server(result(2)).expects_nothing().records("answer", rule="late-answer")


@each_generation
@pytest.mark.parametrize("id_", ["b", 7, "7", True, None, 1.0, [], 2], ids=repr)
def test_cancelling_what_is_not_open_does_nothing(generation: Generation, id_: Json) -> None:
    play = Play().opened(generation)
    play.host(play.asks("a", "prompts/list")).host(cancelled(id_)).expects_nothing()
    play.server(result(2)).expects(answer(result("a")))
    play.host(cancelled("a")).expects_nothing()


@each_generation
def test_a_call_is_cancelled_once(generation: Generation) -> None:
    play = Play().opened(generation)
    play.host(play.asks("a", "prompts/list")).host(cancelled("a")).host(cancelled("a")).expects_nothing()


def test_initialize_cannot_be_cancelled() -> None:
    play = Play().host(initialize("a")).host(cancelled("a")).expects_nothing()
    play.host_left().expects_nothing()
    assert aborts(1) in play.tick(after=30).seen


def test_a_cancellation_without_params_is_ignored() -> None:
    play = Play().opened(LEGACY)
    play.host({"jsonrpc": "2.0", "method": "notifications/cancelled"}).expects_nothing()
    play.server({"jsonrpc": "2.0", "method": "notifications/cancelled"}).expects_nothing()


@each_generation
@each_face
def test_an_overdue_call_is_answered_by_us_and_the_server_told(
    generation: Generation, host: Face, server: Face
) -> None:
    play = Play(host, server, patience=Patience(call=50)).opened(generation)
    play.host(play.asks("a", "prompts/list")).tick(after=49.5).expects_nothing()
    told = aborts(2) if generation is MODERN and server is HTTP else to_server(cancelled(2), call=2)
    play.tick(after=0.5).expects(told, refused("a", "server-timed-out"))
    play.server(result(2)).expects_nothing()
    play.tick(after=60)
    assert not [seen for seen in play.seen if seen.what in ("to host", "closes stream", "refused")]


@each_generation
def test_the_id_of_a_cancelled_call_is_reserved_for_a_while(generation: Generation) -> None:
    play = Play().opened(generation)
    play.host(play.asks("a", "prompts/list")).host(cancelled("a"))
    play.host(play.asks("a", "tools/list"))
    assert play.seen[0].what == "failed"
    play.tick(after=30).host(play.asks("a", "tools/list"))
    assert play.seen[0].what == "to server"


def _cancel(play: Play) -> None:
    play.host(cancelled("a"))


def _time_out(play: Play) -> None:
    play.tick(after=600)


def _late(play: Play) -> None:
    play.server(result(2))


def _halt(play: Play) -> None:
    play.halt()


def _break(play: Play) -> None:
    play.broke(2, Trouble.BROKEN)


def _garble(play: Play) -> None:
    play.server_garbled(call=2)


def _lose(play: Play) -> None:
    play.server_left(Trouble.EXITED)


def _leave(play: Play) -> None:
    play.host_left()


STEPS = [_cancel, _time_out, _late, _halt, _break, _garble, _lose, _leave]


@each_generation
@each_face
@pytest.mark.parametrize("first", STEPS)
@pytest.mark.parametrize("second", STEPS)
def test_whatever_happens_in_whatever_order_there_is_one_ending(
    generation: Generation, host: Face, server: Face, first: Callable[[Play], None], second: Callable[[Play], None]
) -> None:
    play = Play(host, server).opened(generation)
    play.host(play.asks("a", "tools/list"))
    answers = closings = 0
    for step in (first, second, _late, _time_out, _halt, _lose):
        step(play)
        answers += len([seen for seen in play.seen if seen.final])
        closings += len([seen for seen in play.seen if seen.what == "closes stream"])
    assert answers + closings <= 1
    assert answers + closings == 1 or first is _leave or second is _leave
    assert play.session.open_calls == 0


def test_a_request_that_is_cancelled_before_it_breaks_gets_its_stream_closed() -> None:
    play = Play(HTTP, HTTP).opened(LEGACY)
    play.host(request("a", "tools/list")).host(cancelled("a"))
    play.broke(2, Trouble.BROKEN).expects(closes("a"))
