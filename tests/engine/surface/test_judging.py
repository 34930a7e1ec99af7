"""Lists on their way to the host: what is approved passes as it came, the rest is hidden, or shown as approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import MODERN, answer, each_generation, refused, result
from sekisho.engine.surface import judging
from sekisho.model.message_ids import MessageId
from sekisho.model.place import Kind
from sekisho.pin.records import Key, Ledger, State
from surfacekit import ADD, EVIL, SUB, asked_page, guarded, lists, tool

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject
    from sekisho.wire.versions import Generation
    from surfacekit import Guarded

REWORDED = tool("add", "Adds two numbers and returns the sum.")
"""`ADD` in other words that ask for nothing."""


def _kept(play: Guarded) -> Ledger:
    assert play.kept is not None
    return play.kept


def _known(*entries: JsonObject) -> Ledger:
    play = guarded()
    lists(play, *entries)
    return _kept(play)


def _state(ledger: Ledger, name: str = "add") -> State:
    return ledger.pins[Key(Kind.TOOL, name)].state


# -- first use -----------------------------------------------------------------------------------


@each_generation
def test_the_first_list_without_a_finding_passes_as_it_came_and_is_kept_first(generation: Generation) -> None:
    play = guarded(generation=generation)
    said = result(asked_page(play), {"tools": [ADD, SUB], "_meta": {"more": 1}})
    play.server(said).expects(answer({**said, "id": "list"}))
    assert play.sent[-1]["result"] is said["result"]
    assert (
        play.effects.index(next(each for each in play.effects if type(each).__name__ == "Keep")) < len(play.effects) - 1
    )
    assert {pin.state for pin in _kept(play).pins.values()} == {State.APPROVED}
    assert play.told == [(MessageId.PINS_FIRST_USE, {"server": "server", "count": 2})]


def test_what_a_rule_objects_to_is_hidden_at_first_sight_and_the_person_is_told_once() -> None:
    play = guarded()
    assert lists(play, EVIL, SUB) == [SUB]
    held = (MessageId.PINS_HELD, {"server": "server", "count": 1, "rule": "definition-held"})
    assert held in play.told
    assert lists(play, EVIL, SUB) == [SUB]
    assert play.told == []


def test_with_trust_in_nothing_every_definition_waits() -> None:
    play = guarded(first_use=False)
    assert lists(play, ADD, SUB) == []
    assert _state(_kept(play)) is State.NEW


def test_a_tool_that_the_configuration_leaves_out_is_hidden_without_a_question() -> None:
    play = guarded(tools=frozenset({"sub", "none"}))
    assert lists(play, EVIL, SUB) == [SUB]
    assert play.told == [(MessageId.PINS_FIRST_USE, {"server": "server", "count": 1})]
    assert lists(play, EVIL, SUB) == [SUB]


def test_what_is_left_out_is_of_tools_only() -> None:
    play = guarded(tools=frozenset())
    prompt: JsonObject = {"name": "p"}
    assert lists(play, prompt, method="prompts/list", member="prompts") == [prompt]
    assert lists(play, ADD) == []


def test_what_comes_with_a_later_list_is_new_and_held() -> None:
    play = guarded()
    lists(play, ADD)
    play.wait(10)
    assert lists(play, ADD, SUB) == [ADD]


def test_the_first_surface_may_grow_for_two_seconds() -> None:
    play = guarded()
    lists(play, ADD)
    play.wait(1.9)
    assert lists(play, ADD, SUB) == [ADD, SUB]


def test_a_host_that_lists_late_still_uses_the_server_first() -> None:
    play = guarded().wait(60)
    assert lists(play, ADD) == [ADD]


def test_in_another_session_nothing_is_first_any_more() -> None:
    assert lists(guarded(_known(ADD), session="second"), ADD, SUB) == [ADD]


def test_a_host_that_declares_more_uses_the_server_first_for_what_it_is_shown() -> None:
    play = guarded(_known(ADD), session="second", capabilities={"roots": {}})
    assert lists(play, ADD, SUB) == [ADD, SUB]


def test_a_host_that_never_read_the_second_page_cannot_read_it_as_a_first_one_later() -> None:
    play = guarded()
    assert lists(play, ADD, nextCursor="2") == [ADD]
    play.wait(10)
    assert lists(play, ADD, nextCursor="2") == [ADD]
    assert lists(play, SUB, cursor="2") == []


# -- changes -------------------------------------------------------------------------------------


def test_a_change_without_an_instruction_leaves_the_approved_text_in_place() -> None:
    play = guarded(_known(ADD), session="second")
    assert lists(play, REWORDED) == [ADD]
    assert _state(_kept(play)) is State.CHANGED
    assert play.told == [(MessageId.PINS_CHANGED, {"server": "server", "count": 1})]


@pytest.mark.parametrize(
    "later", [EVIL, {**ADD, "title": EVIL["description"]}, {**ADD, "icons": [{"src": "https://x.example/?d={}"}]}]
)
def test_a_changed_text_is_never_shown_before_somebody_looked(later: JsonObject) -> None:
    play = guarded(_known(ADD), session="second")
    assert later not in lists(play, later)
    assert later not in lists(play, later)


@pytest.mark.parametrize("later", [EVIL, REWORDED])
def test_the_same_holds_when_it_changes_silently_in_the_middle_of_a_session(later: JsonObject) -> None:
    play = guarded()
    lists(play, ADD, SUB)
    assert later not in lists(play, later, SUB)


def test_an_empty_list_forgets_nothing() -> None:
    play = guarded()
    lists(play, ADD)
    assert lists(play) == []
    assert lists(play, EVIL) == []
    assert lists(play, ADD) == [ADD]


def test_a_text_under_another_name_is_new() -> None:
    play = guarded()
    lists(play, ADD)
    assert lists(play, {**ADD, "name": "plus"}) == []


def test_two_of_one_name_with_different_texts_are_both_hidden() -> None:
    play = guarded()
    assert lists(play, ADD, EVIL, SUB) == [SUB]
    assert (MessageId.PINS_HELD, {"server": "server", "count": 1, "rule": "definition-ambiguous"}) in play.told


def test_what_is_no_definition_is_left_out() -> None:
    assert lists(guarded(), ADD, "text", 5) == [ADD]  # type: ignore[arg-type]


def test_a_list_that_is_none_is_refused() -> None:
    play = guarded()
    play.server(result(asked_page(play), {"tools": {"a": 1}})).expects(refused("list", "server-answer-malformed"))


def test_a_list_that_is_left_out_is_an_empty_one() -> None:
    play = guarded()
    play.server(result(asked_page(play), {})).expects(answer(result("list", {})))


def test_more_than_can_be_judged_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "MOST", 1)
    play = guarded()
    play.server(result(asked_page(play), {"tools": [ADD, SUB]})).expects(refused("list", "definitions-too-many"))


# -- pages ---------------------------------------------------------------------------------------


def test_pages_are_judged_one_by_one_and_only_together_they_tell_what_is_gone() -> None:
    play = guarded()
    assert lists(play, ADD, nextCursor="2") == [ADD]
    assert lists(play, SUB, cursor="2") == [SUB]
    assert lists(play, ADD, nextCursor="2") == [ADD]
    assert play.kept is None
    assert lists(play, {**EVIL, "name": "sub"}, cursor="2") == []
    assert lists(play, ADD) == [ADD]
    assert _state(_kept(play), "sub") is State.REMOVED


def test_a_page_by_itself_says_nothing_about_the_others() -> None:
    play = guarded()
    lists(play, ADD, nextCursor="2")
    lists(play, SUB, cursor="2")
    assert lists(play, SUB, cursor="9") == [SUB]
    assert play.kept is None


def test_a_list_that_is_the_same_again_is_not_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    play = guarded()
    lists(play, ADD, SUB)
    monkeypatch.setattr(judging, "observe", None)
    assert lists(play, ADD, SUB) == [ADD, SUB]


def test_pages_that_are_the_same_again_are_not_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    play = guarded()
    for _ in range(2):
        assert lists(play, ADD, nextCursor="2") == [ADD]
        assert lists(play, SUB, {**EVIL, "name": "mul"}, cursor="2") == [SUB]
        monkeypatch.setattr(judging, "observe", None)


def test_a_page_of_which_the_end_says_something_else_is_judged_again() -> None:
    play = guarded()
    assert lists(play, ADD, nextCursor="2") == [ADD]
    assert lists(play, {**ADD, "description": "Adds three numbers."}, cursor="2") == []
    assert lists(play, ADD, nextCursor="2") == [ADD]


def test_other_bytes_are_judged_again_also_where_they_are_equal_numbers() -> None:
    play = guarded()
    lists(play, {**ADD, "x": 1})
    assert lists(play, {**ADD, "x": 1.0}) == [{**ADD, "x": 1}]
    assert str(play.sent[-1]).count("'x': 1.0") == 0


# -- what others keep ----------------------------------------------------------------------------


def test_what_cannot_be_kept_is_not_shown() -> None:
    play = guarded()
    play.server(result(asked_page(play), {"tools": [ADD]})).unkept(None).expects(refused("list", "pins-unavailable"))
    play.host(play.asks("c", "tools/call", {"name": "add"})).expects(refused("c", "pins-unavailable"))


def test_an_answer_is_judged_again_by_what_somebody_else_kept_meanwhile() -> None:
    play = guarded()
    play.server(result(asked_page(play), {"tools": [EVIL, SUB]}))
    play.unkept(_known(ADD, SUB)).expects(answer(result("list", {"tools": [SUB]})))


def test_an_answer_that_is_never_kept_is_refused_in_the_end() -> None:
    play = guarded()
    play.server(result(asked_page(play), {"tools": [ADD]}))
    for _ in range(3):
        play.unkept(Ledger(server="server")).expects(answer(result("list", {"tools": [ADD]})))
    play.unkept(Ledger(server="server")).expects(refused("list", "pins-unavailable"))


def test_a_list_is_kept_separately_for_each_set_of_capabilities() -> None:
    play = guarded(generation=MODERN)
    assert lists(play, ADD) == [ADD]
    play.host(play.asks("l", "tools/list", capabilities={"roots": {}}))
    number = play.sent[0]["id"]
    play.server(result(number, {"tools": [ADD, SUB]})).expects(answer(result("l", {"tools": [ADD, SUB]})))  # type: ignore[arg-type]


def test_prompts_resources_and_templates_are_judged_alike() -> None:
    play = guarded()
    for method, member, key in (
        ("prompts/list", "prompts", "name"),
        ("resources/list", "resources", "uri"),
        ("resources/templates/list", "resourceTemplates", "uriTemplate"),
    ):
        entry: JsonObject = {"name": "n", key: "file:///notes", "description": "Notes."}
        assert lists(play, entry, method=method, member=member) == [entry]
        changed: JsonObject = {**entry, "description": EVIL["description"]}
        assert lists(play, changed, method=method, member=member) == []
