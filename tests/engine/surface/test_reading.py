"""Lists that we read ourselves, while a call waits for what they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import (
    MODERN,
    discovered,
    each_generation,
    error,
    note,
    refused,
    request,
    result,
    to_host,
    to_server,
)
from sekisho.engine.events import Trouble
from sekisho.engine.surface import reading
from sekisho.engine.surface.shelf import Guard
from sekisho.pin.records import Ledger
from surfacekit import ADD, EVIL, SUB, Guarded, guarded, lists

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject
    from sekisho.wire.versions import Generation

CHANGED = note("notifications/tools/list_changed")


def _call(play: Guarded, id_: str = "c", name: str = "add") -> JsonObject:
    return play.asks(id_, "tools/call", {"name": name})


@each_generation
def test_a_call_before_any_list_waits_for_one(generation: Generation) -> None:
    play = guarded(generation=generation)
    play.host(_call(play)).records("lifecycle", errand="learn")
    assert play.sent[0]["method"] == "tools/list"
    play.host(_call(play, "d")).expects_nothing()
    play.server(result(2, {"tools": [ADD]}))
    assert [body["method"] for body in play.sent] == ["tools/call", "tools/call"]


def test_what_the_list_hides_is_refused() -> None:
    play = guarded()
    play.host(_call(play)).server(result(2, {"tools": [EVIL]})).expects(refused("c", "definition-held"))


def test_all_pages_are_read_before_a_name_is_unlisted() -> None:
    play = guarded()
    play.host(_call(play, name="sub")).server(result(2, {"tools": [ADD], "nextCursor": "2"}))
    play.expects(to_server(request(3, "tools/list", {"cursor": "2"})))
    play.server(result(3, {"tools": [SUB]}))
    assert play.sent[-1]["method"] == "tools/call"
    play.host(_call(play, "d", "mul")).expects(refused("d", "definition-unlisted"))


def test_after_a_change_the_next_call_reads_the_list_again() -> None:
    play = guarded()
    lists(play, ADD)
    play.wait(1).server(CHANGED).wait(1).host(_call(play))
    assert play.sent[0]["method"] == "tools/list"
    play.server(result(3, {"tools": [EVIL]}))
    assert refused("c", "definition-changed") in play.seen
    assert to_host(CHANGED) in play.seen


def test_a_change_that_shows_nothing_else_is_no_news_for_the_host() -> None:
    play = guarded()
    lists(play, ADD)
    play.wait(1).server(CHANGED).wait(1).host(_call(play)).server(result(3, {"tools": [ADD]}))
    assert [body["method"] for body in play.sent] == ["tools/call"]
    play.wait(1).host(_call(play, "d"))
    assert play.sent[0]["method"] == "tools/call"


def test_a_server_that_was_started_anew_is_asked_again() -> None:
    play = guarded()
    lists(play, ADD)
    play.wait(5).server_left(Trouble.EXITED).wait(5).host(_call(play))
    play.server(
        result(3, {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}, "prompts": {}, "resources": {}}})
    )
    assert [body.get("method") for body in play.sent] == ["notifications/initialized", "tools/list"]
    play.server(result(4, {"tools": [EVIL]}))
    assert refused("c", "definition-changed") in play.seen


def test_a_list_past_its_time_is_read_again_before_a_call() -> None:
    play = guarded(generation=MODERN)
    lists(play, ADD, ttlMs=8_000)
    play.wait(7).host(_call(play, "c"))
    assert play.sent[0]["method"] == "tools/call"
    play.wait(2).host(_call(play, "d"))
    assert play.sent[0]["method"] == "tools/list"


def test_a_very_short_time_to_live_does_not_double_every_call() -> None:
    play = guarded(generation=MODERN)
    lists(play, ADD, ttlMs=1)
    play.wait(4).host(_call(play))
    assert play.sent[0]["method"] == "tools/call"


@pytest.mark.parametrize("said", [error(2), result(2, {"tools": 5})])
def test_of_a_list_that_cannot_be_read_nothing_can_be_called(said: JsonObject) -> None:
    play = guarded()
    play.host(_call(play)).server(said)
    assert refused("c", "definition-unlisted") in play.seen
    play.wait(1).host(_call(play, "d"))
    assert play.sent[0]["method"] == "tools/list"


def test_a_list_that_takes_too_long_is_given_up() -> None:
    play = guarded()
    play.host(_call(play))
    assert refused("c", "definition-unlisted") in play.tick(after=31).seen


def test_endless_pages_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGES", 2)
    play = guarded()
    play.host(_call(play)).server(result(2, {"tools": [ADD], "nextCursor": "2"}))
    play.server(result(3, {"tools": [], "nextCursor": "3"})).expects(refused("c", "definition-unlisted"))


def test_only_so_many_wait() -> None:
    play = guarded()
    for number in range(play.state.setup.patience.parked):
        play.host(_call(play, f"{number}"))
    play.host(_call(play)).expects(refused("c", "too-many-open-calls"))


def test_what_cannot_be_kept_of_our_own_reading_refuses_who_waits() -> None:
    play = guarded()
    play.host(_call(play)).server(result(2, {"tools": [ADD]})).unkept(None)
    assert refused("c", "pins-unavailable") in play.seen


def test_who_waits_for_our_own_reading_goes_on_when_somebody_else_kept_something_meanwhile() -> None:
    play = guarded()
    play.host(_call(play)).server(result(2, {"tools": [ADD]}))
    assert [body["method"] for body in play.sent] == ["tools/call"]
    play.unkept(Ledger(server="server"))
    assert play.kept is not None
    assert [body["method"] for body in play.sent] == ["tools/call"]
    assert "pins-unavailable" not in str(play.seen)
    assert play.session.open_calls == 1


def test_a_page_that_was_to_be_read_next_is_asked_for_once_more_and_counts_once() -> None:
    play = guarded()
    play.host(_call(play, name="sub")).server(result(2, {"tools": [ADD], "nextCursor": "2"}))
    play.unkept(Ledger(server="server"))
    assert [body["method"] for body in play.sent] == ["tools/list"]
    assert play.state.pages_read["tools/list"] == 1
    play.server(result(4, {"tools": [SUB]}))
    assert [body["method"] for body in play.sent] == ["tools/call"]


def test_who_waits_for_a_probe_goes_on_when_somebody_else_kept_something_meanwhile() -> None:
    play = Guarded(guard=Guard(ledger=Ledger(server="server"), session="first"))
    play.modern = True
    play.host(_call(play))
    assert [body["method"] for body in play.sent] == ["server/discover"]
    play.server(discovered(1, instructions="Adds."))
    assert [body["method"] for body in play.sent] == ["tools/list"]
    play.unkept(Ledger(server="server"))
    assert [body["method"] for body in play.sent] == ["tools/list"]
    assert "pins-unavailable" not in str(play.seen)


def test_an_answer_that_is_lost_too_often_refuses_who_waits() -> None:
    play = guarded()
    play.host(_call(play)).server(result(2, {"tools": [ADD]}))
    for _ in range(3):
        play.unkept(Ledger(server="server"))
    play.unkept(Ledger(server="server"))
    assert refused("c", "pins-unavailable") in play.seen


def test_prompts_are_read_for_prompts() -> None:
    play = guarded()
    play.host(play.asks("p", "prompts/get", {"name": "greet"}))
    assert play.sent[0]["method"] == "prompts/list"
    play.host(_call(play))
    assert play.sent[0]["method"] == "tools/list"
    play.server(result(3, {"tools": [ADD]}))
    assert [body["method"] for body in play.sent] == ["tools/call"]
    play.server(result(2, {"prompts": [{"name": "greet"}]}))
    assert [body["method"] for body in play.sent] == ["prompts/get"]


def test_a_name_that_may_stand_on_a_page_that_the_host_did_not_read_is_looked_for() -> None:
    play = guarded()
    lists(play, ADD, nextCursor="2")
    play.host(_call(play, name="sub"))
    assert play.sent[0]["method"] == "tools/list"
