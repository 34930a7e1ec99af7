"""Requests of very many texts: which they are, and that a worker says of them what this process would say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sekisho.engine.crowd import asked, costs_much, heard, is_crowd
from sekisho.engine.guarding import guard
from sekisho.engine.jobs import perform
from sekisho.engine.texts import texts
from sekisho.guards.objection import NOTHING_TOLD, Told, Wanted
from sekisho.meaning.argument import Argument, Meaning
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import NOTHING_KNOWN, Site, facts_of_launch
from sekisho.policy.reach import Listed
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.engine.crowd import Crowd
    from sekisho.policy.facts import ServerFacts
    from sekisho.wire.strict import Json, JsonObject

HERE = facts_of_launch(
    Site(folders=("/work",), cwd="/work", home="/home/me"), words=("postgres",), hosts=frozenset({"a.example"})
)
LISTED = replace(
    HERE,
    programs=frozenset({"ls"}),
    opens=True,
    limits=(
        ("roots", Listed(values=("/work/a",), widens=False)),
        ("hosts", Listed(values=("b.example",), widens=True)),
    ),
)
PROXIED = replace(HERE, url=replace(HERE.url, unresolved=True))


def told_by_worker(method: str, params: JsonObject, tool: Tool, facts: ServerFacts, told: Told = NOTHING_TOLD) -> Crowd:
    found = heard(perform(asked(method, params, tool, facts, told).subject))
    assert found is not None
    return found


@rows(
    ("name", "key", "value", "facts"),
    [
        ("read_files", "paths", "../../etc/passwd", HERE),
        ("read_files", "paths", "/work/a", HERE),
        ("read_files", "paths", "/work/b", LISTED),
        ("read_files", "paths", "/etc/x", NOTHING_KNOWN),
        ("fetch", "urls", "http://127.0.0.1/", HERE),
        ("fetch", "urls", "http://b.example/", LISTED),
        ("fetch", "urls", "http://a.example/", HERE),
        ("fetch", "urls", "http://unknown.example/", PROXIED),
        ("run", "command", "rm -rf ~; ls", HERE),
        ("run", "command", "unheard-of x", LISTED),
        ("read_query", "query", "DROP TABLE users", HERE),
        ("read_query", "query", "SELECT 1 -- " + "x" * 20_000 + "\n; DROP TABLE users", HERE),
        ("add_note", "note", "It's {fine}; really\n", HERE),
    ],
)
def test_a_worker_says_what_this_process_would_say(name: str, key: str, value: str, facts: ServerFacts) -> None:
    tool = Tool({"name": name, "inputSchema": {"properties": {key: {"type": "array"}}}}, about=facts.words)
    params: JsonObject = {"name": name, "arguments": {key: ["x", value], "other": value}}
    said = told_by_worker("tools/call", params, tool, facts)
    here = guard(texts("tools/call", params, tool), tool, facts, Told(real_paths={}, addresses={}, patient=True))
    assert [(each.argument.pointer, each.objection.rule) for each in said.guarded.found] == [
        (each.argument.pointer, each.objection.rule) for each in here.found
    ]
    assert said.guarded.needs == here.needs
    assert said.undeclared == 1


def test_it_is_told_what_a_person_says_and_what_was_found_out() -> None:
    tool = Tool({"name": "work"}, meant={"a": frozenset({Meaning.PATH}), "b": frozenset({Meaning.URL})})
    params: JsonObject = {"arguments": {"a": "/work/x", "b": "http://c.example/"}}
    first = told_by_worker("tools/call", params, tool, HERE)
    assert {each.wanted for each in first.guarded.needs} == {Wanted.REAL_PATH, Wanted.ADDRESSES}
    led = Told(real_paths={"/work/x": "/etc/x"}, addresses={"c.example": ("10.0.0.1",)})
    second = told_by_worker("tools/call", params, tool, HERE, led)
    assert {each.objection.rule for each in second.guarded.found} >= {"path-link", "url-private"}
    nobody = told_by_worker(
        "tools/call", params, tool, HERE, Told(real_paths={"/work/x": None}, addresses={"c.example": None})
    )
    assert "url-unresolved" in {each.objection.rule for each in nobody.guarded.found}
    proxied = told_by_worker(
        "tools/call", params, tool, PROXIED, Told(real_paths={"/work/x": None}, addresses={"c.example": None})
    )
    assert not any(each.objection.rule.startswith("url-") for each in proxied.guarded.found)
    assert not nobody.guarded.needs
    fixed = heard(perform(asked("tools/call", params, tool, HERE, led, ("/a", "/b")).subject))
    assert fixed is not None
    assert {each.argument.value for each in fixed.guarded.found} <= {"a", "b"}


def test_of_each_rule_the_first_places_are_told_and_facts_that_nobody_fetches_are_not_had() -> None:
    tool = Tool({"name": "read_files", "inputSchema": {"properties": {"paths": {"type": "array"}}}})
    outside: list[Json] = [f"/etc/{number}" for number in range(50)]
    found = told_by_worker("tools/call", {"arguments": {"paths": outside}}, tool, HERE).guarded.found
    assert [each.argument.pointer for each in found] == [f"/paths/{number}" for number in range(16)]
    assert found[0].argument.value == "/etc/0"
    inside: list[Json] = [f"/work/{number}" for number in range(300)]
    guarded = told_by_worker("tools/call", {"arguments": {"paths": inside}}, tool, HERE).guarded
    assert len(guarded.needs) == 256
    assert guarded.found[0].argument.pointer == "/paths/256"


@rows(
    "answer",
    [
        "",
        "[]",
        "{}",
        '{"found": [[1]], "needs": [], "undeclared": 0}',
        '{"found": [], "needs": [["x", "y"]], "undeclared": 0}',
    ],
)
def test_a_strange_answer_is_none(answer: str) -> None:
    assert heard(answer) is None


def test_very_many_members_are_a_crowd_wherever_they_are() -> None:
    many: list[Json] = ["x"] * 1_001
    deep: list[Json] = [[{"a": "x"}] for _ in range(600)]
    crowds: list[Json] = [many, {str(number): 1 for number in range(1_001)}, deep, " [" + "1," * 1_001]
    for each in crowds:
        assert is_crowd({"arguments": {"a": each}})
    few: list[Json] = [many[:900], "x," * 100_000, [1, None], {}]
    for each in few:
        assert not is_crowd({"arguments": {"a": each}})


def test_what_each_text_could_cost_is_counted_and_one_long_text_is_not() -> None:
    def of(meaning: Meaning, value: str, count: int) -> list[Argument]:
        return [Argument(pointer="", value=value, meanings=frozenset({meaning})) for _ in range(count)]

    assert costs_much(of(Meaning.SQL, "SELECT 1", 6), HERE)
    assert costs_much(of(Meaning.COMMAND, "x" * 3_000, 2), HERE)
    assert not costs_much(of(Meaning.SQL, "x" * 15_000, 1), HERE)
    assert not costs_much([*of(Meaning.SQL, "x" * 15_000, 1), *of(Meaning.WORD, "x", 20)], HERE)
    assert not costs_much(of(Meaning.TEXT, "x" * 3_000, 900), HERE)
    assert not costs_much(of(Meaning.PATH, "/a", 20), HERE)
    assert costs_much(of(Meaning.PATH, "/a", 20), LISTED)
