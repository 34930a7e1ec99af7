"""What the person is told of a list."""

from __future__ import annotations

from sekisho.engine.effects import Tell
from sekisho.engine.surface.shelf import Stand
from sekisho.engine.surface.telling import LEFT_OUT, told
from sekisho.model.message_ids import MessageId


def test_what_is_new_is_told_once_by_what_became_of_it() -> None:
    as_it_came, waits, held = Stand("f", "f"), Stand("g", "f"), Stand("g", "", "definition-changed")
    now = {"a": as_it_came, "b": waits, "c": waits, "d": held, "e": Stand("h", "", LEFT_OUT)}
    assert _told({}, now, 3) == [
        (MessageId.PINS_FIRST_USE, {"server": "s", "count": 3}),
        (MessageId.PINS_HELD, {"server": "s", "count": 1, "rule": "definition-changed"}),
        (MessageId.PINS_CHANGED, {"server": "s", "count": 2}),
    ]
    assert _told({**now, "b": as_it_came}, now, 0) == [(MessageId.PINS_CHANGED, {"server": "s", "count": 1})]
    assert _told(now, now, 0) == []


def _told(known: dict[str, Stand], now: dict[str, Stand], pinned: int) -> list[object]:
    return [(each.message, each.values) for each in told("s", known, now, pinned) if isinstance(each, Tell)]
