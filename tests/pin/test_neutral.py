from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.model.place import Kind
from sekisho.pin.diff import changes
from sekisho.pin.neutral import is_looser, is_neutral, same_words, stricter
from sekisho.pin.position import position
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import Json


def neutral(before: Json, after: Json, kind: Kind = Kind.TOOL) -> bool:
    found = changes(before, after)
    assert found
    return all(is_neutral(position(kind, change.path), change) for change in found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Tide tables.", "Tide tables"),
        ("Tide tables", "tide tables."),
        ("Tide  tables\nby date", " Tide tables by date\r\n"),
        ("潮汐表。", "潮汐表"),
        ("A table", "a table"),
    ],
)
def test_white_space_a_full_stop_and_the_first_capital_say_nothing(before: str, after: str) -> None:
    assert same_words(before, after)


@rows(
    ("before", "after"),
    [
        ("Does not send it", "Does send it"),
        ("At most 10", "At most 100"),
        ("See tides.example", "See tides.example.net"),
        ("May be empty", "Must be empty"),
        ("Tidd tables", "Tide tables"),
        ("Stop, now", "Stop now"),
        ("notable", "no table"),
        ("Tide\u00a0tables", "Tide tables"),
        ("Tide tables", "Tide\u2028tables"),
        ("Tide tables", "Tide\x0btables"),
        ("Tide tables", "Tide\u200btables"),
        ("caf\u00e9", "cafe\u0301"),
        ("US tides", "us tides"),
        ("/Users is read", "/users is read"),
        ("readMe first", "readme first"),
        ("Ends?", "Ends?."),
        ("Tides." + "\n" * 3 + "More", "Tides." + "\n" * 65 + "More"),
        ("Tides", "TIDES"),
        ("Tides", None),
        (None, "Tides"),
    ],
)
def test_everything_else_may_say_something(before: Json, after: Json) -> None:
    assert not same_words(before, after)


@settings(deadline=None)
@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=2, max_size=6), st.data())
def test_a_word_that_goes_is_never_neutral(words: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(words) - 1))
    assert not same_words(" ".join(words), " ".join(words[:gone] + words[gone + 1 :]))


def hints(**values: Json) -> Json:
    return {"name": "a", "annotations": dict(values)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (hints(), hints(readOnlyHint=False)),
        (hints(readOnlyHint=False), hints()),
        (hints(), hints(destructiveHint=True, openWorldHint=True, idempotentHint=False)),
    ],
)
def test_a_hint_that_says_what_its_absence_says_is_neutral(before: Json, after: Json) -> None:
    assert neutral(before, after)


@rows(
    ("before", "after", "looser"),
    [
        (hints(), hints(readOnlyHint=True), True),
        (hints(readOnlyHint=True), hints(readOnlyHint=False), False),
        (hints(readOnlyHint=True), hints(), False),
        (hints(destructiveHint=True), hints(destructiveHint=False), True),
        (hints(destructiveHint=True), hints(), True),
        (hints(), hints(idempotentHint=True), True),
        (hints(openWorldHint=True), hints(), True),
        (hints(readOnlyHint=False), hints(readOnlyHint=None), True),
        (hints(readOnlyHint=False), hints(readOnlyHint="false"), True),
        (hints(openWorldHint=False), hints(openWorldHint=True), False),
    ],
)
def test_any_other_hint_is_not_and_may_make_a_host_ask_less(before: Json, after: Json, *, looser: bool) -> None:
    (change,) = changes(before, after)
    assert not neutral(before, after)
    assert is_looser(change) is looser


def schema(**members: Json) -> Json:
    return {"name": "a", "inputSchema": dict(members)}


@rows(
    ("before", "after"),
    [
        (schema(required=["a", "b"]), schema(required=["b", "a"])),
        (schema(required=[]), schema()),
        (schema(), schema(properties={})),
        (schema(type=["string", "null"]), schema(type=["null", "string"])),
        ({"icons": [{"src": "a", "sizes": ["24x24"]}]}, {"icons": [{"src": "a"}]}),
        ({"icons": [{"src": "a", "sizes": "any"}]}, {"icons": [{"src": "a", "sizes": ["any", "48x48"]}]}),
    ],
)
def test_lists_without_order_empty_lists_and_sizes_say_nothing(before: Json, after: Json) -> None:
    assert neutral(before, after)


@rows(
    ("before", "after"),
    [
        (schema(required=["a"]), schema(required=["a", "a"])),
        (schema(required=["a"]), schema()),
        (schema(required=None), schema(required=[])),
        (schema(properties=None), schema(properties={})),
        (schema(enum=["a", "b"]), schema(enum=["b", "a"])),
        (schema(type="string"), schema(type=["string"])),
        (schema(default=1), schema(default=1.0)),
        (schema(default="a "), schema(default="a")),
        ({"icons": [{"src": "a"}]}, {"icons": [{"src": "a", "sizes": ["24x24 and send it"]}]}),
        ({"icons": [{"src": "a"}]}, {"icons": [{"src": "b"}]}),
        ({"_meta": {"title": "a."}}, {"_meta": {"title": "a"}}),
    ],
)
def test_what_changes_a_schema_or_a_value_is_not_neutral(before: Json, after: Json) -> None:
    assert not neutral(before, after)


@rows(
    ("kind", "before", "after", "expected"),
    [
        (Kind.SERVER, {"version": "1.0"}, {"version": "1.1"}, True),
        (Kind.SERVER, {"version": "1.0"}, {"version": "1.1, send it"}, False),
        (Kind.RESOURCE, {"size": 1}, {"size": 2}, True),
        (Kind.RESOURCE, {"size": 1}, {"size": "two"}, False),
        (
            Kind.RESOURCE,
            {"annotations": {"lastModified": "2026-11-29T11:00:00Z"}},
            {"annotations": {"lastModified": "2026-11-29T12:00:00.5+09:00"}},
            True,
        ),
        (
            Kind.RESOURCE,
            {"annotations": {"lastModified": "2026-11-29T11:00:00Z"}},
            {"annotations": {"lastModified": "now, and send it"}},
            False,
        ),
        (Kind.INSTRUCTIONS, "Ask first.", "Ask  first.", True),
        (Kind.PROMPT, {"arguments": [{"name": "a"}]}, {"arguments": [{"name": "a", "required": False}]}, False),
    ],
)
def test_facts_change_by_themselves(kind: Kind, before: Json, after: Json, *, expected: bool) -> None:
    assert neutral(before, after, kind) is expected


@rows(
    ("approved", "observed", "shown"),
    [
        (hints(readOnlyHint=True), hints(readOnlyHint=False), hints(readOnlyHint=False)),
        (hints(readOnlyHint=True), hints(), hints(readOnlyHint=False)),
        (hints(readOnlyHint=True), {"name": "a"}, hints(readOnlyHint=False)),
        (hints(readOnlyHint=False), hints(readOnlyHint=True), hints(readOnlyHint=False)),
        (hints(), hints(readOnlyHint=True), hints()),
        (hints(), hints(destructiveHint=True), hints(destructiveHint=True)),
        ({"name": "a"}, hints(destructiveHint=True), hints(destructiveHint=True)),
        (hints(destructiveHint=False), hints(destructiveHint="no"), hints(destructiveHint=False)),
        ("instructions", "other", "instructions"),
    ],
)
def test_of_two_hints_the_stricter_one_is_shown(approved: Json, observed: Json, shown: Json) -> None:
    assert stricter(approved, observed) == shown
