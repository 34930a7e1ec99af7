"""Notifications of the server: progress, logs, changes, subscriptions."""

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
    note,
    request,
    result,
    to_host,
    to_server,
)
from sekisho.engine.effects import Record
from sekisho.engine.state import Patience
from sekisho.wire.versions import META_LOG_LEVEL, META_SUBSCRIPTION_ID

if TYPE_CHECKING:
    from sekisho.engine.state import Face
    from sekisho.wire.jsonrpc import Id, Json, JsonObject
    from sekisho.wire.versions import Generation

CHANGED = "notifications/prompts/list_changed"
LOG = "notifications/message"


def progress(token: Json, done: int = 1, **more: Json) -> JsonObject:
    return note("notifications/progress", {"progressToken": token, "progress": done, **more})


def tagged(method: str, tag: Json) -> JsonObject:
    return note(method, {"_meta": {META_SUBSCRIPTION_ID: tag, "other": 1}})


def logging(play: Play, id_: Id) -> JsonObject:
    return play.asks(id_, "prompts/list", about={META_LOG_LEVEL: "info"})


# -- progress ------------------------------------------------------------------------------------


@each_generation
@each_face
@pytest.mark.parametrize("token", ["t", 5, 2.5, True], ids=repr)
def test_progress_comes_back_under_the_hosts_own_token(
    generation: Generation, host: Face, server: Face, token: Json
) -> None:
    play = Play(host, server).opened(generation)
    play.host(play.asks("a", "prompts/list", about={"progressToken": token}))
    play.expects(to_server(play.asks(2, "prompts/list", about={"progressToken": 2})))
    play.server(progress(2, 3, message="m")).expects(to_host(progress(token, 3, message="m"), about="a"))
    assert type(play.sent[0]["params"]) is dict
    play.server(result(2)).expects(answer(result("a"))).records("answer", notes=1)
    play.server(progress(2)).expects_nothing()


@each_generation
@pytest.mark.parametrize("token", ["2", 1, 3, True, None, 2.5, "t", []], ids=repr)
def test_progress_under_a_token_that_is_not_ours_is_dropped(generation: Generation, token: Json) -> None:
    play = Play().opened(generation)
    play.host(play.asks("a", "prompts/list", about={"progressToken": "t"})).host(play.asks("b", "prompts/list"))
    play.server(progress(token)).expects_nothing()


def test_true_is_not_the_token_of_the_first_call() -> None:
    play = Play().host(request("a", "initialize", {"protocolVersion": "2025-11-25", "_meta": {"progressToken": "t"}}))
    play.server(progress(token=True)).expects_nothing()
    play.server(progress(1)).expects(to_host(progress("t"), about="a"))


def test_progress_without_params_or_for_a_cancelled_call_is_dropped() -> None:
    play = Play().opened(LEGACY)
    play.host(play.asks("a", "prompts/list", about={"progressToken": "t"}))
    play.server(note("notifications/progress")).expects_nothing()
    play.host(cancelled("a")).server(progress(2)).expects_nothing()


@each_generation
def test_progress_moves_the_deadline(generation: Generation) -> None:
    play = Play(patience=Patience(call=50)).opened(generation)
    play.host(play.asks("a", "prompts/list", about={"progressToken": "t"}))
    for _ in range(5):
        play.wait(40).server(progress(2)).tick().expects_nothing()
    play.tick(after=50)
    assert [seen.body for seen in play.seen if seen.final] == ["server-timed-out"]


def test_a_null_token_asks_for_no_progress() -> None:
    play = Play().opened(LEGACY)
    play.host(play.asks("a", "prompts/list", about={"progressToken": None}))
    play.expects(to_server(play.asks(2, "prompts/list", about={"progressToken": None})))
    play.server(progress(2)).expects_nothing()


# -- what is about no call -----------------------------------------------------------------------


@pytest.mark.parametrize("host", [STDIO, HTTP])
def test_a_change_is_told_on_the_standalone_stream(host: Face) -> None:
    play = Play(host).opened(LEGACY).server(note(CHANGED))
    play.expects(to_host(note(CHANGED))).records("server-notification", method=CHANGED, verdict="allow")


@pytest.mark.parametrize("generation", [LEGACY, MODERN], ids=["legacy", "modern"])
@pytest.mark.parametrize("method", ["notifications/tasks/status", "no/such", "notifications/initialized"])
def test_an_unknown_notification_is_dropped(generation: Generation, method: str) -> None:
    play = Play().opened(generation).server(note(method)).expects_nothing()
    play.records("server-notification", rule="unknown-method")


def test_elicitation_complete_exists_in_2025_11_25() -> None:
    said = note("notifications/elicitation/complete", {"elicitationId": "e"})
    Play().opened(LEGACY).server(said).expects(to_host(said))


def test_logs_are_counted_not_recorded_one_by_one() -> None:
    play = Play().opened(LEGACY).server(note(LOG)).expects(to_host(note(LOG)))
    assert not play.effects[:-1]
    play.server(note(LOG))
    assert not play.session.idle
    play.tick(after=1).expects_nothing().records("server-notification", method=LOG, count=2)
    assert play.session.idle
    play.tick(after=1)
    assert play.effects == []


@each_generation
def test_what_comes_on_the_stream_of_a_call_is_told_there(generation: Generation) -> None:
    play = Play(HTTP, HTTP).opened(generation)
    play.host(play.asks("a", "prompts/list")).host(play.asks("b", "prompts/list"))
    play.server(note(LOG), call=3).expects(to_host(note(LOG), about="b"))
    play.server(note(CHANGED), call=2).expects(to_host(note(CHANGED), about="a"))
    play.server(note(CHANGED), call=9).expects_nothing()
    play.host(cancelled("b")).server(note(LOG), call=3).expects_nothing()


def test_an_errand_has_no_stream_at_the_host() -> None:
    play = Play(HTTP, HTTP)
    play.modern = True
    play.host(play.asks("a", "prompts/list")).server(note(LOG), call=1).expects_nothing()


def test_towards_http_an_untied_message_is_about_the_only_open_call() -> None:
    play = Play(HTTP).opened(MODERN)
    play.server(note(CHANGED)).expects(to_host(note(CHANGED)))  # the revision is not agreed yet
    play.host(play.asks("z", "prompts/list"), channel=3).server(result(2))
    play.server(note(CHANGED)).expects_nothing()
    play.host(play.asks("a", "prompts/list"), channel=4)
    play.server(note(CHANGED)).expects(to_host(note(CHANGED), channel=4, about="a"))
    play.host(play.asks("a", "prompts/list"), channel=5).server(note(CHANGED)).expects_nothing()


def test_towards_http_a_log_reaches_nobody_when_two_calls_might_be_meant() -> None:
    play = Play(HTTP).opened(MODERN)
    play.host(play.asks("a", "prompts/list"), channel=4).host(logging(play, "a"), channel=5)
    play.server(note(LOG)).expects(to_host(note(LOG), channel=5, about="a"))
    play.host(logging(play, "b"), channel=6).server(note(LOG)).expects_nothing()


def test_towards_stdio_an_untied_message_is_passed_on_in_2026_too() -> None:
    play = Play().opened(MODERN)
    play.host(play.asks("z", "prompts/list")).server(note(CHANGED)).expects(to_host(note(CHANGED)))


# -- subscriptions/listen ------------------------------------------------------------------------


def listening(host: Face = STDIO, server: Face = STDIO) -> Play:
    play = Play(host, server).opened(MODERN)
    play.host(play.asks("l", "subscriptions/listen", {"toolsListChanged": True}))
    return play.expects(to_server(play.asks(2, "subscriptions/listen", {"toolsListChanged": True})))


@each_face
@pytest.mark.parametrize("method", ["notifications/subscriptions/acknowledged", CHANGED])
def test_a_subscription_is_tagged_with_the_hosts_own_id(host: Face, server: Face, method: str) -> None:
    play = listening(host, server)
    play.server(tagged(method, 2), call=2 if server is HTTP else None)
    play.expects(to_host(tagged(method, "l"), about="l"))


@pytest.mark.parametrize("tag", [3, "2", "l", True, None, 2.0], ids=repr)
def test_a_tag_that_names_no_subscription_reaches_nobody(tag: Json) -> None:
    play = listening()
    play.host(play.asks("b", "prompts/list")).server(tagged(CHANGED, tag))
    assert play.seen == ([to_host(tagged(CHANGED, tag))] if tag is None else [])


def test_a_subscription_has_no_deadline() -> None:
    play = listening()
    play.tick(after=10_000_000).expects_nothing()
    play.server(tagged(CHANGED, 2)).expects(to_host(tagged(CHANGED, "l"), about="l"))


def test_a_subscription_is_nothing_that_a_host_which_leaves_waits_for() -> None:
    play = listening()
    assert (play.session.open_calls, play.session.owes) == (1, False)
    play.host(play.asks("b", "prompts/list"))
    assert play.session.owes


def test_a_subscription_ends_with_a_result_that_carries_the_hosts_id() -> None:
    play = listening()
    play.server(result(2, {"_meta": {META_SUBSCRIPTION_ID: 2}}))
    play.expects(answer(result("l", {"_meta": {META_SUBSCRIPTION_ID: "l"}})))
    play.server(tagged(CHANGED, 2)).expects_nothing()


def test_a_subscription_may_end_without_a_tag() -> None:
    listening().server(result(2)).expects(answer(result("l")))


@each_face
def test_a_subscription_ends_with_a_cancellation_by_the_server(host: Face, server: Face) -> None:
    play = listening(host, server).server(cancelled(2, reason="r"))
    play.expects(to_host(cancelled("l", reason="r"), about="l"), aborts(2), closes("l"))
    play.server(cancelled(2)).expects_nothing()
    assert play.session.open_calls == 0


def test_a_subscription_ends_with_a_cancellation_by_the_host() -> None:
    play = listening().host(cancelled("l")).expects(to_server(cancelled(2), call=2), closes("l"))
    play.server(tagged(CHANGED, 2)).expects_nothing().server(cancelled(2)).expects_nothing()


@pytest.mark.parametrize("id_", [3, "2", True, "l", None])
def test_the_server_cannot_cancel_anything_else(id_: Json) -> None:
    play = listening()
    play.host(play.asks("b", "prompts/list")).server(cancelled(id_)).expects_nothing()
    play.server(result(3)).expects(answer(result("b")))


def test_two_subscriptions_are_kept_apart() -> None:
    play = listening(HTTP)
    play.host(play.asks("l", "subscriptions/listen"), channel=9)
    play.server(tagged(CHANGED, 3)).expects(to_host(tagged(CHANGED, "l"), channel=9, about="l"))
    play.server(tagged(CHANGED, 2)).expects(to_host(tagged(CHANGED, "l"), channel=0, about="l"))


@each_generation
def test_every_other_notification_is_on_record_before_it_is_sent(generation: Generation) -> None:
    play = Play().opened(generation).server(note(CHANGED, {"x": 1}))
    record = play.effects[0]
    assert isinstance(record, Record)
    assert record.values == {"params": {"x": 1}}
