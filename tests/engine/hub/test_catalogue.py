"""One list out of many: whole, in order, and never waiting long for a server that is slow or gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from bridgekit import ALICE, envelope, error, note, params, request, result, tagged
from hubkit import OFFER, Company, modern, newer, older
from sekisho.engine.events import Trouble
from sekisho.engine.hub import catalogue
from sekisho.engine.hub.setup import HubPatience, HubSetup
from sekisho.engine.hub.state import Errand, Purpose, new_state
from sekisho.engine.seal import Sealer
from sekisho.wire.jsonrpc import Response
from sekisho.wire.views import items, obj

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

LIST: Final = "tools/list"
CHANGED: Final = "notifications/tools/list_changed"
SEALER: Final = Sealer(bytes(32), bytes(16))
STILL: Final[JsonObject] = {"tools": {}}
"""What a server offers that never says when its list changes."""


def listed(*names: str, **more: Json) -> JsonObject:
    return {"tools": [{"name": name, "inputSchema": {"type": "object"}} for name in names], **more}


def whole(*names: str, **more: Json) -> JsonObject:
    return listed(*names, resultType="complete", **{"ttlMs": 0, "cacheScope": "private", **more})


def asked(at: Company, id_: Id, *, newer: bool = False) -> dict[str, JsonObject]:
    """Let the host list, a moment later than anything before; return what each server is asked."""
    at.now += 0.001
    return dict(at.host(modern(id_, LIST) if newer else request(id_, LIST)))


def known(at: Company, id_: Id, **lists: JsonObject) -> list[Json]:
    """Let the host list, and the servers that are asked answer; return the names that it gets."""
    for alias, body in asked(at, id_).items():
        at.server(alias, result(body["id"], lists[alias]))
    return shown(at)


def shown(at: Company) -> list[Json]:
    """Return the names in the last answer."""
    return [obj(tool)["name"] for tool in items(obj(at.last["result"])["tools"])]


def told(bodies: list[JsonObject]) -> list[Json]:
    return [body.get("method", body.get("id")) for body in bodies]


# -- whole and in order ----------------------------------------------------------------------------


def test_servers_stand_in_the_order_of_the_configuration_whoever_answers_first() -> None:
    at = older("b", "a", "c")
    got = asked(at, 1)
    for alias in ("c", "a", "b"):
        at.server(alias, result(got[alias]["id"], listed(f"{alias}2", f"{alias}1")))
    assert shown(at) == ["b__b2", "b__b1", "a__a2", "a__a1", "c__c2", "c__c1"]
    assert asked(at, 2) == {}
    assert shown(at) == ["b__b2", "b__b1", "a__a2", "a__a1", "c__c2", "c__c1"]


def test_all_pages_of_a_server_are_read_before_one_is_shown() -> None:
    at = older()
    got = asked(at, 1)
    at.server("b", result(got["b"]["id"], listed("y")))
    assert at.server("a", result(got["a"]["id"], listed("x1", nextCursor="more"))) == []
    more = at.to_server[-1][1]
    assert (more["method"], params(more)["cursor"]) == (LIST, "more")
    at.server("a", result(more["id"], listed("x2")))
    assert shown(at) == ["a__x1", "a__x2", "b__y"]


@pytest.mark.parametrize(
    ("method", "member", "entry", "seen"),
    [
        ("prompts/list", "prompts", {"name": "p"}, {"name": "a__p"}),
        ("resources/list", "resources", {"uri": "m:x"}, {"uri": "a+m:x"}),
        ("resources/templates/list", "resourceTemplates", {"uriTemplate": "m:{x}"}, {"uriTemplate": "a+m:{x}"}),
    ],
)
def test_the_other_lists_are_joined_too(method: str, member: str, entry: JsonObject, seen: JsonObject) -> None:
    at = older("a")
    ((_, got),) = at.host(request(1, method))
    at.server("a", result(got["id"], {member: [entry]}))
    assert obj(at.last["result"]) == {member: [seen]}


def test_a_server_without_the_feature_is_not_asked() -> None:
    at = older(a={"prompts": {}})
    assert set(asked(at, 1)) == {"b"}


def test_a_list_of_nobody_is_empty() -> None:
    at = newer("a", a={"prompts": {}})
    assert asked(at, 1, newer=True) == {}
    assert obj(at.last["result"]) == {"tools": [], "resultType": "complete", "ttlMs": 0, "cacheScope": "private"}


# -- what breaks a rule ----------------------------------------------------------------------------


def test_a_server_that_goes_round_in_circles_loses_its_own_list_only() -> None:
    at = older()
    got = asked(at, 1)
    at.server("b", result(got["b"]["id"], listed("y")))
    at.server("a", result(got["a"]["id"], listed("x", nextCursor="1")))
    at.server("a", result(at.to_server[-1][1]["id"], listed("z", nextCursor="1")))
    assert shown(at) == ["b__y"]
    assert [record.fields for record in at.records if record.fields.get("event") == "list-left-out"] == [
        {"event": "list-left-out", "alias": "a", "method": LIST, "rule": "list-repeats"}
    ]


def test_a_server_that_fails_to_list_keeps_what_it_listed_and_is_asked_again() -> None:
    at = older()
    assert known(at, 1, a=listed("x"), b=listed("y")) == ["a__x", "b__y"]
    at.server("a", note(CHANGED))
    got = asked(at, 2)
    at.server("a", error(got["a"]["id"], -32603))
    assert shown(at) == ["a__x", "b__y"]
    assert known(at, 3, a=listed("new")) == ["a__new", "b__y"]


def test_two_that_ask_at_once_have_a_server_read_once() -> None:
    at = older("a")
    got = asked(at, 1)
    assert asked(at, 2) == {}
    assert told(at.server("a", result(got["a"]["id"], listed("x")))) == [1, 2]


def test_a_page_of_a_reading_that_has_ended_is_dropped() -> None:
    state = new_state(HubSetup(aliases=("a",), version="1", sealer=SEALER, salt=bytes(16), epoch=0.0))
    errand = Errand(Purpose.PAGE, 0, (LIST, ""))
    assert catalogue.page_came(state, errand, 1, Response(1, listed("x"), {}), ALICE, 0.0) == []


def test_what_a_server_says_of_a_list_that_nobody_reads_any_more_is_dropped() -> None:
    at = older("a", patience=HubPatience(contact=0.0))
    got = asked(at, 1)
    at.wait(30.0)
    assert at.server("a", result(got["a"]["id"], listed("late"))) == []
    again = asked(at, 2)
    assert set(again) == {"a"}
    assert shown(at) == []


# -- slow and gone ---------------------------------------------------------------------------------


def test_a_slow_server_is_waited_for_once_and_announced_when_it_has_answered() -> None:
    at = older()
    got = asked(at, 1)
    at.server("a", result(got["a"]["id"], listed("x")))
    assert told(at.wait(1.9)) == []
    assert told(at.wait(0.1)) == [1]
    assert shown(at) == ["a__x"]
    assert asked(at, 2) == {}
    assert shown(at) == ["a__x"]
    assert told(at.server("b", result(got["b"]["id"], listed("y")))) == [CHANGED]
    assert asked(at, 3) == {}
    assert shown(at) == ["a__x", "b__y"]


def test_a_server_that_is_always_slow_holds_nobody_up_twice_and_says_nothing_that_is_known() -> None:
    at = older("a", a=STILL)
    got = asked(at, 1)
    at.wait(2.5)
    assert told(at.server("a", result(got["a"]["id"], listed("x")))) == [CHANGED]
    # A host lists again at an announcement: it is answered at once, and not told again of what it knows.
    got = asked(at, 2)
    assert shown(at) == ["a__x"]
    at.wait(2.5)
    assert told(at.server("a", result(got["a"]["id"], listed("x")))) == []
    got = asked(at, 3)
    assert at.last["id"] == 3
    assert told(at.server("a", result(got["a"]["id"], listed("x", "y")))) == [CHANGED]
    # It was quick this time, so it is waited for again.
    assert set(asked(at, 4)) == {"a"}
    assert at.last["method"] == CHANGED


def test_a_list_that_takes_for_ever_is_left_out_at_once_the_next_time() -> None:
    at = older()
    got = asked(at, 1)
    at.server("a", result(got["a"]["id"], listed("x")))
    at.wait(30.0)
    assert "list-too-slow" in at.rules()
    assert set(asked(at, 2)) == {"b"}
    assert at.last["id"] == 2
    assert shown(at) == ["a__x"]


def test_a_server_that_is_still_asked_who_it_is_holds_a_list_up_no_longer_than_another() -> None:
    at = Company()
    hello = dict(at.host(request(0, "initialize", {"protocolVersion": "2025-11-25"})))
    at.server("a", result(hello["a"]["id"], {"protocolVersion": "2025-11-25", "capabilities": OFFER}))
    got = asked(at, 1)
    at.server("a", result(got["a"]["id"], listed("x")))
    assert told(at.wait(2.0)) == [0, 1]
    assert shown(at) == ["a__x"]
    late = result(hello["b"]["id"], {"protocolVersion": "2025-11-25", "capabilities": STILL})
    assert told(at.server("b", late)) == [CHANGED]


def test_a_server_that_cannot_be_reached_keeps_what_it_listed_and_holds_nobody_up() -> None:
    at = older(a=STILL, b=STILL)
    assert known(at, 1, a=listed("x"), b=listed("y")) == ["a__x", "b__y"]
    at.lose("b", Trouble.EXITED)
    got = asked(at, 2)
    at.server("a", result(got["a"]["id"], listed("x")))
    assert [body["id"] for body in at.lose("b", Trouble.CANNOT_START)] == [2]
    assert shown(at) == ["a__x", "b__y"]


# -- changes ---------------------------------------------------------------------------------------


def test_a_list_that_changes_while_it_is_read_is_read_again_when_it_is_asked_for() -> None:
    at = older("a")
    got = asked(at, 1)
    at.server("a", note(CHANGED))
    at.server("a", result(got["a"]["id"], listed("x")))
    assert shown(at) == ["a__x"]
    assert known(at, 2, a=listed("y")) == ["a__y"]
    assert asked(at, 3) == {}


def test_a_change_of_one_list_leaves_the_others() -> None:
    at = older("a")
    known(at, 1, a=listed("x"))
    at.server("a", note("notifications/prompts/list_changed"))
    assert asked(at, 2) == {}


def test_a_server_that_never_tells_is_read_each_time() -> None:
    at = older("a", a=STILL)
    assert known(at, 1, a=listed("x")) == ["a__x"]
    assert known(at, 2, a=listed("y")) == ["a__y"]


# -- 2026-07-28: how long it may be kept, and by whom ----------------------------------------------


def kept(at: Company, id_: Id, **lists: JsonObject) -> tuple[Json, Json]:
    for alias, body in at.host(modern(id_, LIST)):
        at.server(alias, result(body["id"], lists[alias]))
    answer = obj(at.last["result"])
    return answer["ttlMs"], answer["cacheScope"]


def test_the_shortest_life_and_the_narrowest_scope_are_those_of_all() -> None:
    at = newer()
    both = {"a": whole("x", ttlMs=9000, cacheScope="public"), "b": whole("y", ttlMs=5000, cacheScope="public")}
    assert kept(at, 1, **both) == (5000, "public")
    at.now += 2.0
    assert kept(at, 2) == (3000, "public")
    at.now += 4.0
    assert kept(at, 3, b=whole("y", ttlMs=8000)) == (3000, "private")


def test_a_life_that_no_number_holds_costs_nobody_anything() -> None:
    at = newer("a")
    ttl, _ = kept(at, 1, a=whole("x", ttlMs=1e300))
    assert isinstance(ttl, int)
    assert 2**52 < ttl < 2**54


def test_a_list_that_somebody_is_missing_from_is_not_to_be_kept() -> None:
    at = newer()
    got = asked(at, 1, newer=True)
    at.server("a", result(got["a"]["id"], whole("x", ttlMs=9000)))
    at.wait(2.0)
    assert obj(at.last["result"])["ttlMs"] == 0


def test_a_page_of_several_is_for_whoever_its_cursor_is_for() -> None:
    at = newer("a")
    large: list[Json] = [{"name": f"t{number}", "description": "x" * 600_000} for number in range(2)]
    answer: JsonObject = {**whole(ttlMs=9000, cacheScope="public"), "tools": large}
    assert kept(at, 1, a=answer) == (9000, "private")
    cursor = obj(at.last["result"])["nextCursor"]
    assert at.host(modern(2, LIST, {"cursor": cursor})) == []
    assert shown(at) == ["a__t1"]
    assert obj(at.last["result"])["cacheScope"] == "private"
    assert "nextCursor" not in obj(at.last["result"])


def declaring(id_: Id, ability: str, **more: Json) -> JsonObject:
    """Return a list request of a host that declares something."""
    about: JsonObject = {**envelope(), "io.modelcontextprotocol/clientCapabilities": {ability: {}}}
    return request(id_, LIST, {"_meta": about, **more})


def test_hosts_that_declare_different_things_have_lists_of_their_own_and_the_oldest_is_dropped() -> None:
    at = newer("a")
    large: list[Json] = [{"name": f"t{number}", "description": "x" * 600_000} for number in range(2)]
    cursors: list[Json] = []
    for number in range(34):
        ((_, got),) = at.host(declaring(number, f"x{number}"))
        at.server("a", result(got["id"], {**whole(ttlMs=9000), "tools": large}))
        cursors.append(obj(at.last["result"])["nextCursor"])
    at.host(declaring(99, "x33", cursor=cursors[33]))
    assert shown(at) == ["a__t1"]
    at.host(declaring(99, "x33", cursor=cursors[32]))
    assert "error" in at.last
    at.host(declaring(99, "x0", cursor=cursors[0]))
    assert "error" in at.last


def test_a_change_that_was_missed_is_told_on_the_streams_that_asked_for_it() -> None:
    at = newer("a")
    ((_, stream),) = at.host(modern("s", "subscriptions/listen", {"notifications": {"toolsListChanged": True}}))
    at.server("a", tagged(stream, "notifications/subscriptions/acknowledged", {"notifications": {}}))
    assert obj(params(at.last)["notifications"]) == {"toolsListChanged": True}
    got = asked(at, 1, newer=True)
    at.wait(2.0)
    (said,) = at.server("a", result(got["a"]["id"], whole("x")))
    assert said["method"] == CHANGED
