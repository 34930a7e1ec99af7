"""What a server says about itself: instructions and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import (
    ALICE,
    LEGACY,
    MODERN,
    MODERN_REVISION,
    Play,
    answer,
    discovered,
    envelope,
    error,
    initialize,
    initialized,
    request,
    result,
)
from sekisho.engine.events import HostSent, Pinned
from sekisho.engine.surface.shelf import Guard
from sekisho.model.message_ids import MessageId
from sekisho.model.place import Kind
from sekisho.pin.generations import are_held
from sekisho.pin.records import Key, Ledger
from sekisho.pin.review import approve
from sekisho.wire.jsonrpc import read_message
from sekisho.wire.versions import META_SERVER_INFO
from sekisho.wire.views import meta, obj
from surfacekit import EVIL, Guarded, guarded, lists

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject

INFO: JsonObject = {"name": "sum", "version": "1.2.3", "title": "Sums"}
GENERATIONS = Key(Kind.GENERATIONS, "")
SERVER = Key(Kind.SERVER, "")
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


def test_a_name_that_a_person_approved_is_shown_without_the_version_that_gives_orders() -> None:
    before = _greeted(Ledger(server="server"), serverInfo=INFO)
    evil: JsonObject = {**INFO, "version": ORDER}
    ledger = _greeted(before.kept, serverInfo=evil).kept
    assert ledger is not None
    waiting = ledger.pins[SERVER].waiting
    assert waiting is not None
    shown = _shown(_greeted(approve(ledger, SERVER, waiting.fingerprint), serverInfo=evil))
    assert shown["serverInfo"] == {**INFO, "version": "0"}


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


# -- in which generations it says that --------------------------------------------------------------


def _used(*, before: Ledger | None = None) -> Ledger:
    """Return what is kept of a server that answered in both generations."""
    ledger = before or Ledger(server="server")
    for generation in (LEGACY, MODERN):
        play = guarded(ledger, generation=generation, session=str(generation))
        shelf = play.state.shelf
        assert shelf is not None
        assert shelf.ledger is not None
        ledger = shelf.ledger
    return ledger


def _bridged(ledger: Ledger) -> Guarded:
    """Return a session of the older generation for a host of the newer one."""
    play = Guarded(guard=Guard(ledger=ledger, session="later"))
    play.receive(HostSent(read_message(initialize(0)), ALICE, -1, play.now, bridged=True))
    play.server(initialized(1))
    return play


def _kept(play: Guarded) -> Ledger:
    assert play.kept is not None
    return play.kept


def _listed(play: Play, body: JsonObject) -> list[str]:
    """Return the methods that the server is asked."""
    play.host(body)
    return [str(sent["method"]) for sent in play.sent if "method" in sent]


def test_a_host_that_had_to_be_bridged_shows_that_a_generation_is_gone() -> None:
    play = _bridged(_used())
    assert are_held(_kept(play))
    assert "generation-gone" in [values["rule"] for _, values in play.told]
    assert _listed(play, request(1, "tools/list")) == []
    play.records("refusal", rule="generation-gone")
    assert _listed(play, request(2, "ping")) == ["ping"]


def test_a_person_who_agrees_lets_it_pass_and_hosts_list_again() -> None:
    held = _bridged(_used())
    ledger = _kept(held)
    held.host({"jsonrpc": "2.0", "method": "notifications/initialized"})
    waiting = ledger.pins[GENERATIONS].waiting
    assert waiting is not None
    held.receive(Pinned(approve(ledger, GENERATIONS, waiting.fingerprint), held.now))
    assert [sent["method"] for sent in held.sent] == [
        f"notifications/{kind}/list_changed" for kind in ("prompts", "resources", "tools")
    ]
    assert _listed(held, request(1, "tools/list")) == ["tools/list"]


def test_a_server_that_answers_the_older_opening_with_an_error_has_left_that_one() -> None:
    play = Guarded(guard=Guard(ledger=_used(), session="later"))
    play.host(initialize(0)).server(error(1, -32601))
    play.host(request(1, "server/discover", {"_meta": envelope()})).server(discovered(2))
    assert are_held(_kept(play))
    fresh = Guarded(guard=Guard(ledger=Ledger(server="server"), session="first"))
    fresh.host(initialize(0)).server(error(1, -32601))
    fresh.host(request(1, "server/discover", {"_meta": envelope()})).server(discovered(2))
    assert not are_held(_kept(fresh))
    assert _listed(fresh, request(2, "tools/list", {"_meta": envelope()})) == ["tools/list"]
    fresh.server(result(3, {"tools": []}))
