"""Subscriptions of 2026-07-28: one stream above, one at each server, one acknowledgement, and every word tagged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bridgekit import TAG, error, note, params, result, tagged
from hubkit import Company, discovered, modern, newer
from sekisho.engine.hub.setup import HubPatience
from sekisho.wire.views import items, obj

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

ACKNOWLEDGED: Final = "notifications/subscriptions/acknowledged"
TOOLS: Final[JsonObject] = {"toolsListChanged": True}
CHANGED: Final = "notifications/tools/list_changed"
UPDATED: Final = "notifications/resources/updated"


def listen(at: Company, wanted: JsonObject, id_: Id = "s", channel: int = 5) -> dict[str, JsonObject]:
    """Let the host listen; return what each server gets."""
    told = at.host(modern(id_, "subscriptions/listen", {"notifications": wanted}), channel=channel)
    assert len(dict(told)) == len(told)
    return dict(told)


def acknowledge(at: Company, alias: str, stream: JsonObject, honoured: JsonObject | None = None) -> list[JsonObject]:
    wanted = obj(params(stream)["notifications"]) if honoured is None else honoured
    return at.server(alias, tagged(stream, ACKNOWLEDGED, {"notifications": wanted}))


def streaming(at: Company, wanted: JsonObject) -> dict[str, JsonObject]:
    """Listen, and let every server acknowledge."""
    streams = listen(at, wanted)
    for alias, stream in streams.items():
        acknowledge(at, alias, stream)
    assert at.last["method"] == ACKNOWLEDGED
    return streams


def test_a_stream_is_nothing_that_a_host_which_leaves_waits_for() -> None:
    at = newer()
    streaming(at, TOOLS)
    assert (at.hub.open_requests, at.hub.owes) == (1, False)
    at.host(modern(1, "tools/call", {"name": "a__t"}))
    assert at.hub.owes


def tag(body: JsonObject) -> Json:
    return obj(params(body)["_meta"])[TAG]


def test_all_servers_are_asked_and_the_host_is_told_once() -> None:
    at = newer()
    streams = listen(at, TOOLS)
    assert set(streams) == {"a", "b"}
    assert acknowledge(at, "a", streams["a"]) == []
    (told,) = acknowledge(at, "b", streams["b"], {})
    assert (told["method"], params(told)["notifications"], tag(told)) == (ACKNOWLEDGED, TOOLS, "s")


def test_a_server_gets_the_resources_of_its_own_only() -> None:
    at = newer("a", "b", "c")
    wanted: list[Json] = ["a+x:1", "b+x:1", "b+x:2", "x:none", 3]
    streams = listen(at, {"resourceSubscriptions": wanted})
    asked = {alias: params(body)["notifications"] for alias, body in streams.items()}
    assert asked == {"a": {"resourceSubscriptions": ["x:1"]}, "b": {"resourceSubscriptions": ["x:1", "x:2"]}}
    acknowledge(at, "a", streams["a"])
    (told,) = acknowledge(at, "b", streams["b"], {"resourceSubscriptions": ["x:2"]})
    assert items(obj(params(told)["notifications"])["resourceSubscriptions"]) == ["a+x:1", "b+x:2"]


def test_what_a_server_does_not_honour_another_one_may() -> None:
    at = newer()
    streams = listen(at, {**TOOLS, "promptsListChanged": True})
    acknowledge(at, "a", streams["a"], {"toolsListChanged": False, "promptsListChanged": True})
    (told,) = acknowledge(at, "b", streams["b"], {"toolsListChanged": True, "promptsListChanged": False})
    assert params(told)["notifications"] == {"toolsListChanged": True, "promptsListChanged": True}


def test_changes_come_tagged_with_the_hosts_id_and_updates_with_the_alias() -> None:
    at = newer()
    streams = streaming(at, {**TOOLS, "resourceSubscriptions": ["b+x:1"]})
    (told,) = at.server("a", tagged(streams["a"], CHANGED))
    assert (told["method"], tag(told)) == (CHANGED, "s")
    (told,) = at.server("b", tagged(streams["b"], UPDATED, {"uri": "x:1"}))
    assert (params(told)["uri"], tag(told)) == ("b+x:1", "s")
    sent = at.to_host[-1]
    assert (sent.channel, sent.about) == (5, "s")


def test_nothing_is_said_before_the_acknowledgement() -> None:
    at = newer()
    streams = listen(at, TOOLS)
    acknowledge(at, "a", streams["a"])
    first, second = at.server("a", tagged(streams["a"], CHANGED))
    assert (first["method"], second["method"]) == (ACKNOWLEDGED, CHANGED)
    assert acknowledge(at, "b", streams["b"]) == []


def test_a_server_that_does_not_acknowledge_holds_nobody_up() -> None:
    at = newer()
    streams = listen(at, TOOLS)
    acknowledge(at, "a", streams["a"])
    assert at.hub.wakes_at == at.now + HubPatience().contact
    (told,) = at.wait(2.0)
    assert told["method"] == ACKNOWLEDGED
    assert at.hub.wakes_at is None
    assert at.wait(2.0) == []


def test_a_stream_that_nobody_is_asked_for_is_acknowledged_empty() -> None:
    at = newer()
    assert listen(at, {"resourceSubscriptions": ["c+x:1"]}) == {}
    assert params(at.last)["notifications"] == {}
    assert at.owed == {(5, "s")}


def test_the_stream_ends_with_the_last_server() -> None:
    at = newer()
    streams = streaming(at, TOOLS)
    assert at.server("a", result(streams["a"]["id"], {"resultType": "complete"})) == []
    assert at.owed == {(5, "s")}
    (told,) = at.server("b", result(streams["b"]["id"], {"resultType": "complete"}))
    assert told["id"] == "s"
    assert not at.owed


def test_a_server_that_refuses_the_stream_leaves_it_to_the_others() -> None:
    at = newer()
    streams = listen(at, TOOLS)
    assert acknowledge(at, "a", streams["a"]) == []
    (told,) = at.server("b", error(streams["b"]["id"], -32601))
    assert told["method"] == ACKNOWLEDGED
    assert at.owed == {(5, "s")}


def test_a_server_that_refuses_first_does_not_acknowledge_for_the_others() -> None:
    at = newer()
    streams = listen(at, TOOLS)
    assert at.server("a", error(streams["a"]["id"], -32601)) == []
    (told,) = acknowledge(at, "b", streams["b"])
    assert told["method"] == ACKNOWLEDGED


def test_a_stream_that_every_server_refuses_is_refused() -> None:
    at = newer()
    streams = listen(at, TOOLS)
    at.server("a", error(streams["a"]["id"], -32601))
    (told,) = at.server("b", error(streams["b"]["id"], -32602))
    assert (told["id"], obj(told["error"])["code"]) == ("s", -32602)
    assert not at.owed


def test_a_stream_that_is_refused_after_its_acknowledgement_ends() -> None:
    at = newer("a")
    streams = streaming(at, TOOLS)
    (told,) = at.server("a", error(streams["a"]["id"], -1))
    assert told["id"] == "s"
    assert not at.owed


def test_the_host_cancels_at_every_server_and_the_stream_closes_once() -> None:
    at = newer()
    streaming(at, TOOLS)
    told = at.host(note("notifications/cancelled", {"requestId": "s"}), channel=5)
    assert [(alias, body["method"]) for alias, body in told] == [
        ("a", "notifications/cancelled"),
        ("b", "notifications/cancelled"),
    ]
    assert at.closed() == [(5, "s")]
    assert not at.owed


def test_a_stream_that_no_server_has_is_cancelled_here() -> None:
    at = newer()
    listen(at, {"resourceSubscriptions": ["c+x:1"]})
    assert at.host(note("notifications/cancelled", {"requestId": "s"}), channel=5) == []
    assert at.closed() == [(5, "s")]


def test_a_server_that_ends_its_stream_by_a_cancellation_ends_the_hosts_only_as_the_last() -> None:
    at = newer()
    streams = streaming(at, TOOLS)
    assert at.server("a", note("notifications/cancelled", {"requestId": streams["a"]["id"]})) == []
    assert at.closed() == []
    (told,) = at.server("b", note("notifications/cancelled", {"requestId": streams["b"]["id"]}))
    assert params(told)["requestId"] == "s"
    assert at.closed() == [(5, "s")]


def test_a_latecomer_gets_the_stream_and_is_announced_on_it() -> None:
    at = Company()
    asked = dict(at.host(modern("open", "server/discover")))
    at.server("a", discovered(asked["a"]))
    at.wait(2.0)
    streams = listen(at, TOOLS)
    assert set(streams) == {"a"}
    acknowledge(at, "a", streams["a"])
    at.to_server.clear()
    (told,) = at.server("b", discovered(asked["b"]))
    assert (told["method"], tag(told)) == (CHANGED, "s")
    ((alias, late),) = at.to_server
    assert (alias, late["method"]) == ("b", "subscriptions/listen")
    assert acknowledge(at, "b", late) == []


def test_a_stream_waits_for_servers_that_are_still_asked() -> None:
    at = Company()
    asked = dict(at.host(modern("open", "server/discover")))
    assert listen(at, TOOLS) == {}
    at.server("a", discovered(asked["a"]))
    at.to_server.clear()
    at.server("b", discovered(asked["b"]))
    assert [(alias, body["method"]) for alias, body in at.to_server] == [
        ("a", "subscriptions/listen"),
        ("b", "subscriptions/listen"),
    ]


def test_a_session_that_ends_does_not_end_the_stream_of_the_others() -> None:
    at = newer()
    streams = streaming(at, TOOLS)
    at.to_server.clear()
    assert at.end("a") == []
    ((alias, asked),) = at.to_server
    told = at.server(alias, discovered(asked))
    assert [body["method"] for body in told] == [CHANGED]
    assert [(alias, body["method"]) for alias, body in at.to_server[1:]] == [("a", "subscriptions/listen")]
    at.server("b", result(streams["b"]["id"], {"resultType": "complete"}))
    assert at.owed == {(5, "s")}


def test_a_session_that_ends_unacknowledged_holds_the_others_up_no_longer() -> None:
    at = newer()
    streams = listen(at, TOOLS)
    acknowledge(at, "b", streams["b"])
    (told,) = at.end("a")
    assert told["method"] == ACKNOWLEDGED


def test_a_session_that_ends_unacknowledged_does_not_acknowledge_for_the_others() -> None:
    at = newer("a", "b", "c")
    streams = listen(at, TOOLS)
    acknowledge(at, "b", streams["b"])
    assert at.end("a") == []
    (told,) = acknowledge(at, "c", streams["c"])
    assert told["method"] == ACKNOWLEDGED
