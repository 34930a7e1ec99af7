from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings

from pinkit import JSON
from sekisho.pin.canonical import canonical
from sekisho.pin.diff import Change, Edit, changes

if TYPE_CHECKING:
    from sekisho.wire.strict import Json


def named(name: str) -> Json:
    return {"name": name, "description": name}


def told(before: Json, after: Json) -> list[tuple[str, str, Json, Json]]:
    return [(str(it.edit), it.pointer, it.before, it.after) for it in changes(before, after)]


def test_a_difference_is_told_field_by_field() -> None:
    before: Json = {"a": {"b/c": 1, "d": [1, {"e": 2}]}, "gone": "x"}
    after: Json = {"a": {"b/c": 1.0, "d": [1, {"e": 3}, 4]}, "new": None}
    assert told(before, after) == [
        ("changed", "/a/b~1c", 1, 1.0),
        ("changed", "/a/d/1/e", 2, 3),
        ("added", "/a/d/2", None, 4),
        ("removed", "/gone", "x", None),
        ("added", "/new", None, None),
    ]
    assert told({"a": [1, 2]}, {"a": [1]}) == [("removed", "/a/1", 2, None)]
    assert told("one", "two") == [("changed", "", "one", "two")]


def test_lists_that_are_sets_are_told_as_a_whole() -> None:
    assert told({"required": ["a"]}, {"required": ["a", "b"]}) == [("changed", "/required", ["a"], ["a", "b"])]


def test_named_objects_are_compared_by_name() -> None:
    a, b, c = (named(name) for name in "abc")
    assert told([a, b], [b, {"name": "a", "description": "x"}]) == [
        ("changed", "/1/description", "a", "x"),
        ("changed", "", ["a", "b"], ["b", "a"]),
    ]
    assert told([a, b], [a, c]) == [("added", "/1", None, c), ("removed", "/1", b, None)]
    assert told([a, a], [a]) == [("removed", "/1", a, None)]


@settings(deadline=None)
@given(JSON, JSON)
def test_nothing_that_differs_is_missed(one: Json, other: Json) -> None:
    assert bool(changes(one, other)) == (canonical(one) != canonical(other))


def test_a_change_points_where_it_stands() -> None:
    assert Change(edit=Edit.ADDED, path=("a~", 1)).pointer == "/a~0/1"
