"""Reading a server's list within bounds, and cutting what all list into pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.engine.hub import lists, names
from sekisho.engine.hub.lists import LIST_SECONDS, Fetch, Listing, Whole
from sekisho.wire.jsonrpc import serialise
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject

TOOLS: Final = "tools/list"
MEGABYTE: Final = 1_000_000


def fetch(params: JsonObject | None = None) -> Fetch:
    return Fetch(1, 10.0, params or {})


def page(*entries: Json, cursor: Json = None, **more: Json) -> JsonObject:
    return {"tools": list(entries), "nextCursor": cursor, **more}


def tool(name: Json, **more: Json) -> JsonObject:
    return {"name": name, **more}


# -- what is shown of an entry ---------------------------------------------------------------------


def test_a_tool_gets_its_name_above_and_keeps_everything_else() -> None:
    reading = fetch()
    odd = tool("t", unknown=[1, {}], _meta={"ui": {"resourceUri": "ui://p"}})
    assert reading.take("a", TOOLS, page(odd)) is None
    assert reading.entries == [
        {"name": "a__t", "unknown": [1, {}], "_meta": {"ui": {"resourceUri": "a+ui://p"}}},
    ]
    assert reading.names == {"a__t": "t"}
    assert odd["name"] == "t"


def test_what_has_no_name_is_no_tool() -> None:
    reading = fetch()
    reading.take("a", TOOLS, page({}, tool(5), "t", None, tool("t")))
    assert [entry["name"] for entry in reading.entries] == ["a__t"]


def test_a_name_that_two_tools_would_be_shown_under_is_the_first_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    def same(alias: str, _name: str) -> str:
        return f"{alias}__same"

    monkeypatch.setattr(names, "shown", same)
    reading = fetch()
    reading.take("a", TOOLS, page(tool("x", n=1), tool("y", n=2), tool("x", n=3)))
    assert [entry["n"] for entry in reading.entries] == [1, 3]


def test_resources_and_templates_get_their_uris_and_templates_a_name() -> None:
    reading = fetch()
    reading.take("a", "resources/list", {"resources": [{"uri": "m:x", "name": "x"}, {"name": "no uri"}]})
    assert reading.entries == [{"uri": "a+m:x", "name": "x"}, {"name": "no uri"}]
    reading = fetch()
    listed: list[Json] = [{"uriTemplate": "m:{x}", "name": "any x"}, {"uriTemplate": "m:{y}"}]
    reading.take("a", "resources/templates/list", {"resourceTemplates": listed})
    assert reading.entries == [{"uriTemplate": "a+m:{x}", "name": "a__any x"}, {"uriTemplate": "a+m:{y}"}]


# -- pages -----------------------------------------------------------------------------------------


def test_pages_follow_the_servers_cursor_until_there_is_none() -> None:
    reading = fetch({"_meta": {"k": 1}})
    assert not reading.done
    assert reading.take("a", TOOLS, page(tool("x"), cursor="2")) is None
    assert reading.params == {"_meta": {"k": 1}, "cursor": "2"}
    assert not reading.done
    assert reading.take("a", TOOLS, page(tool("y"))) is None
    assert reading.params == {"_meta": {"k": 1}}
    assert reading.done
    assert [entry["name"] for entry in reading.entries] == ["a__x", "a__y"]


@pytest.mark.parametrize("cursors", [("1", "1"), ("1", "2", "1"), ("", "")])
def test_a_cursor_that_comes_again_ends_the_reading(cursors: tuple[str, ...]) -> None:
    reading = fetch()
    *before, last = cursors
    for cursor in before:
        assert reading.take("a", TOOLS, page(cursor=cursor)) is None
    assert reading.take("a", TOOLS, page(cursor=last)) == "list-repeats"


def test_a_server_may_have_a_thousand_pages_and_no_more() -> None:
    reading = fetch()
    for number in range(lists.LIST_PAGES - 1):
        assert reading.take("a", TOOLS, page(tool(f"t{number}"), cursor=str(number))) is None
    last = page(tool("last"))
    assert reading.take("a", TOOLS, last) is None
    assert reading.done
    reading = fetch()
    for number in range(lists.LIST_PAGES - 1):
        reading.take("a", TOOLS, page(cursor=str(number)))
    assert reading.take("a", TOOLS, page(cursor="more")) == "list-too-long"


def test_a_server_may_list_ten_thousand_entries_and_no_more() -> None:
    whole: list[Json] = [tool(f"t{number}") for number in range(lists.LIST_ITEMS_MOST)]
    reading = fetch()
    assert reading.take("a", TOOLS, page(*whole, cursor="2")) is None
    assert reading.take("a", TOOLS, page(tool("one more"))) == "list-too-long"


def test_a_list_may_be_so_large_and_no_larger(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lists.LIST_BYTES == 64 * 1024 * 1024
    size = len(serialise(tool("a__t")))
    monkeypatch.setattr(lists, "LIST_BYTES", size)
    assert fetch().take("a", TOOLS, page(tool("t"))) is None
    assert fetch().take("a", TOOLS, page(tool("tt"))) == "list-too-long"


def test_it_takes_so_long_and_no_longer() -> None:
    assert fetch().deadline == 10.0 + LIST_SECONDS


@rows(
    ("told", "kept"),
    [
        ((5, 3, 4), 3),
        ((5, None), 0),
        ((5, "9"), 0),
        ((5, True), 0),
        ((-1,), 0),
        ((2.9,), 2),
        ((1e300, 1e301), 2**53 - 1),
    ],
)
def test_the_shortest_life_of_a_page_is_that_of_all(told: tuple[Json, ...], kept: int) -> None:
    reading = fetch()
    for number, ttl in enumerate(told):
        reading.take("a", TOOLS, page(cursor=str(number), ttlMs=ttl))
    assert reading.ttl == kept


@pytest.mark.parametrize(
    ("told", "public"), [(("public", "public"), True), (("public", "private"), False), (("public", None), False)]
)
def test_the_narrowest_scope_of_a_page_is_that_of_all(told: tuple[Json, ...], public: bool) -> None:  # noqa: FBT001
    reading = fetch()
    for number, scope in enumerate(told):
        reading.take("a", TOOLS, page(cursor=str(number), cacheScope=scope))
    assert reading.public is public


# -- the whole -------------------------------------------------------------------------------------


def listing(*sizes: int) -> Listing:
    return Listing(entries=[{"n": number} for number in range(len(sizes))], sizes=list(sizes))


def test_a_whole_has_every_entry_once_in_order_and_no_page_above_a_megabyte() -> None:
    whole = Whole()
    one, other = listing(400_000, 400_000, 400_000), listing(999_999, 2_000_000, 1)
    whole.become([one, other], 1)
    pages = [whole.page(number) for number in range(len(whole.starts))]
    assert [entry for entries in pages for entry in entries] == [*one.entries, *other.entries]
    assert [len(entries) for entries in pages] == [2, 1, 1, 1, 1]


@settings(deadline=None)
@given(st.lists(st.integers(1, 2 * MEGABYTE), max_size=30))
def test_pages_are_full_and_never_too_large(sizes: list[int]) -> None:
    whole = Whole()
    whole.become([listing(*sizes)], 1)
    ends = [*whole.starts[1:], len(sizes)]
    filled = [sum(sizes[start:end]) + end - start for start, end in zip(whole.starts, ends, strict=True)]
    lengths = [end - start for start, end in zip(whole.starts, ends, strict=True)]
    assert sum(lengths) == len(sizes)
    for place, (size, length) in enumerate(zip(filled, lengths, strict=True)):
        assert size <= MEGABYTE or length == 1
        assert place + 1 == len(lengths) or size + sizes[ends[place]] + 1 > MEGABYTE


def test_a_whole_without_an_entry_is_one_empty_page() -> None:
    whole = Whole()
    whole.become([], 1)
    assert (whole.edition, whole.starts, whole.page(0)) == (1, [0], [])


def test_a_whole_that_did_not_change_is_the_same_edition() -> None:
    whole = Whole()
    whole.become([listing(1, 2)], 1)
    whole.become([listing(1), Listing(entries=[{"n": 1}], sizes=[2])], 2)
    assert whole.edition == 1
    whole.become([listing(1)], 3)
    assert whole.edition == 3
