"""What was shown last: a host is answered from it at once, and told when the server shows something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bridgekit import error, note, request, result
from hubkit import ABILITIES, Company, discovered, introduced, modern, rule_of
from pinkit import CODE, code_with
from sekisho.engine.events import Trouble
from sekisho.engine.hub.setup import Known
from sekisho.model.definition import surface
from sekisho.model.place import Kind
from sekisho.pin.canonical import capability_set
from sekisho.pin.code import definition
from sekisho.pin.ledger import Observation, observe
from sekisho.pin.records import Ledger, Offer
from sekisho.pin.review import quarantine
from sekisho.wire.versions import META_CLIENT_CAPABILITIES, Generation
from sekisho.wire.views import items, obj

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.wire.jsonrpc import Id, Json, JsonObject

HELLO: JsonObject = {
    "protocolVersion": "2025-11-25",
    "capabilities": ABILITIES,
    "clientInfo": {"name": "host", "version": "1"},
}
OFFERED: Final[JsonObject] = {"tools": {}, "resources": {"subscribe": True}}
CHANGED: Final = "notifications/tools/list_changed"
LISTED: Final = frozenset({Kind.TOOL, Kind.INSTRUCTIONS, Kind.SERVER})


def tool(name: str) -> JsonObject:
    return {"name": name, "inputSchema": {"type": "object"}}


def ledger(*names: str, before: Ledger | None = None, offered: JsonObject | None = None) -> Ledger:
    """Return what is kept of the server `b` that showed these tools."""
    dump: JsonObject = {"tools": [tool(name) for name in names], "instructions": "Mind the tide."}
    seen = Observation(
        definitions=surface("b", dump).definitions,
        listed=LISTED,
        capabilities=capability_set(ABILITIES),
        session="first",
        opening=before is None,
        offer=Offer(
            capabilities=capability_set(ABILITIES),
            generation=Generation.LEGACY,
            offered=OFFERED if offered is None else offered,
        ),
        version="1",
    )
    return observe(before or Ledger(server="b"), seen).ledger


def company(known: Ledger | None = None, tools: frozenset[str] | None = None) -> Company:
    """Return a host before its first word, with a server that is known and one that answers when it is asked."""
    found = ledger("add", "sub") if known is None else known
    return Company(known={"b": Known(ledger=found, tools=tools)})


def opened(at: Company) -> JsonObject:
    """Open in 2025-11-25; only the first server answers."""
    asked = dict(at.host(request(0, "initialize", HELLO)))
    at.server("a", introduced(asked["a"], {}))
    at.host(note("notifications/initialized"))
    return obj(at.last["result"])


def named(at: Company, id_: Id, method: str = "tools/list", member: str = "tools") -> list[Json]:
    """Let the host list; return the names that it gets at once."""
    at.now += 0.001
    at.host(request(id_, method))
    assert at.last["id"] == id_
    return [obj(entry)["name"] for entry in items(obj(at.last["result"])[member])]


def arrives(at: Company, *names: str, offered: JsonObject | None = None) -> list[JsonObject]:
    """Let the known server answer its greeting, and then its lists; return what the host gets."""
    greeted = next(body for alias, body in reversed(at.to_server) if (alias, body["method"]) == ("b", "initialize"))
    before = len(at.to_server)
    told = at.server("b", introduced(greeted, OFFERED if offered is None else offered))
    for _, body in at.to_server[before:]:
        if body["method"] == "tools/list":
            told += at.server("b", result(body["id"], {"tools": [tool(name) for name in names]}))
    return told


def methods(bodies: list[JsonObject]) -> list[Json]:
    return [body["method"] for body in bodies]


def test_the_greeting_does_not_wait_for_a_server_that_is_known() -> None:
    greeting = opened(company())
    assert greeting["instructions"] == "## b\n\nMind the tide."
    assert greeting["capabilities"] == {
        "tools": {"listChanged": True},
        "resources": {"subscribe": True, "listChanged": True},
    }


def test_a_server_of_which_less_is_known_is_waited_for() -> None:
    for known in (Ledger(server="b"), quarantine(ledger("add"), "it lies")):
        at = company(known)
        at.server("a", introduced(dict(at.host(request(0, "initialize", HELLO)))["a"]))
        assert at.owed
        assert at.wait(2.0)


def test_lists_are_answered_at_once_and_no_word_is_lost_about_one_that_is_the_same() -> None:
    at = company()
    opened(at)
    assert named(at, 1) == ["b__add", "b__sub"]
    assert arrives(at, "sub", "add") == []
    at.now += 0.001
    asked = dict(at.host(request(2, "tools/list")))
    at.server("b", result(asked["b"]["id"], {"tools": [tool("add")]}))
    assert [obj(entry)["name"] for entry in items(obj(at.last["result"])["tools"])] == ["b__add"]


def test_a_server_that_shows_something_else_is_told_of() -> None:
    at = company()
    opened(at)
    named(at, 1)
    assert methods(arrives(at, "add", "mul")) == [CHANGED]


def test_a_server_that_has_other_lists_than_before_is_told_of() -> None:
    at = company()
    opened(at)
    named(at, 1)
    told = arrives(at, offered={"prompts": {}, "resources": {}})
    assert methods(told) == [CHANGED, "notifications/prompts/list_changed"]
    assert named(at, 2) == []


def test_a_list_that_was_never_read_is_waited_for_and_announced() -> None:
    at = company()
    opened(at)
    at.host(request(1, "resources/list"))
    assert at.owed
    at.wait(2.0)
    assert obj(at.last["result"])["resources"] == []
    assert named(at, 2, "prompts/list", "prompts") == []
    assert methods(arrives(at)) == ["notifications/tools/list_changed", "notifications/resources/list_changed"]


def test_a_call_waits_for_the_server_and_for_its_list() -> None:
    at = company()
    opened(at)
    named(at, 1)
    assert at.host(request(2, "tools/call", {"name": "b__add", "arguments": {}})) == []
    arrives(at, "add", "sub")
    alias, body = at.to_server[-1]
    assert (alias, body["method"], obj(body["params"])["name"]) == ("b", "tools/call", "add")
    at.server("b", result(body["id"], {"content": []}))
    assert not at.owed


def test_a_call_of_what_is_not_there_any_more_goes_nowhere() -> None:
    at = company()
    opened(at)
    named(at, 1)
    at.host(request(2, "tools/call", {"name": "b__sub", "arguments": {}}))
    told = arrives(at, "add")
    assert [obj(body["error"])["code"] for body in told if "id" in body] == [-32602]
    assert "tools/call" not in [body["method"] for _, body in at.to_server]


def test_the_tools_of_a_server_that_is_down_stay_and_their_calls_say_why() -> None:
    at = company()
    opened(at)
    assert at.lose("b", Trouble.CANNOT_START) == []
    assert named(at, 1) == ["b__add", "b__sub"]
    at.host(request(2, "tools/call", {"name": "b__add", "arguments": {}}))
    assert rule_of(at.last) == "server-cannot-start"
    at.now += 6.0
    assert named(at, 3) == ["b__add", "b__sub"]
    assert arrives(at, "add", "sub") == []


def test_a_list_that_cannot_be_read_leaves_what_was_shown() -> None:
    at = company()
    opened(at)
    named(at, 1)
    greeted = next(body for alias, body in at.to_server if (alias, body["method"]) == ("b", "initialize"))
    at.server("b", introduced(greeted, OFFERED))
    at.server("b", error(at.to_server[-1][1]["id"], -32603))
    at.host(request(2, "tools/call", {"name": "b__add", "arguments": {}}))
    assert at.to_server[-1][1]["method"] == "tools/call"


def test_tools_that_the_configuration_leaves_out_are_not_recalled() -> None:
    at = company(tools=frozenset({"sub"}))
    opened(at)
    assert named(at, 1) == ["b__sub"]


def test_a_server_whose_code_is_held_recalls_nothing_and_one_whose_code_is_noted_does() -> None:
    def read(before: Ledger, body: JsonObject) -> Ledger:
        seen = Observation(
            definitions=(definition(before, body),), listed=frozenset(), capabilities="", session="x", opening=True
        )
        return observe(before, seen).ledger

    held = read(read(ledger("add"), CODE), code_with("sources", {"/x/start.js": "t"}))
    for noted in (False, True):
        at = Company(known={"b": Known(ledger=held, notes_code=noted)})
        asked = dict(at.host(request(0, "initialize", HELLO)))
        at.server("a", introduced(asked["a"], {}))
        assert bool(at.to_host) is noted
    assert named(at, 1) == ["b__add"]


def test_what_a_person_decides_meanwhile_counts() -> None:
    at = company()
    opened(at)
    assert at.repin("b", ledger("add", "sub")) == []
    assert named(at, 1) == ["b__add", "b__sub"]
    assert at.repin("b", ledger("add", "sub", offered={"tools": {}})) == []
    less = ledger("add", before=ledger("add", "sub"))
    assert methods(at.repin("b", less)) == [CHANGED]
    assert named(at, 2) == ["b__add"]
    for nothing in (quarantine(less, "it lies"), None):
        at.repin("b", nothing)
        assert named(at, 3) == []
    assert at.repin("a", less) == []
    assert at.repin("gone", less) == []
    arrives(at, "add")
    assert at.repin("b", ledger("add", "sub")) == []


def test_a_newer_host_is_answered_at_once_too_and_its_subscription_waits_for_resources_only() -> None:
    at = Company("b", known={"b": Known(ledger=ledger("add", "sub"))})
    at.host(modern(0, "server/discover"))
    assert obj(at.last["result"])["instructions"] == "## b\n\nMind the tide."
    at.host(modern(1, "tools/list"))
    assert [obj(entry)["name"] for entry in items(obj(at.last["result"])["tools"])] == ["b__add", "b__sub"]
    assert obj(at.last["result"])["ttlMs"] == 0
    at.host(modern(2, "subscriptions/listen", {"notifications": {"toolsListChanged": True}}))
    acknowledged = obj(at.last["params"])
    assert acknowledged["notifications"] == {"toolsListChanged": True}
    at.host(modern(3, "subscriptions/listen", {"notifications": {"resourceSubscriptions": ["b+x:y"]}}))
    assert obj(at.last["params"]) is acknowledged
    at.wait(2.0)
    assert obj(at.last["params"]) is not acknowledged


def test_a_host_that_turns_to_the_other_generation_is_answered_from_what_it_declares_there() -> None:
    at = company()
    at.host(modern(0, "server/discover"))
    at.wait(2.0)
    asked = dict(at.host(request(1, "initialize", {**HELLO, "capabilities": {}})))
    at.server("a", introduced(asked["a"], {}))
    assert at.owed, "to a host like this it never said what it has"
    at.wait(2.0)
    assert named(at, 2) == []


def test_every_variant_of_what_hosts_declare_is_within_the_bound() -> None:
    known: Mapping[str, Known] = {"b": Known(ledger=ledger("add"))}
    at = Company(known=known)
    asked = dict(at.host(modern(0, "server/discover")))
    at.server("a", discovered(asked["a"], {}))
    for number in range(20):
        body = modern(number + 1, "tools/list")
        about = obj(obj(body["params"])["_meta"])
        declared: JsonObject = {**ABILITIES, "roots": number}
        told: JsonObject = {"_meta": {**about, META_CLIENT_CAPABILITIES: declared}}
        at.host({**body, "params": told})
        assert len(items(obj(at.last["result"])["tools"])) == 1
