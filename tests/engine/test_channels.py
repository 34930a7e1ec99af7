"""One session serves many POSTs of one principal: no channel reaches into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import (
    ALICE,
    BOB,
    HTTP,
    LEGACY,
    MODERN,
    STDIO,
    Play,
    aborts,
    answer,
    cancelled,
    closes,
    error,
    failed,
    note,
    refused,
    request,
    result,
    to_host,
    to_server,
)
from sekisho.engine.events import Trouble
from sekisho.engine.state import Patience
from sekisho.wire.versions import META_SUBSCRIPTION_ID

if TYPE_CHECKING:
    from sekisho.engine.state import Face
    from sekisho.wire.jsonrpc import JsonObject

LOG = "notifications/message"


def two_channels(server: Face = STDIO) -> Play:
    """Return a session in which channels 5 and 6 have the same request open, as calls 2 and 3."""
    play = Play(HTTP, server).opened(MODERN)
    for channel, who in ((5, ALICE), (6, BOB)):
        play.host(play.asks("a", "prompts/list", about={"progressToken": "t"}), channel=channel, who=who)
    return play


@pytest.mark.parametrize("server", [STDIO, HTTP])
def test_a_channel_cancels_its_own_request_only(server: Face) -> None:
    play = two_channels(server).host(cancelled("a"), channel=6)
    play.expects(aborts(3) if server is HTTP else to_server(cancelled(3)), closes("a", channel=6))
    play.host(cancelled("a"), channel=7).expects_nothing()
    play.server(result(2)).expects(answer(result("a"), channel=5))


@pytest.mark.parametrize("server", [STDIO, HTTP])
def test_a_channel_that_leaves_takes_its_own_requests_only(server: Face) -> None:
    play = two_channels(server).host_left(6)
    play.expects(aborts(3) if server is HTTP else to_server(cancelled(3)))
    play.server(result(2)).expects(answer(result("a"), channel=5))
    play.server(result(3)).expects_nothing()


def test_progress_reaches_the_channel_that_asked() -> None:
    play = two_channels()
    for number, channel in ((2, 5), (3, 6)):
        play.server(note("notifications/progress", {"progressToken": number, "progress": 1}))
        expected = note("notifications/progress", {"progressToken": "t", "progress": 1})
        play.expects(to_host(expected, channel=channel, about="a"))


def test_an_error_and_a_broken_exchange_reach_the_channel_that_asked() -> None:
    play = two_channels().server(error(3)).expects(answer(error("a"), channel=6))
    play.broke(2, Trouble.BROKEN).expects(refused("a", "server-connection-broken", channel=5))


def test_a_deadline_is_told_to_the_channel_that_asked() -> None:
    play = Play(HTTP, HTTP, patience=Patience(call=10)).opened(MODERN)
    play.host(play.asks("a", "prompts/list"), channel=5).wait(5).host(play.asks("a", "prompts/list"), channel=6)
    play.tick(after=5).expects(aborts(2), refused("a", "server-timed-out", channel=5))


def test_a_log_on_the_stream_of_a_call_is_told_to_its_channel() -> None:
    two_channels(HTTP).server(note(LOG), call=2).expects(to_host(note(LOG), channel=5, about="a"))


def test_a_log_that_could_be_about_either_is_told_to_neither() -> None:
    two_channels().server(note(LOG)).expects_nothing()


def test_subscriptions_of_two_channels_are_tagged_apart() -> None:
    play = Play(HTTP).opened(MODERN)
    for channel in (5, 6):
        play.host(play.asks("l", "subscriptions/listen"), channel=channel)
    body = note("notifications/tools/list_changed", {"_meta": {META_SUBSCRIPTION_ID: 3}})
    told = note("notifications/tools/list_changed", {"_meta": {META_SUBSCRIPTION_ID: "l"}})
    play.server(body).expects(to_host(told, channel=6, about="l"))
    play.host_left(6).server(body).expects_nothing()
    play.server(cancelled(2)).expects(to_host(cancelled("l"), channel=5, about="l"), aborts(2), closes("l", channel=5))


def test_waiting_requests_of_two_channels_are_told_apart() -> None:
    play = Play(HTTP)
    play.modern = True
    ask = play.asks("a", "prompts/list")
    play.host(ask, channel=5).host(ask, channel=6).host(cancelled("a"), channel=6).expects(closes("a", channel=6))
    play.host(ask, channel=5).expects(failed("a", -32600, channel=5))
    play.server(result(1, {"supportedVersions": ["2026-07-28"]})).expects(to_server({**ask, "id": 2}))
    play.server(result(2)).expects(answer(result("a"), channel=5))


def test_the_capabilities_of_one_request_do_not_serve_another() -> None:
    wants: JsonObject = {"resultType": "input_required", "inputRequests": {"k": {"method": "roots/list"}}}
    play = Play(HTTP).opened(MODERN)
    play.host(play.asks("a", "prompts/get", {"name": "p"}, capabilities={"roots": {}}), channel=5)
    play.host(play.asks("a", "prompts/get", {"name": "p"}, capabilities={}), channel=6)
    play.server(result(3, wants)).expects(refused("a", "undeclared-capability", channel=6))
    play.server(result(2, wants)).expects(answer(result("a", wants), channel=5))


def test_a_garbled_request_is_answered_on_its_own_channel() -> None:
    play = two_channels().host_garbled("malformed-json", "a", channel=7).expects(failed("a", -32700, channel=7))
    play.server(result(2)).expects(answer(result("a"), channel=5))


def test_what_is_on_record_about_a_call_names_whose_it_is() -> None:
    play = two_channels().server(result(2))
    assert {record.who.principal for record in play.recorded} == {"alice"}
    play.server(result(3))
    assert {record.who.principal for record in play.recorded} == {"bob"}


def test_in_2025_two_requests_with_one_id_on_one_channel_are_one_too_many() -> None:
    play = Play(HTTP).opened(LEGACY).host(request("a", "tools/list"))
    play.host(request("a", "tools/list")).expects(failed("a", -32600))
