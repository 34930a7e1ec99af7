"""What an older host wants to hear of, from a newer server."""

from __future__ import annotations

from bridgekit import (
    acknowledged,
    crossed,
    error,
    listening,
    note,
    params,
    request,
    result,
    tagged,
)
from sekisho.engine.events import Trouble
from sekisho.engine.state import Face
from sekisho.wire.views import nested, obj


def test_the_stream_of_changes_opens_when_the_host_is_ready_and_its_tag_stays_here() -> None:
    at = crossed()
    (listen,) = at.host(note("notifications/initialized"))
    assert params(listen)["notifications"] == {"toolsListChanged": True}
    assert at.server(acknowledged(listen)) == []
    (changed,) = at.server(tagged(listen, "notifications/tools/list_changed"))
    assert changed == {"jsonrpc": "2.0", "method": "notifications/tools/list_changed"}


def test_a_subscription_is_answered_when_the_server_has_agreed() -> None:
    at = crossed()
    first = listening(at)
    (second,) = at.host(request(1, "resources/subscribe", {"uri": "memo://a"}))
    assert params(second)["notifications"] == {"toolsListChanged": True, "resourceSubscriptions": ["memo://a"]}
    assert at.server(acknowledged(second)) == [result(1, {})]
    assert params(at.to_server[-1][1])["requestId"] == first["id"]
    (updated,) = at.server(tagged(second, "notifications/resources/updated", {"uri": "memo://a"}))
    assert params(updated) == {"uri": "memo://a"}
    assert at.host(request(2, "resources/subscribe", {"uri": "memo://a"})) == []
    assert at.last == result(2, {})
    (third,) = at.host(request(3, "resources/unsubscribe", {"uri": "memo://a"}))
    assert at.server(acknowledged(third)) == [result(3, {})]


def test_a_subscription_that_the_server_does_not_honour_fails() -> None:
    at = crossed()
    listening(at)
    (second,) = at.host(request(1, "resources/subscribe", {"uri": "memo://a"}))
    (denied,) = at.server(acknowledged(second, {"toolsListChanged": True}))
    assert obj(denied["error"])["code"] == -32602
    at.host(request(2, "resources/subscribe", {}))
    assert at.rules()[-1] == "invalid-params"


def test_wishes_that_come_while_a_stream_opens_wait_for_the_next_one() -> None:
    at = crossed()
    (first,) = at.host(note("notifications/initialized"))
    assert at.host(request(1, "resources/subscribe", {"uri": "memo://a"})) == []
    at.host(request(1, "ping"))
    assert at.rules()[-1] == "duplicate-id"
    at.server(acknowledged(first))
    second = at.to_server[-1][1]
    assert nested(second, "params", "notifications")["resourceSubscriptions"] == ["memo://a"]
    assert at.server(acknowledged(second)) == [result(1, {})]


def test_a_stream_that_ends_is_opened_again_after_a_pause() -> None:
    at = crossed()
    first = listening(at)
    assert not at.newer.busy
    at.server(result(first["id"], {"resultType": "complete"}))
    assert at.newer.busy
    before = len(at.to_server)
    at.wait(0.5)
    assert len(at.to_server) == before
    at.wait(1)
    assert at.to_server[-1][1]["method"] == "subscriptions/listen"


def test_a_stream_that_is_refused_fails_who_waited_for_it() -> None:
    at = crossed()
    listening(at)
    (second,) = at.host(request(1, "resources/subscribe", {"uri": "memo://a"}))
    at.server(error(second["id"], -32603, "no streams"))
    assert at.last["id"] == 1
    assert obj(at.last["error"])["message"] == "no streams"
    (third,) = at.host(request(2, "resources/subscribe", {"uri": "memo://b"}))
    at.server(result(third["id"], {"resultType": "complete"}))
    assert "ended its stream" in str(obj(at.last["error"])["message"])


def test_a_server_whose_offer_never_changes_is_asked_for_no_stream() -> None:
    at = crossed({"tools": {}})
    assert at.host(note("notifications/initialized")) == []
    assert at.wait(5) == []


def test_subscriptions_are_bounded() -> None:
    at = crossed()
    listening(at)
    for number in range(513):
        at.host(request(number + 1, "resources/subscribe", {"uri": f"memo://{number}"}))
    assert at.rules()[-1] == "too-many-open-calls"


def test_over_http_a_stream_that_closes_is_opened_again() -> None:
    at = crossed(face=Face.HTTP)
    listen = listening(at)
    number = listen["id"]
    assert isinstance(number, int)
    at.break_call(number, Trouble.BROKEN)
    at.wait(2)
    assert at.to_server[-1][1]["method"] == "subscriptions/listen"


def test_an_acknowledgement_that_comes_twice_changes_nothing() -> None:
    at = crossed()
    listen = listening(at)
    before = len(at.to_server)
    assert at.server(acknowledged(listen)) == []
    assert len(at.to_server) == before


def test_a_wish_to_hear_no_more_fails_with_the_stream_too() -> None:
    at = crossed()
    listening(at)
    (second,) = at.host(request(1, "resources/subscribe", {"uri": "memo://a"}))
    at.server(acknowledged(second))
    (third,) = at.host(request(2, "resources/unsubscribe", {"uri": "memo://a"}))
    at.server(error(third["id"], -32603))
    assert (at.last["id"], "error" in at.last) == (2, True)
