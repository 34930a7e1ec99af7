"""The streams of newer hosts, fed by an older server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridgekit import TAG, behind, error, modern, note, params, result
from sekisho.engine.events import Trouble
from sekisho.engine.state import Face
from sekisho.wire.views import meta, obj

if TYPE_CHECKING:
    from bridgekit import Crossing
    from sekisho.wire.jsonrpc import Id, Json, JsonObject


def listen(at: Crossing, id_: Id, *uris: Json, channel: int = 0, **wanted: bool) -> list[JsonObject]:
    """Let the host listen; return what the server gets."""
    notifications: JsonObject = {**wanted}
    if uris:
        notifications["resourceSubscriptions"] = list(uris)
    return at.host(modern(id_, "subscriptions/listen", {"notifications": notifications}), channel=channel)


def honoured(body: JsonObject) -> JsonObject:
    assert body["method"] == "notifications/subscriptions/acknowledged"
    return obj(params(body)["notifications"])


def test_a_stream_is_acknowledged_for_what_the_server_offers_and_hears_of_that() -> None:
    at = behind()
    assert listen(at, "L", toolsListChanged=True, promptsListChanged=True, resourcesListChanged=False) == []
    assert honoured(at.last) == {"toolsListChanged": True}
    assert meta(params(at.last))[TAG] == "L"
    (changed,) = at.server(note("notifications/tools/list_changed", {"_meta": {"a": 1}}))
    assert params(changed) == {"_meta": {"a": 1, TAG: "L"}}
    assert at.server(note("notifications/prompts/list_changed")) == []


def test_resources_are_subscribed_to_once_and_acknowledged_when_the_server_agreed() -> None:
    at = behind()
    one, two = listen(at, 1, "memo://a", "memo://b", 7)
    assert [params(each)["uri"] for each in (one, two)] == ["memo://a", "memo://b"]
    assert at.server(result(one["id"], {})) == []
    assert at.server(note("notifications/resources/updated", {"uri": "memo://a"})) == []
    (ack,) = at.server(error(two["id"], -32601))
    assert honoured(ack) == {"resourceSubscriptions": ["memo://a"]}
    assert listen(at, 2, "memo://a") == []
    heard = at.server(note("notifications/resources/updated", {"uri": "memo://a"}))
    assert [meta(params(each))[TAG] for each in heard] == [1, 2]
    assert at.server(note("notifications/resources/updated", {"uri": "memo://b"})) == []


def test_the_last_who_leaves_gives_the_subscription_up() -> None:
    at = behind(face=Face.HTTP)
    (one,) = listen(at, 1, "memo://a", channel=1)
    at.server(result(one["id"], {}))
    listen(at, 1, "memo://a", channel=2)
    assert at.leave(1) == []
    (told,) = at.leave(2)
    assert (told["method"], params(told)) == ("resources/unsubscribe", {"uri": "memo://a"})
    assert at.server(result(told["id"], {})) == []


def test_on_stdio_a_stream_is_ended_by_a_cancellation() -> None:
    at = behind()
    listen(at, 1, toolsListChanged=True)
    at.host(note("notifications/cancelled", {"requestId": 1}))
    assert at.closed() == [(0, 1)]
    assert at.server(note("notifications/tools/list_changed")) == []


def test_streams_and_resources_are_bounded() -> None:
    at = behind()
    for number in range(64):
        listen(at, number, toolsListChanged=True)
    listen(at, "more", "memo://a", toolsListChanged=True)
    assert honoured(at.last) == {}
    other = behind()
    assert len(listen(other, 1, *(f"memo://{number}" for number in range(600)))) == 512


def test_a_server_without_subscriptions_is_not_asked_for_any() -> None:
    at = behind({"tools": {}})
    assert listen(at, 1, "memo://a", toolsListChanged=True) == []
    assert honoured(at.last) == {}


def test_streams_end_with_the_session() -> None:
    at = behind(face=Face.HTTP, server_face=Face.HTTP)
    listen(at, 1, toolsListChanged=True, channel=1)
    sent = at.host(modern(2, "tools/list"), channel=2)[-1]
    number = sent["id"]
    assert isinstance(number, int)
    at.break_call(number, Trouble.SESSION_ENDED)
    assert at.last["id"] == 1
    assert meta(obj(at.last["result"]))[TAG] == 1


def test_answers_to_subscriptions_find_the_stream_that_waits_for_them() -> None:
    at = behind()
    (one,) = listen(at, 1, "memo://a")
    (two,) = listen(at, 2, "memo://b")
    (ack,) = at.server(result(two["id"], {}))
    assert meta(params(ack))[TAG] == 2
    (ack,) = at.server(result(one["id"], {}))
    assert meta(params(ack))[TAG] == 1
