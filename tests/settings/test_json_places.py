from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.settings.json_places import JsonPlaces
from sekisho.settings.json_text import parse_json
from sekisho.settings.node import Array, Region, Scalar, Table, locate
from sekisho.wire.pointer import child

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.node import Node

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda below: st.lists(below) | st.dictionaries(st.text(), below),
    max_leaves=20,
)


def every(node: Node, pointer: str = "") -> Iterator[str]:
    yield pointer
    match node:
        case Table(members):
            for member in members:
                yield from every(member.node, child(pointer, member.key))
        case Array(items):
            for index, item in enumerate(items):
                yield from every(item, child(pointer, index))
        case Scalar():
            pass


@given(JSON, st.sampled_from([None, 1, "\t", "\r\n"]))
@settings(deadline=None)
def test_every_place_is_where_a_whole_reading_finds_it(value: object, indent: int | str | None) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    node, places = parse_json(text), JsonPlaces(text)
    for pointer in every(node):
        assert places.region(pointer) == locate(node, pointer)
        assert places.region(f"{pointer}/nowhere~0") == locate(node, f"{pointer}/nowhere~0")


@pytest.mark.parametrize(
    ("text", "pointer", "region"),
    [
        ('{"a" : [ 1 ,\n {"b/c" :"x"} ] }', "/a/1/b~1c", Region(2, 10, 2, 13)),
        ("[" + "9" * 5_000 + ', "x"]', "/1", Region(1, 5_004, 1, 5_007)),
        ("[" * 200 + "]" * 200, "/0" * 199, Region(1, 200, 1, 202)),
        ('["\\ud800", 2]', "/1", Region(1, 12, 1, 13)),
    ],
)
def test_odd_texts_have_places_too(text: str, pointer: str, region: Region) -> None:
    assert JsonPlaces(text).region(pointer) == region
