"""What a server is told of the host's folders, where a person listed its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play import LEGACY, MODERN, Play, request, result
from sekisho.engine.roots import answered, narrowed
from sekisho.policy.facts import NOTHING_KNOWN, Site, facts_of_launch
from sekisho.policy.reach import Listed, Reach, reaching
from sekisho.wire.views import items, obj
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.policy.facts import ServerFacts
    from sekisho.wire.jsonrpc import Json, JsonObject

HERE = facts_of_launch(Site(folders=("/work",), cwd="/work", home="/home/me"), words=(), hosts=frozenset())
WINDOWS = facts_of_launch(Site(cwd="c:/x", windows=True, caseless=True), words=(), hosts=frozenset())


def with_roots(*folders: str, widens: bool = True, facts: ServerFacts = HERE) -> ServerFacts:
    return reaching(facts, Reach(roots=(Listed(values=folders, widens=widens),)))


def told(*uris: str) -> JsonObject:
    roots: list[Json] = [{"uri": uri, "name": "n"} for uri in uris]
    return {"roots": roots, "_meta": {"x": 1}}


LISTED = with_roots("/srv/a b", "/home/me/notes")


@rows(
    ("facts", "uri", "left"),
    [
        (HERE, "file:///anywhere", ["file:///anywhere"]),
        (LISTED, "file:///srv/a%20b", ["file:///srv/a%20b"]),
        (LISTED, "file:///srv/a%20b/c/", ["file:///srv/a%20b/c/"]),
        (LISTED, "file://localhost/home/me/notes/x", ["file://localhost/home/me/notes/x"]),
        (LISTED, "file:///srv", ["file:///srv/a%20b"]),
        (LISTED, "file:///", ["file:///srv/a%20b", "file:///home/me/notes"]),
        (LISTED, "file:///srv/a%20bc", []),
        (LISTED, "file:///srv/a%20b/../../etc", []),
        (LISTED, "file:///etc", []),
        (LISTED, "file://other/home/me/notes", []),
        (LISTED, "https://x/home/me/notes", []),
        (LISTED, "file:///%ff", []),
        (LISTED, "file://[x", []),
        (LISTED, "", []),
        (with_roots("/srv", widens=False), "file:///srv/x", ["file:///srv/x"]),
        (with_roots("/srv", widens=False), "file:///work", []),
        (with_roots("C:/Data", facts=WINDOWS), "file:///c:/data/x", ["file:///c:/data/x"]),
        (with_roots("C:/Data", facts=WINDOWS), "file:///c:/", ["file:///C%3A/Data"]),
    ],
)
def test_a_root_is_told_as_far_as_it_is_listed(facts: ServerFacts, uri: str, left: list[str]) -> None:
    found = obj(narrowed(facts, told(uri)))
    assert [obj(each)["uri"] for each in items(found["roots"])] == left
    assert found["_meta"] == {"x": 1}


def test_what_is_no_answer_about_roots_stays_as_it_is() -> None:
    params: JsonObject = {"inputResponses": {"a": {"action": "accept"}, "b": told("file:///etc")}, "name": "x"}
    assert narrowed(LISTED, None) is None
    assert narrowed(None, params) is params
    assert answered(HERE, params) is params
    assert answered(None, params) is params
    assert answered(LISTED, {"name": "x"}) == {"name": "x"}
    left = obj(answered(LISTED, params)["inputResponses"])
    assert left == {"a": {"action": "accept"}, "b": {"roots": [], "_meta": {"x": 1}}}


def test_both_generations_tell_the_server_the_listed_folders_only() -> None:
    facts = with_roots("/srv", facts=NOTHING_KNOWN)
    play = Play(facts=facts).opened(LEGACY, {"roots": {}}).server(request("q", "roots/list"))
    play.host(result(1, told("file:///etc", "file:///srv/x")))
    assert obj(play.sent[0]["result"])["roots"] == [{"uri": "file:///srv/x", "name": "n"}]
    play = Play(facts=facts).opened(MODERN)
    params: JsonObject = {"name": "t", "inputResponses": {"r": told("file:///etc")}}
    play.host(play.asks("c", "tools/call", params, capabilities={"roots": {}}))
    assert obj(obj(obj(play.sent[0]["params"])["inputResponses"])["r"])["roots"] == []
