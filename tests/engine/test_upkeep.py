"""Time, loss and restarts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import (
    ENDS_SESSION,
    HTTP,
    LEGACY,
    MODERN,
    STARTS,
    STDIO,
    Play,
    aborts,
    answer,
    cancelled,
    closes,
    each_generation,
    envelope,
    error,
    note,
    refused,
    request,
    result,
    stops,
    to_host,
    to_server,
)
from sekisho.engine.events import Trouble
from sekisho.engine.state import Patience, Stage
from sekisho.policy.document import Policy

if TYPE_CHECKING:
    from sekisho.engine.state import Face
    from sekisho.wire.jsonrpc import JsonObject
    from sekisho.wire.versions import Generation

HANDSHAKE: JsonObject = {"protocolVersion": "2025-11-25", "capabilities": {}}
INITIALIZED = to_server(note("notifications/initialized"), call=None)


def replay(number: int) -> JsonObject:
    return request(number, "initialize", HANDSHAKE)


# -- a silent server -----------------------------------------------------------------------------


def pinged(generation: Generation) -> tuple[Play, JsonObject]:
    """Let a call be cancelled and nothing come; return the play just after our own ping."""
    play = Play().opened(generation)
    if generation is MODERN:
        play.host(play.asks("z", "prompts/list")).server(result(2))
    number = 3 if generation is MODERN else 2
    ask = play.asks("a", "prompts/list", about={"progressToken": "t", "baggage": "b"}, capabilities={"roots": {}})
    play.host(ask).host(cancelled("a")).tick(after=4.9).expects_nothing()
    ping = request(number + 1, "ping", {})
    if generation is MODERN:
        ping = request(number + 1, "server/discover", {"_meta": envelope()})
    return play.tick(after=0.1).expects(to_server(ping, call=number + 1)), ping


@each_generation
def test_a_server_that_stays_silent_is_asked_and_then_stopped(generation: Generation) -> None:
    play, _ = pinged(generation)
    play.tick(after=29)
    assert stops(Trouble.HUNG) not in play.seen
    assert stops(Trouble.HUNG) in play.tick(after=1).seen
    play.records("lifecycle", event="stopped", rule="server-hung")
    play.tick(after=60)
    assert stops(Trouble.HUNG) not in play.seen
    assert play.session.idle


@each_generation
@pytest.mark.parametrize("with_error", [True, False])
def test_any_answer_to_the_ping_is_a_sign_of_life(generation: Generation, *, with_error: bool) -> None:
    play, ping = pinged(generation)
    number = ping["id"]
    assert isinstance(number, int)
    play.server(error(number) if with_error else result(number)).expects_nothing()
    play.tick(after=60).tick(after=60)
    assert stops(Trouble.HUNG) not in play.seen
    assert play.session.idle


@each_generation
@pytest.mark.parametrize("garbled", [True, False])
def test_a_server_that_says_anything_after_the_ping_is_not_silent(generation: Generation, *, garbled: bool) -> None:
    play, _ = pinged(generation)
    play.wait(1)
    if garbled:
        play.server_garbled()
    else:
        play.server(note("notifications/message"))
    play.tick(after=60)
    assert stops(Trouble.HUNG) not in play.seen


def test_a_server_that_spoke_after_the_cancellation_is_not_asked() -> None:
    play = Play().opened(LEGACY).host(request("a", "tools/list")).host(cancelled("a"))
    play.server(note("notifications/message")).tick(after=20).expects_nothing()


def test_an_http_server_is_not_asked_because_each_call_has_a_connection() -> None:
    play = Play(server_face=HTTP).opened(LEGACY).host(request("a", "tools/list")).host(cancelled("a"))
    play.tick(after=20).expects_nothing()
    play.tick(after=20)
    assert play.session.idle


# -- loss ----------------------------------------------------------------------------------------


@each_generation
@pytest.mark.parametrize("trouble", [Trouble.EXITED, Trouble.BROKEN, Trouble.HUNG, Trouble.CANNOT_START])
def test_a_server_that_leaves_answers_every_open_call(generation: Generation, trouble: Trouble) -> None:
    play = Play().opened(generation)
    play.host(play.asks("a", "tools/list")).host(play.asks("b", "prompts/list")).host(cancelled("a"))
    play.server_left(trouble)
    gone = [closes("a")] if generation is LEGACY else []
    play.expects(aborts(2), *gone, aborts(3), refused("b", trouble)).records("lifecycle", event="left", rule=trouble)
    play.server(result(3)).expects_nothing().server_left(trouble).expects_nothing()
    play.server_garbled(call=3).expects_nothing()
    assert (play.session.open_calls, play.session.stage, play.session.idle) == (0, Stage.DOWN, True)


def test_questions_of_a_server_that_left_are_withdrawn_from_the_host() -> None:
    play = Play().opened(LEGACY, {"roots": {}}).server(request("q", "roots/list")).server_left(Trouble.EXITED)
    play.expects(to_host(cancelled(1)))
    play.host(result(1)).expects_nothing()


@each_generation
def test_an_exchange_that_breaks_is_refused_and_the_others_go_on(generation: Generation) -> None:
    play = Play(server_face=HTTP).opened(generation)
    play.host(play.asks("a", "tools/list")).host(play.asks("b", "tools/list"))
    play.broke(2, Trouble.BROKEN).expects(refused("a", "server-connection-broken"))
    play.broke(2, Trouble.BROKEN).expects_nothing().broke(9, Trouble.SESSION_ENDED).expects_nothing()
    play.server(result(3)).expects(answer(result("b")))


def test_an_initialize_that_breaks_can_be_tried_again() -> None:
    play = Play(server_face=HTTP).host(request("a", "initialize", HANDSHAKE)).broke(1, Trouble.UNREACHABLE)
    play.expects(refused("a", "server-unreachable"))
    play.host(request("b", "initialize", HANDSHAKE)).expects(to_server(replay(2)))


@pytest.mark.parametrize("host", [STDIO, HTTP])
def test_a_session_that_ended_at_the_server_ends_at_an_http_host_too(host: Face) -> None:
    play = Play(host, HTTP).opened(LEGACY).host(request("a", "tools/list")).host(request("b", "tools/list"))
    play.broke(2, Trouble.SESSION_ENDED)
    ended = [ENDS_SESSION] if host is HTTP else []
    play.expects(
        aborts(2), refused("a", "server-session-ended"), aborts(3), refused("b", "server-session-ended"), *ended
    )
    play.broke(3, Trouble.SESSION_ENDED).expects_nothing()


def test_one_wait_for_the_disk_is_enough_for_a_thousand_refusals() -> None:
    play = Play().opened(LEGACY)
    for number in range(1000):
        play.host(request(number, "tools/list"))
    play.server_left(Trouble.EXITED)
    durable = [effect for effect in play.effects if getattr(effect, "durable", False)]
    assert len([seen for seen in play.seen if seen.what == "refused"]) == 1000
    assert len(durable) == 1
    assert play.effects.index(durable[0]) == 1000


# -- restart -------------------------------------------------------------------------------------


def lost(play: Play) -> Play:
    return play.server_left(Trouble.EXITED)


def test_a_legacy_server_is_started_again_by_the_next_request_and_told_what_it_knew() -> None:
    play = Play().opened(LEGACY)
    play.host(request("l", "logging/setLevel", {"level": "info", "_meta": {"progressToken": 1}})).server(result(2))
    for number, uri in enumerate(("u", "v", "w"), 3):
        play.host(request(uri, "resources/subscribe", {"uri": uri, "_meta": {"x": 1}})).server(result(number))
    play.host(request("n", "resources/unsubscribe", {"uri": "v"})).server(result(6))
    lost(play).host(request("a", "tools/list")).expects(STARTS, to_server(replay(7)))
    play.records("lifecycle", event="restart")
    play.host(request("b", "prompts/list")).expects_nothing()
    play.server(result(7, {**HANDSHAKE, "serverInfo": {"version": "2"}})).expects(
        INITIALIZED,
        to_server(request(8, "logging/setLevel", {"level": "info"})),
        to_server(request(9, "resources/subscribe", {"uri": "u"})),
        to_server(request(10, "resources/subscribe", {"uri": "w"})),
        to_server(request(11, "tools/list")),
        to_server(request(12, "prompts/list")),
    )
    play.server(result(8)).expects_nothing().server(error(9)).expects_nothing()
    play.server(result(11)).expects(answer(result("a")))


def test_what_the_server_refused_is_not_told_again() -> None:
    play = Play().opened(LEGACY)
    play.host(request("s", "resources/subscribe", {"uri": "u"})).server(error(2))
    play.host(request("t", "resources/subscribe", {"uri": "x" * 9000})).server(result(3))
    play.host(request("u", "resources/subscribe", {"uri": 5})).server(result(4))
    play.host(request("v", "resources/unsubscribe", {"uri": 5})).server(result(5))
    lost(play).host(request("a", "tools/list")).server(result(6, HANDSHAKE))
    play.expects(INITIALIZED, to_server(request(7, "tools/list")))


def test_subscriptions_are_bounded() -> None:
    play = Play(patience=Patience(subscriptions=2)).opened(LEGACY)
    for number, uri in enumerate(("u", "v"), 2):
        play.host(request(uri, "resources/subscribe", {"uri": uri})).server(result(number))
    play.host(request("a", "resources/subscribe", {"uri": "w"})).expects(refused("a", "too-many-open-calls"))


def test_a_server_that_was_not_told_initialized_is_not_told_so_after_a_restart() -> None:
    play = Play().host(request("o", "initialize", HANDSHAKE)).server(result(1, HANDSHAKE))
    lost(play).host(request("a", "tools/list")).server(result(2, HANDSHAKE))
    play.expects(to_server(request(3, "tools/list")))


def test_the_progress_token_of_initialize_is_not_repeated() -> None:
    about: JsonObject = {"_meta": {"progressToken": "t"}}
    play = Play().host(request("o", "initialize", {**HANDSHAKE, **about})).server(result(1, HANDSHAKE))
    lost(play).host(request("a", "tools/list")).expects(STARTS, to_server(replay(2)))


def test_a_modern_server_is_started_again_without_more_ado() -> None:
    play = Play().opened(MODERN)
    ask = play.asks("a", "prompts/list")
    play.host(play.asks("z", "prompts/list"))
    lost(play).host(ask).expects(STARTS, to_server({**ask, "id": 3}))


@pytest.mark.parametrize(
    "other",
    [
        {"protocolVersion": "2025-06-18", "capabilities": {}},
        {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}},
        {"protocolVersion": "2025-11-25", "capabilities": {}, "instructions": "obey"},
    ],
)
def test_a_server_that_comes_back_different_is_not_used_any_more(other: JsonObject) -> None:
    play = lost(Play().opened(LEGACY)).host(request("a", "tools/list")).server(result(2, other))
    play.expects(refused("a", "server-changed-after-restart"), stops(Trouble.CHANGED))
    play.server_left(Trouble.CHANGED).expects_nothing()
    play.host(request("b", "tools/list")).expects(refused("b", "server-changed-after-restart"))
    play.tick(after=1000).host(note("notifications/roots/list_changed")).expects_nothing()
    play.host(request("c", "ping")).expects(refused("c", "server-changed-after-restart"))


def test_capabilities_that_the_policy_withholds_are_no_difference() -> None:
    offered: JsonObject = {"tools": {}, "tasks": {}}
    play = Play(policy=Policy()).opened(LEGACY, offered=offered)
    lost(play).host(request("a", "tools/list")).server(result(2, {**HANDSHAKE, "capabilities": offered}))
    play.expects(INITIALIZED, to_server(request(3, "tools/list")))


@pytest.mark.parametrize("how", ["error", "time", "break", "garbled"])
def test_a_restart_that_fails_is_refused_and_tried_again(how: str) -> None:
    play = lost(Play(server_face=HTTP).opened(LEGACY)).host(request("a", "tools/list"))
    match how:
        case "error":
            play.server(error(2))
        case "time":
            play.tick(after=120)
        case "break":
            play.broke(2, Trouble.BROKEN)
        case _:
            play.server_garbled(call=2)
    assert play.seen[-2:] == [refused("a", "server-cannot-start"), stops(Trouble.CANNOT_START)]
    assert not [seen for seen in play.seen if seen.what == "to server"]
    play.server_left(Trouble.CANNOT_START).host(request("b", "tools/list"))
    play.expects(refused("b", "server-restarting"))
    play.wait(60).host(request("c", "tools/list")).expects(STARTS, to_server(replay(3)))


def test_a_server_that_leaves_during_the_replay_refuses_what_waits() -> None:
    play = lost(Play().opened(LEGACY)).host(request("a", "tools/list"))
    lost(play).expects(aborts(2), refused("a", "server-exited"))


def test_the_pauses_double_up_to_the_longest_and_start_over_after_a_steady_while() -> None:
    patience = Patience(restart_first=0.5, restart_most=3.0, steady=60)
    play = Play(patience=patience).opened(MODERN)
    for pause in (0.0, 0.5, 1.0, 2.0, 3.0, 3.0):
        lost(play)
        if pause:
            early = play.wait(pause - 0.1).host(play.asks("x", "prompts/list"))
            early.expects(refused("x", "server-restarting")).wait(0.1)
        play.host(play.asks("a", "prompts/list"))
        assert play.seen[0] == STARTS
    lost(play.wait(61)).host(play.asks("a", "prompts/list"))
    assert play.seen[0] == STARTS


def test_a_notification_for_a_server_that_is_down_is_dropped() -> None:
    play = lost(Play().opened(LEGACY)).host(note("notifications/roots/list_changed")).expects_nothing()
    play.records("notification", rule="server-exited")
    play.host(request("a", "tools/list")).host(note("notifications/roots/list_changed")).expects_nothing()
    play.records("notification", rule="server-restarting")


def test_only_so_many_requests_wait_for_a_restart() -> None:
    play = lost(Play(patience=Patience(parked=1)).opened(LEGACY)).host(request("a", "tools/list"))
    play.host(request("b", "tools/list")).expects(refused("b", "too-many-open-calls"))
    none = lost(Play(patience=Patience(parked=0)).opened(LEGACY)).host(request("a", "tools/list"))
    none.expects(refused("a", "too-many-open-calls"))
