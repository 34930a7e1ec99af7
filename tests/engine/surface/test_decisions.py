"""What others decide while a session goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play import LEGACY, MODERN, note, refused, result, stops, to_host
from sekisho.engine.events import HUB_OWN, Trouble
from sekisho.model.place import Kind
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.records import Key, Ledger
from sekisho.pin.review import approve, end_quarantine, quarantine
from sekisho.wire.versions import META_SUBSCRIPTION_ID
from surfacekit import ADD, EVIL, SUB, Guarded, asked_page, guarded, lists, tool

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject

CHANGED = note("notifications/tools/list_changed")
REWORDED = tool("add", "Adds two numbers and returns the sum.")


def _ledger(play: Guarded) -> Ledger:
    shelf = play.state.shelf
    assert shelf is not None
    assert shelf.ledger is not None
    return shelf.ledger


def _approved(play: Guarded, body: JsonObject) -> Ledger:
    name = str(body["name"])
    return approve(_ledger(play), Key(Kind.TOOL, name), fingerprint(Kind.TOOL, body))


def _call(play: Guarded, name: str = "add") -> JsonObject:
    return play.asks("c", "tools/call", {"name": name})


def test_what_a_person_approves_can_be_called_at_once_and_the_host_is_told() -> None:
    play = guarded()
    lists(play, EVIL, SUB)
    play.pinned(_approved(play, EVIL)).expects(to_host(CHANGED))
    play.host(_call(play))
    assert play.sent[0]["method"] == "tools/call"
    assert lists(play, EVIL, SUB) == [EVIL, SUB]


def test_an_approved_new_text_takes_the_place_of_the_old_one() -> None:
    play = guarded()
    lists(play, ADD)
    assert lists(play, REWORDED) == [ADD]
    play.pinned(_approved(play, REWORDED)).expects(to_host(CHANGED))
    assert lists(play, REWORDED) == [REWORDED]


def test_what_changes_nothing_for_the_host_is_no_news() -> None:
    play = guarded()
    lists(play, ADD, SUB)
    play.pinned(_approved(play, ADD)).expects_nothing()


def test_what_another_session_saw_takes_nothing_away_here() -> None:
    play = guarded()
    lists(play, ADD)
    other = guarded(_ledger(play), session="second")
    lists(other, EVIL)
    play.pinned(_ledger(other)).expects_nothing()
    play.host(_call(play))
    assert play.sent[0]["method"] == "tools/call"


def test_what_only_a_list_can_tell_is_read_again() -> None:
    play = guarded()
    lists(play, ADD)
    play.wait(1).pinned(Ledger(server="server")).expects_nothing()
    play.wait(1).host(_call(play))
    assert play.sent[0]["method"] == "tools/list"


def test_a_person_can_take_a_server_out_while_it_works() -> None:
    play = guarded()
    lists(play, ADD)
    play.host(_call(play))
    play.pinned(quarantine(_ledger(play), "why"))
    assert refused("c", "set-aside") in play.seen
    assert stops(Trouble.SET_ASIDE) in play.seen
    aside = _ledger(play)
    play.pinned(quarantine(aside, "again")).expects_nothing()
    play.pinned(end_quarantine(aside))
    assert to_host(CHANGED) in play.seen


def test_a_store_that_comes_back_lets_things_pass_again() -> None:
    play = guarded()
    lists(play, ADD)
    ledger = _ledger(play)
    play.pinned(None).expects_nothing()
    play.pinned(ledger).expects_nothing()
    play.host(_call(play))
    assert play.sent[0]["method"] == "tools/call"


def test_in_2026_only_streams_that_asked_are_told() -> None:
    play = guarded(generation=MODERN)
    lists(play, EVIL)
    for id_, wanted in (("y", {"toolsListChanged": True}), ("n", {"promptsListChanged": True})):
        play.host(play.asks(id_, "subscriptions/listen", {"notifications": wanted}))  # type: ignore[dict-item]
    params: JsonObject = {"_meta": {META_SUBSCRIPTION_ID: "y"}}
    play.pinned(_approved(play, EVIL)).expects(to_host(note("notifications/tools/list_changed", params), about="y"))


def test_in_2026_a_hub_is_told_also_where_its_host_did_not_ask() -> None:
    play = guarded(generation=MODERN)
    play.host(play.asks("l", "tools/list"), channel=HUB_OWN).server(result(2, {"tools": [EVIL]}))
    play.pinned(_approved(play, EVIL)).expects(to_host(CHANGED, channel=HUB_OWN))


def test_in_2026_a_host_that_did_not_ask_is_not_told() -> None:
    play = guarded(generation=MODERN)
    lists(play, EVIL)
    play.pinned(_approved(play, EVIL)).expects_nothing()


def test_where_definitions_are_not_judged_nobody_decides_about_them() -> None:
    play = Guarded()
    play.opened(LEGACY)
    play.pinned(Ledger(server="server")).expects_nothing()


def test_what_waits_beside_something_that_was_decided_goes_on_waiting() -> None:
    play = guarded()
    lists(play, ADD, SUB)
    assert lists(play, REWORDED, {**SUB, "title": "Sub"}) == [ADD, SUB]
    play.pinned(_approved(play, {**SUB, "title": "Sub"})).expects(to_host(CHANGED))
    play.host(_call(play))
    assert play.sent[0]["method"] == "tools/call"


def test_a_list_that_comes_when_nobody_can_tell_any_more_is_refused() -> None:
    play = guarded()
    number = asked_page(play)
    play.pinned(None)
    play.server(result(number, {"tools": [ADD]})).expects(refused("list", "pins-unavailable"))
