"""Who the servers are: asked at once, waited for not long, and again when somebody needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridgekit import error, note, request, result
from hubkit import Company, discovered, introduced, modern, older, rule_of
from sekisho.engine.effects import SendToHost
from sekisho.engine.events import HUB_OWN, Trouble
from sekisho.engine.hub.steps import FromServer
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Id, JsonObject

HELLO: JsonObject = {"protocolVersion": "2025-11-25", "capabilities": {}}


def half(*, patient: bool = False) -> Company:
    """Return a company whose second server could not be reached, or was not there in time."""
    at = Company()
    asked = dict(at.host(request(0, "initialize", HELLO)))
    at.server("a", introduced(asked["a"]))
    if not patient:
        at.lose("b", Trouble.CANNOT_START)
    else:
        at.wait(2.0)
    at.host(note("notifications/initialized"))
    at.to_server.clear()
    at.to_host.clear()
    return at


def read(at: Company, id_: Id) -> list[str]:
    """Let the host read from the second server; return what that gets."""
    return [str(body["method"]) for alias, body in at.host(request(id_, "resources/read", {"uri": "b+x:y"})) if alias]


def test_all_are_asked_with_the_hosts_first_word() -> None:
    at = Company()
    asked = at.host(request(0, "initialize", HELLO))
    assert [(alias, body["method"]) for alias, body in asked] == [("a", "initialize"), ("b", "initialize")]


def test_one_that_cannot_be_reached_is_told_of_and_is_left_alone_for_a_while() -> None:
    at = half()
    assert [record.fields for record in at.records if record.fields.get("event") == "unavailable"] == [
        {"event": "unavailable", "alias": "b", "rule": "server-cannot-start"}
    ]
    assert read(at, 1) == []
    assert rule_of(at.last) == "server-cannot-start"


def test_one_that_could_not_be_reached_is_asked_again_when_it_is_needed() -> None:
    at = half()
    at.now += 6.0
    assert read(at, 1) == ["initialize"]
    told = at.server("b", introduced(at.to_server[-1][1]))
    assert [body["method"] for body in told] == [
        f"notifications/{feature}/list_changed" for feature in ("tools", "prompts", "resources")
    ]
    asked = at.to_server[-1][1]
    assert asked["method"] == "resources/read"
    at.server("b", result(asked["id"], {"contents": []}))
    assert not at.owed


def test_one_that_fails_again_answers_whoever_waited() -> None:
    at = half()
    at.now += 6.0
    read(at, 1)
    told = at.server("b", error(at.to_server[-1][1]["id"], -1))
    assert [rule_of(body) for body in told] == ["server-answer-malformed"]
    assert not at.owed


def test_a_latecomer_without_a_list_announces_none_and_without_logging_gets_no_level() -> None:
    at = half(patient=True)
    at.host(request(1, "logging/setLevel", {"level": "info"}))
    asked = [body for alias, body in at.to_server if alias == "a"]
    at.server("a", result(asked[-1]["id"], {}))
    at.to_server.clear()
    told = at.server("b", introduced({"id": 1}, {"prompts": {}}))
    assert [body["method"] for body in told] == ["notifications/prompts/list_changed"]
    assert [body["method"] for _, body in at.to_server] == ["notifications/initialized"]


def subscribe(at: Company, id_: Id, method: str, uri: str, *, well: bool = True) -> None:
    """Let the host subscribe or unsubscribe, and the server answer."""
    ((alias, got),) = at.host(request(id_, method, {"uri": uri}))
    at.server(alias, result(got["id"], {}) if well else error(got["id"], -32602))


def test_a_server_with_a_new_session_gets_the_subscriptions_of_the_last_one() -> None:
    at = older()
    for id_, uri in enumerate(("b+x:2", "b+x:1", "b+x:3", "a+x:1")):
        subscribe(at, id_, "resources/subscribe", uri)
    subscribe(at, 8, "resources/subscribe", "b+x:none", well=False)
    subscribe(at, 9, "resources/unsubscribe", "b+x:3")
    at.end("b")
    hello = at.to_server[-1][1]
    at.server("b", introduced(hello))
    asked = [body for alias, body in at.to_server if alias == "b"][-2:]
    assert [(body["method"], obj(body["params"])["uri"]) for body in asked] == [
        ("resources/subscribe", "x:1"),
        ("resources/subscribe", "x:2"),
    ]
    at.server("b", error(asked[0]["id"], -32602))
    at.server("b", result(asked[1]["id"], {}))
    at.end("b")
    at.server("b", introduced(at.to_server[-1][1]))
    assert obj(at.to_server[-1][1]["params"])["uri"] == "x:2"
    assert "resources/subscribe" not in [body["method"] for _, body in at.to_server[-2:-1]]


def test_a_second_word_of_a_server_about_itself_changes_nothing() -> None:
    at = Company("a")
    at.host(modern(0, "server/discover"))
    at.host(request(1, "initialize", HELLO))
    first, second = 1, 2
    stale = SendToHost(result(first, {"capabilities": {}}), HUB_OWN, first, final=True)
    assert at.hub.receive(FromServer(0, stale, at.now)) == []
    good = SendToHost(result(second, {"capabilities": {}}), HUB_OWN, second, final=True)
    assert at.hub.receive(FromServer(0, good, at.now)) != []


def test_a_server_that_speaks_no_revision_of_the_hosts_does_not_count() -> None:
    at = Company("a")
    ((_, got),) = at.host(modern(0, "server/discover"))
    answer = discovered(got)
    told = at.server("a", {**answer, "result": {**obj(answer["result"]), "supportedVersions": ["2031-01-01"]}})
    assert [obj(body["error"])["code"] for body in told] == [-32601]


def test_before_the_greeting_nobody_hears_of_a_change() -> None:
    at = older("a")
    (told,) = at.server("a", note("notifications/tools/list_changed"))
    assert told["method"] == "notifications/tools/list_changed"


def test_a_list_that_is_read_for_too_long_is_given_up_and_its_server_told() -> None:
    at = older("a")
    ((_, got),) = at.host(request(1, "tools/list"))
    (told,) = at.wait(2.0)
    assert told["id"] == 1
    before = len(at.to_server)
    at.wait(28.0)
    assert [body for _, body in at.to_server[before:]] == [
        note("notifications/cancelled", {"requestId": got["id"]}),
    ]
