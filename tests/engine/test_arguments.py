"""The texts of requests, by the definitions that the host was shown."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from engine.play import LEGACY, looks, refused
from guards.test_cost import doubled
from sekisho.engine import arguments
from sekisho.engine.effects import Look
from sekisho.engine.guarding import Guarded as Verdicts
from sekisho.engine.inspect import RULE_FAILED
from sekisho.engine.jobs import perform
from sekisho.engine.surface.shelf import Guard
from sekisho.guards.objection import Objection, Told, Wanted
from sekisho.pin.records import Ledger
from sekisho.policy.facts import Site, facts_of_launch
from sekisho.rules.called import Objected
from surfacekit import OFFERED, Guarded, lists, tool

if TYPE_CHECKING:
    import pytest

    from sekisho.wire.jsonrpc import Json, JsonObject

HERE = facts_of_launch(Site(folders=("/work",), cwd="/work", home="/home/me"), words=(), hosts=frozenset())


def play_with(method: str, member: str, *definitions: JsonObject, apart: bool = False) -> Guarded:
    play = Guarded(guard=Guard(ledger=Ledger(server="server"), session="first"), facts=HERE, apart=apart)
    play.opened(LEGACY, None, OFFERED)
    play.host(play.asks("list", method))
    listed: list[Json] = [*definitions]
    body: JsonObject = {"jsonrpc": "2.0", "id": 2, "result": {member: listed}}
    play.server(body)
    return play


def schema(name: str, **properties: str) -> JsonObject:
    described: JsonObject = {key: {"type": "string", "description": text} for key, text in properties.items()}
    return tool(name, "Works.", inputSchema={"type": "object", "properties": described})


def test_the_description_of_a_parameter_says_what_its_values_are() -> None:
    play = play_with("tools/list", "tools", schema("work", thing="Path to the file", other="A number in words"))
    play.host(play.asks("c", "tools/call", {"name": "work", "arguments": {"other": "x", "thing": "../../x"}}))
    play.expects(refused("c", "path-outside-roots"))
    play.records("refusal", pointer="/arguments/thing")


def test_what_a_call_means_is_said_by_the_approved_definition_while_another_one_waits() -> None:
    approved, listed = schema("work", thing="Path to the file"), schema("work", thing="A number in words")
    play = play_with("tools/list", "tools", approved)
    assert lists(play, listed) == [approved]
    play.host(play.asks("c", "tools/call", {"name": "work", "arguments": {"thing": "../../x"}}))
    play.expects(refused("c", "path-outside-roots"))


def test_the_arguments_of_a_prompt_have_descriptions_too() -> None:
    argument: list[Json] = [{"name": "thing", "description": "The URL of the page"}, "no object", {"description": "x"}]
    play = play_with("prompts/list", "prompts", {"name": "sum", "description": "Sums up.", "arguments": argument})
    play.host(play.asks("c", "prompts/get", {"name": "sum", "arguments": {"thing": "http://localhost/"}}))
    play.expects(refused("c", "url-private"))


def test_a_listed_resource_is_the_servers_own_word() -> None:
    own: JsonObject = {"name": "n", "uri": "file:///srv/own.txt", "description": "Notes."}
    play = play_with("resources/list", "resources", own)
    play.host(play.asks("c", "resources/read", {"uri": "file:///srv/own.txt"}))
    assert [seen.what for seen in play.seen] == ["to server"]
    play.host(play.asks("d", "resources/read", {"uri": "file:///srv/other.txt"}))
    play.expects(refused("d", "path-outside-roots"))


def test_what_completion_knows_already_is_judged_as_well() -> None:
    play = play_with("prompts/list", "prompts", {"name": "p", "description": "Sums up.", "arguments": []})
    reference: JsonObject = {"type": "ref/prompt", "name": "p"}
    context: JsonObject = {"arguments": {"path": "/srv/x"}}
    asked: JsonObject = {"ref": reference, "argument": {"name": "word", "value": "a"}, "context": context}
    play.host(play.asks("c", "completion/complete", asked)).expects(refused("c", "path-outside-roots"))
    play.records("refusal", pointer="/context/arguments/path")
    asked["context"], asked["argument"] = {}, {"name": "path", "value": "/srv/x"}
    play.host(play.asks("d", "completion/complete", asked)).expects(refused("d", "path-outside-roots"))
    play.records("refusal", pointer="/argument/value")


def test_a_fact_is_asked_for_behind_everything_else() -> None:
    play = play_with("tools/list", "tools", schema("read_it", path="Path to the file"))
    play.host(play.asks("c", "tools/call", {"name": "read_it", "arguments": {"path": "/work/a"}}))
    play.expects(looks("c", "real-path /work/a"))


def test_an_objection_that_no_rule_speaks_for_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    play = play_with("tools/list", "tools", schema("work", thing="A word"))

    def strange(texts: tuple[arguments.Argument, ...], *_: object) -> Verdicts:
        objection = Objection(rule="no-such-rule", start=0, end=1)
        return Verdicts(found=tuple(Objected(each, objection) for each in texts), needs=())

    monkeypatch.setattr(arguments, "guard", strange)
    play.host(play.asks("c", "tools/call", {"name": "work", "arguments": {"thing": "x"}}))
    play.expects(refused("c", RULE_FAILED))


def test_arguments_that_do_not_fit_are_refused_with_what_was_expected() -> None:
    properties: JsonObject = {"note": {"type": "string"}, "at": {"type": ["integer", "null"]}}
    closed: JsonObject = {"type": "object", "properties": properties, "additionalProperties": False}
    play = play_with("tools/list", "tools", tool("add", "Adds.", inputSchema=closed))
    said: list[tuple[Json, str, str]] = [
        ({"note": ["x"]}, "/arguments/note", "Expected there: a string. "),
        ({"at": "soon"}, "/arguments/at", "Expected there: an integer or null. "),
        ({"other": 1}, "/arguments/other", "Expected there: no such member. "),
        ([], "/arguments", "Expected there: an object. "),
        ("{}", "/arguments", "Expected there: an object. "),
    ]
    for number, (arguments_, pointer, expected) in enumerate(said):
        play.host(play.asks(number, "tools/call", {"name": "add", "arguments": arguments_}))
        play.expects(refused(number, "arguments-do-not-match"))
        play.records("refusal", pointer=pointer)
        assert expected in repr(play.effects)
    fitting: list[Json] = [{}, None, {"note": "x", "at": "3"}]
    for number, fits in enumerate(fitting, start=100):
        play.host(play.asks(number, "tools/call", {"name": "add", "arguments": fits}))
        assert [seen.what for seen in play.seen] == ["to server"]


def test_what_a_guard_objects_to_is_the_graver_reason() -> None:
    properties: JsonObject = {"path": {"type": "string"}, "line": {"type": "integer"}}
    schema_: JsonObject = {"type": "object", "properties": properties}
    play = play_with("tools/list", "tools", tool("read_it", "Reads.", inputSchema=schema_))
    play.host(play.asks("c", "tools/call", {"name": "read_it", "arguments": {"path": "/etc/passwd", "line": "x"}}))
    play.expects(refused("c", "path-outside-roots"))


def test_a_tool_whose_schema_nobody_can_check_is_held_before_it_is_called() -> None:
    play = play_with("tools/list", "tools", tool("add", "Adds.", inputSchema={"allOf": [{"$ref": "#"}]}))
    play.host(play.asks("c", "tools/call", {"name": "add", "arguments": {"a": 1}}))
    play.expects(refused("c", "definition-held"))


def test_what_takes_long_is_left_to_a_worker_and_refused_where_it_has_no_answer() -> None:
    heavy = doubled(12)
    query: JsonObject = {"type": "object", "properties": {"query": {"type": "string"}}}
    long = "SELECT 1 -- " + "x" * 20_000
    command: JsonObject = {"type": "object", "properties": {"command": {"type": "string"}}}
    nested = "f() { (cd x; " + "ls -l; " * 100 + "); }"
    tools = (
        tool("add", "Adds.", inputSchema=heavy),
        tool("read_query", "Queries.", inputSchema=query),
        tool("run_command", "Runs a command.", inputSchema=command),
    )
    play = play_with("tools/list", "tools", *tools)
    rows: list[tuple[str, JsonObject, dict[str | None, str]]] = [
        ("add", {"a": 1}, {"[]": "", None: "arguments-not-checked", "null": "arguments-not-checked"}),
        ("add", {"a": 1}, {'[[["a"], "type", ["string"]]]': "arguments-do-not-match"}),
        ("read_query", {"query": long}, {"[]": "", None: "sql-unclear", '[["sql-write", 0, 3, [2]]]': "sql-write"}),
        (
            "run_command",
            {"command": nested},
            {"[]": "", None: "shell-unclear", '[["shell-danger", 3, 5, []]]': "shell-danger"},
        ),
    ]
    numbers = count()
    for name, arguments_, answers in rows:
        for answer, rule in answers.items():
            id_ = next(numbers)
            play.host(play.asks(id_, "tools/call", {"name": name, "arguments": arguments_}))
            (asked,) = (effect for effect in play.effects if isinstance(effect, Look))
            (need,) = asked.needs
            assert need.wanted is Wanted.WORKER
            play.looked(id_, Told(real_paths={}, addresses={}, worked={need.subject: answer}))
            if rule:
                play.expects(refused(id_, rule))
            else:
                assert [seen.what for seen in play.seen] == ["to server"]


def test_a_session_that_parses_nothing_leaves_each_query_that_is_not_plain_to_a_worker() -> None:
    play = play_with("tools/list", "tools", schema("read_query", query="A query", path="A path"), apart=True)
    for number, (query, rule) in enumerate((("SELECT [a b] FROM t", ""), ("DROP TABLE t", "sql-write"))):
        play.host(
            play.asks(number, "tools/call", {"name": "read_query", "arguments": {"query": query, "path": "/work/a"}})
        )
        (asked,) = (effect for effect in play.effects if isinstance(effect, Look))
        (job,) = (need.subject for need in asked.needs if need.wanted is Wanted.WORKER)
        play.looked(number, Told(real_paths={"/work/a": "/work/a"}, addresses={}, worked={job: perform(job)}))
        if rule:
            play.expects(refused(number, rule))
        else:
            assert [seen.what for seen in play.seen] == ["to server"]
    play.host(play.asks("plain", "tools/call", {"name": "read_query", "arguments": {"query": "SELECT a FROM t"}}))
    assert [seen.what for seen in play.seen] == ["to server"]


def test_very_many_arguments_are_left_to_a_worker_too() -> None:
    play = play_with("tools/list", "tools", schema("work", thing="A word"), tool("other", "Works."))
    many: JsonObject = {f"m{number}": "x" for number in range(1_001)}
    rows: list[tuple[str, JsonObject, bool, str]] = [
        ("work", many, True, ""),
        ("other", many, True, ""),
        ("work", {**many, "path": "../../x"}, True, "path-outside-roots"),
        ("work", {**many, "thing": 1}, True, "arguments-do-not-match"),
        ("work", many, False, "arguments-not-checked"),
    ]
    for number, (name, given, answers, rule) in enumerate(rows):
        play.host(play.asks(number, "tools/call", {"name": name, "arguments": given}))
        for _ in range(2):
            looks_ = [effect for effect in play.effects if isinstance(effect, Look)]
            worked = {
                each.subject: perform(each.subject) if answers else None for look in looks_ for each in look.needs
            }
            if looks_:
                play.looked(number, Told(real_paths={}, addresses={}, worked=worked))
        if rule:
            play.expects(refused(number, rule))
        else:
            assert [seen.what for seen in play.seen] == ["to server"]
            play.records("request", undeclared=1_001)


def test_a_few_that_take_long_together_are_left_to_a_worker_too() -> None:
    listed: JsonObject = {"queries": {"type": "array", "items": {"type": "string"}, "description": "SQL queries"}}
    queries = tool("read_queries", "Queries.", inputSchema={"type": "object", "properties": listed})
    for last, rule in (("SELECT 1", ""), ("DROP TABLE users", "sql-write")):
        play = play_with("tools/list", "tools", queries)
        given: JsonObject = {"queries": [*["SELECT 1"] * 8, last]}
        play.host(play.asks("c", "tools/call", {"name": "read_queries", "arguments": given}))
        (asked,) = (effect for effect in play.effects if isinstance(effect, Look))
        (need,) = asked.needs
        assert need.wanted is Wanted.WORKER
        play.looked("c", Told(real_paths={}, addresses={}, worked={need.subject: perform(need.subject)}))
        if rule:
            play.expects(refused("c", rule))
        else:
            assert [seen.what for seen in play.seen] == ["to server"]


def test_members_that_the_schema_does_not_name_are_counted_in_the_record() -> None:
    play = play_with("tools/list", "tools", schema("work", thing="A word"))
    given: list[tuple[JsonObject, int | None]] = [
        ({"thing": "x"}, None),
        ({"thing": "x", "more": 1, "other": {"deep": "y"}}, 3),
        ({"thing": "x"}, None),
    ]
    for number, (arguments_, undeclared) in enumerate(given):
        play.host(play.asks(number, "tools/call", {"name": "work", "arguments": arguments_}))
        assert [record.fields.get("undeclared") for record in play.recorded] == [undeclared]
