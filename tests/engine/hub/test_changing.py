"""The configuration changes while a host is here: what was asked is answered, by whoever was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from bridgekit import TAG, note, params, request, result, tagged
from hubkit import Company, discovered, introduced, modern, newer, older, rule_of
from sekisho.engine.events import Trouble
from sekisho.wire.views import items, obj

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.wire.jsonrpc import Id, Json, JsonObject

LISTS: Final = [f"notifications/{feature}/list_changed" for feature in ("tools", "prompts", "resources")]


def methods(bodies: Sequence[JsonObject]) -> list[Json]:
    return [body.get("method") for body in bodies]


def read(at: Company, id_: Id, alias: str) -> list[tuple[str, JsonObject]]:
    return at.host(request(id_, "resources/read", {"uri": f"{alias}+x:1"}))


def listed(at: Company, id_: Id, **tools: str) -> list[Json]:
    """Let the host list, and the servers answer; return the names."""
    asked = at.host(request(id_, "tools/list"))
    for alias, body in asked:
        if body["method"] == "tools/list":
            shown: list[Json] = [{"name": tools[alias], "inputSchema": {"type": "object"}}]
            at.server(alias, result(body["id"], {"tools": shown}))
    return [obj(tool)["name"] for tool in items(obj(at.last["result"])["tools"])]


def contact(at: Company, *aliases: str, fresh: Sequence[str] = ()) -> list[JsonObject]:
    """Change the configuration and let every server that is asked say who it is; return what the host gets."""
    before = len(at.to_server)
    told = at.configure(*aliases, fresh=fresh)
    for alias, body in at.to_server[before:]:
        if body["method"] == "initialize":
            told = [*told, *at.server(alias, introduced(body))]
        elif body["method"] == "server/discover":
            told = [*told, *at.server(alias, discovered(body))]
    return told


def test_a_server_that_comes_is_asked_who_it_is_and_announced() -> None:
    at = older("a")
    assert listed(at, 1, a="x") == ["a__x"]
    assert methods(contact(at, "a", "c")) == LISTS
    assert at.to_server[-1] == ("c", note("notifications/initialized"))
    assert listed(at, 2, a="x", c="y") == ["a__x", "c__y"]
    events = [record.fields.get("event") for record in at.records if record.fields.get("alias") == "c"]
    assert events == ["added", "joined"]


def test_a_server_that_goes_is_announced_and_its_tools_are_gone() -> None:
    at = older("a", "b")
    assert listed(at, 1, a="x", b="y") == ["a__x", "b__y"]
    assert methods(at.configure("a")) == LISTS
    assert at.dropped == ["b"]
    assert listed(at, 2, a="x") == ["a__x"]
    assert at.host(request(3, "tools/call", {"name": "b__y", "arguments": {}})) == []
    assert obj(at.last["error"])["code"] == -32602


def test_what_was_asked_of_a_server_that_goes_is_still_answered_by_it() -> None:
    at = older("a", "b")
    ((_, asked),) = read(at, 1, "b")
    at.configure("a")
    assert at.dropped == []
    assert at.server("b", result(asked["id"], {"contents": []}))[-1]["id"] == 1
    assert at.dropped == ["b"]


def test_one_that_goes_may_still_ask_the_host_and_tell_of_its_progress() -> None:
    at = older("a", "b")
    more: JsonObject = {"uri": "b+x:1", "_meta": {"progressToken": "p"}}
    ((_, asked),) = at.host(request(1, "resources/read", more))
    at.configure("a")
    token = obj(params(asked)["_meta"])["progressToken"]
    assert methods(at.server("b", note("notifications/progress", {"progressToken": token, "progress": 1}))) == [
        "notifications/progress"
    ]
    (question,) = at.server("b", request("q", "elicitation/create", {"message": "?", "requestedSchema": {}}))
    ((_, answer),) = at.host(result(question["id"], {"action": "decline"}))
    assert answer["id"] == "q"
    at.server("b", result(asked["id"], {"contents": []}))
    assert at.dropped == ["b"]


def test_one_that_changed_is_replaced_beside_its_open_calls() -> None:
    at = older("a", "b")
    ((_, first),) = read(at, 1, "b")
    told = contact(at, "a", "b", fresh=["b"])
    assert methods(told) == [*LISTS, *LISTS]
    ((alias, second),) = read(at, 2, "b")
    assert alias == "b"
    assert [each["id"] for each in at.server("b", result(second["id"], {"contents": []}))] == [2]
    assert at.dropped == []
    assert [each["id"] for each in at.server_at(1, result(first["id"], {"contents": []}))] == [1]
    assert at.dropped == ["b"]
    assert at.place("b") == 2


def test_one_that_is_the_same_is_left_alone_whatever_its_place() -> None:
    at = older("a", "b")
    assert at.configure("b", "a") == []
    assert (at.to_server, at.dropped) == ([], [])
    assert listed(at, 1, a="x", b="y") == ["b__y", "a__x"]


def test_a_server_that_leaves_with_a_call_open_is_told_and_not_renewed() -> None:
    at = older("a", "b")
    read(at, 1, "b")
    at.configure("a")
    (told,) = at.lose("b", Trouble.EXITED)
    assert told["id"] == 1
    assert at.dropped == ["b"]


def test_a_session_that_ends_while_it_goes_is_not_opened_again() -> None:
    at = older("a", "b")
    read(at, 1, "b")
    at.configure("a")
    assert [each["id"] for each in at.end("b")] == [1]
    assert at.dropped == ["b"]
    assert [alias for alias, body in at.to_server if body["method"] == "initialize"] == []


def test_a_host_that_did_not_open_yet_is_told_nothing() -> None:
    at = Company("a")
    assert at.configure("a", "b") == []
    assert at.to_server == []
    asked = at.host(request("open", "initialize", {"protocolVersion": "2025-11-25", "capabilities": {}}))
    assert [alias for alias, _ in asked] == ["a", "b"]


def test_a_request_that_waits_for_a_server_that_goes_is_answered() -> None:
    at = Company("a", "b")
    at.host(request("open", "initialize", {"protocolVersion": "2025-11-25", "capabilities": {}}))
    assert contact(at, "b", fresh=["b"])[0]["id"] == "open"
    assert at.dropped == ["a", "b"]


def test_a_log_level_that_was_waited_for_ends_with_its_server() -> None:
    at = older("a", "b")
    asked = at.host(request(1, "logging/setLevel", {"level": "debug"}))
    (a, _) = [body for _, body in asked]
    at.server("a", result(a["id"], {}))
    told = at.configure("a")
    assert [body.get("id") for body in told] == [None, None, None, 1]


def test_subscriptions_stay_and_reach_who_comes() -> None:
    at = newer("a", "b")
    wanted: JsonObject = {"toolsListChanged": True}
    streams = dict(at.host(modern("s", "subscriptions/listen", {"notifications": wanted}), channel=5))
    for alias, stream in streams.items():
        at.server(alias, tagged(stream, "notifications/subscriptions/acknowledged", {"notifications": wanted}))
    (told,) = at.configure("a")
    assert (told["method"], obj(params(told)["_meta"])[TAG]) == (LISTS[0], "s")
    assert at.dropped == ["b"]
    contact(at, "a", "c")
    (stream,) = [body for alias, body in at.to_server if alias == "c" and body["method"] == "subscriptions/listen"]
    at.server("c", tagged(stream, "notifications/subscriptions/acknowledged", {"notifications": wanted}))
    (told,) = at.server("c", tagged(stream, LISTS[0]))
    assert obj(params(told)["_meta"])[TAG] == "s"
    assert at.closed() == []


def test_a_stream_is_acknowledged_by_those_that_stay() -> None:
    at = newer("a", "b")
    wanted: JsonObject = {"toolsListChanged": True}
    streams = dict(at.host(modern("s", "subscriptions/listen", {"notifications": wanted}), channel=5))
    assert at.configure("a") == []
    (told,) = at.server(
        "a", tagged(streams["a"], "notifications/subscriptions/acknowledged", {"notifications": wanted})
    )
    assert params(told)["notifications"] == wanted


def test_a_stream_stays_when_its_only_server_goes_and_says_no_more() -> None:
    at = newer("a", "b")
    streams = dict(
        at.host(modern("s", "subscriptions/listen", {"notifications": {"resourceSubscriptions": ["b+x:1"]}}), channel=5)
    )
    assert set(streams) == {"b"}
    ((_, asked),) = at.host(modern(2, "resources/read", {"uri": "b+x:1"}), channel=6)
    (told,) = at.configure("a")
    assert told["method"] == "notifications/subscriptions/acknowledged"
    assert at.server("b", tagged(streams["b"], "notifications/resources/updated", {"uri": "x:1"})) == []
    at.server("b", result(asked["id"], {"resultType": "complete", "content": []}))
    assert at.dropped == ["b"]
    at.host(note("notifications/cancelled", {"requestId": "s"}), channel=5)
    assert at.closed() == [(5, "s")]


def test_a_halt_reaches_those_that_go_too() -> None:
    at = older("a", "b")
    read(at, 1, "b")
    at.configure("a")
    assert [body["id"] for body in at.halt()] == [1]
    assert at.dropped == ["b"]


def test_what_was_under_way_from_one_that_is_gone_is_dropped() -> None:
    at = older("a", "b")
    place = at.place("b")
    session = at.sessions[place]
    at.configure("a")
    at.names[place], at.sessions[place] = "b", session
    assert at.server("b", note("notifications/tools/list_changed")) == []
    assert at.end("b") == []


def test_aliases_that_could_not_be_told_apart_are_a_fault_of_ours_and_refuse_everything() -> None:
    at = older("a")
    at.configure("sekisho")
    assert read(at, 1, "a") == []
    assert rule_of(at.last) == Trouble.INTERNAL
    assert at.configure("b") == []


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("configure"), st.lists(st.sampled_from("abc"), unique=True, min_size=1), st.booleans()),
        st.tuples(st.just("call"), st.sampled_from("abc"), st.booleans()),
        st.tuples(st.just("answer"), st.integers(0, 5), st.booleans()),
    ),
    max_size=14,
)


@settings(max_examples=50, deadline=None)
@given(STEPS)
def test_whatever_changes_every_call_is_answered_once(
    steps: list[tuple[str, list[str] | str | int, bool]],
) -> None:
    at = older("a", "b")
    open_: list[tuple[int, JsonObject]] = []
    for number, (step, what, flag) in enumerate(steps):
        if step == "configure" and isinstance(what, list):
            contact(at, *what, fresh=what if flag else ())
        elif step == "call":
            places = {place: name for place, name in at.names.items() if name == what}
            before = len(at.to_server)
            read(at, number, str(what))
            open_ += [(max(places), body) for _, body in at.to_server[before:] if body["method"] == "resources/read"]
        elif open_ and isinstance(what, int):
            place, body = open_.pop(what % len(open_))
            assert place in at.sessions, "let go with a call open"
            at.server_at(place, result(body["id"], {"contents": []}))
    for place, body in open_:
        at.server_at(place, result(body["id"], {"contents": []}))
    assert at.owed == set()
    assert len(at.names) == len(set(at.names.values()))
