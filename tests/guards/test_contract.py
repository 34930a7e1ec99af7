"""Arguments against a schema: what fits, what a host's known mistakes mean, and what is too much for this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guards.test_cost import doubled, nested, recursive
from sekisho.guards import contract as module
from sekisho.guards.contract import ANYTHING, Breach, contract, too_costly
from sekisho.guards.normal import Normal

if TYPE_CHECKING:
    import pytest

    from sekisho.wire.strict import Json, JsonObject

SCHEMA: JsonObject = {
    "type": "object",
    "required": ["path"],
    "additionalProperties": False,
    "properties": {
        "path": {"type": "string", "pattern": "^[a-z/.]+$"},
        "lines": {"type": "integer", "minimum": 1},
        "edits": {"type": "array", "items": {"type": "object", "required": ["old"]}},
        "either": {"anyOf": [{"type": "object"}, {"type": "null"}]},
        "mode": {"enum": ["r", "w"]},
        "loose": {"pattern": "^a+$"},
        "deep": {"type": "object", "properties": {"n": {"type": "array", "items": {"type": "integer"}}}},
    },
}

FITTING: list[JsonObject] = [
    {"path": "a"},
    {"path": "a", "lines": 3, "edits": [{"old": "x", "new": 1}], "either": None, "mode": "r"},
    {"path": "a", "lines": 3.0},
    {"path": "a", "lines": "3"},
    {"path": "a", "edits": '[{"old": "x"}]'},
    {"path": "a", "edits": ['{"old": "x"}', {"old": "y"}]},
    {"path": "a", "either": '{"b": 1}'},
    {"path": "a", "lines": None},
    {"path": "a", "lines": None, "edits": "[]"},
    {"path": "a", "deep": {"n": [1, "2", 3]}},
    {"path": "a", "deep": {"n": None}},
]

BREAKING: list[tuple[Json, Breach]] = [
    ({}, Breach(("path",), "required")),
    ({"path": None}, Breach(("path",), "required")),
    ({"path": 3}, Breach(("path",), "type", ("string",))),
    ({"path": ["a"]}, Breach(("path",), "type", ("string",))),
    ({"path": "A"}, Breach(("path",), "pattern")),
    ({"path": "a", "other": 1}, Breach(("other",), "additionalProperties")),
    ({"path": "a", "lines": 0}, Breach(("lines",), "minimum")),
    ({"path": "a", "lines": "0"}, Breach(("lines",), "minimum")),
    ({"path": "a", "lines": "three"}, Breach(("lines",), "type", ("integer",))),
    ({"path": "a", "lines": '"3"'}, Breach(("lines",), "type", ("integer",))),
    ({"path": "a", "lines": "\ud800"}, Breach((), "schema")),
    ({"path": "a", "edits": [{"new": 1}]}, Breach(("edits", 0, "old"), "required")),
    ({"path": "a", "edits": '[{"new": 1}]'}, Breach(("edits", 0, "old"), "required")),
    ({"path": "a", "mode": "x"}, Breach(("mode",), "enum")),
    ({"path": "a", "mode": '"r"'}, Breach(("mode",), "enum")),
    ({"path": "a", "loose": "5"}, Breach(("loose",), "pattern")),
    ({"path": "a", "either": 1}, Breach(("either",), "anyOf")),
    ([], Breach((), "type", ("object",))),
    ("{}", Breach((), "type", ("object",))),
]


def test_a_table_of_arguments_that_fit() -> None:
    made = contract(SCHEMA)
    assert [each for each in FITTING if made.breaches(each) != ()] == []


def test_a_table_of_arguments_that_do_not_fit() -> None:
    made = contract(SCHEMA)
    found = [(value, made.breaches(value) or (), expected) for value, expected in BREAKING]
    assert [row for row in found if row[2] not in row[1]] == []


def test_a_place_that_breaks_twice_is_mended_once() -> None:
    both: list[Json] = [{"type": "object"}, {"type": ["object", "array"]}]
    made = contract({"properties": {"a": {"allOf": both}}})
    assert (made.breaches({"a": None}), made.breaches({"a": "{}"})) == ((), ())


def test_a_place_is_told_as_a_pointer() -> None:
    assert Breach(("a/b", 0), "type").pointer == "/a~1b/0"


def test_no_schema_agrees_to_everything_and_false_to_nothing() -> None:
    assert contract({}).breaches([1]) == ()
    assert contract(schema=True).breaches([1]) == ()
    assert ANYTHING.breaches(1) == ()
    assert contract(schema=False).breaches(1)


def test_a_pattern_with_look_around_is_not_enforced_and_the_rest_is() -> None:
    made = contract({"properties": {"a": {"pattern": "(?=a)b"}, "b": {"pattern": "^b$"}}})
    assert made.dropped == ("/properties/a/pattern",)
    assert made.breaches({"a": "x", "b": "b"}) == ()
    assert made.breaches({"b": "x"}) == (Breach(("b",), "pattern"),)


def test_what_is_too_much_for_this_process_is_left_to_a_worker() -> None:
    wide: JsonObject = {"properties": {str(number): {} for number in range(5_000)}}
    for schema in (doubled(30), doubled(12), wide, recursive({"allOf": [{"$ref": "#"}]})):
        assert contract(schema).breaches({}) is None
    patient = contract(doubled(12), patient=True)
    assert patient.breaches("a") == ()
    assert patient.breaches(1)
    for schema in (doubled(30), recursive({"allOf": [{"$ref": "#"}]})):
        assert contract(schema, patient=True).breaches({}) is None


def test_a_value_that_is_too_much_for_its_schema_is_left_to_a_worker() -> None:
    many: list[Json] = [*({} for _ in range(100))]
    made = contract({"items": {"anyOf": many}})
    values: list[Json] = [1] * 10_000
    assert made.breaches(values[:10]) == ()
    assert made.breaches(values) is None
    assert contract({"items": {"anyOf": many}}, patient=True).breaches(values) == ()


def test_a_long_text_that_nothing_reads_is_checked_here_and_a_breach_beside_it_is_told_by_a_worker() -> None:
    made = contract({"properties": {"name": {"maxLength": 9}, "text": {"type": "string"}}})
    long: JsonObject = {"name": "a", "text": "x" * 17_000_000}
    assert made.breaches(long) == ()
    assert made.breaches({**long, "name": "a" * 10}) is None
    assert made.breaches({"name": "a" * 10, "text": "x"}) == (Breach(("name",), "maxLength"),)
    assert contract({"properties": {"text": {"pattern": "x"}}}).breaches(long) is None


def test_a_schema_that_refers_to_itself_is_held_against_what_it_can_be_here() -> None:
    twice = recursive({"properties": {"c": {"allOf": [{"$ref": "#/$defs/0"}, {"$ref": "#/$defs/0"}]}}})
    made = contract(twice)
    assert made.breaches(nested(5)) == ()
    assert made.breaches(nested(20)) is None


def test_a_schema_that_no_validator_takes_agrees_to_nothing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: JsonObject) -> None:
        return None

    monkeypatch.setattr(module, "_compiled", never)
    assert contract({"type": "object"}).breaches({}) is None


def test_nothing_is_fetched_whatever_slips_through(monkeypatch: pytest.MonkeyPatch) -> None:
    made = contract({"properties": {"a": {"$ref": "http://127.0.0.1:1/x"}, "b": {"$ref": "file:///etc/passwd"}}})
    assert made.dropped == ("/properties/a/$ref", "/properties/b/$ref")

    def slips(*_: object, **__: object) -> Normal:
        return Normal(schema={"$ref": "http://127.0.0.1:1/x"})

    monkeypatch.setattr(module, "normal", slips)
    assert contract({"a": 1}).breaches({}) is None


def test_what_costs_too_much_is_told_without_a_value_in_hand() -> None:
    wide: JsonObject = {str(number): {} for number in range(5_000)}
    beyond: JsonObject = {str(number): [{}, {}] for number in range(100_001)}
    beyond["title"] = "x"
    table: list[tuple[JsonObject, bool, bool]] = [
        ({"type": "object"}, False, False),
        ({"properties": {"$ref": {"type": "string"}}}, True, False),
        (doubled(5), True, False),
        (doubled(30), True, True),
        (recursive({"properties": {"next": {"$ref": "#/$defs/0"}}}), True, False),
        ({"allOf": [{"$ref": "#"}]}, True, True),
        ({"properties": {"a": nested(120)}}, False, False),
        ({"properties": wide}, False, False),
        ({"properties": beyond}, False, True),
    ]
    assert [too_costly(schema, refers=refers) for schema, refers, _ in table] == [costly for *_, costly in table]
    deep: Json = {}
    for _ in range(120):
        deep = {"items": deep}
    assert too_costly(deep, refers=False)
