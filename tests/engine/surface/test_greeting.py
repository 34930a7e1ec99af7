"""What a server says about itself: instructions and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import MODERN, MODERN_REVISION, Play, answer, envelope, initialize, request, result
from sekisho.engine.surface.shelf import Guard
from sekisho.model.message_ids import MessageId
from sekisho.pin.records import Ledger
from sekisho.wire.versions import META_SERVER_INFO
from sekisho.wire.views import meta, obj
from surfacekit import EVIL, Guarded, guarded, lists

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject

INFO: JsonObject = {"name": "sum", "version": "1.2.3", "title": "Sums"}
ORDER = str(EVIL["description"])


def _greeted(ledger: Ledger | None, **said: object) -> Guarded:
    play = Guarded(guard=Guard(ledger=ledger, session="s"))
    told: JsonObject = {"protocolVersion": "2025-11-25", "capabilities": {}, **said}  # type: ignore[dict-item]
    return play.host(initialize("i")).server(result(1, told))


def _shown(play: Guarded) -> JsonObject:
    return obj(play.sent[-1]["result"])


def test_a_greeting_without_a_finding_passes_as_it_came() -> None:
    play = _greeted(Ledger(server="server"), serverInfo=INFO, instructions="Add numbers.")
    assert _shown(play) == {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "serverInfo": INFO,
        "instructions": "Add numbers.",
    }
    assert play.kept is not None


def test_instructions_that_a_rule_objects_to_are_left_out_and_the_person_is_told() -> None:
    play = _greeted(Ledger(server="server"), serverInfo=INFO, instructions=ORDER)
    assert "instructions" not in _shown(play)
    assert play.told == [(MessageId.PINS_HELD, {"server": "server", "count": 1, "rule": "definition-held"})]


def test_other_instructions_than_the_approved_ones_are_left_out() -> None:
    before = _greeted(Ledger(server="server"), serverInfo=INFO, instructions="Add numbers.")
    play = _greeted(before.kept, serverInfo=INFO, instructions="Add numbers, or subtract them.")
    assert "instructions" not in _shown(play)


def test_a_name_that_gives_orders_is_replaced() -> None:
    play = _greeted(Ledger(server="server"), serverInfo={**INFO, "title": ORDER})
    assert _shown(play)["serverInfo"] == {"name": "withheld", "version": "0"}


def test_a_version_that_gives_orders_is_replaced_and_another_version_is_none_of_our_business() -> None:
    before = _greeted(Ledger(server="server"), serverInfo=INFO)
    assert _shown(_greeted(before.kept, serverInfo={**INFO, "version": "2"}))["serverInfo"] == {**INFO, "version": "2"}
    evil = _greeted(before.kept, serverInfo={**INFO, "version": ORDER})
    assert _shown(evil)["serverInfo"] == {"name": "withheld", "version": "0"}


@pytest.mark.parametrize("said", [{"instructions": 5}, {"instructions": ["x"]}])
def test_instructions_that_are_no_text_are_left_out(said: JsonObject) -> None:
    assert "instructions" not in _shown(_greeted(Ledger(server="server"), serverInfo=INFO, **said))


def test_while_nobody_can_tell_what_is_approved_a_greeting_passes_without_words() -> None:
    play = _greeted(None, serverInfo=INFO, instructions="Add numbers.")
    assert _shown(play)["serverInfo"] == {"name": "withheld", "version": "0"}
    assert "instructions" not in _shown(play)


def test_a_greeting_without_words_needs_none() -> None:
    assert _shown(_greeted(None)) == {"protocolVersion": "2025-11-25", "capabilities": {}}


def test_a_greeting_that_could_not_be_kept_is_judged_again() -> None:
    play = _greeted(Ledger(server="server"), serverInfo=INFO, instructions="Add numbers.")
    play.unkept(_greeted(Ledger(server="server"), serverInfo=INFO, instructions="Other.").kept)
    assert "instructions" not in _shown(play)


# -- 2026-07-28 ----------------------------------------------------------------------------------


def test_in_2026_the_name_is_judged_where_it_stands_and_taken_out_elsewhere_when_it_is_another() -> None:
    play = Guarded(guard=Guard(ledger=Ledger(server="server"), session="s"), modern=True)
    said: JsonObject = {
        "supportedVersions": [MODERN_REVISION],
        "capabilities": {"tools": {}},
        "instructions": ORDER,
        "_meta": {META_SERVER_INFO: INFO, "more": 1},
    }
    play.host(request("d", "server/discover", {"_meta": envelope()})).server(result(1, said))
    assert _shown(play) == {key: value for key, value in said.items() if key != "instructions"}
    same: JsonObject = {"tools": [], "_meta": {META_SERVER_INFO: INFO}}
    play.host(play.asks("l", "tools/list")).server(result(2, same)).expects(answer(result("l", same)))
    other: JsonObject = {"tools": [], "_meta": {META_SERVER_INFO: {**INFO, "title": ORDER}}}
    play.host(play.asks("l", "tools/list")).server(result(3, other)).expects(
        answer(result("l", {"tools": [], "_meta": {}}))
    )


def test_in_2026_a_hidden_name_is_replaced_where_it_stands() -> None:
    play = Guarded(guard=Guard(ledger=Ledger(server="server"), session="s"), modern=True)
    said: JsonObject = {"supportedVersions": [MODERN_REVISION], "_meta": {META_SERVER_INFO: {**INFO, "title": ORDER}}}
    play.host(request("d", "server/discover", {"_meta": envelope()})).server(result(1, said))
    assert meta(_shown(play)) == {META_SERVER_INFO: {"name": "withheld", "version": "0"}}


def test_a_server_that_only_we_have_greeted_is_known_too() -> None:
    play = Guarded(guard=Guard(ledger=Ledger(server="server"), session="s"), modern=True)
    play.host(play.asks("l", "tools/list"))
    discovered: JsonObject = {"supportedVersions": [MODERN_REVISION], "_meta": {META_SERVER_INFO: INFO}}
    play.server(result(1, discovered))
    same: JsonObject = {"tools": [], "_meta": {META_SERVER_INFO: INFO}}
    play.server(result(2, same)).expects(answer(result("l", same)))


def test_nothing_is_taken_out_where_definitions_are_not_judged() -> None:
    play = Play().opened(MODERN)
    same: JsonObject = {"tools": [], "_meta": {META_SERVER_INFO: INFO}}
    play.host(play.asks("l", "tools/list")).server(result(2, same)).expects(answer(result("l", same)))


def test_without_a_ledger_no_result_says_who_the_server_is() -> None:
    play = guarded(generation=MODERN)
    lists(play)
    play.host(play.asks("s", "resources/read", {"uri": "memo://x"}))
    play.pinned(None)
    play.server(result(3, {"contents": [], "_meta": {META_SERVER_INFO: INFO}}))
    assert _shown(play) == {"contents": [], "_meta": {}}
