"""What passes of a server's answers with definitions, together with what else a session takes from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play import HTTP, MODERN, Play, note, refused, result
from sekisho.engine.surface.shelf import Guard
from sekisho.pin.records import Ledger
from surfacekit import ADD, EVIL, guarded, lists

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject

BAD_HEADER: JsonObject = {
    "name": "bad",
    "inputSchema": {"type": "object", "properties": {"r": {"type": "string", "x-mcp-header": "bad token"}}},
}


def test_a_tool_with_a_wrong_header_is_left_out_of_what_is_approved() -> None:
    play = Play(server_face=HTTP, guard=Guard(ledger=Ledger(server="server"), session="s")).opened(MODERN)
    assert lists(play, ADD, BAD_HEADER) == [ADD]


def test_an_answer_to_initialize_that_cannot_be_used_is_refused_before_it_is_judged() -> None:
    play = Play(guard=Guard(ledger=Ledger(server="server"), session="s"))
    play.host({"jsonrpc": "2.0", "id": "i", "method": "initialize", "params": {"capabilities": {}}})
    play.server(result(1, {"protocolVersion": "1999-01-01", "instructions": EVIL["description"]}))
    play.expects(refused("i", "unknown-revision"))


def test_a_change_of_one_list_leaves_the_others_as_they_are() -> None:
    play = guarded()
    lists(play, {"name": "greet"}, method="prompts/list", member="prompts")
    play.wait(1).server(note("notifications/tools/list_changed"))
    play.wait(1).host(play.asks("p", "prompts/get", {"name": "greet"}))
    assert play.sent[0]["method"] == "prompts/get"
    play.server(note("notifications/prompts/list_changed"))
    play.wait(1).host(play.asks("q", "prompts/get", {"name": "greet"}))
    assert play.sent[0]["method"] == "prompts/list"
