"""Calls that a person let pass: once by a release for exactly this call, or for a while by an exception for a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play import LEGACY, Play, Seen, cancelled, each_generation, looks, refused, to_server
from sekisho.engine.effects import Look, Plead
from sekisho.engine.events import Pleaded, Trouble
from sekisho.engine.state import Patience
from sekisho.guards.objection import Told
from sekisho.policy.facts import Site, facts_of_launch
from sekisho.policy.leniency import NOTHING_HEARD, Heard

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Id, JsonObject
    from sekisho.wire.versions import Generation

HERE = facts_of_launch(Site(folders=("/work",), cwd="/work", home="/home/me"), words=(), hosts=frozenset())
RELEASED = Heard(ticket="ABC234")
OUTSIDE: JsonObject = {"name": "read_file", "arguments": {"path": "/srv/data"}}
TWO: JsonObject = {"name": "read_file", "arguments": {"path": "/srv/data", "url": "http://127.0.0.1/"}}


def opened(generation: Generation = LEGACY, patience: Patience | None = None) -> Play:
    return Play(facts=HERE, lenient=True, patience=patience or Patience()).opened(generation)


def asked(play: Play, id_: Id = "c", params: JsonObject = OUTSIDE) -> JsonObject:
    said = play.asks(id_, "tools/call", params)
    play.host(said)
    return said


def pleads(id_: Id, tool: str) -> Seen:
    return Seen("pleads", tool, (0, id_))


def pleaded(play: Play, id_: Id, heard: Heard) -> Play:
    return play.receive(Pleaded(0, id_, heard, play.now))


def settled(play: Play, id_: Id, heard: Heard) -> Play:
    """Let a person have let it pass, and every path lead where it is written."""
    pleaded(play, id_, heard)
    needs = [need.subject for effect in play.effects if isinstance(effect, Look) for need in effect.needs]
    return play.looked(id_, Told(real_paths={path: path for path in needs}, addresses={})) if needs else play


def binding(play: Play) -> str:
    return next(effect.binding for effect in play.effects if isinstance(effect, Plead))


@each_generation
def test_a_released_call_passes_and_that_is_on_record_first(generation: Generation) -> None:
    play = opened(generation)
    said = asked(play)
    play.expects(pleads("c", "read_file"))
    pleaded(play, "c", RELEASED).expects(looks("c", "real-path /srv/data"))
    play.records("leniency", ticket="ABC234", name="read_file", verdict="allow")
    play.looked("c", Told(real_paths={"/srv/data": "/srv/data"}, addresses={}))
    play.expects(to_server({**said, "id": 2}))


@each_generation
def test_without_a_release_it_is_refused_with_what_a_release_names(generation: Generation) -> None:
    play = opened(generation)
    asked(play, params=TWO)
    named = binding(play)
    pleaded(play, "c", NOTHING_HEARD).expects(refused("c", "path-outside-roots"))
    play.records("refusal", binding=named, rules=["path-outside-roots", "url-private"])


def test_what_a_release_names_is_this_call_of_this_principal_and_what_objects_to_it() -> None:
    play = opened()
    names: list[str] = []
    changed: JsonObject = {"name": "read_file", "arguments": {"path": "/srv/other"}}
    for id_, params in (("a", OUTSIDE), ("b", OUTSIDE), ("c", changed), ("d", {**OUTSIDE, "name": "get"}), ("e", TWO)):
        asked(play, id_, params)
        names.append(binding(play))
        pleaded(play, id_, NOTHING_HEARD)
    assert names[0] == names[1]
    assert len(set(names)) == 4
    assert not any("/srv" in name for name in names)


def test_an_exception_takes_away_its_rule_and_no_other() -> None:
    play = opened()
    said = asked(play)
    settled(play, "c", Heard(rules=frozenset({"path-outside-roots"}))).expects(to_server({**said, "id": 2}))
    asked(play, "d", TWO)
    pleaded(play, "d", Heard(rules=frozenset({"path-outside-roots"}))).expects(refused("d", "url-private"))


def test_nothing_opens_what_hosts_and_we_are_set_up_with() -> None:
    play = opened()
    for id_, heard in (("c", RELEASED), ("d", Heard(rules=frozenset({"path-protected"})))):
        asked(play, id_, {"name": "write_file", "arguments": {"path": "/work/.git/hooks/pre-commit", "content": "x"}})
        pleaded(play, id_, heard).expects(refused(id_, "path-protected"))


def test_an_exception_is_never_for_a_critical_rule_and_a_release_may_be() -> None:
    play = opened()
    params: JsonObject = {"name": "read_file", "arguments": {"path": "/home/me/.ssh/id_rsa"}}
    asked(play, "c", params)
    pleaded(play, "c", Heard(rules=frozenset({"path-credential"}))).expects(refused("c", "path-credential"))
    said = asked(play, "d", params)
    settled(play, "d", RELEASED).expects(to_server({**said, "id": 2}))


def test_what_is_looked_at_meanwhile_counts() -> None:
    play = opened()
    said = asked(play, params={"name": "read_file", "arguments": {"path": "/work/link"}})
    play.expects(looks("c", "real-path /work/link"))
    play.looked("c", Told(real_paths={"/work/link": "/srv/data"}, addresses={})).expects(pleads("c", "read_file"))
    settled(play, "c", RELEASED).expects(to_server({**said, "id": 2}))


def test_a_request_that_calls_no_tool_can_be_released_and_not_excepted() -> None:
    play = opened()
    said = play.asks("c", "resources/read", {"uri": "file:///srv/data"})
    play.host(said).expects(pleads("c", ""))
    settled(play, "c", RELEASED).expects(to_server({**said, "id": 2}))


def test_who_takes_it_back_meanwhile_gets_nothing_and_nothing_is_sent() -> None:
    play = opened()
    asked(play)
    play.host(cancelled("c"))
    pleaded(play, "c", RELEASED).expects()
    pleaded(play, "nobody", RELEASED).expects()


def test_it_waits_while_others_go_on_and_too_many_are_refused() -> None:
    play = opened(patience=Patience(parked=1))
    said = asked(play, "a")
    asked(play, "b")
    play.expects(refused("b", Trouble.OVERLOADED))
    other: JsonObject = {"name": "add", "arguments": {"a": 1}}
    fine = asked(play, "d", other)
    play.expects(to_server({**fine, "id": 2}))
    settled(play, "a", RELEASED).expects(to_server({**said, "id": 3}))


def test_two_that_wait_go_on_one_by_one() -> None:
    play = opened()
    first, second = asked(play, "a"), asked(play, "b")
    settled(play, "a", RELEASED).expects(to_server({**first, "id": 2}))
    settled(play, "b", RELEASED).expects(to_server({**second, "id": 3}))


def test_what_a_person_let_pass_is_still_looked_at_to_its_end() -> None:
    play = opened()
    both: JsonObject = {"name": "read_file", "arguments": {"path": "/work/link", "url": "http://127.0.0.1/"}}
    excepted = Heard(rules=frozenset({"url-private"}))
    for id_, heard in (("a", excepted), ("b", RELEASED)):
        asked(play, id_, both)
        play.expects(pleads(id_, "read_file"))
        pleaded(play, id_, heard).expects(looks(id_, "real-path /work/link"))
        answer = Told(real_paths={"/work/link": "/srv/data"}, addresses={})
        play.looked(id_, answer).expects(refused(id_, "path-link"))
    said = asked(play, "c", both)
    pleaded(play, "c", excepted).looked("c", Told(real_paths={"/work/link": "/work/a"}, addresses={}))
    play.expects(to_server({**said, "id": 2}))
