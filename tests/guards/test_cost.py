"""What a schema costs is told before a validator sees it, and never told too low."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.guards.cost import cost, read_of, size, within

if TYPE_CHECKING:
    from sekisho.wire.strict import Json, JsonObject

NODE: JsonObject = {"$ref": "#/$defs/0"}


def doubled(times: int) -> JsonObject:
    steps: JsonObject = {
        str(n): {"anyOf": [{"$ref": f"#/$defs/{n + 1}"}, {"$ref": f"#/$defs/{n + 1}"}]} for n in range(times)
    }
    return {**NODE, "$defs": {**steps, str(times): {"type": "string"}}}


def chained(times: int) -> JsonObject:
    steps: JsonObject = {str(n): {"$ref": f"#/$defs/{n + 1}"} for n in range(times)}
    return {**NODE, "$defs": {**steps, str(times): {"type": "string"}}}


def recursive(inner: JsonObject) -> JsonObject:
    return {**NODE, "$defs": {"0": inner}}


def nested(depth: int) -> Json:
    value: Json = {}
    for _ in range(depth):
        value = {"c": value}
    return value


def test_every_schema_is_counted_with_references_written_out() -> None:
    assert cost({"type": "object"}).nodes == 1
    assert cost({"properties": {"a": {"items": True}, "b": False}, "allOf": [{}, {}], "not": {}}).nodes == 7
    assert cost({"properties": {"a": NODE, "b": NODE}, "$defs": {"0": {"not": {}}}}).nodes == 7
    assert cost(doubled(3)).nodes == 30


def test_thirty_doubled_references_are_a_thousand_million_schemas() -> None:
    assert cost(doubled(30)).nodes > 10**9
    assert cost(chained(200)).nodes > 10**9


def test_patterns_and_long_enumerations_weigh_more() -> None:
    assert cost({"pattern": "a", "patternProperties": {"b": {}}}).nodes > 50
    words: list[Json] = [str(number) for number in range(400)]
    assert cost({"enum": words}).nodes == 101


def test_a_schema_that_refers_to_itself_is_told_apart_from_one_that_never_ends() -> None:
    tree: JsonObject = {"properties": {"c": {"items": NODE}, "d": {}}}
    assert (cost(recursive(tree)).recursive, cost(recursive(tree)).endless) == (True, False)
    endless: list[JsonObject] = [
        {"$ref": "#"},
        recursive({"anyOf": [{"not": NODE}]}),
        recursive({"if": {"$ref": "#/$defs/1"}, "then": {}, "else": {"dependentSchemas": {"a": {"$ref": "#"}}}}),
        {"properties": {"a": NODE}, "$defs": {"0": {"allOf": [{"$ref": "#/$defs/1"}]}, "1": {"oneOf": [NODE]}}},
    ]
    shared: JsonObject = {
        "allOf": [{"$ref": "#/$defs/1"}, {"$ref": "#/$defs/0"}],
        "$defs": {"0": {"allOf": [{"$ref": "#/$defs/1"}]}, "1": {}},
        "properties": {"again": {"$ref": "#"}},
    }
    assert not cost(shared).endless
    assert all(cost(each).endless for each in endless[:2] + endless[3:])
    assert cost(endless[2]).endless
    assert not cost(chained(3)).recursive


def test_a_value_is_measured_with_its_texts_and_no_further_than_wanted() -> None:
    assert size({"a": [1, None, "x" * 32], "b": {}}, 100) == 8
    many: list[Json] = [None] * 1000
    assert size(many, 10) == 10


def test_how_often_a_schema_is_asked_depends_on_the_value() -> None:
    twice = recursive({"properties": {"c": {"allOf": [NODE, NODE]}}})
    assert within(twice, nested(5), 1_000)
    assert not within(twice, nested(12), 1_000)
    once = recursive({"properties": {"c": NODE}})
    assert within(once, nested(50), 1_000)


def test_every_way_into_a_value_counts() -> None:
    asked: list[tuple[JsonObject, Json]] = [
        ({"propertyNames": {}, "additionalProperties": {}, "patternProperties": {"a": {}}}, {"a": 1, "b": 2}),
        ({"prefixItems": [{}, True], "items": {}, "contains": {}, "unevaluatedItems": {}}, [1, 2]),
        ({"contains": {}}, [1, 2]),
        ({"dependentSchemas": {"a": {}}, "unevaluatedProperties": {}}, {"a": 1, "b": 2, "c": 3}),
    ]
    assert [
        [within(schema, value, most) for most in (times - 1, times)]
        for (schema, value), times in zip(asked, (7, 9, 3, 5), strict=True)
    ] == [[False, True]] * 4


def test_texts_are_read_to_their_end_only_for_patterns_and_for_items_that_differ() -> None:
    told: JsonObject = {"type": "string", "maxLength": 9, "enum": ["a"], "const": "a"}
    again: JsonObject = {"properties": {"e": {"$ref": "#/$defs/x"}}}
    made: JsonObject = {
        "properties": {
            "a": told,
            "b": {"pattern": "a"},
            "c": {"items": {"anyOf": [{}, {"pattern": "a"}]}},
            "d": {"uniqueItems": True},
            "e": {"$ref": "#/$defs/x"},
            "f": {"$ref": "#/$defs/y"},
        },
        "$defs": {"x": {**again, "not": {"pattern": "a"}}, "y": {"properties": {"f": {"$ref": "#/$defs/y"}}}},
    }
    assert read_of(made) == {"b", "c", "d", "e"}
    assert read_of({"additionalProperties": {"pattern": "a"}}) is None
    assert read_of({"$ref": "#/$defs/x", "$defs": {"x": {"pattern": "a"}}}) is None


def test_the_length_of_a_text_counts_only_where_it_is_read() -> None:
    value: Json = {"a": "x" * 1600, "b": ["x" * 1600, {"c": 1}], "c": 1}
    assert size(value, 1000) == 207
    assert size(value, 1000, read=frozenset()) == 7
    assert size(value, 1000, read=frozenset("a")) == 107
    assert size(value, 5, read=frozenset()) == 5
    assert size("x" * 1600, 1000, read=frozenset()) == 101
