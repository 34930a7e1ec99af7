"""Which parts of a schema speak about a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.meaning.schema import below, each_item, expanded, texts_of, types_of

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject

ROOT: JsonObject = {
    "$defs": {"place": {"type": "string", "format": "uri"}, "self": {"allOf": [{"$ref": "#/$defs/self"}]}}
}


def test_references_alternatives_and_conditions_are_followed() -> None:
    node: JsonObject = {
        "anyOf": [{"$ref": "#/$defs/place"}, {"type": "null"}],
        "if": {"title": "a"},
        "then": {"title": "b"},
        "else": {"title": "c"},
    }
    nodes = expanded(ROOT, [node])
    assert types_of(nodes) == {"string", "null"}
    assert list(texts_of(nodes, "format")) == ["uri"]
    assert set(texts_of(nodes, "title")) == {"a", "b", "c"}


def test_what_refers_to_itself_ends() -> None:
    assert len(expanded(ROOT, [{"$ref": "#/$defs/self"}])) <= 64


def test_references_that_lead_nowhere_or_elsewhere_are_left_alone() -> None:
    for ref in ("#/$defs/none", "https://example.com/schema", 7):
        assert len(expanded(ROOT, [{"$ref": ref}])) == 1


def test_a_schema_of_a_thousand_branches_is_read_up_to_the_bound() -> None:
    assert len(expanded({}, [{"anyOf": [{"title": str(number)} for number in range(1000)]}])) == 64


def test_a_member_is_declared_where_any_alternative_names_it() -> None:
    nodes = expanded({}, [{"anyOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"b": {}}}]}])
    found, declared = below({}, nodes, "a")
    assert declared
    assert types_of(found) == {"string"}


def test_open_objects_say_what_other_members_are() -> None:
    nodes = expanded({}, [{"additionalProperties": {"format": "uri"}, "patternProperties": {"^x": {"title": "x"}}}])
    found, declared = below({}, nodes, "anything")
    assert not declared
    assert list(texts_of(found, "format")) == ["uri"]
    assert list(texts_of(found, "title")) == ["x"]
    assert below({}, expanded({}, [{"additionalProperties": False}]), "x") == ((), False)


def test_items_are_found_in_every_form() -> None:
    arrays: list[JsonObject] = [
        {"items": {"title": "t"}},
        {"items": [{"title": "t"}]},
        {"prefixItems": [{"title": "t"}]},
    ]
    for array in arrays:
        assert list(texts_of(each_item({}, expanded({}, [array])), "title")) == ["t"]
    assert each_item({}, expanded({}, [{"items": True}])) == ()


def test_types_may_be_a_list() -> None:
    assert types_of(({"type": ["string", "null"]}, {"type": "array"}, {"type": 3})) == {"string", "null", "array"}
