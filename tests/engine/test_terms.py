"""What a person wrote about parameters: hidden ones are not seen and put in, others keep to their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play import LEGACY, refused
from engine.test_arguments import HERE
from sekisho.engine.surface.shelf import Guard
from sekisho.engine.terms import arranged, shown
from sekisho.meaning.argument import Meaning
from sekisho.pin.records import Ledger
from sekisho.policy.calls import CallTerms, ParameterTerms
from sekisho.wire.jsonrpc import Request
from surfacekit import OFFERED, Guarded, lists, tool

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject

TEXT: JsonObject = {"type": "string"}
LOG: JsonObject = tool(
    "log",
    "Shows the log.",
    inputSchema={
        "type": "object",
        "properties": {"repo": TEXT, "branch": TEXT, "count": {"type": "integer"}, "raw": TEXT, "name": TEXT},
        "required": ["repo", "count", "name"],
        "additionalProperties": False,
    },
)
PARAMETERS = {
    "repo": ParameterTerms(fixed="/elsewhere/repo"),
    "count": ParameterTerms(default=20),
    "raw": ParameterTerms(forbidden=True),
    "branch": ParameterTerms(allow=frozenset({"main", "3"})),
}
TERMS = {"log": CallTerms(parameters=PARAMETERS)}


def opened(calls: dict[str, CallTerms], *tools: JsonObject) -> tuple[Guarded, list[Json]]:
    play = Guarded(guard=Guard(ledger=Ledger(server="server"), session="first"), facts=HERE, calls=calls)
    play.opened(LEGACY, None, OFFERED)
    return play, lists(play, *tools)


def called(play: Guarded, id_: int, arguments: Json, name: str = "log") -> Guarded:
    play.host(play.asks(id_, "tools/call", {"name": name, "arguments": arguments}))
    return play


def sent(play: Guarded) -> Json:
    (body,) = play.sent
    params = body["params"]
    assert isinstance(params, dict)
    return params["arguments"]


def test_a_model_does_not_see_what_is_hidden_and_sees_what_stands_in() -> None:
    (log, other) = shown(TERMS, [LOG, tool("other")])
    assert log == tool(
        "log",
        "Shows the log.",
        inputSchema={
            "type": "object",
            "properties": {
                "branch": {"type": "string", "enum": ["3", "main"]},
                "count": {"type": "integer", "default": 20},
                "name": TEXT,
            },
            "required": ["name"],
            "additionalProperties": False,
        },
    )
    assert other == tool("other")
    odd: JsonObject = {"name": "log", "inputSchema": {"properties": {"count": True, "raw": True}}}
    assert shown(TERMS, [odd]) == [{"name": "log", "inputSchema": {"properties": {"count": True}}}]


def test_a_model_sees_the_only_values_where_the_schema_has_room_for_them() -> None:
    only = {"only": ParameterTerms(allow=frozenset({"b", "a"}))}
    rows: list[tuple[Json, Json]] = [
        ({"type": "string", "description": "x"}, {"type": "string", "description": "x", "enum": ["a", "b"]}),
        ({"type": "string", "enum": ["a", "c"]}, {"type": "string", "enum": ["a"]}),
        ({"type": "array", "items": TEXT}, {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}),
        ({"type": "array", "items": {"type": "integer"}}, {"type": "array", "items": {"type": "integer"}}),
        ({"type": "integer"}, {"type": "integer"}),
        ({"anyOf": [TEXT]}, {"anyOf": [TEXT]}),
        (True, True),
    ]
    for before, after in rows:
        declared: JsonObject = {"name": "t", "inputSchema": {"properties": {"only": before}}}
        assert shown({"t": CallTerms(parameters=only)}, [declared]) == [
            {"name": "t", "inputSchema": {"properties": {"only": after}}}
        ]


def test_a_server_gets_what_is_fixed_and_missing_and_its_own_schema_is_what_counts() -> None:
    play, seen = opened(TERMS, LOG)
    assert seen == shown(TERMS, [LOG])
    whole: JsonObject = {"name": "a", "repo": "/elsewhere/repo", "count": 20}
    assert sent(called(play, 1, {"name": "a"})) == whole
    assert sent(called(play, 2, {"name": "a", "repo": "/etc", "count": 3})) == {**whole, "count": 3}
    assert sent(called(play, 3, {"name": "a", "branch": "main"})) == {**whole, "branch": "main"}
    called(play, 4, {"name": "a", "raw": "x"}).expects(refused(4, "parameter-forbidden"))
    play.records("refusal", pointer="/arguments/raw")
    called(play, 5, {"name": "a", "branch": "other"}).expects(refused(5, "value-not-allowed"))
    called(play, 6, {"name": "a", "branch": ["main", "other"]}).expects(refused(6, "value-not-allowed"))
    called(play, 7, {"name": "a", "branch": 3}).expects(refused(7, "arguments-do-not-match"))


def test_members_that_nobody_declared_are_refused_where_a_person_wants_that() -> None:
    play, _ = opened({"*": CallTerms(undeclared="refuse"), "sub": CallTerms()}, tool("add"), tool("sub"))
    called(play, 1, {"more": 1}, "add").expects(refused(1, "member-undeclared"))
    assert sent(called(play, 2, {"more": 1}, "sub")) == {"more": 1}
    assert sent(called(play, 3, {}, "add")) == {}


def test_what_changes_nothing_and_what_is_no_call_goes_on_as_it_came() -> None:
    rows: list[tuple[str, JsonObject | None]] = [
        ("tools/call", {"name": "log", "arguments": {"repo": "/elsewhere/repo", "count": 1}}),
        ("ping", None),
    ]
    for method, params in rows:
        message = Request(1, method, params, {"method": method})
        assert arranged(TERMS, message).message is message


def test_a_meaning_holds_for_what_is_inside_as_well() -> None:
    folders: JsonObject = {"type": "object", "properties": {"things": {"type": "array", "items": TEXT}}}
    meant = {"things": ParameterTerms(meanings=frozenset({Meaning.PATH}))}
    play, _ = opened({"work": CallTerms(parameters=meant)}, tool("work", inputSchema=folders))
    called(play, 1, {"things": ["/etc/passwd"]}, "work").expects(refused(1, "path-outside-roots"))
