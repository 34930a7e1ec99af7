"""Definitions made ready for calls: as the host was shown them, and no more of them than are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.play import refused
from engine.test_arguments import HERE, play_with, schema
from sekisho.engine import ready
from sekisho.engine.calling import Calling
from sekisho.engine.guarding import guard
from sekisho.engine.session import Session
from sekisho.policy.calls import CallTerms
from surfacekit import guarded, lists, tool

if TYPE_CHECKING:
    import pytest

    from sekisho.wire.jsonrpc import JsonObject


def test_definitions_made_ready_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "_KEPT", 1)
    play = play_with("tools/list", "tools", schema("one"), schema("two"))
    for number, name in enumerate(("one", "two", "one")):
        play.host(play.asks(number, "tools/call", {"name": name, "arguments": {}}))
    assert play.state.calling is not None
    assert len(play.state.calling.ready) == 1


def test_sessions_of_one_server_share_what_was_made_ready() -> None:
    table: dict[tuple[str, str, str, str], ready.Ready] = {}
    plays = play_with("tools/list", "tools", schema("one")), play_with("tools/list", "tools", schema("one"))
    for play in plays:
        assert play.state.calling is not None
        play.state.calling.ready = table
        play.host(play.asks("call", "tools/call", {"name": "one", "arguments": {}}))
        assert len(table) == 1
    begun = plays[0]
    begun.session = Session(replace(begun.state.setup, ready=table))
    assert begun.state.calling is not None
    assert begun.state.calling.ready is table


def test_arguments_are_held_against_the_approved_text_while_a_new_one_waits() -> None:
    play = guarded()
    play.state.calling = Calling(HERE)
    number: JsonObject = {"type": "integer"}
    one: JsonObject = {"type": "object", "properties": {"a": number}, "additionalProperties": False}
    two: JsonObject = {**one, "properties": {"a": number, "b": number}}
    before = tool("add", "Adds two numbers.", inputSchema=one)
    lists(play, before)
    assert lists(play, {**before, "inputSchema": two}) == [before]
    said = play.asks("c", "tools/call", {"name": "add", "arguments": {"b": 1}})
    play.host(said).expects(refused("c", "arguments-do-not-match"))


def test_a_prompt_only_reads_what_it_is_given() -> None:
    body: JsonObject = {"arguments": [{"name": "file", "description": "Path of the file"}]}
    value: JsonObject = {"file": ".github/workflows/ci.yml"}
    for method, count in (("prompts/list", 0), ("tools/list", 1)):
        made = ready.of_body("mend", body, HERE, CallTerms(), method=method).tool
        found = guard(made.read(value), made, HERE).found
        assert [each.objection.rule for each in found] == ["path-protected"] * count
