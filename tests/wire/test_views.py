from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sekisho.wire.views import EMPTY, items, meta, nested, obj, text
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import Json, JsonObject

OTHERS: list[Json] = [None, True, 0, 1.5, "x", [1], {"a": 1}]


@rows("value", OTHERS)
def test_a_view_answers_the_value_itself_or_nothing(value: Json) -> None:
    assert obj(value) is (value if isinstance(value, dict) else EMPTY)
    assert text(value) == (value if isinstance(value, str) else None)
    assert items(value) == (value if isinstance(value, list) else [])


def test_a_path_through_objects_ends_where_they_end() -> None:
    value: JsonObject = {"a": {"b": {"c": 1}}, "x": [1]}
    assert nested(value) is value
    assert nested(value, "a", "b") == {"c": 1}
    assert nested(value, "a", "b", "c") == {}
    assert nested(value, "x", "y", "z") == {}


@pytest.mark.parametrize(
    ("params", "found"), [(None, {}), ({}, {}), ({"_meta": 5}, {}), ({"_meta": {"a": 1}}, {"a": 1})]
)
def test_meta_is_an_object_or_empty(params: JsonObject | None, found: JsonObject) -> None:
    assert meta(params) == found


def test_the_empty_object_stays_empty() -> None:
    assert EMPTY == {}
