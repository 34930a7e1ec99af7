"""Requests that did not come in are on record, and nobody fills the disk with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sekisho.gateway.http_knocks import Knocks
from sekisho.model.subject import Who

if TYPE_CHECKING:
    from sekisho.engine.effects import Record

ALICE, BOB = (Who(principal=name, conversation=f"principal:{name}") for name in ("alice", "bob"))
KNOCK = st.tuples(st.sampled_from(["missing-token", "foreign-host"]), st.sampled_from([ALICE, BOB]), st.integers(0, 3))


def _times(record: Record) -> int:
    """Return how many requests a record stands for."""
    count = record.fields.get("count", 1)
    assert isinstance(count, int)
    return count


@given(st.lists(st.one_of(st.none(), KNOCK), max_size=60))
def test_every_knock_is_counted_once_however_they_come(knocks: list[tuple[str, Who, int] | None]) -> None:
    book: list[Record] = []
    desk = Knocks(book.append, "server")
    for knock in knocks:
        if knock is None:
            desk.settle()
        else:
            desk.note(*knock)
    desk.settle()
    for kind in {knock for knock in knocks if knock is not None}:
        written = [each for each in book if (each.fields["rule"], each.who, each.fields.get("uid")) == kind]
        assert sum(map(_times, written)) == knocks.count(kind)


def test_a_flood_of_one_kind_is_two_records() -> None:
    book: list[Record] = []
    desk = Knocks(book.append, "server")
    for _ in range(10_000):
        desk.note("missing-token", ALICE, None)
    desk.settle()
    desk.settle()
    assert [record.fields for record in book] == [
        {"rule": "missing-token", "verdict": "deny"},
        {"rule": "missing-token", "verdict": "deny", "count": 9_999},
    ]


def test_a_flood_of_users_is_told_apart_up_to_a_bound() -> None:
    book: list[Record] = []
    desk = Knocks(book.append, "server")
    for uid in range(1_000):
        desk.note("foreign-user", ALICE, uid)
    desk.settle()
    assert len(book) == 258
    assert sum(map(_times, book)) == 1_000
