"""What of a server's schema is enforced: everything that any draft says, and only what is a schema at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from sekisho.guards import normal as module
from sekisho.guards.normal import normal

if TYPE_CHECKING:
    from sekisho.wire.strict import Json, JsonObject

MOST = 1_000
TEXT: JsonObject = {"type": "string"}


def kept(schema: JsonObject) -> JsonObject:
    return normal(schema, most=MOST).schema


def test_what_decides_something_is_kept_and_annotations_are_not() -> None:
    decides: JsonObject = {
        "type": ["object", "null"],
        "required": ["a"],
        "properties": {"a": {"type": "string", "minLength": 1, "pattern": "^a"}, "b": True, "c": {"const": None}},
        "patternProperties": {"^x": {"enum": [1, "a"]}},
        "additionalProperties": {"anyOf": [TEXT, {"type": "integer", "minimum": 1.5, "multipleOf": 2}]},
        "items": {"uniqueItems": True},
        "prefixItems": [{"maxItems": 3.0}],
        "dependentRequired": {"a": ["b"]},
        "dependentSchemas": {"a": {"maxProperties": 1}},
        "if": {"not": False},
    }
    says: JsonObject = {"title": "t", "format": "uri", "default": 1, "$comment": "c", "x-own": {"type": "no"}}
    assert kept({**decides, **says}) == decides


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"items": [TEXT], "additionalItems": False}, {"prefixItems": [TEXT], "items": False}),
        ({"items": [TEXT]}, {"prefixItems": [TEXT]}),
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
        ({"exclusiveMaximum": True}, {}),
        (
            {"dependencies": {"a": ["b"], "c": TEXT}},
            {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": TEXT}},
        ),
        ({"$ref": "#/definitions/a", "definitions": {"a": TEXT}}, {"$ref": "#/$defs/0", "$defs": {"0": TEXT}}),
    ],
)
def test_what_older_drafts_say_is_said_anew(schema: JsonObject, expected: JsonObject) -> None:
    assert kept(schema) == expected


def test_beside_a_reference_nothing_counts_where_the_draft_says_so() -> None:
    schema: JsonObject = {"$ref": "#/definitions/a", "minLength": 1, "definitions": {"a": TEXT}}
    old: JsonObject = {"$schema": "http://json-schema.org/draft-07/schema#", **schema}
    assert kept(old) == {"$ref": "#/$defs/0", "$defs": {"0": TEXT}}
    assert kept(schema) == {"$ref": "#/$defs/0", "minLength": 1, "$defs": {"0": TEXT}}


def test_references_lead_to_places_names_and_the_document_by_its_own_address() -> None:
    schema: JsonObject = {
        "$id": "https://a.example/s",
        "properties": {
            "a": {"$ref": "#/components/x~1y"},
            "b": {"$ref": "#named"},
            "c": {"$ref": "https://a.example/s#/components/x~1y"},
            "d": {"$ref": "#"},
            "e": {"$ref": "https://a.example/s"},
            "f": {"$ref": "#other"},
        },
        "components": {"x/y": TEXT, "z": [{"$anchor": "named", "type": "null"}, {"$anchor": "other"}]},
    }
    assert kept(schema) == {
        "properties": {
            "a": {"$ref": "#/$defs/0"},
            "b": {"$ref": "#/$defs/1"},
            "c": {"$ref": "#/$defs/0"},
            "d": {"$ref": "#"},
            "e": {"$ref": "#"},
            "f": {"$ref": "#/$defs/2"},
        },
        "$defs": {"0": TEXT, "1": {"type": "null"}, "2": {}},
    }


BROKEN: list[tuple[JsonObject, str]] = [
    ({"type": "any"}, "/type"),
    ({"type": ["string", 1]}, "/type"),
    ({"type": []}, "/type"),
    ({"required": True}, "/required"),
    ({"properties": {"a": "string"}}, "/properties/a"),
    ({"properties": []}, "/properties"),
    ({"allOf": []}, "/allOf"),
    ({"anyOf": [1]}, "/anyOf"),
    ({"not": "x"}, "/not"),
    ({"minLength": -1}, "/minLength"),
    ({"minLength": 1.5}, "/minLength"),
    ({"maximum": "1"}, "/maximum"),
    ({"multipleOf": 0}, "/multipleOf"),
    ({"enum": "a"}, "/enum"),
    ({"enum": []}, "/enum"),
    ({"uniqueItems": 1}, "/uniqueItems"),
    ({"pattern": 1}, "/pattern"),
    ({"dependentRequired": {"a": "b"}}, "/dependentRequired"),
    ({"$ref": 1}, "/$ref"),
    ({"$ref": "#/nowhere"}, "/$ref"),
    ({"$ref": "#nobody"}, "/$ref"),
    ({"$ref": "#/type", "type": "string"}, "/$ref"),
    ({"$ref": "https://a.example/s"}, "/$ref"),
    ({"$ref": "file:///etc/passwd"}, "/$ref"),
    ({"$dynamicRef": "#a"}, "/$dynamicRef"),
]


def test_what_is_no_schema_is_left_out_and_told() -> None:
    wrong = [
        (schema, found.dropped) for schema, place in BROKEN if (found := normal(schema, most=MOST)).dropped != (place,)
    ]
    assert not wrong


def test_what_is_told_is_bounded() -> None:
    broken: JsonObject = {"properties": {str(number): {"type": "any"} for number in range(100)}}
    assert len(normal(broken, most=MOST).dropped) == 32


def test_patterns_that_cannot_be_matched_are_left_out_and_told() -> None:
    schema: JsonObject = {"pattern": "bad", "patternProperties": {"bad": TEXT, "good": TEXT}}
    found = normal(schema, most=MOST, matches=lambda pattern: pattern != "bad")
    assert found.schema == {"patternProperties": {"good": TEXT}}
    assert found.dropped == ("/pattern", "/patternProperties/bad")


def test_of_a_document_that_is_too_large_nothing_is_read() -> None:
    wide: JsonObject = {"properties": {str(number): TEXT for number in range(MOST)}}
    found = normal(wide, most=MOST)
    assert (found.whole, found.schema) == (False, {})


def test_what_is_no_object_says_everything_or_nothing() -> None:
    assert normal(schema=True, most=MOST).schema == {}
    assert normal(schema=False, most=MOST).schema == {"not": {}}
    assert normal("x", most=MOST).dropped == ("",)


def test_a_name_is_looked_for_in_a_bounded_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ANCHORS", 2)
    assert normal({"$ref": "#a", "x": {"y": {"$anchor": "a"}}}, most=MOST).dropped == ("/$ref",)


KEYWORDS = ["$ref", "type", "properties", "items", "required", "anyOf", "not", "enum", "const", "minimum", "$defs", "a"]
NAMES = st.sampled_from(["object", "string", "#", "#/$defs/a", "a", "^a$"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYWORDS), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_whatever_comes_a_validator_takes_what_is_written(schema: Json) -> None:
    written = normal(schema, most=MOST)
    Draft202012Validator(written.schema)
    assert normal(written.schema, most=MOST).dropped == ()
